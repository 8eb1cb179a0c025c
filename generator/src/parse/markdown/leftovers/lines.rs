//! Lines that were meant as headings, lists and tables.

use std::ops::Range;

use super::Look;
use crate::diagnostic::{Edit, Text as Words, did_you_mean};

/// What documents put before the points of a list.
const BULLETS: &str = "•·●▪◦‣∙■□➢✓✔";

/// Looks at the lines of a paragraph.
pub(super) fn check(look: &mut Look<'_, '_>, runs: &[Range<usize>], paragraph: &Range<usize>) {
    let source = look.text.slice(paragraph);
    let begins = |sign: char| {
        BULLETS.contains(sign) || "#|-–—*+'‘’´\"“”".contains(sign) || sign.is_ascii_digit()
    };
    let mut lines: Vec<(Range<usize>, &str)> = Vec::new();
    let mut at = paragraph.start;
    for line in source.split_inclusive('\n') {
        let text = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        // A line that begins with markup is no leftover of it.
        let is_text = runs.iter().any(|run| run.contains(&start));
        if is_text && text.starts_with(begins) {
            lines.push((start..start + text.len(), text));
        }
        at += line.len();
    }
    let all = source.lines().count();
    if lines.is_empty() {
        return spreadsheet(look, paragraph, source);
    }
    headings(look, &lines, all);
    list(look, &lines);
    table(look, &lines, all);
    fence(look, &lines);
    spreadsheet(look, paragraph, source);
}

type Lines<'a> = [(Range<usize>, &'a str)];

/// `##Програма`
fn headings(look: &mut Look<'_, '_>, lines: &Lines<'_>, all: usize) {
    for (range, text) in lines {
        let rest = text.trim_start_matches('#');
        let hashes = text.len() - rest.len();
        let spaces = rest.len() - rest.trim_start().len();
        let title = rest.trim_start();
        // A word with one sign before it is a topic in other networks.
        let is_title =
            hashes == 1 && all == 1 && title.contains(' ') && title.starts_with(char::is_uppercase);
        if title.is_empty() || !((2..=6).contains(&hashes) || is_title) {
            continue;
        }
        let better = format!("{} {title}", "#".repeat(hashes.max(2)));
        let words = [
            Words::new(
                "това още не е подзаглавие: след # трябва обикновен интервал",
                "this is not a heading yet: there must be an ordinary space after #",
            ),
            did_you_mean(&better),
        ];
        let signs = range.start..range.start + hashes + spaces;
        let with = format!("{} ", "#".repeat(hashes.max(2)));
        look.warn("B21", range, words, vec![Edit::new(&signs, with)]);
    }
}

/// Points with the signs of another program before them, or without a space behind.
fn list(look: &mut Look<'_, '_>, lines: &Lines<'_>) {
    let marks: Vec<(&Range<usize>, Point)> = lines
        .iter()
        .filter_map(|(range, text)| Some((range, point(text)?)))
        .collect();
    let alone = |point: &Point| point.certain;
    if !(marks.len() > 1 || marks.first().is_some_and(|(_, point)| alone(point))) {
        return;
    }
    let Some((first, point)) = marks.first() else {
        return;
    };
    let (sign, better) = (point.sign.clone(), point.better.clone());
    let words = [
        Words::new(
            format!("това още не е списък: редът започва с „{sign}“"),
            format!("this is not a list yet: the line begins with “{sign}”"),
        ),
        Words::new(
            format!("започнете всеки ред с „{better}“"),
            format!("begin every line with “{better}”"),
        ),
    ];
    let edits = marks.iter().map(|(range, point)| {
        Edit::new(
            &(range.start..range.start + point.length),
            point.better.clone(),
        )
    });
    let edits = edits.collect();
    look.warn("B20", first, words, edits);
}

/// What stands before the words of a point.
struct Point {
    /// As it is shown.
    sign: String,
    /// In bytes, with the spaces behind.
    length: usize,
    better: String,
    /// Whether one such line alone is meant as a list.
    certain: bool,
}

