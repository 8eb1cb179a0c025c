//! The one style sheet of a site, from those of its theme and, after them, the site's own.
//!
//! Comments and needless space are left out here rather than by a crate: what lightningcss saves beyond that is gone
//! after compression (4,728 bytes of brotli against 4,719 here, for the theme `centre`).

use std::fmt::Write;
use std::ops::Range;

use super::Assets;
use super::names::shortened;
use super::tokens::{Token, tokens};
use crate::diagnostic::{Diagnostic, Place, Text, closest, did_you_mean};
use crate::source::{SourceFile, Theme, style_name};

/// The style sheet that names the others.
pub(super) const MAIN: &str = "main.css";

/// Turns every `@import "x.css" layer(y);` of the table of contents into a `@layer y { … }` block, in its order, and every
/// name of a file in `url(…)` into its address. What the site has of its own and nobody imports comes last and in no layer,
/// so that it wins over everything.
pub(super) fn stylesheet(
    theme: &Theme,
    assets: &Assets,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    let named = |name: &str| {
        let mut styles = theme.styles.iter();
        styles.find(|file| style_name(&file.path) == name)
    };
    let main = named(MAIN)?;
    let folder = main.path.trim_end_matches(MAIN);
    let mut imported = vec![MAIN];
    let (mut css, mut at, mut begun) = (String::new(), 0, 0);
    let mut open = "";
    for line in main.text.split_inclusive('\n') {
        let span = at..at + line.trim_end().len();
        at += line.len();
        let Some((name, layer)) = import(line) else {
            continue;
        };
        let between = compact(main, &(begun..span.start), assets, diagnostics);
        begun = at;
        // What stands in one layer one after another is one block.
        if !open.is_empty() && (open != layer || !between.is_empty()) {
            css.push('}');
            open = "";
        }
        css.push_str(&between);
        imported.push(name);
        match named(name) {
            Some(file) => {
                let rules = compact(file, &(0..file.text.len()), assets, diagnostics);
                if open.is_empty() {
                    // Writing to a string cannot fail.
                    let _ = write!(css, "@layer {layer}{{");
                    open = layer;
                }
                css.push_str(&rules);
            }
            None => diagnostics.push(no_file(main, &span, &format!("{folder}{name}"), None)),
        }
    }
    if !open.is_empty() {
        css.push('}');
    }
    css.push_str(&compact(main, &(begun..at), assets, diagnostics));
    for file in theme.own_styles() {
        if !imported.contains(&style_name(&file.path)) {
            css.push_str(&compact(file, &(0..file.text.len()), assets, diagnostics));
        }
    }
    Some(shortened(&css))
}

fn import(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.trim().strip_prefix("@import \"")?.split_once('"')?;
    let (layer, _) = rest.trim().strip_prefix("layer(")?.split_once(')')?;
    Some((name, layer))
}

/// A part of a style sheet without comments and without space that means nothing.
fn compact(
    file: &SourceFile,
    part: &Range<usize>,
    assets: &Assets,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let mut css = String::with_capacity(part.len());
    let mut space = false;
    let tokens = tokens(file.slice(part));
    for (token, span) in tokens {
        let span = part.start + span.start..part.start + span.end;
        let text = file.slice(&span);
        match token {
            Token::Space | Token::Comment => {
                space = true;
                continue;
            }
            Token::Url => {
                separate(&mut css, space, 'u');
                let _ = write!(css, "url({})", address(file, &span, assets, diagnostics));
            }
            Token::Quoted => {
                separate(&mut css, space, '"');
                css.push_str(text);
            }
            Token::Other(character) => {
                if character == '@' && is_import(file.slice(&(span.start..file.text.len()))) {
                    diagnostics.push(stray_import(file, span.start));
                }
                separate(&mut css, space, character);
                // The last semicolon of a block separates nothing.
                if character == '}' && css.ends_with(';') {
                    css.pop();
                }
                css.push(character);
            }
        }
        space = false;
    }
    css
}

