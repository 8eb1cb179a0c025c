//! Bold type that is not closed or stands for a heading, capitals, long sentences, and signs that nobody sees.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Block, Look};
use crate::diagnostic::{Edit, Severity, Text as Words, did_you_mean};
use crate::parse::alphabets;
use crate::parse::markdown::text::Text;
use crate::parse::markdown::writer::{Events, extent, plain_text};

/// `**` that was not understood.
pub(super) fn stars(look: &mut Look<'_, '_>, run: &Range<usize>) {
    let text = look.text.slice(run);
    let is_escaped = |at: usize| {
        look.text.source[..run.start + at].ends_with('\\')
            || text[..at].ends_with('*')
            || text[at + 2..].starts_with('*')
    };
    let found: Vec<usize> = text
        .match_indices("**")
        .map(|(at, _)| at)
        .filter(|at| !is_escaped(*at))
        .collect();
    for pair in found.chunks(2) {
        let at = pair[0];
        let place = run.start + at..run.start + at + 2;
        let Some(end) = pair.get(1).copied() else {
            let words = [
                Words::new(
                    "** е отворено и не е затворено",
                    "** is opened and not closed",
                ),
                Words::new(
                    "сложете ** и в края на получерния текст, без интервал пред него",
                    "put ** at the end of the bold text as well, without a space before it",
                ),
            ];
            look.warn("B08", &place, words, Vec::new());
            continue;
        };
        let inside = &text[at + 2..end];
        let bold = inside.trim();
        let words_of = |edges: &str| if edges.is_empty() { "" } else { " " };
        let leading = words_of(&inside[..inside.len() - inside.trim_start().len()]);
        let trailing = words_of(&inside[inside.trim_end().len()..]);
        let touches = |text: &str, last: bool| {
            let sign = if last {
                text.chars().next_back()
            } else {
                text.chars().next()
            };
            sign.is_some_and(char::is_alphanumeric)
        };
        let before = if touches(&text[..at], true) {
            leading
        } else {
            ""
        };
        let after = if touches(&text[end + 2..], false) {
            trailing
        } else {
            ""
        };
        let better = format!("{before}**{bold}**{after}");
        let spaced = leading.len() + trailing.len() > 0 && !bold.is_empty() && !bold.contains('\n');
        let words = [
            Words::new(
                "това още не е получер текст: между ** и думите не бива да има интервал",
                "this is not bold yet: there must be no space between ** and the words",
            ),
            did_you_mean(better.trim()),
        ];
        let part = run.start + at..run.start + end + 2;
        let edits = if spaced {
            vec![Edit::new(&part, better)]
        } else {
            Vec::new()
        };
        look.warn("B08", &part, words, edits);
    }
}

/// How long a line in bold type may be to be taken for a heading.
const LONGEST_HEADING: usize = 80;

/// A line in bold type that stands for a heading of what follows.
pub(super) fn bold_line(look: &mut Look<'_, '_>, following: &Events<'_>, range: &Range<usize>) {
    let is_strong = matches!(following.get(1), Some((Event::Start(Tag::Strong), _)));
    if !is_strong {
        return;
    }
    let end = 1 + extent(&following[1..]);
    let closes = matches!(following.get(end), Some((Event::End(TagEnd::Paragraph), _)));
    let follows = following.get(end + 1).map(|(event, _)| event);
    let heads = matches!(follows, Some(Event::Start(Tag::Paragraph | Tag::List(_))));
    let text = plain_text(&following[1..]);
    let title = text.trim().trim_end_matches(':').trim_end();
    let is_title = !title.ends_with(['.', '!', '?', ';', ',', '…', ')', '“', '”'])
        && title.chars().count() <= LONGEST_HEADING;
    let at_line_start = look.text.source[..range.start].ends_with('\n') || range.start == 0;
    let has_letters = title.chars().filter(|sign| sign.is_alphabetic()).count() >= 3;
    if !(closes && heads && is_title && at_line_start && has_letters) {
        return;
    }
    let hashes = "#".repeat(usize::from((look.level + 1).clamp(2, 6)));
    let words = [
        Words::new(
            "получер ред вместо подзаглавие: екранният четец и съдържанието не го намират",
            "a bold line instead of a heading: screen readers and tables of contents do not find it",
        ),
        did_you_mean(&format!("{hashes} {title}")),
    ];
    look.warn("B07", range, words, Vec::new());
}

