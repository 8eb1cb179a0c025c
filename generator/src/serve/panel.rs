//! What is wrong in the content, on top of the page that an editor looks at: file by file, with the line and what to do.
//!
//! In both languages, of which one is shown: who writes reads Bulgarian, who helps perhaps not.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use crate::cli::Common;
use crate::diagnostic::{Diagnostic, MessageLanguage, Place, Severity, Text, summary};
use crate::parse::markdown::escaped;

const LANGUAGES: [(MessageLanguage, &str); 2] =
    [(MessageLanguage::Bg, "bg"), (MessageLanguage::En, "en")];

/// So many problems are shown of each sort: who mends these sees the next ones, and the page stays light.
const MOST: usize = 50;

/// The panel, where something stops publishing. `site`: whether a site without errors stands behind it.
pub(super) fn panel(diagnostics: &[Diagnostic], common: &Common, site: bool) -> Option<String> {
    if !diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    let shown = common.message_language();
    let mut html = String::from("<section id=\"preview-problems\" tabindex=\"-1\">\n");
    for (language, code) in LANGUAGES {
        let hidden = if language == shown { "" } else { " hidden" };
        let _ = writeln!(html, "<div lang=\"{code}\"{hidden}>");
        in_language(&mut html, diagnostics, common, site, language);
        html.push_str("</div>\n");
    }
    html.push_str("</section>");
    Some(html)
}

/// What the panel says in one language. Writing to a string cannot fail.
fn in_language(
    html: &mut String,
    diagnostics: &[Diagnostic],
    common: &Common,
    site: bool,
    language: MessageLanguage,
) {
    let say = |bg, en| match language {
        MessageLanguage::Bg => bg,
        MessageLanguage::En => en,
    };
    let of = |wanted: fn(&Severity) -> bool| -> Vec<Diagnostic> {
        let found = diagnostics.iter().filter(|found| wanted(&found.severity));
        found.cloned().collect()
    };
    let errors = of(|severity| *severity == Severity::Error);
    let others = of(|severity| *severity != Severity::Error);
    let behind = if site {
        say(
            "Зад този прозорец е последният сайт без грешки. Щом поправите файла и го запишете, прозорецът изчезва сам.",
            "Behind this window is the last site without errors. Mend the file and save it, and the window goes by itself.",
        )
    } else {
        say(
            "Сайт без грешки още няма. Щом поправите файла и го запишете, сайтът се появява сам.",
            "There is no site without errors yet. Mend the file and save it, and the site appears by itself.",
        )
    };
    let _ = write!(
        html,
        "<header><h2>{}</h2><p role=\"alert\">{}</p><p>{behind}</p>\n\
         <p><button type=\"button\" data-preview=\"language\">{}</button> \
         <button type=\"button\" data-preview=\"close\">{} (Esc)</button></p></header>\n",
        say(
            "Това още не може да се публикува",
            "This cannot be published yet"
        ),
        summary(&errors, language),
        say("In English", "На български"),
        say("Затворете", "Close"),
    );
    by_file(html, &errors, common, language);
    if !others.is_empty() {
        let _ = writeln!(
            html,
            "<details><summary>{}: {}</summary>",
            say("Не пречи на публикуването", "Does not stop publishing"),
            summary(&others, language)
        );
        by_file(html, &others, common, language);
        html.push_str("</details>\n");
    }
}

fn by_file(html: &mut String, found: &[Diagnostic], common: &Common, language: MessageLanguage) {
    let mut files: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in found.iter().take(MOST) {
        let file = diagnostic.place.file.as_str();
        files.entry(file).or_default().push(diagnostic);
    }
    for (file, found) in files {
        let _ = writeln!(html, "<h3><code>{}</code></h3>\n<ol>", escaped(file));
        for diagnostic in found {
            item(html, diagnostic, common, language);
        }
        html.push_str("</ol>\n");
    }
    let more = found.len().saturating_sub(MOST);
    if more > 0 {
        let _ = match language {
            MessageLanguage::Bg => writeln!(html, "<p>и още {more}: вижте ги с  centre check</p>"),
            MessageLanguage::En => {
                writeln!(html, "<p>and {more} more: see them with  centre check</p>")
            }
        };
    }
}

fn item(html: &mut String, diagnostic: &Diagnostic, common: &Common, language: MessageLanguage) {
    let Diagnostic {
        code,
        place,
        message,
        hint,
        ..
    } = diagnostic;
    let _ = write!(
        html,
        "<li><p><strong>{}</strong> <small>{code} · {}</small></p>",
        escaped(message.in_language(language)),
        link(place, &common.root, language),
    );
    if place.line > 0 {
        html.push_str(&frame(place));
    }
    if let Some(hint) = hint {
        let _ = write!(html, "<p>→ {}</p>", escaped(hint.in_language(language)));
    }
    html.push_str("</li>\n");
}

/// The line, with what is meant marked.
fn frame(place: &Place) -> String {
    let mut characters = place.excerpt.chars();
    let mut take = |count| -> String { characters.by_ref().take(count).collect() };
    let (before, marked) = (take(place.before), take(place.width));
    // What is missing stands behind the last letter.
    let marked = if marked.is_empty() {
        " ".to_owned()
    } else {
        marked
    };
    let after: String = characters.collect();
    format!(
        "<pre tabindex=\"0\"><span>{}</span> {}<mark>{}</mark>{}</pre>",
        place.line,
        escaped(&before),
        escaped(&marked),
        escaped(&after)
    )
}

/// The place, as a link that Visual Studio Code opens at the line.
fn link(place: &Place, root: &Path, language: MessageLanguage) -> String {
    let shown = match place.line {
        0 => place.file.clone(),
        line => format!("{}:{line}:{}", place.file, place.column),
    };
    let file = root.join(&place.file).to_string_lossy().replace('\\', "/");
    let file = escaped(file.trim_start_matches('/'));
    let title = Text::new(
        "отваря се във Visual Studio Code",
        "opens in Visual Studio Code",
    );
    format!(
        "<a href=\"vscode://file/{file}:{}:{}\" title=\"{}\">{}</a>",
        place.line.max(1),
        place.column.max(1),
        title.in_language(language),
        escaped(&shown),
    )
}
