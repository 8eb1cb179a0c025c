//! SHELL. `centre check`: what is wrong in the content, and what of it the program can mend.

mod only;

use std::io::Write;

use clap::Args;

use super::{Common, Format, Status};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::mend::{Change, mend, on_disk};
use crate::output::OutputFile;
use crate::source::Source;
use crate::{Plan, draw, explain, load, plan};
use only::Only;

/// What is looked for, and what is done about it.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Only show what is to be said of these files or folders. The whole site is read all the same.
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Treat warnings as errors.
    #[arg(long)]
    strict: bool,
    /// Mend in the files whatever has one certain answer, and show every change.
    #[arg(long)]
    fix: bool,
    /// Show every note, also where many say the same.
    #[arg(long)]
    notes: bool,
    /// Say what a code such as V10 means, and nothing else.
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
    /// Ask other sites whether the links to them still lead somewhere.
    #[cfg(feature = "external")]
    #[command(flatten)]
    external: crate::external::External,
}

pub(super) fn run(
    common: &Common,
    check: &Check,
    output: &mut dyn Write,
    messages: &mut dyn Write,
) -> anyhow::Result<Status> {
    if let Some(code) = &check.explain {
        return match explain::page(code, common.message_language())? {
            Ok(page) => {
                output.write_all(page.as_bytes())?;
                Ok(Status::Done)
            }
            Err(said) => {
                writeln!(messages, "{said}")?;
                Ok(Status::Refused)
            }
        };
    }
    let mut source = load::source(&common.root)?;
    let only = match Only::named(&check.files, &source) {
        Ok(only) => only,
        Err(said) => {
            common.say(&said.bg, &said.en, messages)?;
            return Ok(Status::Refused);
        }
    };
    if check.fix {
        fix(common, &source, &only, messages)?;
        source = load::source(&common.root)?;
    }
    let pictures = common.pictures(&source);
    let (plan, mut diagnostics) = plan(&mut source.clone(), &pictures, &common.options());
    if let Some(plan) = plan.filter(|_| !diagnostic::has_errors(&diagnostics)) {
        diagnostics.extend(match draw(&source, &plan, |file| file) {
            Ok(files) => further(common, check, (&source, &plan, &files), messages)?,
            Err(found) => found,
        });
    }
    let (diagnostics, others) = only.split(diagnostics);
    if check.notes && matches!(common.format, Format::Text) {
        let text = diagnostic::to_full_text(&diagnostics, common.message_language());
        messages.write_all(text.as_bytes())?;
    } else {
        common.print(&diagnostics, messages)?;
    }
    if diagnostics.is_empty() {
        common.say("няма забележки", "no problems found", messages)?;
    }
    if !others.is_empty() {
        let others = diagnostic::summary(&others, common.message_language());
        common.say(
            &format!("другаде: {others}"),
            &format!("elsewhere: {others}"),
            messages,
        )?;
    }
    let problem = |found: &Diagnostic| found.severity != Severity::Note;
    let refused =
        diagnostic::has_errors(&diagnostics) || (check.strict && diagnostics.iter().any(problem));
    Ok(if refused {
        Status::Refused
    } else {
        Status::Done
    })
}

/// Looks further where a site can be drawn.
#[cfg(feature = "external")]
fn further(
    common: &Common,
    check: &Check,
    drawn: (&Source, &Plan, &[OutputFile]),
    messages: &mut dyn Write,
) -> anyhow::Result<Vec<Diagnostic>> {
    check.external.ask(common, drawn, messages)
}

#[cfg(not(feature = "external"))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "with the feature it asks other sites"
)]
fn further(
    _: &Common,
    _: &Check,
    _: (&Source, &Plan, &[OutputFile]),
    _: &mut dyn Write,
) -> anyhow::Result<Vec<Diagnostic>> {
    Ok(Vec::new())
}

/// Mends the files and shows every change.
fn fix(
    common: &Common,
    source: &Source,
    only: &Only,
    messages: &mut dyn Write,
) -> anyhow::Result<()> {
    let pictures = common.pictures(source);
    let mended = mend(source, &pictures, &common.options());
    let changes = mended.changes.iter();
    let changes: Vec<&Change> = changes.filter(|change| only.holds(&change.file)).collect();
    for change in &changes {
        let change = shown(change);
        common.say(&change, &change, messages)?;
    }
    let mut written = 0;
    for file in mended.files.iter().filter(|file| only.holds(&file.from)) {
        if on_disk::write(&common.root, file)? {
            written += 1;
        } else {
            let path = &file.from;
            common.say(
                &format!("{path}: нищо не е променено: файлът е променен междувременно, или новото име е заето"),
                &format!("{path}: nothing was changed, since somebody has changed the file meanwhile or its new name is taken"),
                messages,
            )?;
        }
    }
    let count = changes.len();
    let counted =
        |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    common.say(
        &format!(
            "поправено: {} в {}\n",
            counted(count, "място", "места"),
            counted(written, "файл", "файла")
        ),
        &format!(
            "mended: {} in {}\n",
            counted(count, "place", "places"),
            counted(written, "file", "files")
        ),
        messages,
    )
}

/// A change as it is shown: the lines before and after, and what nobody would see in them.
fn shown(change: &Change) -> String {
    let Change {
        code,
        file,
        line,
        before,
        after,
    } = change;
    let place = if *line == 0 {
        file.clone()
    } else {
        format!("{file}:{line}")
    };
    let seen = |sign: char| match sign {
        '\t' => '→',
        '\u{a0}' | '\u{202f}' => '⍽',
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => '·',
        sign if sign.is_control() => '\u{fffd}',
        sign => sign,
    };
    let lines = |mark: char, text: &str| {
        let lines = text.lines().map(|line| {
            let line: String = line.chars().map(seen).collect();
            format!("  {mark} {line}\n")
        });
        lines.collect::<String>()
    };
    format!(
        "{place} [{code}]\n{}{}",
        lines('-', before),
        lines('+', after)
    )
}
