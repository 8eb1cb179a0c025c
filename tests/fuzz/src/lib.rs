//! What holds for any content, however it came about: nothing falls over, every message stands where something is, and no page
//! that is drawn can be broken, or made to run something, by what an editor wrote.
//!
//! Each function takes an input and panics when something does not hold for it. `cargo fuzz` makes up the inputs
//! (`tests/fuzz/run`); `cargo test` goes through those for which something once did not hold (`regressions/`).
//! Who reads a content file gets text; an input is such a text behind a first line with the name of the file.

mod base;
mod messages;
mod page;
mod built;
mod picture;

use generator::parse::yaml;
use generator::source::SourceFile;

use base::Base;

pub use picture::picture;

/// A function that takes any input, and panics when something does not hold for it.
pub type Property = fn(&[u8]);

/// Every property, by the name of its inputs' folder.
pub const PROPERTIES: [(&str, Property); 5] = [
    ("document", document),
    ("text", text),
    ("fields", fields),
    ("settings", settings),
    ("picture", picture),
];

/// The name in the first line, and what follows.
fn named(input: &[u8]) -> (String, &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n');
    let (name, rest) = input.split_at(end.unwrap_or(input.len()));
    let name = String::from_utf8_lossy(name).trim().to_owned();
    (name, rest.get(1..).unwrap_or_default())
}

/// A content file: `news/pokana.en.md` in the first line, then its fields and its text. It is read into a site that has a page of
/// every kind; where nothing stops publishing, every page is drawn.
pub fn document(input: &[u8]) {
    let (name, bytes) = named(input);
    let Some(path) = base::document_path(&name) else {
        return;
    };
    let mut source = Base::get().source.clone();
    source.documents.retain(|file| file.path != path);
    source
        .documents
        .push(SourceFile::new(path, bytes.to_owned()));
    source.documents.sort_by(|a, b| a.path.cmp(&b.path));
    built::holds(source, input);
}

/// The text of a page, with components: the fields above it are in order.
pub fn text(input: &[u8]) {
    let fields = b"pages/proba.md\n---\ntitle: Page\ndescription: Page.\n---\n";
    document(&[fields, input].concat());
}

/// Settings, a form or a strings file: `site.yaml`, `forms/rsvp.yaml` or `i18n/bg.yaml` in the first line, then its text.
pub fn settings(input: &[u8]) {
    let (name, bytes) = named(input);
    let mut source = Base::get().source.clone();
    let file = |path: &str| SourceFile::new(path, bytes.to_owned());
    match name.split_once('/') {
        Some(("forms", _)) => {
            source
                .forms
                .retain(|form| !form.path.ends_with("rsvp.yaml"));
            source.forms.push(file("content/forms/rsvp.yaml"));
        }
        Some(("i18n", name)) => {
            let language = if name.starts_with("en") { "en" } else { "bg" };
            source
                .strings
                .push(file(&format!("content/i18n/{language}.yaml")));
        }
        _ => source.settings = Some(file("content/site.yaml")),
    }
    built::holds(source, input);
}

/// The fields of a file. Whatever is read of them stands where it is said to stand.
pub fn fields(input: &[u8]) {
    let file = SourceFile::new("content/news/case.md", input.to_owned());
    let mut diagnostics = Vec::new();
    let node = yaml::read(&file, 0..file.text.len(), &mut diagnostics);
    stands_in(&file, &node);
    messages::hold(&diagnostics, &|_| Some(&file));
}

/// That the place of every value is a part of the file.
fn stands_in(file: &SourceFile, node: &yaml::Node) {
    let is_there = |span: &yaml::Span| {
        assert!(
            file.text.get(span.clone()).is_some(),
            "{span:?} is no part of {:?}",
            file.text
        );
    };
    is_there(&node.span);
    match &node.value {
        yaml::Value::Map(fields) => {
            for (key, value) in fields {
                is_there(&key.span);
                stands_in(file, value);
            }
        }
        yaml::Value::List(items) => {
            for item in items {
                stands_in(file, item);
            }
        }
        yaml::Value::Text(_) | yaml::Value::Empty => {}
    }
}
