//! One field, read as its declaration says.

use forms::Moment;

use super::record::{self, Read, Reading};
use crate::diagnostic::{Diagnostic, Place, Text, did_you_mean};
use crate::model::{Choice, Field, ValueKind};
use crate::parse::fields::{Fields, Spanned};

type Diagnostics = Vec<Diagnostic>;

/// What stands in a field; `None` when it is empty, or when what stands there was reported.
pub(super) fn read<'a>(
    fields: &mut Fields<'a>,
    field: &'static Field,
    reading: Reading<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Read<'a>>> {
    let name = field.name;
    let span = fields.node(name)?.span.clone();
    let clock = reading.clock;
    let whole = |value| Some(Spanned { value, span });
    match field.value {
        ValueKind::Text
        | ValueKind::LongText
        | ValueKind::Form
        | ValueKind::Page
        | ValueKind::Reference(_) => {
            let found = fields.text(name, diagnostics)?;
            judge_length(fields, field, &found, diagnostics);
            Some(map(found, Read::Text))
        }
        ValueKind::YesNo => whole(Read::Yes(fields.yes(name, false, diagnostics))),
        ValueKind::Whole { min } => whole(Read::Whole(fields.number(name, min, diagnostics)?)),
        ValueKind::Day => {
            let found = fields.date(name, clock, diagnostics)?;
            Some(map(found, |day| Read::Moment(Moment::Day(day))))
        }
        ValueKind::Moment => Some(map(fields.moment(name, clock, diagnostics)?, Read::Moment)),
        ValueKind::DateTime => {
            let at = fields.date_time(name, clock, diagnostics)?;
            whole(Read::Moment(at))
        }
        ValueKind::OneOf(choices) => {
            let words = choices.iter().map(word).collect::<Vec<_>>();
            whole(Read::Choice(fields.one_of(name, &words, diagnostics)?))
        }
        ValueKind::Texts | ValueKind::Tags => whole(Read::Texts(fields.texts(name, diagnostics))),
        ValueKind::Paths => {
            let mut paths = fields.texts(name, diagnostics);
            paths.retain(|path| is_path(fields, path, diagnostics));
            whole(Read::Texts(paths))
        }
        ValueKind::Days => whole(Read::Days(fields.dates(name, clock, diagnostics))),
        ValueKind::Address => Some(map(fields.slug(name, diagnostics)?, Read::Slug)),
        ValueKind::Media => media(fields, field, diagnostics),
        ValueKind::Link | ValueKind::Email | ValueKind::Telephone => {
            let found = fields.text(name, diagnostics)?;
            judge_contact(fields, field.value, &found, diagnostics);
            Some(map(found, Read::Text))
        }
        ValueKind::Map(declared) => {
            let inside = fields.inside(name, diagnostics)?;
            let record = record::read(inside, declared.iter(), reading, diagnostics);
            whole(Read::Inside(record))
        }
    }
}

fn map<'a, T>(found: Spanned<T>, read: impl FnOnce(T) -> Read<'a>) -> Spanned<Read<'a>> {
    Spanned {
        value: read(found.value),
        span: found.span,
    }
}

fn word(choice: &Choice) -> (&'static str, &'static str) {
    (choice.value, choice.value)
}

fn judge_length(
    fields: &Fields<'_>,
    field: &Field,
    found: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) {
    let Some(max) = field.max.map(usize::from) else {
        return;
    };
    // A character has at least one byte: most texts need no counting.
    if found.value.len() <= max {
        return;
    }
    let length = found.value.chars().count();
    if length > max {
        let name = field.name;
        let message = Text::new(
            format!("„{name}“ е {length} знака, а в търсачките се показват около {max}"),
            format!("“{name}” has {length} characters; search results show about {max}"),
        );
        let hint = Text::new(
            "скъсете го, или сложете най-важното в началото",
            "make it shorter, or put what matters most first",
        );
        diagnostics.push(
            Diagnostic::warning("R01", Place::span(fields.file, &found.span), message).hint(hint),
        );
    }
}