/// A space, where one was and both sides need it. Around `+` and in selectors it means something; beside these it never
/// does, except that a property without a value keeps the space that is its value.
fn separate(css: &mut String, space: bool, next: char) {
    let before = css.chars().next_back();
    let needless = matches!(before, None | Some('{' | '}' | ';' | ','))
        || matches!(next, '{' | '}' | ';' | ',') && before != Some(':')
        || before == Some(':') && !matches!(next, ';' | '}');
    if space && !needless {
        css.push(' ');
    }
}

/// What stands in `url(…)`: the address of a file of the theme; data and parts of the same page stay as they are.
fn address(
    file: &SourceFile,
    span: &Range<usize>,
    assets: &Assets,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let written = file.slice(span);
    let inside = &written["url(".len()..written.len() - 1];
    let name = inside.trim().trim_matches(['"', '\'']);
    if name.starts_with("data:") || name.starts_with('#') {
        return inside.trim().to_owned();
    }
    // As the style sheet lies in the theme, or simply as the file is called in `static`.
    let known = name.trim_start_matches("../").trim_start_matches("static/");
    let url = assets.address(known);
    if url.is_empty() {
        let names: Vec<&str> = assets.named().keys().map(String::as_str).collect();
        diagnostics.push(no_file(file, span, name, closest(known, &names)));
    }
    url.to_owned()
}

/// Whether a rule begins here that would load another style sheet.
fn is_import(rest: &str) -> bool {
    let word = rest.get(.."@import".len());
    word.is_some_and(|word| word.eq_ignore_ascii_case("@import"))
}

/// An import that is not in the table of contents, or not as one is written there: browsers would ask for a file that is not
/// published, or another host.
fn stray_import(file: &SourceFile, at: usize) -> Diagnostic {
    let rest = &file.text[at..];
    let end = rest.find([';', '\n']).unwrap_or(rest.len());
    Diagnostic::error(
        "E10",
        Place::span(file, &(at..at + end)),
        Text::new(
            "този @import не може да стои тук: други стилове се вмъкват само от main.css и само от сайта",
            "this @import cannot stand here: only main.css brings in other style sheets, and only those of the site",
        ),
    )
    .hint(Text::new(
        "на отделен ред в main.css:  @import \"файл.css\" layer(components);",
        "on a line of its own in main.css:  @import \"file.css\" layer(components);",
    ))
}

fn no_file(file: &SourceFile, span: &Range<usize>, name: &str, meant: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "E03",
        Place::span(file, span),
        Text::new(
            format!("няма файл {name}"),
            format!("there is no file {name}"),
        ),
    )
    .maybe_hint(meant.map(did_you_mean))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compacted(css: &str) -> String {
        let file = SourceFile::new("themes/x/css/main.css", css.into());
        compact(&file, &(0..css.len()), &Assets::default(), &mut Vec::new())
    }

    #[test]
    fn what_means_nothing_is_left_out() {
        for (css, less) in [
            (
                "a {\n  color: red;\n  margin: 0 auto;\n}\n",
                "a{color:red;margin:0 auto}",
            ),
            ("/* c */ a > b , c /* d */ + d { }", "a > b,c + d{}"),
            (
                "@media (min-width: 40rem) and (hover) { a :hover{} }",
                "@media (min-width:40rem) and (hover){a :hover{}}",
            ),
            (
                "a { width: calc(1px + 2 * (3px - 1px)); }",
                "a{width:calc(1px + 2 * (3px - 1px))}",
            ),
            (
                "a::before { content: \"a  /* b */ ; } \\\" '\"; }",
                "a::before{content:\"a  /* b */ ; } \\\" '\"}",
            ),
            ("a { --none: ; --some:  x  y ; }", "a{--none: ;--some:x y}"),
            (
                "a { mask: url( \"data:image/svg+xml,<a  b>\" ) }",
                "a{mask:url(\"data:image/svg+xml,<a  b>\")}",
            ),
            ("a/**/ b{}", "a b{}"),
            ("@layer a, b;", "@layer a,b;"),
        ] {
            assert_eq!(compacted(css), less);
            assert_eq!(compacted(less), less, "once is enough");
        }
    }
}
