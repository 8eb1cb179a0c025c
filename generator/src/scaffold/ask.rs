//! A new file in a conversation: a question for every field that must be there, in the words of the model.
//!
//! Pure: a line in, lines out. Who asks and who listens is not known here.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::lines::quoted;
use super::needed;
use crate::diagnostic::{MessageLanguage, Text};
use crate::model::{Field, HOME, KINDS, Kind, Said, ValueKind};
use crate::parse::meant::meant;
use crate::parse::{WallClock, understood};

/// How far a conversation is.
pub(crate) struct Interview<'a> {
    language: MessageLanguage,
    zone: &'a TimeZone,
    /// The day on which it takes place, for examples.
    today: Date,
    kind: Option<&'static Kind>,
    /// The value of each field that was asked for, as it is written in a file; none where nobody knew it.
    answers: Vec<(&'static Field, Option<String>)>,
    title: Option<String>,
}

/// What was found out.
pub(crate) struct Answers {
    pub(crate) kind: &'static Kind,
    pub(crate) title: String,
    /// Values by the name of their field, as they are written in a file.
    pub(crate) values: Vec<(&'static str, String)>,
}

fn kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.into_iter().filter(|kind| *kind != &HOME)
}

impl<'a> Interview<'a> {
    pub(crate) fn new(
        language: MessageLanguage,
        zone: &'a TimeZone,
        today: Date,
        kind: Option<&'static Kind>,
    ) -> Interview<'a> {
        Interview {
            language,
            zone,
            today,
            kind,
            answers: Vec::new(),
            title: None,
        }
    }

    fn say(&self, bg: &str, en: &str) -> String {
        match self.language {
            MessageLanguage::Bg => bg.to_owned(),
            MessageLanguage::En => en.to_owned(),
        }
    }

    /// The field that is asked for next.
    fn next(&self) -> Option<&'static Field> {
        let kind = self.kind?;
        let asked = |field: &Field| {
            self.answers
                .iter()
                .any(|(known, _)| known.name == field.name)
        };
        let mut fields = kind
            .fields()
            .filter(|field| field.said != Said::InTranslations && needed(kind, field));
        fields.find(|field| !asked(field))
    }

    /// The next question; none when everything is known.
    pub(crate) fn question(&self) -> Option<String> {
        if self.kind.is_none() {
            let mut text = self.say("Какво искате да добавите?", "What do you want to add?");
            for (number, kind) in kinds().enumerate() {
                text += &format!(
                    "\n  {}. {}",
                    number + 1,
                    kind.singular.in_language(self.language)
                );
            }
            return Some(text);
        }
        let field = self.next()?;
        let label = field.label.in_language(self.language);
        let help = field.help.in_language(self.language);
        let mut text = format!("{label}. {help}");
        match field.value {
            ValueKind::OneOf(choices) => {
                for (number, choice) in choices.iter().enumerate() {
                    text += &format!(
                        "\n  {}. {}",
                        number + 1,
                        choice.label.in_language(self.language)
                    );
                }
            }
            ValueKind::Day => {
                let today = self.today;
                text += &self.say(
                    &format!(" Напр. {today}; Enter – днес."),
                    &format!(" Such as {today}; Enter for today."),
                );
            }
            ValueKind::Moment | ValueKind::DateTime => {
                let example = format!("{}T18:00", self.today);
                text += &self.say(
                    &format!(" Напр. {example} или 21.06.2027 18:00."),
                    &format!(" Such as {example} or 21.06.2027 18:00."),
                );
            }
            _ => {}
        }
        if field.name != "title" && !matches!(field.value, ValueKind::Day) {
            text += &self.say(
                " Ако още не знаете, натиснете Enter.",
                " If you do not know yet, press Enter.",
            );
        }
        Some(text)
    }

    /// Takes an answer; what is said back, if there is something to say. A question that was not answered stays.
    pub(crate) fn answer(&mut self, line: &str) -> Option<String> {
        let line = line.trim();
        let Some(field) = self.next() else {
            if self.kind.is_none() {
                self.kind = chosen_kind(line, self.language);
                if self.kind.is_none() {
                    return Some(self.say("напишете номера", "write the number"));
                }
            }
            return None;
        };
        if line.is_empty() && field.name == "title" {
            return Some(self.say("без заглавие не може", "there must be a title"));
        }
        if line.is_empty() {
            let value = matches!(field.value, ValueKind::Day).then(|| self.today.to_string());
            self.answers.push((field, value));
            return None;
        }
        match self.value(field, line) {
            Ok((value, said)) => {
                if field.name == "title" {
                    self.title = Some(line.to_owned());
                }
                self.answers.push((field, Some(value)));
                said
            }
            Err(said) => Some(said),
        }
    }

    /// A value as it is written in a file, and what is said of it.
    fn value(&self, field: &'static Field, line: &str) -> Result<(String, Option<String>), String> {
        match field.value {
            ValueKind::Day | ValueKind::Moment | ValueKind::DateTime => {
                let clock = WallClock {
                    zone: self.zone,
                    record_year: None,
                };
                let Some((written, words)) = understood(line, clock) else {
                    return Err(self.say(
                        "не разбирам тази дата; напр. 2027-06-21 или 21.06.2027 18:00",
                        "this is no date; such as 2027-06-21 or 21.06.2027 18:00",
                    ));
                };
                Ok((written, Some(words.in_language(self.language).to_owned())))
            }
            ValueKind::OneOf(choices) => {
                let number: Option<usize> = line.parse().ok();
                let by_number = number.and_then(|number| choices.get(number.checked_sub(1)?));
                let labels: Vec<&str> = choices
                    .iter()
                    .map(|choice| choice.label.in_language(self.language))
                    .collect();
                let by_label = || {
                    let label = meant(line, &labels)?.word;
                    choices
                        .iter()
                        .find(|choice| choice.label.in_language(self.language) == label)
                };
                match by_number.or_else(by_label) {
                    Some(choice) => Ok((choice.value.to_owned(), None)),
                    None => Err(self.say("напишете номера", "write the number")),
                }
            }
            _ => {
                let length = line.chars().count();
                let said = field.max.filter(|max| length > usize::from(*max)).map(|max| {
                    self.say(
                        &format!("това са {length} знака, а се показват около {max}; може да го скъсите после"),
                        &format!("these are {length} characters, of which about {max} are shown; you may shorten it later"),
                    )
                });
                Ok((quoted(line), said))
            }
        }
    }

    /// What was found out, when nothing is left to ask.
    pub(crate) fn finish(self) -> Option<Answers> {
        let values = self.answers.into_iter();
        Some(Answers {
            kind: self.kind?,
            title: self.title?,
            values: values
                .filter_map(|(field, value)| Some((field.name, value?)))
                .collect(),
        })
    }
}

