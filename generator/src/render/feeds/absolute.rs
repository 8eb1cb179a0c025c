//! HTML that is read away from its page: every address in it is a whole one.

/// The HTML with whole addresses. It is our own writer's, which puts every value in double quotes and leaves none in
/// text, so that `="` begins a value and nothing else.
pub(in crate::render) fn absolute(html: &str, page: &str, origin: &str) -> String {
    let mut whole = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(at) = rest.find("=\"") {
        let (before, after) = rest.split_at(at + 2);
        let (value, after) = after.split_at(after.find('"').unwrap_or(after.len()));
        whole.push_str(before);
        match before[..at].rsplit(' ').next() {
            Some("href" | "src") => whole.push_str(&address(value, page, origin)),
            Some("srcset") => {
                for (number, candidate) in value.split(", ").enumerate() {
                    whole.push_str(if number > 0 { ", " } else { "" });
                    whole.push_str(&address(candidate, page, origin));
                }
            }
            _ => whole.push_str(value),
        }
        rest = after;
    }
    whole.push_str(rest);
    whole
}

fn address(value: &str, page: &str, origin: &str) -> String {
    match value.as_bytes() {
        [b'/', b'/', ..] => value.to_owned(),
        [b'/', ..] => format!("{origin}{value}"),
        [b'#', ..] => format!("{page}{value}"),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::absolute;

    #[test]
    fn addresses_are_whole_and_text_is_left_alone() {
        let html = concat!(
            r##"<a href="/novini/">x</a> <a href="#fn-1">1</a> <a rel="external" href="https://a.example/?b=c">y</a>"##,
            r#"<img src="/media/a.jpg" srcset="/p/1.webp 320w, /p/2.webp 640w" alt="a=/b">"#,
            "<code>href=&quot;/x&quot;</code>"
        );
        assert_eq!(
            absolute(html, "https://c.example/p/", "https://c.example"),
            concat!(
                r##"<a href="https://c.example/novini/">x</a> <a href="https://c.example/p/#fn-1">1</a> "##,
                r#"<a rel="external" href="https://a.example/?b=c">y</a>"#,
                r#"<img src="https://c.example/media/a.jpg" srcset="https://c.example/p/1.webp 320w, https://c.example/p/2.webp 640w" alt="a=/b">"#,
                "<code>href=&quot;/x&quot;</code>"
            )
        );
    }
}
