//! SVG: drawn by the browser, passed through as it is, and for that reason looked into first.

use roxmltree::{Document, Node, ParsingOptions};

use super::messages::Fault;

/// Elements that run, or that bring something of another kind with them.
const REFUSED: [&str; 7] = [
    "script",
    "foreignObject",
    "iframe",
    "embed",
    "object",
    "handler",
    "listener",
];

/// Width and height of a drawing in which nothing runs and that loads nothing.
pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Damaged)?;
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: 500_000,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|_| Fault::Damaged)?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err(Fault::Damaged);
    }
    let elements = document.descendants().filter(Node::is_element);
    for element in elements {
        if let Some(found) = running(&element) {
            return Err(Fault::Runs(found));
        }
    }
    Ok(stated(&root)
        .or_else(|| view_box(&root))
        .unwrap_or(UNSTATED))
}

/// What browsers suppose of a drawing that says nothing.
const UNSTATED: (u32, u32) = (300, 150);

/// What in this element would run, or load something from elsewhere.
fn running(element: &Node<'_, '_>) -> Option<String> {
    let name = element.tag_name().name();
    if REFUSED
        .iter()
        .any(|refused| refused.eq_ignore_ascii_case(name))
    {
        return Some(format!("<{name}>"));
    }
    element
        .attributes()
        .find(|attribute| {
            let key = attribute.name().to_ascii_lowercase();
            let value: String = attribute
                .value()
                .chars()
                .filter(|character| !character.is_whitespace() && !character.is_control())
                .collect::<String>()
                .to_ascii_lowercase();
            let leads = matches!(key.as_str(), "href" | "src" | "to" | "values" | "from");
            key.starts_with("on")
                || value.contains("javascript:")
                || (leads && (value.starts_with("data:text") || value.starts_with("data:image/svg")))
                // A link may lead out, a picture may not.
                || (key == "href" && name != "a" && (value.starts_with("http") || value.starts_with("//")))
        })
        .map(|attribute| attribute.name().to_owned())
}

fn stated(root: &Node<'_, '_>) -> Option<(u32, u32)> {
    let side = |name: &str| pixels(root.attribute(name)?.trim().trim_end_matches("px"));
    Some((side("width")?, side("height")?))
}

fn view_box(root: &Node<'_, '_>) -> Option<(u32, u32)> {
    let mut numbers = root
        .attribute("viewBox")?
        .split([' ', ',', '\t', '\n', '\r'])
        .filter(|part| !part.is_empty())
        .skip(2);
    Some((pixels(numbers.next()?)?, pixels(numbers.next()?)?))
}

fn pixels(number: &str) -> Option<u32> {
    let number: f64 = number.parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number is in the range that was just asked for"
    )]
    (1.0..=100_000.0)
        .contains(&number)
        .then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(inner: &str) -> Result<(u32, u32), Fault> {
        size(
            format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12">{inner}</svg>"#)
                .as_bytes(),
        )
    }

    #[test]
    fn what_runs_is_refused_and_a_drawing_is_not() {
        assert!(matches!(of("<path d=\"M0 0\"/>"), Ok((24, 12))));
        assert!(matches!(
            of("<a href=\"https://example.org\"><g/></a>"),
            Ok((24, 12))
        ));
        for bad in [
            "<script>x</script>",
            "<g onload=\"x()\"/>",
            "<a href=\"java&#115;cript:x()\"><g/></a>",
            "<foreignObject/>",
            "<image href=\"https://example.org/x.png\"/>",
            "<use href=\"data:image/svg+xml;base64,AA\"/>",
        ] {
            assert!(matches!(of(bad), Err(Fault::Runs(_))), "{bad}");
        }
        assert!(matches!(size(b"<svg"), Err(Fault::Damaged)));
        assert!(matches!(size(b"<html/>"), Err(Fault::Damaged)));
    }
}
