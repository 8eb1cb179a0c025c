//! Fields whose text says something else: yes or no, a number, a word of a closed set, an address, a date.

use forms::{Moment, Slug};
use jiff::civil::Date;

use super::{Diagnostics, Fields, Spanned};
use crate::diagnostic::{Diagnostic, Place, Text, did_you_mean};
use crate::model::Choice;
use crate::parse::meant::{Meant, meant};
use crate::parse::wall_time::{self, WallClock};

/// Ten years. Nobody needs the answers to a sign-up for longer.
const MOST_DAYS: i64 = 3650;

/// What people write where a program wants to hear yes or no.
fn yes_or_no(text: &str) -> Option<&'static str> {
    let text = text.trim_matches(|sign: char| "„“”'\"«».,! ".contains(sign));
    match text.to_lowercase().as_str() {
        "да" | "yes" | "on" | "истина" | "вярно" | "true" | "тру" | "y" | "1" | "d" | "da" => {
            Some("true")
        }
        "не" | "no" | "off" | "лъжа" | "невярно" | "false" | "n" | "0" | "ne" => {
            Some("false")
        }
        _ => None,
    }
}

/// The number in a text, if there is one alone: `40 места`, `1 200`.
fn only_number(text: &str) -> Option<u32> {
    let is_digits = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(&is_digits)?;
    let digits: Vec<&str> = words[at..].iter().copied().take_while(is_digits).collect();
    let rest = words[..at].iter().chain(&words[at + digits.len()..]);
    // Digits elsewhere, a minus, a fraction or a range may mean something else.
    let plain = |word: &&str| word.chars().all(|sign| sign.is_alphabetic() || sign == '.');
    let grouped = digits[0].len() <= 3 && digits[1..].iter().all(|group| group.len() == 3);
    let whole = digits.len() == 1 || grouped;
    let certain = whole && rest.clone().copied().all(|word| plain(&word));
    certain.then(|| digits.concat().parse().ok())?
}

