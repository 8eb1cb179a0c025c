//! What is said of values on one line that YAML would read otherwise than they look.

use crate::diagnostic::{Diagnostic, Edit, Fix, Place, Text};
use crate::parse::yaml::node::{Key, Span};
use crate::source::SourceFile;

pub(super) fn left_over(file: &SourceFile, whole: &Span, rest: Span, quoted: bool) -> Diagnostic {
    let inner = file.slice(whole);
    let place = Place::span(file, &rest);
    if !quoted {
        return must_be_quoted(file, whole, inner.chars().next().unwrap_or('['));
    }
    // Where the second quote closes what the first one opened, all of them belong to the text.
    let second = inner[1..].find('"').map_or(inner.len(), |at| at + 1);
    let closes =
        inner[..second].ends_with(|sign: char| !sign.is_whitespace() && !"(„[–—".contains(sign));
    let glued = inner[second..]
        .chars()
        .nth(1)
        .is_some_and(char::is_alphanumeric);
    let text = if closes && !glued {
        inner
    } else {
        inner.trim_start_matches('"').trim_end_matches('"')
    };
    let better = format!("\"{}\"", typographic(text));
    // What stands behind a sign of a comment, or quotes that do not come in pairs, may be meant otherwise.
    let paired = inner.matches('"').count().is_multiple_of(2);
    let certain = paired && inner.starts_with('"') && !inner.contains(['#', '\\']);
    let diagnostic = Diagnostic::error(
        "M05",
        place,
        Text::new(
            "текстът свършва при кавичката преди това място, а остатъкът от реда е излишен",
            "the text ends at the quote before this place; the rest of the line is left over",
        ),
    )
    .hint(suggestion(&better));
    if certain {
        diagnostic.edit(whole, better)
    } else {
        diagnostic
    }
}

/// Straight quotes inside a text, as a typist means them.
pub(super) fn typographic(text: &str) -> String {
    let mut open = false;
    text.chars()
        .map(|character| match character {
            '"' => {
                open = !open;
                if open { '„' } else { '“' }
            }
            other => other,
        })
        .collect()
}

pub(super) fn suggestion(text: &str) -> Text {
    Text::new(format!("може би  {text}"), format!("did you mean  {text}"))
}

pub(super) fn must_be_quoted(file: &SourceFile, span: &Span, sign: char) -> Diagnostic {
    let text = file.slice(span);
    // A hyphen may begin a list, and a comma between brackets makes one.
    let certain =
        sign != '-' && !(text.contains(',') && "[{".contains(sign)) && !text.contains(" #");
    Diagnostic::error(
        "M06",
        Place::span(file, span),
        Text::new(
            format!("текст, който започва с {sign}, се огражда в кавички"),
            format!("a text that starts with {sign} must be in quotes"),
        ),
    )
    .hint(suggestion(&in_quotes(text)))
    .maybe_fix(certain.then(|| Fix::Edits(vec![Edit::new(span, in_quotes(text))])))
}

/// A text in straight quotes, those inside it as a typist means them.
pub(super) fn in_quotes(text: &str) -> String {
    format!("\"{}\"", typographic(&text.replace('\\', "\\\\")))
}

/// What is said of a text with a colon in it, which stands at `at`.
pub(super) fn colon_inside(file: &SourceFile, span: &Span, at: usize) -> Diagnostic {
    let text = file.slice(span);
    let marks = |text: &str| {
        let inner = text.strip_prefix(['“', '„', '”', '«', '»'])?;
        inner.strip_suffix(['”', '“', '»', '«']).map(str::to_owned)
    };
    if let Some(inner) = marks(text).filter(|inner| !inner.contains(['“', '„', '”', '«', '»']))
    {
        let better = in_quotes(&inner);
        return Diagnostic::error(
            "M03",
            Place::span(file, &(span.start..span.start + 1)),
            Text::new(
                "типографските кавички “ ” не действат тук; сложете прави кавички \"",
                "typographic quotes “ ” do not work here; use straight quotes \"",
            ),
        )
        .hint(Text::new(
            format!("може би  {better}  (кавички „ “ вътре в текста са наред)"),
            format!("did you mean  {better}  (quotes „ “ inside the text are fine)"),
        ))
        .edit(span, better);
    }
    Diagnostic::error(
        "M02",
        Place::span(file, &(span.start + at..span.start + at + 1)),
        Text::new(
            "текст с двоеточие се огражда в кавички",
            "a text with a colon must be in quotes",
        ),
    )
    .hint(suggestion(&in_quotes(text)))
    .edit(span, in_quotes(text))
}

