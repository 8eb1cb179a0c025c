//! Links, pictures and notes whose brackets are not as they should be.

use std::ops::Range;

use super::Look;
use crate::diagnostic::{Edit, Severity, Text as Words, did_you_mean};

/// Looks at a part of the text without markup: whatever brackets are left in it were understood as text.
pub(super) fn check(look: &mut Look<'_, '_>, run: &Range<usize>) {
    let text = look.text.slice(run);
    if !text.contains(['[', ']']) {
        return;
    }
    swapped(look, run, text);
    apart(look, run, text);
    open(look, run, text);
    notes(look, run, text);
}

/// Whether a text in brackets is where a link leads.
fn leads(text: &str) -> bool {
    let begins = [
        "https://", "http://", "mailto:", "tel:", "www.", "/", "../", "#",
    ];
    let is_plain = !text.is_empty() && !text.contains(char::is_whitespace);
    is_plain && (begins.iter().any(|start| text.starts_with(start)) || text.ends_with(".md"))
}

fn error(
    look: &mut Look<'_, '_>,
    part: &Range<usize>,
    message: Words,
    better: &str,
    certain: bool,
) {
    let edits = if certain {
        vec![Edit::new(part, better)]
    } else {
        Vec::new()
    };
    look.say(
        (Severity::Error, "B05"),
        part,
        [message, did_you_mean(better)],
        edits,
    );
}

/// `(текст)[адрес]`
fn swapped(look: &mut Look<'_, '_>, run: &Range<usize>, text: &str) {
    for (at, _) in text.match_indices(")[") {
        let Some(start) = text[..at].rfind('(') else {
            continue;
        };
        let Some(end) = text[at + 2..].find(']').map(|end| at + 2 + end) else {
            continue;
        };
        let (words, address) = (&text[start + 1..at], &text[at + 2..end]);
        if leads(address) && !words.trim().is_empty() {
            let message = Words::new(
                "това още не е връзка: скобите са разменени",
                "this is not a link yet: the brackets are swapped",
            );
            let part = run.start + start..run.start + end + 1;
            error(look, &part, message, &format!("[{words}]({address})"), true);
        }
    }
}

/// `[текст] (адрес)`, `[текст][адрес]`, `[текст]адрес`
fn apart(look: &mut Look<'_, '_>, run: &Range<usize>, text: &str) {
    for (at, _) in text.match_indices(']') {
        let Some(start) = text[..at].rfind('[') else {
            continue;
        };
        let words = &text[start + 1..at];
        let rest = &text[at + 1..];
        let inside = rest.trim_start_matches([' ', '\u{a0}']);
        let gap = rest.len() - inside.len();
        let (closing, inside) = match inside.chars().next() {
            Some('(') if gap > 0 => (')', &inside[1..]),
            Some('[') => (']', &inside[1..]),
            Some('{') => ('}', &inside[1..]),
            _ => continue,
        };
        let Some(length) = inside.find(closing) else {
            continue;
        };
        let address = &inside[..length];
        if leads(address) && !words.trim().is_empty() && !words.starts_with('^') {
            let message = if gap > 0 && closing == ')' {
                Words::new(
                    "това още не е връзка: между скобите има интервал",
                    "this is not a link yet: there is a space between the brackets",
                )
            } else {
                Words::new(
                    "това още не е връзка: адресът се пише в кръгли скоби",
                    "this is not a link yet: the address is written in round brackets",
                )
            };
            let end = text.len() - inside.len() + length + 1;
            let part = run.start + start..run.start + end;
            error(look, &part, message, &format!("[{words}]({address})"), true);
        }
    }
}

/// `[текст](адрес` without an end, or with a space in the address.
fn open(look: &mut Look<'_, '_>, run: &Range<usize>, text: &str) {
    for (at, _) in text.match_indices("](") {
        let Some(start) = text[..at].rfind('[') else {
            continue;
        };
        let is_picture = text[..start].ends_with('!');
        let line = text[at + 2..].lines().next().unwrap_or_default();
        let from = start - usize::from(is_picture);
        let (words, mark) = (&text[start + 1..at], if is_picture { "!" } else { "" });
        let what = if is_picture {
            Words::new("снимка", "picture")
        } else {
            Words::new("връзка", "link")
        };
        if let Some(end) = line.find(')') {
            let address = line[..end].trim();
            let part = run.start + from..run.start + at + 2 + end + 1;
            let title = address.contains('"');
            if title || !address.contains(char::is_whitespace) {
                continue;
            }
            let message = Words::new(
                format!("това още не е {}: в адреса има интервал", what.bg),
                format!(
                    "this is not a {} yet: there is a space in the address",
                    what.en
                ),
            );
            error(
                look,
                &part,
                message,
                &format!("{mark}[{words}](<{address}>)"),
                false,
            );
            continue;
        }
        let address = line.split_whitespace().next().unwrap_or_default();
        let message = Words::new(
            format!("това още не е {}: липсва затварящата скоба", what.bg),
            format!(
                "this is not a {} yet: the closing bracket is missing",
                what.en
            ),
        );
        let part = run.start + from..run.start + at + 2 + address.len();
        // Behind the address there may be more that belongs to it, and a full stop that does not.
        let ends = |sign: char| sign.is_alphanumeric() || sign == '/';
        let certain = address.len() == line.trim_end().len() && address.ends_with(ends);
        error(
            look,
            &part,
            message,
            &format!("{mark}[{words}]({address})"),
            certain,
        );
    }
}

/// `[^5]` without a note.
fn notes(look: &mut Look<'_, '_>, run: &Range<usize>, text: &str) {
    for (at, _) in text.match_indices("[^") {
        let Some(length) = text[at..].find(']') else {
            continue;
        };
        let mark = &text[at..=at + length];
        if mark.len() < 4 || mark.contains(char::is_whitespace) {
            continue;
        }
        let part = run.start + at..run.start + at + length + 1;
        let words = [
            Words::new(
                format!("няма бележка {mark}"),
                format!("there is no note {mark}"),
            ),
            Words::new(
                format!("добавете в края на текста ред  {mark}: …"),
                format!("add a line at the end of the text:  {mark}: …"),
            ),
        ];
        look.say((Severity::Error, "B22"), &part, words, Vec::new());
    }
}