/// A path on the site: `/novini/staro-ime/`. Old sites had all sorts of them.
fn is_path(fields: &Fields<'_>, path: &Spanned<String>, diagnostics: &mut Diagnostics) -> bool {
    let text = path.value.as_str();
    let is_plain = |segment: &str| {
        !segment.is_empty()
            && !segment.starts_with('.')
            && !segment.contains(|c: char| c.is_whitespace() || "?#\\<>\"*:".contains(c))
    };
    let inside = text
        .strip_prefix('/')
        .map(|rest| rest.strip_suffix('/').unwrap_or(rest));
    if inside.is_some_and(|inside| inside.split('/').all(is_plain)) {
        return true;
    }
    let after_host = text
        .split_once("://")
        .and_then(|(_, rest)| Some(format!("/{}", rest.split_once('/')?.1)));
    let hint = match after_host {
        Some(path) => did_you_mean(&path),
        None if text.starts_with('/') => {
            Text::new("без интервали, „?“ и „#“", "without spaces, “?” and “#”")
        }
        None => did_you_mean(&format!("/{text}")),
    };
    fields.report(
        "P03",
        &path.span,
        Text::new(
            "старият адрес се пише като /novini/staro-ime/, без името на сайта",
            "an old address is written like /news/old-name/, without the name of the site",
        ),
        Some(hint),
        diagnostics,
    );
    false
}

/// The path below `content/media`.
fn media<'a>(
    fields: &mut Fields<'a>,
    field: &Field,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Read<'a>>> {
    let found = fields.text(field.name, diagnostics)?;
    if let Some(path) = found.value.strip_prefix("/media/") {
        return Some(Spanned {
            value: Read::Text(path.to_owned()),
            span: found.span,
        });
    }
    let inside = ["content/media/", "media/", "./", "/"]
        .iter()
        .find_map(|start| found.value.strip_prefix(start))
        .unwrap_or(&found.value);
    let elsewhere = found.value.contains("://");
    let hint = if elsewhere {
        Text::new(
            "изтеглете файла и го сложете в content/media",
            "download the file and put it into content/media",
        )
    } else {
        did_you_mean(&format!("{}: /media/{inside}", field.name))
    };
    fields.report(
        "L06",
        &found.span,
        Text::new(
            "файлът трябва да е в content/media и се пише с /media/ отпред",
            "the file must be in content/media and is written with /media/ before it",
        ),
        Some(hint),
        diagnostics,
    );
    None
}

fn judge_contact(
    fields: &Fields<'_>,
    kind: ValueKind,
    found: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) {
    let text = found.value.as_str();
    let fault = match kind {
        ValueKind::Email if forms::email_address(text).is_none() => (
            "V14",
            Text::new(
                format!("„{text}“ не е имейл адрес"),
                format!("“{text}” is not an e-mail address"),
            ),
            text.contains(',')
                .then(|| did_you_mean(&text.replace(',', "."))),
        ),
        ValueKind::Telephone if forms::telephone(text).is_none() => (
            "V14",
            Text::new(
                format!("„{text}“ не е телефонен номер"),
                format!("“{text}” is not a telephone number"),
            ),
            Some(Text::new(
                "напишете го в кавички, с кода на държавата: \"+359 32 123 456\"",
                "write it in quotes, with the code of the country: \"+359 32 123 456\"",
            )),
        ),
        ValueKind::Link if !is_link(text) => (
            "L07",
            Text::new(
                "такава връзка не се допуска",
                "a link like this is not allowed",
            ),
            Some(if text.contains('.') && !text.contains([':', ' ']) {
                did_you_mean(&format!("https://{text}"))
            } else {
                Text::new(
                    "напишете адреса изцяло: https://…",
                    "write the whole address: https://…",
                )
            }),
        ),
        _ => return,
    };
    let (code, message, hint) = fault;
    fields.report(code, &found.span, message, hint, diagnostics);
}

fn is_link(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| host.contains('.') && !host.contains(char::is_whitespace))
}