/// What is said of a value in quotes that were typed as two signs each.
pub(super) fn quotes_of_two_signs(file: &SourceFile, span: &Span, inside: &str) -> Diagnostic {
    let better = in_quotes(inside);
    let sign = &file.slice(span)[..2];
    Diagnostic::error(
        "M03",
        Place::span(file, &(span.start..span.start + 2)),
        Text::new(
            format!("{sign} не са кавички; сложете прави кавички \""),
            format!("{sign} are no quotes; use straight quotes \""),
        ),
    )
    .hint(suggestion(&better))
    .edit(span, better)
}

/// What is said of a line that begins with something else than spaces.
pub(super) fn indentation(file: &SourceFile, part: &Span, columns: usize) -> Option<Diagnostic> {
    let written = file.slice(part);
    let (code, message) = if written.contains('\t') {
        (
            "M01",
            Text::new(
                "тук има табулация; използвайте два интервала",
                "there is a Tab here; use two spaces",
            ),
        )
    } else if written.contains('\u{a0}') {
        (
            "M08",
            Text::new(
                "редът започва с непрекъсваем интервал (идва от Word); сложете обикновен интервал",
                "the line begins with a non-breaking space (it comes from Word); use an ordinary space",
            ),
        )
    } else {
        return None;
    };
    let hint = Text::new("`check --fix` ще я замени", "`check --fix` replaces it");
    let hint = if code == "M01" {
        hint
    } else {
        Text::new("`check --fix` ще го замени", hint.en)
    };
    Some(
        Diagnostic::error(code, Place::span(file, part), message)
            .hint(hint)
            .edit(part, " ".repeat(columns)),
    )
}

/// What is said of a space after a colon that is none for YAML.
pub(super) fn odd_space(file: &SourceFile, space: &Span, value: &str) -> Diagnostic {
    Diagnostic::error(
        "M08",
        Place::span(file, space),
        Text::new(
            "след двоеточието има непрекъсваем интервал (идва от Word); сложете обикновен интервал",
            "after the colon there is a non-breaking space (it comes from Word); use an ordinary space",
        ),
    )
    .hint(Text::new("`check --fix` ще го замени", "`check --fix` replaces it"))
    .edit(space, if value.is_empty() { "" } else { " " })
}

/// What is said of an item that is not where the other items of its list are.
pub(super) fn item_elsewhere(
    file: &SourceFile,
    item: Span,
    before: Span,
    indent: usize,
) -> Diagnostic {
    let is_glued = !file.slice(&before).ends_with(' ');
    let message = if is_glued {
        Text::new(
            "след дефиса трябва интервал",
            "there must be a space after the hyphen",
        )
    } else {
        Text::new(
            "поставете дефиса точно под горния",
            "put the hyphen directly under the one above",
        )
    };
    let better = format!("{}- ", " ".repeat(indent));
    let value = file.slice(&(before.end..item.end));
    Diagnostic::error("M16", Place::span(file, &item), message)
        .hint(suggestion(&format!("{better}{value}")))
        .edit(&before, better)
}

/// What is said of a line that is indented more than the one above.
pub(super) fn goes_on(file: &SourceFile, line: &Span, indent: usize) -> Diagnostic {
    let text = file.slice(line);
    let start = file.text[..line.start].rfind('\n').map_or(0, |at| at + 1);
    let before = start..line.start;
    let name = text.split(':').next().unwrap_or_default();
    if is_name(name) && text[name.len()..].starts_with(": ") && before.len() == indent + 1 {
        return indented_otherwise(file, line, indent).edit(&before, " ".repeat(indent));
    }
    Diagnostic::error(
        "M14",
        Place::span(file, line),
        Text::new(
            "този ред е отместен повече от реда над него",
            "this line is indented more than the line above it",
        ),
    )
    .hint(Text::new(
        "текст на няколко реда се започва с | на реда на полето",
        "a text of several lines begins with | on the line of the field",
    ))
}

/// What is said of a field that does not stand exactly below those with which it belongs.
pub(super) fn indented_otherwise(file: &SourceFile, line: &Span, indent: usize) -> Diagnostic {
    let text = file.slice(line);
    let better = format!("{}{text}", " ".repeat(indent));
    Diagnostic::error(
        "M14",
        Place::span(file, line),
        Text::new(
            "този ред не стои точно под полето, с което е заедно",
            "this line does not stand exactly below the field that it goes with",
        ),
    )
    .hint(match indent {
        0 => Text::new(
            format!("започнете го в началото на реда:  {better}"),
            format!("begin it at the beginning of the line:  {better}"),
        ),
        _ => Text::new(
            format!("отместете го с {indent} интервала:  {better}"),
            format!("indent it by {indent} spaces:  {better}"),
        ),
    })
}