/// A paragraph or a heading in capitals.
pub(super) fn capitals(look: &mut Look<'_, '_>, block: &Block) {
    let (Some(first), Some(last)) = (block.runs.first(), block.runs.last()) else {
        return;
    };
    let range = first.start..last.end;
    let text = look.text.slice(&range);
    let words = text
        .split_whitespace()
        .filter(|word| word.chars().filter(|sign| sign.is_alphabetic()).count() > 1);
    let enough = if block.is_heading { 2 } else { 4 };
    if words.count() < enough
        || !alphabets::is_shouted(text)
        || !(block.is_heading || block.paragraph.is_some())
    {
        return;
    }
    let what = if block.is_heading {
        Words::new("подзаглавие", "heading")
    } else {
        Words::new("абзац", "paragraph")
    };
    let words = [
        Words::new(
            format!(
                "{} само с главни букви се чете трудно, а преводачите и екранните четци се объркват",
                what.bg
            ),
            format!(
                "a {} in capitals is hard to read aloud and to translate",
                what.en
            ),
        ),
        Words::new(
            "напишете го като изречение; за важното има **получер** текст",
            "write it like a sentence; what matters can be **bold**",
        ),
    ];
    look.warn("B10", &range, words, Vec::new());
}

/// More words than this are too many for one breath.
const LONGEST_SENTENCE: usize = 30;

/// Sentences that nobody reads to the end.
pub(super) fn long_sentences(look: &mut Look<'_, '_>, paragraph: &Range<usize>) {
    let source = look.text.slice(paragraph);
    // Fewer letters cannot be so many words.
    if source.len() < LONGEST_SENTENCE * 4 {
        return;
    }
    let mut start = 0;
    let ends = source
        .match_indices(['.', '!', '?', '…'])
        .map(|(at, sign)| at + sign.len());
    for end in ends.chain([source.len()]) {
        let rest = &source[end..];
        let next = rest.trim_start_matches(['“', '”', '"', '*', ')', ' ', '\n']);
        let is_end = rest.is_empty()
            || (rest.starts_with([' ', '\n', '“', '”', '"', '*', ')'])
                && !next.starts_with(char::is_lowercase)
                && !next.starts_with(|sign: char| sign.is_ascii_digit()));
        if !is_end {
            continue;
        }
        let sentence = &source[start..end];
        let words = sentence
            .split_whitespace()
            .filter(|word| word.contains(char::is_alphabetic));
        let count = words.count();
        if count > LONGEST_SENTENCE {
            let from = paragraph.start + start + (sentence.len() - sentence.trim_start().len());
            let words = [
                Words::new(
                    format!("това изречение е от {count} думи"),
                    format!("this sentence has {count} words"),
                ),
                Words::new(
                    "опитайте с две: дългите изречения не се дочитат",
                    "try two: long sentences are not read to the end",
                ),
            ];
            look.say(
                (Severity::Note, "R04"),
                &(from..paragraph.start + end),
                words,
                Vec::new(),
            );
        }
        start = end;
    }
}

/// Notes where in a part of the text signs stand that nobody sees, and what should stand there.
pub(super) fn unseen(text: Text<'_>, range: &Range<usize>, found: &mut Vec<Edit>) {
    let source = text.slice(range);
    for (at, sign) in source.char_indices() {
        let with = match sign {
            '\u{a0}' | '\u{202f}' => " ",
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => "",
            _ => continue,
        };
        let behind = at + sign.len_utf8();
        // Between a number and what it counts nobody wants the line to break.
        let is_number = |sign: Option<char>| {
            sign.is_some_and(|sign| sign.is_ascii_digit() || "№§%".contains(sign))
        };
        let before = source[..at].chars().next_back();
        let after = source[behind..].chars().next();
        if with == " " && (is_number(before) || is_number(after)) {
            continue;
        }
        found.push(Edit::new(&(range.start + at..range.start + behind), with));
    }
}

/// Says once of all those signs that they are there.
pub(super) fn report_unseen(look: &mut Look<'_, '_>, found: &[Edit]) {
    let Some(first) = found.first() else {
        return;
    };
    let range = first.start..first.end;
    let count = found.len();
    let words = [
        Words::new(
            format!(
                "знаци, които не се виждат (непрекъсваеми интервали, меки тирета), дошли с копиран текст: {count}"
            ),
            format!(
                "signs that nobody sees (non-breaking spaces, soft hyphens), which came with copied text: {count}"
            ),
        ),
        Words::new(
            "`check --fix` ще ги махне; сайтът сам слага интервалите, на които редът не бива да се къса",
            "`check --fix` removes them; the site itself puts the spaces at which a line must not break",
        ),
    ];
    look.warn("B19", &range, words, found.to_vec());
}
