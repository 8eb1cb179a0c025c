//! A form as its editor wrote it, resolved: `content/forms/<name>.yaml`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Localized, Slug};

/// The questions of a form and the rules for their answers.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FormDefinition {
    /// The name of the file, which an event names in `registration.form`.
    pub name: Slug,
    /// The hash of the definition's content: an answer is kept with the version of the question it answered.
    pub version: String,
    /// The heading above the questions.
    pub title: Localized,
    /// A sentence or two under the heading.
    pub intro: Option<Localized>,
    /// The questions, in order.
    pub fields: Vec<Field>,
    /// Fields of which at least one must be answered, such as e-mail and telephone. Empty when there is no such rule.
    pub at_least_one: Vec<FieldName>,
    /// Who the form is for. Who does not meet a rule is told where to turn instead.
    pub eligibility: Vec<EligibilityRule>,
    /// What happens with the answers, said before the button (GDPR art. 13).
    pub notice: Localized,
    /// The text of the last button, such as „Запази място“.
    pub submit: Localized,
    /// Whether a registration counts only once the person has shown that the address is theirs.
    #[serde(default)]
    pub verify_email: bool,
}

impl FormDefinition {
    /// The field of this name.
    pub fn field(&self, name: &FieldName) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == *name)
    }
}

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
    /// Whether an answer must be given.
    pub required: bool,
    /// What sort of data the answer is.
    pub class: QuestionClass,
}

impl Field {
    /// For how many days the answer is kept.
    pub fn retention_days(&self, _definition: &FormDefinition) -> u32 {
        match self.class.group() {
            Group::Contact | Group::Answers => 30,
            Group::Sensitive => 7,
        }
    }
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
    /// How many places, from one to the activity's `max_party`.
    PartySize,
    /// A day in the past, asked in three boxes.
    PastDate,
    /// One of several answers.
    Radio {
        /// The answers to choose from.
        options: Vec<Choice>,
    },
    /// A box that must be ticked.
    Consent,
}

impl FieldKind {
    /// Longest answer in characters, for kinds that are typed into one box.
    pub fn max_length(&self) -> Option<u32> {
        match self {
            FieldKind::Name => Some(120),
            // RFC 5321, 4.5.3.1.3: a path has at most 256 octets with its brackets.
            FieldKind::Email => Some(254),
            FieldKind::Telephone => Some(40),
            FieldKind::Text { max_length } | FieldKind::LongText { max_length } => {
                Some(*max_length)
            }
            FieldKind::PartySize
            | FieldKind::PastDate
            | FieldKind::Radio { .. }
            | FieldKind::Consent => None,
        }
    }
}

/// One of the answers of a [`FieldKind::Radio`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// What is posted and kept.
    pub value: String,
    /// What is shown.
    pub label: Localized,
}

/// What sort of data an answer is; later decides who may read it and how long it is kept.
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
}

impl QuestionClass {
    /// The group that the answer is sealed and kept with.
    pub fn group(self) -> Group {
        match self {
            QuestionClass::Contact | QuestionClass::Identity => Group::Contact,
            QuestionClass::Needs => Group::Sensitive,
            QuestionClass::Logistics | QuestionClass::Eligibility => Group::Answers,
        }
    }
}

/// Answers that the same people may read: each group is sealed under a key of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Who the person is and how to reach them: also for whoever sends mail.
    Contact,
    /// All other answers: for staff.
    Answers,
    /// What a person needs from us: only for those who see to it.
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

/// Who a form is for, by one of its answers.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EligibilityRule {
    /// The field whose answer decides.
    pub field: FieldName,
    /// What the answer must be.
    pub condition: Condition,
    /// What whoever does not meet it is told: why, and where to turn. One paragraph a line.
    pub otherwise: Localized,
}

/// A condition on one answer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The age in whole years, today, of somebody born on the day that was answered.
    Age(AgeRange),
    /// One of these values.
    OneOf(Vec<String>),
}

/// Ages in whole years, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AgeRange {
    /// The youngest.
    pub min: i16,
    /// The oldest.
    pub max: i16,
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
