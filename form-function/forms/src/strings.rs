//! The interface texts of one language, as its strings file gives them.
//!
//! A strings file is a tree of texts. A leaf is a text, or a set of plural forms keyed by CLDR category (`one`, `few`,
//! `many`, `other`). `{name}` in a text stands for a value.

use std::collections::BTreeSet;

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use unic_langid::LanguageIdentifier;

use crate::Language;

/// The interface texts of one language.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Strings {
    /// The language of the texts.
    pub language: Language,
    tree: Value,
}

impl Strings {
    /// The texts of a strings file that was read into a tree.
    pub fn new(language: Language, tree: Value) -> Strings {
        Strings { language, tree }
    }

    /// The same texts with those of one path also at another path.
    #[must_use]
    pub fn with_text_of(&self, from: &str, at: [&str; 2]) -> Strings {
        let mut strings = self.clone();
        let [group, name] = at;
        let text = self.text(from).to_owned();
        if let Some(texts) = strings.tree.get_mut(group).and_then(Value::as_object_mut) {
            texts.insert(name.to_owned(), Value::String(text));
        }
        strings
    }

    /// The whole tree, for templates.
    pub fn tree(&self) -> &Value {
        &self.tree
    }

    /// The text at a path such as `form.problem`. A missing text shows its own path, which the generator's check reports
    /// before a visitor can meet it.
    pub fn text<'a>(&'a self, path: &'a str) -> &'a str {
        self.value(path).and_then(Value::as_str).unwrap_or(path)
    }

    /// The list of texts at a path, such as the names of the months.
    pub fn list(&self, path: &str) -> Vec<&str> {
        self.value(path)
            .and_then(Value::as_array)
            .map(|items| items.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    }

    /// The text at a path with its `{name}` places filled.
    pub fn fill(&self, path: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(path), values)
    }

    /// The texts at a path such as the paragraphs of a mail, with their `{name}` places filled.
    pub fn fill_list(&self, path: &str, values: &[(&str, &str)]) -> Vec<String> {
        self.list(path)
            .into_iter()
            .map(|text| fill(text, values))
            .collect()
    }

    /// The plural form for `count` of the text at a path, with `{n}` filled.
    pub fn count(&self, path: &str, count: u32) -> String {
        let forms = self.value(path);
        let form = |category: &str| {
            forms
                .and_then(|forms| forms.get(category))
                .and_then(Value::as_str)
        };
        let text = form(category(&self.language, count))
            .or_else(|| form("other"))
            .unwrap_or(path);
        fill(text, &[("n", &count.to_string())])
    }

    /// The plural categories that whole numbers have in the language, after CLDR.
    pub fn plural_categories(&self) -> BTreeSet<&'static str> {
        // Every rule of CLDR for whole numbers looks at the last two digits or at whole millions.
        let numbers = (0..200).chain([1_000, 10_000, 100_000, 1_000_000, 2_000_000]);
        numbers
            .map(|number| category(&self.language, number))
            .collect()
    }

    /// The path of every text, in order; plural sets and lists count as one text.
    pub fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        collect_paths(&self.tree, "", &mut paths);
        paths
    }

    pub(crate) fn value(&self, path: &str) -> Option<&Value> {
        path.split('.')
            .try_fold(&self.tree, |tree, key| tree.get(key))
    }
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        filled.push_str(&rest[..start]);
        let Some(length) = rest[start..].find('}') else {
            break;
        };
        let name = &rest[start + 1..start + length];
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(&rest[start..=start + length]),
        }
        rest = &rest[start + length + 1..];
    }
    filled.push_str(rest);
    filled
}

fn category(language: &Language, count: u32) -> &'static str {
    let rules = language
        .as_str()
        .parse::<LanguageIdentifier>()
        .ok()
        .and_then(|id| PluralRules::create(id, PluralRuleType::CARDINAL).ok());
    match rules.and_then(|rules| rules.select(count).ok()) {
        Some(PluralCategory::ZERO) => "zero",
        Some(PluralCategory::ONE) => "one",
        Some(PluralCategory::TWO) => "two",
        Some(PluralCategory::FEW) => "few",
        Some(PluralCategory::MANY) => "many",
        Some(PluralCategory::OTHER) | None => "other",
    }
}

fn collect_paths(tree: &Value, prefix: &str, paths: &mut Vec<String>) {
    match tree {
        Value::Object(children) if !children.contains_key("other") => {
            for (key, child) in children {
                let path = if prefix.is_empty() {
                    key.clone()
                } else {
                    format!("{prefix}.{key}")
                };
                collect_paths(child, &path, paths);
            }
        }
        _ => paths.push(prefix.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn strings(language: &str, tree: Value) -> Strings {
        Strings::new(Language::new(language), tree)
    }

    #[test]
    fn polish_counts_in_three_forms() {
        let polish = strings(
            "pl",
            json!({"seats": {"one": "{n} miejsce", "few": "{n} miejsca", "many": "{n} miejsc", "other": "{n} miejsca"}}),
        );
        let counted: Vec<String> = [1, 2, 5, 22, 112]
            .iter()
            .map(|n| polish.count("seats", *n))
            .collect();
        assert_eq!(
            counted,
            [
                "1 miejsce",
                "2 miejsca",
                "5 miejsc",
                "22 miejsca",
                "112 miejsc"
            ]
        );
    }

    #[test]
    fn a_value_is_never_read_as_a_place_to_fill() {
        let english = strings("en", json!({"hello": "Hello {name}, {unknown}!"}));
        assert_eq!(
            english.fill("hello", &[("name", "{name}")]),
            "Hello {name}, {unknown}!"
        );
    }

    #[test]
    fn a_missing_text_shows_its_path() {
        assert_eq!(
            strings("en", json!({})).text("form.problem"),
            "form.problem"
        );
    }
}
