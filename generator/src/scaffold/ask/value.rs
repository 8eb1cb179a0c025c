//! What somebody answered, as it is written in a file.

use forms::Moment;

use super::{Interview, Offer, Step};
use crate::model::{Choice, ValueKind};
use crate::parse::meant::meant;
use crate::parse::{WallClock, moment, quotes, understood, why_none};
use crate::scaffold::lines::quoted;

/// A value and what is said of it; or what is said where there is none.
type Understood = Result<(String, Option<String>), String>;

impl Interview<'_> {
    /// A value as it is written in a file, and what is said of it.
    pub(super) fn value(&self, step: Step, line: &str) -> Understood {
        let field = step.field;
        match field.value {
            ValueKind::Day | ValueKind::Moment | ValueKind::DateTime => self.date(step, line),
            ValueKind::OneOf(choices) => self.choice(choices, line),
            ValueKind::Form => {
                let offer = chosen(&self.offered.forms, line).ok_or_else(|| self.which())?;
                Ok((offer.name.clone(), None))
            }
            ValueKind::Tags => {
                let parts = line.split([',', ';']).map(str::trim);
                let parts = parts.filter(|part| !part.is_empty());
                let mut names: Vec<&str> = Vec::new();
                for part in parts {
                    let offer = chosen(&self.offered.tags, part).ok_or_else(|| self.which())?;
                    if !names.contains(&offer.name.as_str()) {
                        names.push(&offer.name);
                    }
                }
                Ok((format!("[{}]", names.join(", ")), None))
            }
            ValueKind::Whole { min } => match line.parse::<u32>() {
                Ok(number) if number >= min => Ok((number.to_string(), None)),
                _ => Err(self.say(
                    &format!("напишете само число, най-малко {min}"),
                    &format!("write a number alone, at least {min}"),
                )),
            },
            _ => Ok(self.text(step, line)),
        }
    }

    fn which(&self) -> String {
        self.say("напишете номера", "write the number")
    }

    fn text(&self, step: Step, line: &str) -> (String, Option<String>) {
        let field = step.field;
        // A place may be a name in quotes.
        let without = quotes::without(line).filter(|_| field.name != "place");
        let text = without.unwrap_or(line);
        let length = text.chars().count();
        let long = field.max.filter(|max| length > usize::from(*max));
        let said = match long {
            Some(max) => Some(self.say(
                &format!("това са {length} знака, а се показват около {max}; може да го скъсите после"),
                &format!("these are {length} characters, of which about {max} are shown; you may shorten it later"),
            )),
            None => without.map(|_| {
                self.say(
                    "кавичките около текста не са нужни и са махнати",
                    "no quotes are needed around it, and they were taken away",
                )
            }),
        };
        (quoted(text), said)
    }

    fn date(&self, step: Step, line: &str) -> Understood {
        let clock = WallClock {
            zone: self.zone,
            record_year: None,
        };
        let Some((written, words)) = understood(line, clock) else {
            let why = why_none(line);
            return Err(self.say(&why.bg, &why.en));
        };
        let written = written.replacen(' ', "T", 1);
        let at = moment(&written, clock);
        if matches!(
            (step.field.value, at),
            (ValueKind::DateTime, Some(Moment::Day(_)))
        ) {
            return Err(self.say(
                "тук е нужен и час, напр. 21.06.2027 18:00",
                "a time is needed here, too, such as 21.06.2027 18:00",
            ));
        }
        let mut starts = self
            .answers
            .iter()
            .filter(|answer| answer.step.around.is_none() && answer.step.field.name == "starts_at");
        let starts = starts.next().and_then(|answer| answer.value.as_deref());
        let starts = starts.and_then(|starts| moment(starts, clock));
        if let (Some(at), Some(starts)) = (at, starts) {
            let order = match (at, starts) {
                (Moment::Day(_), _) | (_, Moment::Day(_)) => at.date().cmp(&starts.date()),
                _ => at.begins(self.zone).cmp(&starts.begins(self.zone)),
            };
            if step.field.name == "ends_at" && order.is_lt() {
                return Err(self.say("краят е преди началото", "the end is before the beginning"));
            }
            if step.field.name == "closes_at" && order.is_gt() {
                return Err(self.say(
                    "записването не може да свършва след началото",
                    "sign-up cannot close after the beginning",
                ));
            }
        }
        Ok((written, Some(words.in_language(self.language).to_owned())))
    }

    fn choice(&self, choices: &[Choice], line: &str) -> Understood {
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
            None => Err(self.which()),
        }
    }
}

/// What was chosen of something that is offered: by its number, its name or its title.
fn chosen<'o>(offers: &'o [Offer], line: &str) -> Option<&'o Offer> {
    let number: Option<usize> = line.parse().ok();
    let by_number = number.and_then(|number| offers.get(number.checked_sub(1)?));
    by_number.or_else(|| {
        let titles: Vec<String> = offers
            .iter()
            .map(|offer| offer.title.to_lowercase())
            .collect();
        let called = titles.iter().map(String::as_str);
        let called: Vec<&str> = called
            .chain(offers.iter().map(|offer| offer.name.as_str()))
            .collect();
        let word = meant(line, &called)?.word;
        let at = called.iter().position(|called| *called == word)?;
        offers.get(at % offers.len())
    })
}

/// A text that was written in quotes, as it was said.
pub(super) fn unquoted(value: &str) -> String {
    let inside = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let mut text = String::new();
    let mut signs = inside.unwrap_or(value).chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => text.extend(signs.next()),
            sign => text.push(sign),
        }
    }
    text
}
