//! A question of a form: how it is asked, what counts as an answer, what sort of data that is.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{FormDefinition, Localized};

/// One question.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Field {
    /// The name under which the answer is posted and kept.
    pub name: FieldName,
    /// What is asked, and how.
    #[serde(flatten)]
    pub kind: FieldKind,
    /// The question.
    pub label: Localized,
    /// Help under the question.
    pub hint: Option<Localized>,
    /// The message when a required answer is missing; the interface's own wording where absent.
    pub missing: Option<Localized>,
    /// Whether an answer must be given by whoever is asked.
    pub required: bool,
    /// What sort of data the answer is.
    pub class: QuestionClass,
    /// What the answer is needed for, as the privacy notice says it (GDPR art. 13(1)(c)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Localized>,
    /// Of whom it is asked; of everybody where absent.
    pub show_if: Option<ShowIf>,
    /// For how many days the answer is kept; as long as its class where absent.
    pub retention: Option<u32>,
}

impl Field {
    /// For how many days the answer is kept, in a form that has this question.
    pub fn retention_days(&self, definition: &FormDefinition) -> u32 {
        self.retention
            .unwrap_or_else(|| definition.retention.days(self.class.group()))
    }

    /// The names under which the controls of the question are posted: one, or three for a date.
    pub fn posted_names(&self) -> Vec<String> {
        match self.kind {
            FieldKind::PastDate | FieldKind::Date { .. } => DATE_PARTS
                .map(|part| format!("{}_{part}", self.name))
                .to_vec(),
            _ => vec![self.name.to_string()],
        }
    }

    /// The names and values under which a browser would post an answer that is given in canonical form.
    pub fn posted(&self, answer: &str) -> Vec<(String, String)> {
        let name = self.name.to_string();
        match (&self.kind, answer.parse::<Date>()) {
            (FieldKind::PastDate | FieldKind::Date { .. }, Ok(date)) => {
                let parts = [
                    date.day().to_string(),
                    date.month().to_string(),
                    date.year().to_string(),
                ];
                self.posted_names().into_iter().zip(parts).collect()
            }
            (FieldKind::Checkboxes { .. }, _) => {
                let values = chosen(answer);
                values
                    .map(|value| (name.clone(), value.to_owned()))
                    .collect()
            }
            _ => vec![(name, answer.to_owned())],
        }
    }
}

/// The ends of the names under which the boxes of a date are posted.
pub(crate) const DATE_PARTS: [&str; 3] = ["day", "month", "year"];

/// Who is asked a question: whoever chose one of some values at an earlier question, which is asked of everybody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShowIf {
    /// The earlier question, one with values to choose from or a consent.
    pub field: FieldName,
    /// The values; [`AGREED`] for a consent.
    pub is: Vec<String>,
}

/// How a question is asked and what counts as an answer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FieldKind {
    /// A person's name, in one box, any letters.
    Name,
    /// An e-mail address.
    Email,
    /// A telephone number, written in any usual way.
    Telephone,
    /// One line of text.
    Text {
        /// Longest answer, in characters.
        max_length: u32,
    },
    /// Several lines of text.
    LongText {
        /// Longest answer, in characters.
        max_length: u32,
    },
    /// A whole number.
    Number {
        /// The smallest answer.
        min: Option<i64>,
        /// The largest answer.
        max: Option<i64>,
    },
    /// How many places, from one to the activity's `max_party`.
    PartySize,
    /// A date of birth: a day in the past, asked in three boxes.
    PastDate,
    /// Any day, asked in three boxes.
    Date {
        /// The first day that is an answer.
        min: Option<Date>,
        /// The last day that is an answer.
        max: Option<Date>,
    },
    /// One of several answers, all of them in sight.
    Radio {
        /// The answers to choose from.
        options: Vec<Choice>,
    },
    /// One of several answers, in a list that opens.
    Select {
        /// The answers to choose from.
        options: Vec<Choice>,
    },
    /// Any of several answers. The canonical form of such an answer is the chosen values in the order of the options,
    /// with a comma between them, which no value has in it: `career,youth`.
    Checkboxes {
        /// The answers to choose from.
        options: Vec<Choice>,
    },
    /// A box that must be ticked.
    Consent,
}

