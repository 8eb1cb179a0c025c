//! A new file in a conversation: a question for every field that must be there and for those that most pages have, in the words
//! of the model; then everything once more, before it is written.
//!
//! Pure: a line in, lines out. Who asks and who listens is not known here.

mod value;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::needed;
use crate::diagnostic::{MessageLanguage, Text};
use crate::model::{Field, HOME, KINDS, Kind, Said, ValueKind};
use crate::parse::meant::meant;

/// How far a conversation is.
pub(crate) struct Interview<'a> {
    language: MessageLanguage,
    zone: &'a TimeZone,
    /// The day on which it takes place, for examples.
    today: Date,
    kind: Option<&'static Kind>,
    /// Whether the kind was asked for, so that one can go back to it.
    kind_asked: bool,
    offered: Offered,
    answers: Vec<Answer>,
    /// Whether whoever answered has seen all of it and wants the file.
    confirmed: bool,
}

/// What of the site can be an answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offered {
    /// The forms.
    pub(crate) forms: Vec<Offer>,
    /// The topics.
    pub(crate) tags: Vec<Offer>,
}

/// Something to choose: its name in content, and what people call it.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) name: String,
    pub(crate) title: String,
}

/// What was found out.
pub(crate) struct Answers {
    pub(crate) kind: &'static Kind,
    pub(crate) title: String,
    /// Values by the path of their field, such as `registration.form`, as they are written in a file.
    pub(crate) values: Vec<(String, String)>,
}

/// A field that is asked for, and the field that it stands in.
#[derive(Clone, Copy, PartialEq)]
struct Step {
    around: Option<&'static Field>,
    field: &'static Field,
}

struct Answer {
    step: Step,
    /// As it is written in a file; none where nobody knew it, or wanted it.
    value: Option<String>,
}

/// Fields that may be missing and that are asked for all the same.
const ASKED: [&str; 2] = ["ends_at", "tags"];

/// The same inside a field; the first one says whether that is there at all.
const ASKED_INSIDE: [(&str, [&str; 3]); 1] = [("registration", ["form", "capacity", "closes_at"])];

/// What somebody writes who wants to answer the last question again.
const BACK: [&str; 4] = ["назад", "back", "nazad", "<"];

fn kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.into_iter().filter(|kind| *kind != &HOME)
}

