//! Fields that do not stand inside the field to which they belong, and a picture that was written as a text.

use crate::diagnostic::{Diagnostic, Edit, Fix, Place, Text};
use crate::model::{Field, ValueKind};
use crate::parse::fields::Fields;
use crate::parse::yaml::{Key, Node, Value};

/// Reports every field that belongs inside another one: `alt` at the beginning of a line, for that of `image`.
pub(super) fn report(
    fields: &mut Fields<'_>,
    declared: &[&'static Field],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let entries = fields.all();
    for (at, (key, node)) in entries.iter().enumerate() {
        if declared.iter().any(|field| field.name == key.text) {
            continue;
        }
        let Some((parent, inside)) = parent(declared, entries, at) else {
            continue;
        };
        let (name, around) = (inside.name, parent.name);
        let line = format!("  {name}: {}", fields.file.slice(&node.span));
        let message = Text::new(
            format!("„{name}“ е част от „{around}“ и мястото му е под него"),
            format!("“{name}” is a part of “{around}”, and its place is below that"),
        );
        let hint = Text::new(
            format!("под реда  {around}:  отместете с два интервала:  {line}"),
            format!("below the line  {around}:  indent by two spaces:  {line}"),
        );
        let start = key.span.start;
        let begins = start == 0 || fields.file.text[..start].ends_with('\n');
        let fix = begins && follows(parent, &entries[..at]) && is_on_one_line(node);
        let place = Place::span(fields.file, &key.span);
        diagnostics.push(
            Diagnostic::error("V01", place, message)
                .hint(hint)
                .maybe_fix(fix.then(|| Fix::Edits(vec![Edit::new(&(start..start), "  ")]))),
        );
        fields.known(name);
    }
}

/// The field to which the one at this place belongs, and what it is inside that.
fn parent(
    declared: &[&'static Field],
    entries: &[(Key, Node)],
    at: usize,
) -> Option<(&'static Field, &'static Field)> {
    let name = entries[at].0.text.as_str();
    let all = declared.iter().filter_map(|parent| {
        let inside = parent.inside().iter().find(|inside| inside.name == name)?;
        Some((*parent, inside))
    });
    let all: Vec<_> = all.collect();
    let above = all
        .iter()
        .find(|(parent, _)| follows(parent, &entries[..at]));
    match all.as_slice() {
        [only] => Some(*only),
        _ => above.copied(),
    }
}

/// Whether nothing stands between the name of a field, which has no value, and what comes next, but fields that belong inside it.
fn follows(parent: &Field, before: &[(Key, Node)]) -> bool {
    let is_inside =
        |(key, _): &&(Key, Node)| parent.inside().iter().any(|field| field.name == key.text);
    let above = before.iter().rev().find(|entry| !is_inside(entry));
    above.is_some_and(|(key, node)| key.text == parent.name && node.value == Value::Empty)
}

fn is_on_one_line(node: &Node) -> bool {
    matches!(node.value, Value::Text(_) | Value::Empty)
}

/// `image: ekip.jpg`: a picture of which only the file is said, or all of it in one text.
pub(super) fn picture_as_text(
    fields: &mut Fields<'_>,
    field: &'static Field,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let is_picture = |inside: &&Field| inside.value == ValueKind::Media;
    let Some(file) = field.inside().iter().find(is_picture) else {
        return false;
    };
    let Some(node) = fields.node(field.name) else {
        return false;
    };
    let Value::Text(text) = &node.value else {
        return false;
    };
    let source = &fields.file.text;
    let ends = |from: usize| {
        source[from..]
            .find('\n')
            .map_or(source.len(), |at| from + at)
    };
    let line_end = ends(node.span.start);
    let rest = &source[node.span.start..line_end];
    let below_end = ends((line_end + 1).min(source.len()));
    let below = source.get(line_end + 1..below_end).unwrap_or_default();
    let path = path(text);
    let said_below = below.starts_with(' ').then(|| after_alt(below)).flatten();
    let loose = fields.all().iter().find(|(key, _)| key.text == "alt");
    let loose = loose.map(|(_, node)| fields.file.slice(&node.span));
    let said = after_alt(rest).or_else(|| in_brackets(rest));
    let words = said.or(said_below).or(loose).map(plain);
    let whole = |otherwise: &str| {
        let alt = words.as_deref().unwrap_or(otherwise).replace('"', "\\\"");
        format!(
            "{}: {{ {}: {path}, alt: \"{alt}\" }}",
            field.name, file.name
        )
    };
    let (bg, en) = (whole("Какво се вижда"), whole("What can be seen"));
    // What the line was taken for otherwise is beside the point.
    let place = Place::span(fields.file, &node.span);
    diagnostics.retain(|found| {
        let is_here = found.place.line == place.line
            || said_below.is_some() && found.place.line == place.line + 1;
        !(is_here && found.code.starts_with('M'))
    });
    let end = if said.is_none() && said_below.is_some() {
        below_end
    } else {
        line_end
    };
    let value = bg[field.name.len() + 2..].to_owned();
    let certain = said.is_some() || said_below.is_some();
    let fix = certain.then(|| Fix::Edits(vec![Edit::new(&(node.span.start..end), value)]));
    let message = Text::new(
        format!("в „{}“ се пишат файл и описание", field.name),
        format!("“{}” has a file and a description", field.name),
    );
    diagnostics.push(
        Diagnostic::error("V02", place, message)
            .hint(Text::new(format!("напишете  {bg}"), format!("write  {en}")))
            .maybe_fix(fix),
    );
    true
}

/// The path of a picture in whatever was written for it.
fn path(text: &str) -> String {
    let address = text.rsplit_once("](").map_or(text, |(_, address)| address);
    let address = address.trim_start_matches(['!', '[', '(', '"', '\'', '„', '“', ' ']);
    let address = address.strip_prefix("src:").unwrap_or(address).trim_start();
    let end = address.find([',', ';', ')', '"', '\'', '“', '”']);
    let address = address[..end.unwrap_or(address.len())].trim();
    let address = address.split(" alt").next().unwrap_or(address).trim();
    let below = ["/media/", "content/media/", "media/", "./"];
    let below = below.iter().find_map(|start| address.strip_prefix(start));
    let name = below.unwrap_or_else(|| address.rsplit(['/', '\\']).next().unwrap_or(address));
    format!("/media/{name}")
}

/// What is said behind `alt:`.
fn after_alt(line: &str) -> Option<&str> {
    let (before, said) = line.split_once("alt:")?;
    let alone = before.is_empty() || before.ends_with([' ', ',', ';', '{']);
    Some(said.trim()).filter(|said| alone && !said.is_empty())
}

/// What is said between `![` and `]`, as in a text.
fn in_brackets(line: &str) -> Option<&str> {
    let (said, _) = line.split_once("![")?.1.split_once(']')?;
    Some(said.trim()).filter(|said| !said.is_empty())
}

/// A text without the quotes and brackets around it.
fn plain(text: &str) -> String {
    let text = text.trim_matches([' ', '{', '}', ',']);
    text.trim_matches(['"', '\'', '„', '“', '”']).to_owned()
}
