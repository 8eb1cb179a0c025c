//! Tera's account of a fault as diagnostics: where, what, and what was probably meant.

use std::collections::BTreeSet;

use tera::{Error, ErrorKind, ReportError};

use crate::diagnostic::{Diagnostic, Place, Text, closest, did_you_mean};
use crate::source::{SourceFile, Theme, template_name};

/// The filters and tests that Tera brings, for suggestions: it does not list them itself.
const FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];
const TESTS: &[&str] = &[
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];
const FUNCTIONS: &[&str] = &["range", "super", "throw"];

/// Everything that an error says. Faults in what templates say of one another come several at once.
pub(super) fn diagnostics(theme: &Theme, template: &str, error: &Error) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![located(theme, report, error)]
        }
        ErrorKind::MissingParent { current, parent } => {
            let place = theme_file(theme, current)
                .map_or_else(|| Place::file(current), |file| name_in(file, 0, parent));
            vec![of(
                place,
                &format!("Unknown template `{parent}`"),
                "",
                theme,
            )]
        }
        ErrorKind::Msg(text) if text.contains('\n') || text.starts_with("error: ") => text
            .split("error: ")
            .filter(|part| !part.trim().is_empty())
            .map(|part| listed(theme, template, part))
            .collect(),
        _ => {
            let place = theme_file(theme, template)
                .map_or(Place::file(template), |file| Place::file(&file.path));
            vec![of(place, &error.to_string(), "", theme)]
        }
    }
}

fn located(theme: &Theme, report: &ReportError, error: &Error) -> Diagnostic {
    let place = theme_file(theme, report.filename()).map_or_else(
        || Place::file(report.filename()),
        |file| Place::span(file, &report.span().range),
    );
    // How one came there from other templates is only in the whole account.
    let whole = error.to_string();
    let notes = whole.find("\n\nnote: ").map_or("", |at| &whole[at..]);
    of(place, report.message(), notes.trim_end(), theme)
}

/// One of the faults that come as one text: the message, and `--> file:line:column` below it.
fn listed(theme: &Theme, template: &str, text: &str) -> Diagnostic {
    let message = text.lines().next().unwrap_or_default();
    let place = text.lines().find_map(|line| {
        let (rest, column) = line.trim_start().strip_prefix("--> ")?.rsplit_once(':')?;
        let (name, line) = rest.rsplit_once(':')?;
        let file = theme_file(theme, name)?;
        let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
        let start: usize = file
            .text
            .split_inclusive('\n')
            .take(line - 1)
            .map(str::len)
            .sum();
        let before = file.text[start..].chars().take(column - 1);
        let at = start + before.map(char::len_utf8).sum::<usize>();
        Some(name_in(file, at, quoted(message).unwrap_or_default()))
    });
    of(
        place.unwrap_or_else(|| Place::file(template)),
        message,
        "",
        theme,
    )
}

/// Where a name stands in a file, from a place on; that place, where it is not written there.
fn name_in(file: &SourceFile, from: usize, name: &str) -> Place {
    let rest = file.text.get(from..).unwrap_or_default();
    let at = from + rest.find(name).filter(|_| !name.is_empty()).unwrap_or(0);
    Place::span(file, &(at..at + name.len().max(1)))
}

fn of(place: Place, message: &str, notes: &str, theme: &Theme) -> Diagnostic {
    // What there is instead becomes a suggestion; the whole list helps nobody.
    let (short, available) = ["Available variables: ", "Available fields: "]
        .iter()
        .find_map(|mark| message.split_once(mark))
        .unwrap_or((message, ""));
    let short = short.trim_end();
    let hint = quoted(short).and_then(|name| {
        let available: Vec<&str> = available
            .split(", ")
            .filter(|name| !name.is_empty())
            .collect();
        suggestion(short, name, &available, theme)
    });
    Diagnostic::error(
        "E04",
        place,
        Text::new(
            format!("шаблонът не може да се изпълни: {short}{notes}"),
            format!("the template cannot be drawn: {short}{notes}"),
        ),
    )
    .maybe_hint(hint)
}

fn suggestion(message: &str, name: &str, available: &[&str], theme: &Theme) -> Option<Text> {
    let all = || theme.templates.iter();
    let known: BTreeSet<&str> = if message.starts_with("Unknown filter") {
        FILTERS.iter().copied().collect()
    } else if message.starts_with("Unknown test") {
        TESTS.iter().copied().collect()
    } else if message.starts_with("Unknown function") {
        FUNCTIONS.iter().copied().collect()
    } else if message.starts_with("Unknown component") {
        all().flat_map(|file| components(&file.text)).collect()
    } else if message.starts_with("Unknown template") {
        all().map(|file| template_name(&file.path)).collect()
    } else {
        available.iter().copied().collect()
    };
    let known: Vec<&str> = known.into_iter().collect();
    closest(name, &known).map(did_you_mean)
}

/// The names of the components that a template defines.
pub(super) fn components(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("component ").filter_map(|(at, mark)| {
        let before = text[..at].trim_end();
        let is_opened = before.ends_with("{%") || before.ends_with("{%-");
        let name = text[at + mark.len()..].split(['(', ' ', '%', '-']).next()?;
        (is_opened && !name.is_empty()).then_some(name)
    })
}

/// The first name in backticks.
fn quoted(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

fn theme_file<'a>(theme: &'a Theme, name: &str) -> Option<&'a SourceFile> {
    let mut files = theme.templates.iter();
    files.find(|file| template_name(&file.path) == name)
}