impl Fields<'_> {
    /// Takes a field under another name for known: what is wrong with it was reported.
    pub(crate) fn known(&mut self, name: &'static str) {
        self.asked.push(name);
    }

    /// Yes or no; no when the field is not there.
    pub(crate) fn yes(
        &mut self,
        name: &'static str,
        otherwise: bool,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let Some(found) = self.text(name, diagnostics) else {
            return otherwise;
        };
        match found.value.as_str() {
            "true" => true,
            "false" => false,
            other => {
                let message = Text::new(
                    format!("тук се пише true или false, а не „{other}“"),
                    format!("write true or false here, not “{other}”"),
                );
                let diagnostic =
                    Diagnostic::error("V05", Place::span(self.file, &found.span), message);
                diagnostics.push(match yes_or_no(other) {
                    Some(meant) => diagnostic
                        .hint(did_you_mean(&format!("{name}: {meant}")))
                        .edit(&found.span, meant),
                    None => diagnostic.hint(Text::new(
                        format!("{name}: true – да, {name}: false – не"),
                        format!("{name}: true for yes, {name}: false for no"),
                    )),
                });
                otherwise
            }
        }
    }

    /// A whole number of at least `min`.
    pub(crate) fn number(
        &mut self,
        name: &'static str,
        min: u32,
        diagnostics: &mut Diagnostics,
    ) -> Option<u32> {
        let found = self.text(name, diagnostics)?;
        match found.value.parse() {
            Ok(number) if number >= min => Some(number),
            _ => {
                let message = Text::new(
                    format!("„{name}“ е цяло число, най-малко {min}"),
                    format!("“{name}” is a whole number, at least {min}"),
                );
                let diagnostic =
                    Diagnostic::error("V06", Place::span(self.file, &found.span), message);
                let number = only_number(&found.value).filter(|number| *number >= min);
                diagnostics.push(match number {
                    Some(number) => diagnostic
                        .hint(did_you_mean(&format!("{name}: {number}")))
                        .edit(&found.span, number.to_string()),
                    None => diagnostic,
                });
                None
            }
        }
    }

    /// A whole number, also one below zero.
    pub(crate) fn integer(
        &mut self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<i64> {
        let found = self.text(name, diagnostics)?;
        let number = found.value.parse().ok();
        if number.is_none() {
            let message = Text::new(
                format!("„{name}“ е цяло число, само с цифри"),
                format!("“{name}” is a whole number, in digits only"),
            );
            self.report("V06", &found.span, message, None, diagnostics);
        }
        number
    }

    /// For how many days something is kept: at least one, at most [`MOST_DAYS`].
    pub(crate) fn days(
        &mut self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<u32> {
        let found = self.text(name, diagnostics)?;
        let days: Option<i64> = found.value.parse().ok();
        if let Some(days) = days.filter(|days| (1..=MOST_DAYS).contains(days)) {
            return u32::try_from(days).ok();
        }
        let hint = match days {
            Some(days) if days > MOST_DAYS => Text::new(
                format!("{MOST_DAYS} дни са десет години; пазим данни само докато са нужни"),
                format!(
                    "{MOST_DAYS} days are ten years; data is kept only as long as it is needed"
                ),
            ),
            Some(_) => Text::new(
                "ако отговорът не ви трябва, не задавайте въпроса",
                "if you do not need the answer, do not ask the question",
            ),
            None => Text::new(
                format!("напишете само броя на дните, например  {name}: 30"),
                format!("write the number of days alone, such as  {name}: 30"),
            ),
        };
        let message = Text::new(
            format!("„{name}“ е брой дни: цяло число от 1 до {MOST_DAYS}"),
            format!("“{name}” is a number of days: a whole number from 1 to {MOST_DAYS}"),
        );
        self.report("V06", &found.span, message, Some(hint), diagnostics);
        None
    }

    /// One of a closed set of words.
    pub(crate) fn one_of<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&'static str, T)],
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        let found = self.text(name, diagnostics)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == found.value) {
            return Some(*value);
        }
        diagnostics.push(self.unknown_word(&found, words, &[]));
        None
    }

    /// One of a closed set of words that are explained to editors by labels, which some of them write.
    pub(crate) fn one_of_called(
        &mut self,
        name: &'static str,
        choices: &[Choice],
        diagnostics: &mut Diagnostics,
    ) -> Option<&'static str> {
        let found = self.text(name, diagnostics)?;
        if let Some(choice) = choices.iter().find(|choice| choice.value == found.value) {
            return Some(choice.value);
        }
        let words: Vec<_> = choices.iter().map(|choice| (choice.value, ())).collect();
        diagnostics.push(self.unknown_word(&found, &words, choices));
        None
    }

    fn unknown_word<T>(
        &self,
        found: &Spanned<String>,
        words: &[(&'static str, T)],
        choices: &[Choice],
    ) -> Diagnostic {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let labels = choices.iter().flat_map(|choice| {
            [choice.label.bg, choice.label.en].map(|label| (label, choice.value))
        });
        let labels: Vec<(&str, &str)> = labels.collect();
        let called: Vec<&str> = labels.iter().map(|(label, _)| *label).collect();
        let meant = meant(&found.value, &known).or_else(|| {
            let label = meant(&found.value, &called)?;
            let (_, word) = labels.iter().find(|(called, _)| *called == label.word)?;
            Some(Meant { word, ..label })
        });
        let diagnostic = Diagnostic::error(
            "V07",
            Place::span(self.file, &found.span),
            Text::new(
                format!("непозната стойност „{}“", found.value),
                format!("unknown value “{}”", found.value),
            ),
        );
        match meant {
            Some(Meant { word, certain }) => {
                let diagnostic = diagnostic.hint(did_you_mean(word));
                if certain {
                    diagnostic.edit(&found.span, word)
                } else {
                    diagnostic
                }
            }
            None => diagnostic.hint(Text::new(
                format!("възможни са: {}", known.join(", ")),
                format!("possible are: {}", known.join(", ")),
            )),
        }
    }

    /// A segment of an address.
    pub(crate) fn slug(
        &mut self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Spanned<Slug>> {
        let found = self.text(name, diagnostics)?;
        if let Ok(slug) = Slug::parse(&found.value) {
            return Some(Spanned {
                value: slug,
                span: found.span,
            });
        }
        let suggested = crate::parse::transliterate::slug(&found.value);
        let message = Text::new(
            "в адреса се допускат само a–z, 0–9 и дефис",
            "an address may use only a–z, 0–9 and hyphens",
        );
        let diagnostic = Diagnostic::error("V08", Place::span(self.file, &found.span), message);
        diagnostics.push(if suggested.is_empty() {
            diagnostic
        } else {
            diagnostic
                .hint(did_you_mean(&format!("{name}: {suggested}")))
                .edit(&found.span, suggested)
        });
        None
    }

    /// A day, or a day and a time. A date without a year is taken from the year of the record.
    pub(crate) fn moment(
        &mut self,
        name: &'static str,
        clock: WallClock<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Spanned<Moment>> {
        let found = self.text(name, diagnostics)?;
        self.read_moment(found, clock, diagnostics)
    }

    fn read_moment(
        &self,
        found: Spanned<String>,
        clock: WallClock<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Spanned<Moment>> {
        match wall_time::parse(&found.value, clock) {
            Ok(meaning) => {
                if let Some((message, hint)) = meaning.doubt() {
                    let place = Place::span(self.file, &found.span);
                    diagnostics.push(Diagnostic::warning("V22", place, message).hint(hint));
                }
                Some(Spanned {
                    value: meaning.moment(),
                    span: found.span,
                })
            }
            Err(fault) => {
                let place = Place::span(self.file, &found.span);
                let diagnostic =
                    Diagnostic::error(fault.code(), place, fault.message(&found.value))
                        .maybe_hint(fault.hint(&found.value, clock));
                diagnostics.push(match fault.certain(&found.value, clock) {
                    Some(written) => diagnostic.edit(&found.span, written),
                    None => diagnostic,
                });
                None
            }
        }
    }

    /// A day and a time.
    pub(crate) fn date_time(
        &mut self,
        name: &'static str,
        clock: WallClock<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Moment> {
        let found = self.moment(name, clock, diagnostics)?;
        match found.value {
            moment @ (Moment::At(_) | Moment::Second(..)) => Some(moment),
            Moment::Day(day) => {
                self.report(
                    "V11",
                    &found.span,
                    Text::new("тук е нужен и час", "a time is needed here, too"),
                    Some(did_you_mean(&format!("{name}: {day}T09:00"))),
                    diagnostics,
                );
                None
            }
        }
    }

    /// A day.
    pub(crate) fn date(
        &mut self,
        name: &'static str,
        clock: WallClock<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Spanned<Date>> {
        self.moment(name, clock, diagnostics).map(|found| Spanned {
            value: found.value.date(),
            span: found.span,
        })
    }

    /// A list of days; one day alone is a list of one.
    pub(crate) fn dates(
        &mut self,
        name: &'static str,
        clock: WallClock<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Spanned<Date>> {
        let texts = self.texts(name, diagnostics);
        texts
            .into_iter()
            .filter_map(|found| self.read_moment(found, clock, diagnostics))
            .map(|found| Spanned {
                value: found.value.date(),
                span: found.span,
            })
            .collect()
    }
}
