//! The reader of fields against a YAML parser: what ours accepts, both read the same way.

use generator::parse::yaml::{Node, Value, read};
use generator::source::SourceFile;
use proptest::prelude::*;

/// What a YAML parser makes of it, with every scalar as its text.
fn parsed(text: &str) -> Option<Tree> {
    serde_yaml::from_str::<Tree>(text).ok()
}

/// What our reader makes of it; nothing when it refuses.
fn ours(text: &str) -> Option<Tree> {
    let file = SourceFile::new("case.yaml", text.as_bytes().to_vec());
    let mut diagnostics = Vec::new();
    let node = read(&file, 0..file.text.len(), &mut diagnostics);
    diagnostics.is_empty().then(|| tree(&node))
}

#[derive(Clone, PartialEq, Debug)]
enum Tree {
    Empty,
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

fn tree(node: &Node) -> Tree {
    match &node.value {
        Value::Empty => Tree::Empty,
        Value::Text(text) => Tree::Text(text.clone()),
        Value::List(items) => Tree::List(items.iter().map(tree).collect()),
        Value::Map(fields) => Tree::Map(
            fields
                .iter()
                .map(|(key, node)| (key.text.clone(), tree(node)))
                .collect(),
        ),
    }
}

/// Through `serde_yaml::Value` numbers would lose their text; a deserializer of our own asks for texts.
impl<'de> serde::Deserialize<'de> for Tree {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Tree, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Tree;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("YAML")
            }
            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Empty)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
                Ok(Tree::Text(value.to_string()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
                Ok(Tree::Text(value.to_string()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
                Ok(Tree::Text(value.to_string()))
            }
            fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
                Ok(Tree::Text(value.to_owned()))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut items: A,
            ) -> Result<Tree, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Tree::List(list))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut fields: A,
            ) -> Result<Tree, A::Error> {
                let mut map = Vec::new();
                while let Some(field) = fields.next_entry()? {
                    map.push(field);
                }
                Ok(Tree::Map(map))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// Words that are texts in every reading, and the signs that make YAML interesting.
fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zа-я]{1,8}",
        "[a-z]{1,4} [а-я]{1,4}",
        "„[а-я]{1,5}“ – [a-z]{1,3}",
        r#""[a-zа-я:#,\[\]{}' ]{0,8}""#,
        r#"'[a-zа-я:#,\[\]{}" ]{0,8}'"#,
        "[a-z]{1,3}[:#,'\\[\\]{}|>&*!%@ -]{1,3}[a-z]{0,3}",
        "[-?:,\\[\\]{}#&*!|>'\"%@`][ a-z]{0,4}",
    ]
}

fn field_line() -> impl Strategy<Value = String> {
    let indent = prop_oneof![Just(""), Just("  "), Just("    "), Just("- "), Just("  - ")];
    let name = "[a-z]{1,3}";
    let value = prop_oneof![
        3 => scalar().prop_map(|scalar| format!(": {scalar}")),
        1 => Just(":".to_owned()),
        1 => Just(": |".to_owned()),
        1 => Just(": |-".to_owned()),
        1 => prop::collection::vec(scalar(), 0..3).prop_map(|items| format!(": [{}]", items.join(", "))),
        1 => prop::collection::vec(("[a-z]{1,2}", scalar()), 0..3)
            .prop_map(|fields| format!(": {{ {} }}", fields.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", "))),
        1 => Just(String::new()),
        1 => scalar().prop_map(|scalar| format!(": {scalar} # note")),
    ];
    (indent, name, value).prop_map(|(indent, name, value)| format!("{indent}{name}{value}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn what_the_reader_accepts_yaml_reads_the_same(lines in prop::collection::vec(field_line(), 1..7)) {
        let text = lines.join("\n") + "\n";
        if let Some(ours) = ours(&text) {
            prop_assert_eq!(Some(ours), parsed(&text), "{}", text);
        }
    }
}

#[test]
fn ordinary_fields_are_accepted() {
    let text = "title: Покана\ntags: [a, \"b, c\"]\nplace: { bg: София, en: Sofia }\nsteps:\n  - едно\n  - \"две: три\"\nrows:\n  - label: x\n    value: y\nlong: |\n  ред\n\n  друг\n# бележка\nempty:\n";
    let ours = ours(text);
    assert!(ours.is_some());
    assert_eq!(ours, parsed(text));
}
