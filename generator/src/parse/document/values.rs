//! One field, read as its declaration says.

use forms::Moment;

use super::loose;
use super::record::{self, Read, Reading};
use crate::diagnostic::{Diagnostic, Edit, Fix, Place, Text, did_you_mean, without_lookalikes};
use crate::model::{Field, ValueKind};
use crate::parse::fields::{Fields, Spanned};
use crate::parse::yaml::Value;
use crate::parse::{alphabets, quotes};

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
            judge_text(fields, field, &found, diagnostics);
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
        ValueKind::OneOf(choices) => whole(Read::Choice(fields.one_of_called(
            name,
            choices,
            diagnostics,
        )?)),
        ValueKind::Texts => {
            let texts = fields.texts(name, diagnostics);
            for text in &texts {
                judge_alphabets(fields, text, diagnostics);
            }
            whole(Read::Texts(texts))
        }
        ValueKind::Tags => whole(Read::Texts(listed(fields, name, diagnostics))),
        ValueKind::Paths => {
            let mut paths = listed(fields, name, diagnostics);
            paths.retain(|path| is_path(fields, path, diagnostics));
            whole(Read::Texts(paths))
        }
        ValueKind::Days => {
            if one_line(fields, name, diagnostics).is_some() {
                return None;
            }
            whole(Read::Days(fields.dates(name, clock, diagnostics)))
        }
        ValueKind::Address => Some(map(fields.slug(name, diagnostics)?, Read::Slug)),
        ValueKind::Media => media(fields, field, diagnostics),
        ValueKind::Link | ValueKind::Email | ValueKind::Telephone => {
            let found = fields.text(name, diagnostics)?;
            judge_contact(fields, field.value, &found, diagnostics);
            Some(map(found, Read::Text))
        }
        ValueKind::Map(declared) => {
            if loose::picture_as_text(fields, field, diagnostics) {
                return None;
            }
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

/// The texts of a list, also of one that was written as one line, which is reported.
fn listed(
    fields: &mut Fields<'_>,
    name: &'static str,
    diagnostics: &mut Diagnostics,
) -> Vec<Spanned<String>> {
    one_line(fields, name, diagnostics).unwrap_or_else(|| fields.texts(name, diagnostics))
}

/// Several values in one text, between commas, which are meant as a list: what they are, after that was reported.
fn one_line(
    fields: &mut Fields<'_>,
    name: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Spanned<String>>> {
    let node = fields.node(name)?;
    let Value::Text(text) = &node.value else {
        return None;
    };
    if !text.contains([',', ';']) {
        return None;
    }
    let exact = fields.file.slice(&node.span) == text;
    let mut parts = Vec::new();
    let mut at = node.span.start;
    for part in text.split([',', ';']) {
        let value = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        if !value.is_empty() {
            parts.push(Spanned {
                value: value.to_owned(),
                span: if exact {
                    start..start + value.len()
                } else {
                    node.span.clone()
                },
            });
        }
        at += part.len() + 1;
    }
    let values: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
    let list = format!("[{}]", values.join(", "));
    let message = Text::new(
        format!("полето „{name}“ е списък"),
        format!("“{name}” is a list"),
    );
    let diagnostic = Diagnostic::error("V02", Place::span(fields.file, &node.span), message)
        .hint(did_you_mean(&format!("{name}: {list}")));
    // What brackets, quotes or colons are part of would be read otherwise in a list.
    let plain = |part: &&str| !part.contains(|sign: char| "[]{}\"':#&*!|>%@`".contains(sign));
    diagnostics.push(if values.iter().all(plain) {
        diagnostic.edit(&node.span, list)
    } else {
        diagnostic
    });
    Some(parts)
}

/// What is said of a text, whatever it says.
fn judge_text(
    fields: &Fields<'_>,
    field: &Field,
    found: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) {
    judge_length(fields, field, found, diagnostics);
    if matches!(field.value, ValueKind::Text | ValueKind::LongText) {
        judge_alphabets(fields, found, diagnostics);
    }
    // A place may well be a name in quotes; what heads a page or describes it is a text.
    if matches!(field.name, "title" | "menu_title" | "description")
        && let Some(inside) = quotes::without(&found.value)
    {
        diagnostics.push(quotes::around(fields.file, field.name, &found.span, inside));
    }
    if field.name == "title" && alphabets::is_shouted(&found.value) {
        let message = Text::new(
            "заглавието е само с главни букви",
            "the title is in capitals only",
        );
        let hint = Text::new(
            "напишете го като изречение: главни букви се четат трудно, а екранният четец може да ги чете една по една",
            "write it like a sentence: capitals are hard to read, and may be read out letter by letter",
        );
        let place = Place::span(fields.file, &found.span);
        diagnostics.push(Diagnostic::warning("V15", place, message).hint(hint));
    }
}

/// Words of letters that only look alike.
fn judge_alphabets(fields: &Fields<'_>, found: &Spanned<String>, diagnostics: &mut Diagnostics) {
    // Where the text stands in the file otherwise than it reads, places would be wrong.
    let written = fields.file.slice(&found.span);
    let Some(start) = written.find(&found.value) else {
        return;
    };
    for word in alphabets::mixed(&found.value) {
        diagnostics.push(word.diagnostic(fields.file, found.span.start + start));
    }
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
    // The name of a site has a point in it, as no folder has.
    let after_scheme = text.split_once("://").map_or(text, |(_, rest)| rest);
    let (first, rest) = after_scheme.split_once('/').unwrap_or((after_scheme, ""));
    let is_host =
        after_scheme.len() < text.len() || first.contains('.') && !first.ends_with("html");
    let better = if is_host { rest } else { text };
    let better = format!("/{}", better.replace('\\', "/").trim_start_matches('/'));
    let inside = better[1..].trim_end_matches('/');
    let better = Some(better.as_str()).filter(|_| inside.split('/').all(is_plain));
    let fix = better.map(|better| Fix::Edits(vec![Edit::new(&path.span, better)]));
    let hint = better.map_or_else(
        || {
            Text::new(
                "само пътят, без името на сайта, интервали, „?“ и „#“",
                "the path alone, without the name of the site, spaces, “?” and “#”",
            )
        },
        did_you_mean,
    );
    diagnostics.push(
        Diagnostic::error(
            "P03",
            Place::span(fields.file, &path.span),
            Text::new(
                "старият адрес се пише като /novini/staro-ime/, без името на сайта",
                "an old address is written like /news/old-name/, without the name of the site",
            ),
        )
        .hint(hint)
        .maybe_fix(fix),
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
    let found_span = found.span.clone();
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
    // Somewhere else there may be several files of that name; whether there is one here is looked at afterwards.
    let plain = !elsewhere && !inside.is_empty() && !inside.contains(['\\', ':', '?', '#', '"']);
    if let Some(found) = diagnostics.last_mut().filter(|_| plain) {
        let fix = Edit::new(&found_span, format!("/media/{inside}"));
        found.fix = Some(Fix::Edits(vec![fix]));
    }
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
            email_meant(text).map(|meant| did_you_mean(&meant)),
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
            Some(if is_bare_host(text) {
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
    let certain = match kind {
        ValueKind::Email => email_meant(text),
        ValueKind::Link => Some(format!("https://{text}")).filter(|_| is_bare_host(text)),
        _ => None,
    };
    let fix = certain.map(|meant| Fix::Edits(vec![Edit::new(&found.span, meant)]));
    let place = Place::span(fields.file, &found.span);
    diagnostics.push(
        Diagnostic::error(code, place, message)
            .maybe_hint(hint)
            .maybe_fix(fix),
    );
}

/// The address that was meant: with a point for a comma, with Latin letters for those that look like them, without spaces.
pub(crate) fn email_meant(text: &str) -> Option<String> {
    let meant = without_lookalikes(text).replace(',', ".");
    let meant: String = meant.chars().filter(|sign| !sign.is_whitespace()).collect();
    let meant = meant.trim_matches(|sign| matches!(sign, '.' | ';' | '<' | '>'));
    let meant = meant.strip_prefix("mailto:").unwrap_or(meant);
    forms::email_address(meant).map(|_| meant.to_owned())
}

/// Whether a text is the name of a host, with or without a path, and lacks only what comes before.
fn is_bare_host(text: &str) -> bool {
    text.contains('.') && !text.contains([':', ' ', '@']) && !text.starts_with(['/', '.'])
}

fn is_link(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| host.contains('.') && !host.contains(char::is_whitespace))
}