fn chosen_kind(line: &str, language: MessageLanguage) -> Option<&'static Kind> {
    let number: Option<usize> = line.parse().ok();
    let by_number = number.and_then(|number| kinds().nth(number.checked_sub(1)?));
    let names: Vec<&str> = kinds()
        .map(|kind| kind.singular.in_language(language))
        .collect();
    by_number
        .or_else(|| kinds().find(|kind| kind.name == line))
        .or_else(|| {
            let name = meant(line, &names)?.word;
            kinds().find(|kind| kind.singular.in_language(language) == name)
        })
}

/// What comes before the first question.
pub(crate) fn greeting() -> Text {
    Text::new(
        "Отговорете на няколко въпроса. Ctrl+C – отказ; нищо не се записва, преди да сте отговорили на всички.",
        "Answer a few questions. Ctrl+C to stop; nothing is written before you have answered them all.",
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// A conversation, as it is seen on a terminal.
    fn talk(language: MessageLanguage, lines: &[&str]) -> (String, Option<Answers>) {
        let zone = TimeZone::UTC;
        let mut interview = Interview::new(language, &zone, date(2026, 11, 23), None);
        let mut seen = String::new();
        for line in lines {
            let question = interview.question().unwrap();
            seen += &format!("{}\n> {line}\n", question.lines().next().unwrap());
            if let Some(said) = interview.answer(line) {
                seen += &format!("  {said}\n");
            }
        }
        assert_eq!(interview.question(), None, "{seen}");
        (seen, interview.finish())
    }

    #[test]
    fn an_event_is_asked_for_field_by_field_and_dates_are_said_back() {
        let lines = [
            "9",
            "събитие",
            "",
            "Среща",
            "Кратко описание.",
            "вчера",
            "21.06.2027 18.00 ч.",
            "",
        ];
        let (seen, answers) = talk(MessageLanguage::Bg, &lines);
        assert!(
            seen.starts_with("Какво искате да добавите?\n> 9\n  напишете номера\n"),
            "{seen}"
        );
        assert!(seen.contains("Заглавие. "), "{seen}");
        assert!(seen.contains("> \n  без заглавие не може\n"), "{seen}");
        assert!(seen.contains("  не разбирам тази дата"), "{seen}");
        assert!(
            seen.contains("  понеделник, 21 юни 2027 г., 18:00 ч.\n"),
            "{seen}"
        );
        let answers = answers.unwrap();
        assert_eq!(
            (answers.kind.name, answers.title.as_str()),
            ("event", "Среща")
        );
        assert_eq!(
            answers.values,
            [
                ("title", "\"Среща\"".to_owned()),
                ("description", "\"Кратко описание.\"".to_owned()),
                ("starts_at", "2027-06-21T18:00".to_owned()),
            ]
        );
    }

    #[test]
    fn whoever_only_presses_enter_gets_today_and_marks() {
        let (_, answers) = talk(
            MessageLanguage::En,
            &["news", "A title: of \"news\"", "", ""],
        );
        let values = answers.unwrap().values;
        assert_eq!(values[0].1, r#""A title: of \"news\"""#);
        assert_eq!(values[1..], [("date", "2026-11-23".to_owned())]);
    }
}