/// The value of a consent that was given.
pub const AGREED: &str = "yes";

/// Between the values of an answer with several of them.
const SEPARATOR: char = ',';

/// The values in a canonical answer.
pub(crate) fn chosen(answer: &str) -> impl Iterator<Item = &str> {
    answer.split(SEPARATOR)
}

/// The canonical answer that has these values.
pub(crate) fn choice_of(values: &[&str]) -> String {
    values.join(&SEPARATOR.to_string())
}

impl FieldKind {
    /// Longest answer in characters, for kinds that are typed into one box of text.
    pub fn max_length(&self) -> Option<u32> {
        match self {
            FieldKind::Name => Some(120),
            // RFC 5321, 4.5.3.1.3: a path has at most 256 octets with its brackets.
            FieldKind::Email => Some(254),
            FieldKind::Telephone => Some(40),
            FieldKind::Text { max_length } | FieldKind::LongText { max_length } => {
                Some(*max_length)
            }
            _ => None,
        }
    }

    /// The answers to choose from, for kinds that have a list of them.
    pub fn options(&self) -> Option<&[Choice]> {
        match self {
            FieldKind::Radio { options }
            | FieldKind::Select { options }
            | FieldKind::Checkboxes { options } => Some(options),
            _ => None,
        }
    }
}

/// One of the answers to choose from.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// What is posted and kept: small Latin letters, digits, `_` and `-`.
    pub value: String,
    /// What is shown.
    pub label: Localized,
}

/// What sort of data an answer is: who may read it, how long it is kept, whether it may be required.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionClass {
    /// How to reach the person.
    Contact,
    /// Who the person is.
    Identity,
    /// What has to be planned: places, sessions.
    Logistics,
    /// What the person needs from us, such as access or diet. Sensitive, so never required.
    Needs,
    /// Whether the service is meant for the person.
    Eligibility,
    /// What a funding programme counts (Regulation (EU) 2021/1057, Annex I).
    Monitoring,
    /// What a funding programme counts among special categories of data (GDPR art. 9), so never required.
    MonitoringSensitive,
    /// What the person thinks of us.
    Feedback,
}

impl QuestionClass {
    /// The answers it is kept with.
    pub fn group(self) -> Group {
        match self {
            QuestionClass::Contact | QuestionClass::Identity => Group::Contact,
            QuestionClass::Logistics
            | QuestionClass::Eligibility
            | QuestionClass::Monitoring
            | QuestionClass::Feedback => Group::Answers,
            QuestionClass::Needs | QuestionClass::MonitoringSensitive => Group::Sensitive,
        }
    }

    /// Whether an answer may be demanded. What is sensitive is told of one's own will or not at all.
    pub fn may_be_required(self) -> bool {
        self.group() != Group::Sensitive
    }
}

/// Answers that are kept, read and erased together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Who the person is and how to reach them.
    Contact,
    /// What they answered.
    Answers,
    /// What the law protects most.
    Sensitive,
}

impl Group {
    /// All groups.
    pub const ALL: [Group; 3] = [Group::Contact, Group::Answers, Group::Sensitive];

    /// The name in stores and settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Contact => "contact",
            Group::Answers => "answers",
            Group::Sensitive => "sensitive",
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The name of a field: `a` to `z`, digits and `_`, beginning with a letter.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldName(String);

impl FieldName {
    /// The field name that this text is, if it is one. Names that begin with `_` are kept for the form itself.
    pub fn parse(text: &str) -> Option<FieldName> {
        let valid = text.starts_with(|first: char| first.is_ascii_lowercase())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        valid.then(|| FieldName(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
