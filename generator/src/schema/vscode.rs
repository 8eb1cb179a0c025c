//! What Visual Studio Code wants in `.vscode/`: mistakes at their lines, a snippet for every kind, text as we read it.

use jiff::civil::{Date, date};
use serde_json::{Map, Value, json};

use super::vocabulary::Vocabulary;
use crate::diagnostic::{MessageLanguage, Text};
use crate::model::{HOME, KINDS, Kind};
use crate::scaffold;

/// The files, by their names in `.vscode/`.
pub(super) fn files(
    vocabulary: &Vocabulary<'_>,
    language: MessageLanguage,
) -> [(&'static str, Value); 3] {
    [
        ("tasks.json", tasks(language)),
        ("centre.code-snippets", snippets(vocabulary, language)),
        ("settings.json", settings()),
    ]
}

/// Runs `check`, and the preview, and shows what they say at its line.
///
/// The format for GitHub has everything in one line, in the language of the editor.
fn tasks(language: MessageLanguage) -> Value {
    let code = match language {
        MessageLanguage::Bg => "bg",
        MessageLanguage::En => "en",
    };
    let say = |bg: &str, en: &str| Text::new(bg, en).in_language(language).to_owned();
    let matcher = json!({
        "owner": "centre",
        "source": "centre",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {
            "regexp": "^::(error|warning|notice) file=([^,]+)(?:,line=(\\d+),col=(\\d+))?,title=(\\w+)::(.*)$",
            "severity": 1, "file": 2, "line": 3, "column": 4, "code": 5, "message": 6,
        },
    });
    json!({
        "version": "2.0.0",
        "tasks": [
            {
                "label": say("Проверка на съдържанието", "Check the content"),
                "type": "process",
                "command": "centre",
                "args": ["check", "--format", "github", "--lang", code],
                "problemMatcher": matcher,
                "group": { "kind": "test", "isDefault": true },
                "presentation": { "reveal": "never" },
            },
            {
                "label": say("Преглед на сайта", "Preview of the site"),
                "type": "process",
                "command": "centre",
                "args": ["serve", "--lang", code],
                "isBackground": true,
                "problemMatcher": [],
            },
        ],
    })
}

/// A draft of every kind, as `centre new` makes it.
fn snippets(vocabulary: &Vocabulary<'_>, language: MessageLanguage) -> Value {
    let mut snippets = Map::new();
    for kind in KINDS.iter().filter(|kind| **kind != &HOME) {
        let name = vocabulary.say(kind.singular);
        snippets.insert(
            name.to_owned(),
            json!({
                "scope": "markdown",
                "prefix": [kind.name, name.to_lowercase()],
                "body": body(kind, language),
            }),
        );
    }
    snippets.into()
}

/// Stands for the title and the day until the snippet is used; neither is in any other text.
const TITLE: &str = "@title@";
const TODAY: Date = date(1901, 1, 1);
const NEXT_WEEK: &str = "1901-01-08";
/// The day on which the snippet is used.
const NOW: &str = "$CURRENT_YEAR-$CURRENT_MONTH-${CURRENT_DATE}";

fn body(kind: &Kind, language: MessageLanguage) -> Vec<String> {
    let title = Text::new("Заглавие", "Title");
    let title = format!("${{1:{}}}", title.in_language(language));
    let text = scaffold::page(kind, TITLE, &[], TODAY, language).replace('$', "\\$");
    let text = text
        .replace(TITLE, &title)
        .replace(&TODAY.to_string(), NOW)
        .replace(NEXT_WEEK, NOW);
    text.lines().map(str::to_owned).collect()
}

/// Saved as the site is read: UTF-8, plain ends of lines.
fn settings() -> Value {
    json!({
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": true,
        "[markdown]": { "editor.wordWrap": "on", "editor.quickSuggestions": { "other": true } },
    })
}
