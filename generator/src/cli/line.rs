//! The command line as somebody typed it, and what is said of it in their language.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory, Error, FromArgMatches};

use super::words::bulgarian;
use super::{Cli, Status, system_language};
use crate::diagnostic::MessageLanguage;

/// What is said instead of doing anything: help, or what is wrong with the line.
#[derive(Debug)]
pub struct Told {
    /// The words, with a line break at the end.
    pub text: String,
    /// How the program ends: help was asked for, or the line cannot be followed.
    pub status: Status,
}

/// Reads a command line; its first word is the name of the program.
pub fn read(line: impl IntoIterator<Item = OsString>) -> Result<Cli, Told> {
    let line: Vec<OsString> = line.into_iter().collect();
    let language = language(&line);
    let mut command = command(language);
    let matches = command.try_get_matches_from_mut(line);
    let cli = matches.and_then(|matches| Cli::from_arg_matches(&matches));
    cli.map_err(|error| told(&error, language))
}

/// The language that the line asks for, or that of the system.
fn language(line: &[OsString]) -> MessageLanguage {
    let words: Vec<&str> = line.iter().filter_map(|word| word.to_str()).collect();
    let asked = words.iter().enumerate().find_map(|(at, word)| match *word {
        "--lang" => words.get(at + 1).copied(),
        word => word.strip_prefix("--lang="),
    });
    match asked {
        Some("bg") => MessageLanguage::Bg,
        Some("en") => MessageLanguage::En,
        _ => system_language(),
    }
}

fn command(language: MessageLanguage) -> Command {
    let mut command = Cli::command();
    if matches!(language, MessageLanguage::Bg) {
        // With what clap adds itself.
        command.build();
        command = in_bulgarian(command);
    }
    command
}

fn in_bulgarian(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let about = bulgarian(&name, None);
    let mut command = command
        .subcommand_help_heading("Команди")
        .help_template("{about-with-newline}\nУпотреба: {usage}\n\n{all-args}")
        .mut_args(|argument| argument_in_bulgarian(argument, &name));
    if let Some(about) = about {
        command = command.about(about).long_about(about);
    }
    // Below `help` every command stands once more.
    if name == "help" {
        return command;
    }
    command.mut_subcommands(in_bulgarian)
}

fn argument_in_bulgarian(argument: Arg, command: &str) -> Arg {
    let heading = if argument.is_positional() {
        "Аргументи"
    } else {
        "Опции"
    };
    let Some(help) = bulgarian(command, Some(argument.get_id().as_str())) else {
        return argument.help_heading(heading);
    };
    let mut help = help.to_owned();
    let takes_value = argument.get_action().takes_values();
    let possible: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|_| takes_value)
        .map(|value| value.get_name().to_owned())
        .collect();
    if !possible.is_empty() {
        help.push_str(&format!(" Възможни: {}.", possible.join(", ")));
    }
    if let (true, [default]) = (takes_value, argument.get_default_values()) {
        help.push_str(&format!(" Ако не пише: {}", default.to_string_lossy()));
    }
    argument
        .help(help.clone())
        .long_help(help)
        .help_heading(heading)
        .hide_default_value(true)
        .hide_possible_values(true)
}

fn told(error: &Error, language: MessageLanguage) -> Told {
    let status = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Status::Done,
        _ => Status::Failed,
    };
    let text = match language {
        MessageLanguage::Bg => {
            let said = wrong(error).map(|said| {
                format!("грешка: {said}\n\nЗа помощ: centre --help, или за една команда: centre build --help\n")
            });
            said.unwrap_or_else(|| {
                let text = error.render().to_string();
                text.replace("[OPTIONS]", "[ОПЦИИ]")
                    .replace("<COMMAND>", "<КОМАНДА>")
                    .replace("[COMMAND]", "[КОМАНДА]")
            })
        }
        MessageLanguage::En => error.render().to_string(),
    };
    Told { text, status }
}