fn point(line: &str) -> Option<Point> {
    let first = line.chars().next()?;
    let after = &line[first.len_utf8()..];
    let words = after.trim_start();
    let length = line.len() - words.len();
    let dash = |certain| Point {
        sign: line[..length].trim_end().to_owned(),
        length,
        better: "- ".to_owned(),
        certain,
    };
    if words.is_empty() {
        return None;
    }
    if BULLETS.contains(first) {
        return Some(dash(true));
    }
    match first {
        // A space of a word processor behind it.
        '-' | '*' | '+' if after.starts_with('\u{a0}') => Some(dash(true)),
        '-' if after.starts_with(char::is_alphabetic) => Some(dash(false)),
        '–' | '—' if after.starts_with([' ', '\u{a0}', '\t']) => Some(dash(false)),
        '0'..='9' => {
            let number = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
            let digits = &line[..line.len() - number.len()];
            let mark = number
                .chars()
                .next()
                .filter(|mark| matches!(mark, '.' | ')'))?;
            let words = &number[1..];
            let glued = words.starts_with(|sign: char| sign.is_alphabetic() || sign == '\u{a0}');
            let text = words.trim_start();
            (glued && digits.len() <= 2).then(|| Point {
                sign: format!("{digits}{mark}"),
                length: line.len() - text.len(),
                better: format!("{digits}{mark} "),
                certain: false,
            })
        }
        _ => None,
    }
}

/// A table without the line of hyphens, or with one of dashes or of too few columns.
fn table(look: &mut Look<'_, '_>, lines: &Lines<'_>, all: usize) {
    let rows: Vec<&(Range<usize>, &str)> = lines
        .iter()
        .filter(|(_, text)| text.starts_with('|') && text.len() > 2)
        .collect();
    let [(first, head), (second, below), ..] = rows.as_slice() else {
        return;
    };
    if rows.len() < all {
        return;
    }
    let columns = head.trim_matches('|').split('|').count();
    let line = format!("|{}", "---|".repeat(columns));
    let is_line =
        below.chars().all(|sign| "|-–—: ".contains(sign)) && below.contains(['-', '–', '—']);
    if is_line {
        let words = [
            Words::new(
                format!(
                    "таблицата не се разпознава: редът под заглавията трябва да има {columns} колони от дефиси"
                ),
                format!(
                    "the table is not recognised: the line under the headings must have {columns} columns of hyphens"
                ),
            ),
            did_you_mean(&line),
        ];
        look.warn("B11", second, words, vec![Edit::new(second, line)]);
        return;
    }
    let words = [
        Words::new(
            "таблицата няма ред с дефиси под заглавията и не се разпознава",
            "the table has no line of hyphens under its headings, and is not recognised",
        ),
        Words::new(
            format!("добавете под първия ред  {line}"),
            format!("add under the first row  {line}"),
        ),
    ];
    look.warn("B11", first, words, Vec::new());
}

/// A table as Word and Excel copy it: cells between tabs.
fn spreadsheet(look: &mut Look<'_, '_>, paragraph: &Range<usize>, source: &str) {
    let cells = |line: &str| {
        line.trim()
            .split('\t')
            .filter(|cell| !cell.trim().is_empty())
            .count()
    };
    let mut rows = source.lines();
    let Some(first) = rows.next() else {
        return;
    };
    let columns = cells(first);
    let mut below = rows.peekable();
    if columns < 2 || below.peek().is_none() || !below.all(|line| cells(line) > 1) {
        return;
    }
    let line = format!("|{}", "---|".repeat(columns));
    let cells: Vec<&str> = first.trim().split('\t').map(str::trim).collect();
    let head = format!("| {} |", cells.join(" | "));
    let words = [
        Words::new(
            "това е таблица, копирана от Word или Excel; колоните ще се слеят",
            "this is a table copied from Word or Excel; its columns will run together",
        ),
        Words::new(
            format!("напишете редовете с | между колоните, а под първия  {line} :  {head}"),
            format!(
                "write the rows with | between the columns, and under the first one  {line} :  {head}"
            ),
        ),
    ];
    let shown = paragraph.start..paragraph.start + first.len();
    look.warn("B11", &shown, words, Vec::new());
}

/// Three signs that look like backticks.
fn fence(look: &mut Look<'_, '_>, lines: &Lines<'_>) {
    let found = lines.iter().find_map(|(range, text)| {
        let word = text.trim_start_matches(['\'', '‘', '’', '´', '"', '“', '”']);
        let signs = text.chars().count() - word.chars().count();
        (signs >= 3 && !word.is_empty()).then_some((range, word))
    });
    let Some((range, word)) = found else {
        return;
    };
    let words = [
        Words::new(
            "това още не е компонент: редът започва с кавички вместо с обратни апострофи",
            "this is not a component yet: the line begins with quotes instead of backticks",
        ),
        did_you_mean(&format!("```{word}")),
    ];
    look.warn("B24", range, words, Vec::new());
}