impl<'a> Interview<'a> {
    pub(crate) fn new(
        language: MessageLanguage,
        zone: &'a TimeZone,
        today: Date,
        kind: Option<&'static Kind>,
        offered: Offered,
    ) -> Interview<'a> {
        Interview {
            language,
            zone,
            today,
            kind,
            kind_asked: kind.is_none(),
            offered,
            answers: Vec::new(),
            confirmed: false,
        }
    }

    fn say(&self, bg: &str, en: &str) -> String {
        match self.language {
            MessageLanguage::Bg => bg.to_owned(),
            MessageLanguage::En => en.to_owned(),
        }
    }

    /// What is asked for, as far as it is known: some questions only follow from answers.
    fn steps(&self, kind: &'static Kind) -> Vec<Step> {
        let mut steps = Vec::new();
        for field in kind.fields() {
            let is_offered = field.name != "tags" || !self.offered.tags.is_empty();
            let around = None;
            if field.said == Said::InTranslations {
                continue;
            }
            if needed(kind, field) || ASKED.contains(&field.name) && is_offered {
                steps.push(Step { around, field });
            }
            let inside = ASKED_INSIDE.iter().find(|(name, _)| *name == field.name);
            let Some((_, names)) = inside.filter(|_| !self.offered.forms.is_empty()) else {
                continue;
            };
            let around = Some(field);
            let inside = field.inside().iter();
            let inside = inside.filter(|field| names.contains(&field.name));
            for (number, field) in inside.enumerate() {
                let first = steps.len() - number;
                if number == 0 || self.value_of(steps[first]).is_some() {
                    steps.push(Step { around, field });
                } else {
                    break;
                }
            }
        }
        steps
    }

    fn value_of(&self, step: Step) -> Option<&str> {
        let answer = self.answers.iter().find(|answer| answer.step == step)?;
        answer.value.as_deref()
    }

    /// What is asked for next.
    fn next(&self) -> Option<Step> {
        let steps = self.steps(self.kind?);
        let is_open = |step: &Step| !self.answers.iter().any(|answer| answer.step == *step);
        steps.into_iter().find(is_open)
    }

    /// The next question; none when everything is known.
    pub(crate) fn question(&self) -> Option<String> {
        let Some(kind) = self.kind else {
            let names = kinds().map(|kind| kind.singular.in_language(self.language));
            let question = self.say("Какво искате да добавите?", "What do you want to add?");
            return Some(question + &numbered(names));
        };
        match self.next() {
            Some(step) => Some(self.question_of(kind, step)),
            None if self.confirmed => None,
            None => Some(self.summary()),
        }
    }

    fn question_of(&self, kind: &Kind, Step { around, field }: Step) -> String {
        let label = field.label.in_language(self.language);
        // In a file a line is left out; here an answer is.
        let help = field.help.in_language(self.language);
        let help = help.replace("Без този ред", "Без отговор");
        let help = help.replace("Without this line", "Without an answer");
        let is_needed = around.is_none() && needed(kind, field);
        let mut text = match (around, field.value) {
            (Some(around), ValueKind::Form) => {
                let around = around.label.in_language(self.language);
                self.say(
                    &format!("{around}. С кой формуляр се записват хората?"),
                    &format!("{around}. With which form do people sign up?"),
                )
            }
            _ => format!("{label}. {help}"),
        };
        match field.value {
            ValueKind::OneOf(choices) => {
                let labels = choices.iter();
                text += &numbered(labels.map(|choice| choice.label.in_language(self.language)));
            }
            ValueKind::Form => text += &offers(&self.offered.forms),
            ValueKind::Tags => text += &offers(&self.offered.tags),
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
            _ if field.name == "title" => {
                text += &self.say(
                    " Не слагайте кавички около него.",
                    " Put no quotes around it.",
                );
            }
            _ => {}
        }
        if is_needed && field.name != "title" && field.value != ValueKind::Day {
            text += &self.say(
                " Ако още не знаете, натиснете Enter.",
                " If you do not know yet, press Enter.",
            );
        }
        if !is_needed {
            text += &match field.value {
                ValueKind::Form => self.say(
                    "\n  Номер; Enter – без записване.",
                    "\n  A number; Enter for no sign-up.",
                ),
                ValueKind::Tags => self.say(
                    "\n  Номера със запетая; Enter – без теми.",
                    "\n  Numbers with commas; Enter for none.",
                ),
                _ => self.say(" Enter – пропускане.", " Enter to skip."),
            };
        }
        text
    }

    /// Everything that was answered, and what comes now.
    fn summary(&self) -> String {
        let mut text = self.say("Това ще стои във файла:", "This will stand in the file:");
        for Answer { step, value } in &self.answers {
            let label = step.field.label.in_language(self.language);
            let value = value.as_deref().unwrap_or("–");
            text += &format!("\n  {label}: {value}");
        }
        text + &self.say(
            "\nEnter – записване; „назад“ – към последния въпрос; Ctrl+C – отказ.",
            "\nEnter to write it; “back” for the last question again; Ctrl+C to stop.",
        )
    }

    /// Takes an answer; what is said back, if there is something to say. A question that was not answered stays.
    pub(crate) fn answer(&mut self, line: &str) -> Option<String> {
        let line = line.trim();
        if BACK.contains(&line.to_lowercase().as_str()) {
            return self.go_back();
        }
        let Some(kind) = self.kind else {
            self.kind = chosen_kind(line, self.language);
            return self
                .kind
                .is_none()
                .then(|| self.say("напишете номера", "write the number"));
        };
        let Some(step) = self.next() else {
            let yes = ["", "да", "yes", "y", "д"];
            self.confirmed = yes.contains(&line.to_lowercase().as_str());
            return (!self.confirmed).then(|| {
                self.say(
                    "натиснете Enter или напишете „назад“",
                    "press Enter, or write “back”",
                )
            });
        };
        if line.is_empty() && step.field.name == "title" {
            return Some(self.say("без заглавие не може", "there must be a title"));
        }
        if line.is_empty() {
            let is_day = needed(kind, step.field) && step.field.value == ValueKind::Day;
            let value = is_day.then(|| self.today.to_string());
            self.answers.push(Answer { step, value });
            return None;
        }
        match self.value(step, line) {
            Ok((value, said)) => {
                let value = Some(value);
                self.answers.push(Answer { step, value });
                said
            }
            Err(said) => Some(said),
        }
    }

    fn go_back(&mut self) -> Option<String> {
        self.confirmed = false;
        if self.answers.pop().is_some() {
            return None;
        }
        if self.kind_asked && self.kind.is_some() {
            self.kind = None;
            return None;
        }
        Some(self.say("това е първият въпрос", "this is the first question"))
    }

    /// What was found out, when nothing is left to ask.
    pub(crate) fn finish(self) -> Option<Answers> {
        let title = self.answers.iter().find(|answer| {
            let Step { around, field } = answer.step;
            around.is_none() && field.name == "title"
        });
        let title = value::unquoted(title?.value.as_deref()?);
        let values = self.answers.iter().filter_map(|answer| {
            let Step { around, field } = answer.step;
            let path = match around {
                Some(around) => format!("{}.{}", around.name, field.name),
                None => field.name.to_owned(),
            };
            Some((path, answer.value.clone()?))
        });
        Some(Answers {
            kind: self.kind?,
            title,
            values: values.collect(),
        })
    }
}

fn numbered<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let lines = texts
        .enumerate()
        .map(|(at, text)| format!("\n  {}. {text}", at + 1));
    lines.collect()
}

fn offers(offers: &[Offer]) -> String {
    let titles = offers.iter().map(|Offer { name, title }| {
        if title.is_empty() {
            name.clone()
        } else {
            format!("{title} ({name})")
        }
    });
    let titles: Vec<String> = titles.collect();
    numbered(titles.iter().map(String::as_str))
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
        "Отговорете на няколко въпроса. „назад“ – към предишния; Ctrl+C – отказ; нищо не се записва, преди да сте видели всичко накрая.",
        "Answer a few questions. “back” for the one before; Ctrl+C to stop; nothing is written before you have seen all of it at the end.",
    )
}

#[cfg(test)]
mod tests;