/// What is wrong with a line, in Bulgarian, where it is one of the faults that people make.
fn wrong(error: &Error) -> Option<String> {
    let said = |kind| error.get(kind).map(words);
    let meant = |kind| {
        let meant = said(kind).filter(|words| !words.is_empty());
        meant.map_or_else(String::new, |words| {
            format!("\nМоже би имахте предвид: {words}")
        })
    };
    let argument = said(ContextKind::InvalidArg).unwrap_or_default();
    let value = said(ContextKind::InvalidValue).unwrap_or_default();
    Some(match error.kind() {
        ErrorKind::UnknownArgument => {
            format!("няма {argument}{}", meant(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => format!(
            "няма команда {}{}",
            said(ContextKind::InvalidSubcommand)?,
            meant(ContextKind::SuggestedSubcommand)
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            format!("след {argument} се пише стойност{}", possible(error))
        }
        ErrorKind::InvalidValue => format!(
            "„{value}“ не може да стои в {argument}{}{}",
            possible(error),
            meant(ContextKind::SuggestedValue)
        ),
        ErrorKind::ValueValidation => format!("„{value}“ не може да стои в {argument}"),
        ErrorKind::ArgumentConflict => format!(
            "{argument} не може да стои заедно с {}",
            said(ContextKind::PriorArg)?
        ),
        ErrorKind::MissingRequiredArgument => format!("липсва {argument}"),
        ErrorKind::MissingSubcommand => format!(
            "напишете и команда: {}",
            said(ContextKind::ValidSubcommand)?
        ),
        _ => return None,
    })
}

fn possible(error: &Error) -> String {
    let values = error.get(ContextKind::ValidValue).map(words);
    let values = values.filter(|values| !values.is_empty());
    values.map_or_else(String::new, |values| format!(" (възможни: {values})"))
}

/// What clap says of a fault, without its words.
fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => {
            let texts: Vec<String> = texts.iter().map(StyledStr::to_string).collect();
            texts.join(", ")
        }
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    use super::{Cli, MessageLanguage, Told, bulgarian, read};
    use crate::cli::Status;

    fn told(line: &str) -> Told {
        let line = line.split(' ').map(Into::into);
        read(line).expect_err("it is not carried out")
    }

    #[test]
    fn every_command_and_argument_is_explained_in_bulgarian() {
        fn look(command: &Command) {
            let name = command.get_name();
            assert!(bulgarian(name, None).is_some(), "{name}");
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                assert!(bulgarian(name, Some(id)).is_some(), "{name} {id}");
            }
            command
                .get_subcommands()
                .filter(|below| below.get_name() != "help")
                .for_each(look);
        }
        let mut command = Cli::command();
        command.build();
        look(&command);
    }

    #[test]
    fn help_is_in_the_language_that_the_line_asks_for() {
        let english = |text: &str| {
            let words = [
                "Usage",
                "Options",
                "Commands",
                "Arguments",
                "Print",
                "default",
                "possible",
                "COMMAND",
            ];
            words.into_iter().find(|word| text.contains(word))
        };
        for line in [
            "centre --lang bg --help",
            "centre new --help --lang=bg",
            "centre check -h --lang bg",
            "centre serve --lang bg --help",
            "centre --lang bg help schema",
        ] {
            let told = told(line);
            assert_eq!(told.status, Status::Done, "{line}");
            assert_eq!(english(&told.text), None, "{line}\n{}", told.text);
            assert!(told.text.contains("Употреба:"), "{}", told.text);
        }
        let told = told("centre --help --lang en");
        assert!(told.text.contains("Usage:"));
        // The language of the line counts, and not that of what stands in it.
        assert!(matches!(
            super::language(&["centre".into(), "--lang".into(), "en".into()]),
            MessageLanguage::En
        ));
    }

    #[test]
    fn a_line_that_cannot_be_followed_is_told_why_in_bulgarian() {
        for (line, says) in [
            (
                "centre --lang bg biuld",
                "няма команда biuld\nМоже би имахте предвид: build",
            ),
            (
                "centre --lang bg build --timing",
                "няма --timing\nМоже би имахте предвид: --timings",
            ),
            (
                "centre --lang bg check --format html",
                "„html“ не може да стои в --format <FORMAT> (възможни: text, json, github)",
            ),
            (
                "centre --lang bg build --now утре",
                "„утре“ не може да стои в --now <RFC3339>",
            ),
            ("centre --lang bg", "напишете и команда: build, check, "),
            (
                "centre --lang bg build --root",
                "след --root <DIR> се пише стойност",
            ),
        ] {
            let told = told(line);
            assert_eq!(told.status, Status::Failed);
            assert!(
                told.text.starts_with(&format!("грешка: {says}")),
                "{line}\n{}",
                told.text
            );
            assert!(told.text.contains("centre --help"));
        }
    }
}