/// Whether a text is the name of a field.
fn is_name(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    text.len() > 1 && text.bytes().all(plain)
}

pub(super) fn swallowed(file: &SourceFile, span: &Span, line: &str, at: usize) -> Diagnostic {
    let kept = line[..at].trim_end();
    Diagnostic::error(
        "M07",
        Place::span(file, &(span.start + at..span.end)),
        Text::new(
            format!("всичко след # се пренебрегва: текстът би станал само „{kept}“"),
            format!("everything after # is ignored: the text would be just “{kept}”"),
        ),
    )
    .hint(suggestion(&in_quotes(line)))
    .edit(span, in_quotes(line))
}

/// What is said of a backslash that begins nothing.
pub(super) fn backslash(file: &SourceFile, sign: &Span) -> Diagnostic {
    Diagnostic::error(
        "M11",
        Place::span(file, &(sign.start..sign.end + 1)),
        Text::new(
            "обратната наклонена черта има особено значение в кавички",
            "a backslash has a special meaning in quotes",
        ),
    )
    .hint(Text::new(
        "напишете \\\\ вместо \\",
        "write \\\\ instead of \\",
    ))
    .edit(sign, "\\\\")
}

/// What is said of more levels than that.
pub(super) fn too_deep(place: Place) -> Diagnostic {
    Diagnostic::error(
        "M15",
        place,
        Text::new(
            "твърде много нива едно в друго",
            "too many levels inside one another",
        ),
    )
}

/// A field that is there already.
pub(super) fn twice(file: &SourceFile, first: &Key, second: &Key) -> Diagnostic {
    let (name, line) = (&second.text, Place::span(file, &first.span).line);
    Diagnostic::error(
        "M10",
        Place::span(file, &second.span),
        Text::new(
            format!("полето „{name}“ се среща втори път (първо на ред {line})"),
            format!("the field “{name}” is here for the second time (first on line {line})"),
        ),
    )
    .hint(Text::new("оставете само едното", "keep one of the two"))
}

/// What is said of a line that is no field; `above` is the field whose text stands on the line before.
pub(super) fn no_colon(
    file: &SourceFile,
    span: &Span,
    line: &str,
    above: Option<&Key>,
) -> Diagnostic {
    let name_length = line.find(|sign: char| !sign.is_ascii_lowercase() && sign != '_');
    let (name, rest) = line.split_at(name_length.unwrap_or(line.len()));
    let after = rest.trim_start();
    let sign = after
        .chars()
        .next()
        .filter(|sign| "=;–—-：".contains(*sign));
    // A hyphen may also stand in a word.
    let sign = sign.filter(|sign| *sign != '-' || rest.starts_with(" - "));
    if let Some(sign) = sign.filter(|_| is_name(name)) {
        let value = after[sign.len_utf8()..].trim();
        let at = span.end - after.len();
        return Diagnostic::error(
            "M09",
            Place::span(file, &(at..at + sign.len_utf8())),
            Text::new(
                format!("използвайте двоеточие, а не {sign}"),
                format!("use a colon, not {sign}"),
            ),
        )
        .hint(suggestion(&format!("{name}: {value}")))
        .edit(
            &(span.start + name.len()..span.end - value.len()),
            if value.is_empty() { ":" } else { ": " },
        );
    }
    let expected = Diagnostic::error(
        "M12",
        Place::span(file, span),
        Text::new(
            "тук се очаква „поле: стойност“",
            "“field: value” is expected here",
        ),
    );
    if let Some(value) = rest.strip_prefix(':').filter(|_| is_name(name)) {
        let at = span.start + name.len() + 1;
        let found = expected.hint(Text::new(
            format!("сложете интервал след двоеточието:  {name}: {value}"),
            format!("put a space after the colon:  {name}: {value}"),
        ));
        // `http://…` is no field.
        return if value.starts_with("//") {
            found
        } else {
            found.edit(&(at..at), " ")
        };
    }
    let alone = rest.is_empty() || rest.starts_with(' ');
    if alone && is_name(name) {
        let value = if rest.is_empty() { "…" } else { rest.trim() };
        return expected.hint(suggestion(&format!("{name}: {value}")));
    }
    let Some(above) = above.filter(|_| !line.contains(':')) else {
        return expected;
    };
    let name = &above.text;
    Diagnostic::error(
        "M14",
        Place::span(file, span),
        Text::new(
            format!("този ред е част от „{name}“ над него"),
            format!("this line belongs to “{name}” above it"),
        ),
    )
    .hint(Text::new(
        format!("слейте ги в един ред:  {name}: …"),
        format!("join them into one line:  {name}: …"),
    ))
}
