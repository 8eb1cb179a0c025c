//! What every code means, for `check --explain` and for the editor's handbook.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use crate::diagnostic::{MessageLanguage, closest, without_lookalikes};
use crate::model::{Field, KINDS, Said, ValueKind};

/// What a code means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    /// Bulgarian: what it is called, and what helps.
    pub bg: [String; 2],
    /// The same in English.
    pub en: [String; 2],
    /// How it is not written; `⏎` stands between lines.
    pub wrong: Option<String>,
    /// How it is written.
    pub right: Option<String>,
    /// Whether `check --fix` mends it where one answer is certain.
    #[serde(default)]
    pub fix: bool,
}

impl Mistake {
    fn in_language(&self, language: MessageLanguage) -> &[String; 2] {
        match language {
            MessageLanguage::Bg => &self.bg,
            MessageLanguage::En => &self.en,
        }
    }
}

/// Every code and what it means.
///
/// # Errors
/// What is wrong with the data of this program.
pub fn mistakes() -> Result<BTreeMap<String, Mistake>, serde_yaml::Error> {
    serde_yaml::from_str(include_str!("explain/mistakes.yaml"))
}

/// A page of help for a code, first in one language, then in the other; or what is said where there is no such code.
///
/// # Errors
/// What is wrong with the data of this program.
pub fn page(
    code: &str,
    first: MessageLanguage,
) -> Result<Result<String, String>, serde_yaml::Error> {
    let mistakes = mistakes()?;
    let wanted = without_lookalikes(code.trim()).to_uppercase();
    let wanted = wanted.trim_matches(['[', ']']);
    let second = match first {
        MessageLanguage::Bg => MessageLanguage::En,
        MessageLanguage::En => MessageLanguage::Bg,
    };
    let Some(mistake) = mistakes.get(wanted) else {
        let known: Vec<String> = mistakes.keys().map(|code| code.to_lowercase()).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let meant = closest(wanted, &known).map(str::to_uppercase);
        return Ok(Err(unknown(wanted, meant.as_deref(), first)));
    };
    let mut text = String::new();
    for language in [first, second] {
        section(&mut text, wanted, mistake, language);
    }
    Ok(Ok(text))
}

fn unknown(code: &str, meant: Option<&str>, language: MessageLanguage) -> String {
    match (language, meant) {
        (MessageLanguage::Bg, Some(meant)) => format!("няма код „{code}“; може би  {meant}"),
        (MessageLanguage::Bg, None) => {
            format!("няма код „{code}“; кодовете са като V10, в скобите на съобщението")
        }
        (MessageLanguage::En, Some(meant)) => {
            format!("there is no code “{code}”; did you mean  {meant}")
        }
        (MessageLanguage::En, None) => {
            format!("there is no code “{code}”; codes are like V10, in the brackets of a message")
        }
    }
}

fn section(text: &mut String, code: &str, mistake: &Mistake, language: MessageLanguage) {
    let [title, help] = mistake.in_language(language);
    let (wrong, right, mends) = match language {
        MessageLanguage::Bg => (
            "не така",
            "а така",
            "`centre check --fix` го поправя, когато отговорът е само един.",
        ),
        MessageLanguage::En => (
            "not so",
            "but so",
            "`centre check --fix` mends it where there is one answer only.",
        ),
    };
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{code}  {title}\n\n  {help}");
    for (word, line) in [(wrong, &mistake.wrong), (right, &mistake.right)] {
        if let Some(line) = line {
            let _ = writeln!(text, "\n  {word}:\n    {}", line.replace('⏎', "\n    "));
        }
    }
    if mistake.fix {
        let _ = writeln!(text, "\n  {mends}");
    }
    text.push('\n');
}

/// The mistakes as a table of Markdown, for the handbook. What only makers of themes see is left out.
///
/// # Errors
/// What is wrong with the data of this program.
pub fn table(language: MessageLanguage) -> Result<String, serde_yaml::Error> {
    let mistakes = mistakes()?;
    let mut text = match language {
        MessageLanguage::Bg => "| Код | Какво е | Какво помага |\n| --- | --- | --- |\n".to_owned(),
        MessageLanguage::En => {
            "| Code | What it is | What helps |\n| --- | --- | --- |\n".to_owned()
        }
    };
    let cell = |text: &str| text.replace('|', "\\|").replace('<', "\\<");
    for (code, mistake) in mistakes
        .iter()
        .filter(|(code, _)| !code.starts_with(['E', 'H']))
    {
        let [title, help] = mistake.in_language(language);
        let mends = if mistake.fix { " `--fix`" } else { "" };
        let _ = writeln!(text, "| {code} | {} | {}{mends} |", cell(title), cell(help));
    }
    Ok(text)
}

/// The fields of every kind of page as tables of Markdown, for the handbook.
pub fn fields(language: MessageLanguage) -> String {
    let mut text = String::new();
    for kind in KINDS {
        let (name, folder) = (kind.singular.in_language(language), kind.section.folder());
        let head = match language {
            MessageLanguage::Bg => "| Поле | Какво е | Пример |",
            MessageLanguage::En => "| Field | What it is | Example |",
        };
        let file = if kind.name == "home" { "index.md" } else { "" };
        let _ = writeln!(
            text,
            "### {name} – `{folder}/{file}`\n\n{head}\n| --- | --- | --- |"
        );
        for field in kind.fields() {
            row(&mut text, "", field, language);
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn row(text: &mut String, before: &str, field: &Field, language: MessageLanguage) {
    let cell = |text: &str| text.replace('|', "\\|");
    let (must, once) = match language {
        MessageLanguage::Bg => (" **Задължително.**", " Само в основния файл."),
        MessageLanguage::En => (" **Required.**", " In the main file only."),
    };
    let mut help = cell(field.help.in_language(language));
    if let ValueKind::OneOf(choices) = field.value {
        let choices = choices.iter().map(|choice| {
            format!(
                "`{}` – {}",
                choice.value,
                choice.label.in_language(language)
            )
        });
        let _ = write!(help, " {}.", choices.collect::<Vec<_>>().join(", "));
    }
    if field.required {
        help.push_str(must);
    }
    if field.said == Said::Once && before.is_empty() {
        help.push_str(once);
    }
    let name = field.name;
    let example = if field.example.is_empty() {
        String::new()
    } else {
        format!("`{}`", cell(field.example))
    };
    let _ = writeln!(text, "| `{before}{name}` | {help} | {example} |");
    for inside in field.inside() {
        row(text, &format!("{before}{name}."), inside, language);
    }
}
