//! Linked data as the text of a `<script type="application/ld+json">`.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use super::vocabulary::Node;
use crate::render::view::Json;

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: &'a [Node<'a>],
}

/// The nodes as one document; nothing for none.
pub(in crate::render) fn script(graph: &[Node<'_>]) -> Json {
    if graph.is_empty() {
        return Json::default();
    }
    let document = Document {
        context: "https://schema.org",
        graph,
    };
    let mut bytes = Vec::with_capacity(1024);
    let mut serializer = Serializer::with_formatter(&mut bytes, InScript);
    // Neither our types nor memory can fail, and what is written is UTF-8.
    let _ = document.serialize(&mut serializer);
    Json(String::from_utf8(bytes).unwrap_or_default())
}

/// Writes every character that means something to a reader of HTML, or ends a line of a script, as an escape of JSON:
/// whatever a text says, it cannot end the element that it stands in.
struct InScript;

impl Formatter for InScript {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            let (before, after) = rest.split_at(at);
            CompactFormatter.write_string_fragment(writer, before)?;
            let mut characters = after.chars();
            if let Some(character) = characters.next() {
                write!(writer, "\\u{:04x}", u32::from(character))?;
            }
            rest = characters.as_str();
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Node, script};
    use crate::render::metadata::vocabulary::{BreadcrumbList, ListItem};

    proptest! {
        #[test]
        fn no_text_ends_the_script_and_every_letter_comes_back(
            name in "(\\PC|[<>&\"\\\\\u{2028}\u{2029}\n]|</script>|<!--){0,40}"
        ) {
            let steps = vec![ListItem { position: 1, name: &name, item: String::new() }];
            let nodes = [Node::BreadcrumbList(BreadcrumbList { item_list_element: steps })];
            let text = script(&nodes).0;
            prop_assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\n']), "{text}");
            let read: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&read["@graph"][0]["itemListElement"][0]["name"], &name);
        }
    }
}
