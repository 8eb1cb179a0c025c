//! A form as its editor wrote it, resolved: `content/forms/<name>.yaml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::field::chosen;
use crate::{Field, FieldName, Group, Localized, Slug};

/// The questions of a form and the rules for their answers.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FormDefinition {
    /// The name of the file, which an event names in `registration.form`.
    pub name: Slug,
    /// The hash of everything else in the definition: an answer is kept with the version of the question it answered.
    pub version: String,
    /// The heading above the questions.
    pub title: Localized,
    /// A sentence or two under the heading.
    pub intro: Option<Localized>,
    /// The questions, in order.
    pub fields: Vec<Field>,
    /// Fields of which at least one must be answered, such as e-mail and telephone. Empty when there is no such rule.
    pub at_least_one: Vec<FieldName>,
    /// Whether the e-mail address must be shown to be the person's own before the registration counts. Such a form
    /// always requires one.
    pub verify_email: bool,
    /// How long answers are kept.
    pub retention: Retention,
    /// Who the form is for. Who does not meet a rule is told where to turn instead.
    pub eligibility: Vec<EligibilityRule>,
    /// By what right the answers are asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<LegalBasis>,
    /// What happens with the answers, said before the button (GDPR art. 13).
    pub notice: Localized,
    /// The text of the last button, such as „Запази място“.
    pub submit: Localized,
}

impl FormDefinition {
    /// The field of this name.
    pub fn field(&self, name: &FieldName) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == *name)
    }

    /// Whether a question may be left out whatever the others are answered. Of several ways to reach a person one must be given,
    /// so none of them may.
    pub fn is_optional(&self, field: &Field) -> bool {
        !field.required && !self.at_least_one.contains(&field.name)
    }

    /// Whether a question is asked of somebody who has given these answers, in canonical form, so far.
    pub fn is_shown(&self, field: &Field, answers: &BTreeMap<FieldName, String>) -> bool {
        field.show_if.as_ref().is_none_or(|condition| {
            answers.get(&condition.field).is_some_and(|answer| {
                chosen(answer).any(|value| condition.is.iter().any(|is| is == value))
            })
        })
    }
}

/// By what right personal data is asked for, of those in GDPR art. 6(1) that a public body can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegalBasis {
    /// The person agreed, and can take that back: (a).
    Consent,
    /// It is needed for a contract with the person: (b).
    Contract,
    /// A law orders it: (c).
    LegalObligation,
    /// It is needed for a task in the public interest: (e).
    PublicTask,
}

impl LegalBasis {
    /// All of them.
    pub const ALL: [LegalBasis; 4] = [
        LegalBasis::Consent,
        LegalBasis::Contract,
        LegalBasis::LegalObligation,
        LegalBasis::PublicTask,
    ];

    /// The name in forms and in the interface texts.
    pub fn as_str(self) -> &'static str {
        match self {
            LegalBasis::Consent => "consent",
            LegalBasis::Contract => "contract",
            LegalBasis::LegalObligation => "legal_obligation",
            LegalBasis::PublicTask => "public_task",
        }
    }
}

/// For how many days answers are kept: after the end of an event, or after the last contact where there is no event.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Retention {
    /// Answers of [`Group::Contact`].
    pub contact_days: u32,
    /// Answers of [`Group::Answers`].
    pub answers_days: u32,
    /// Answers of [`Group::Sensitive`].
    pub sensitive_days: u32,
}

impl Retention {
    /// Where an event's form says nothing.
    pub const EVENT: Retention = Retention {
        contact_days: 30,
        answers_days: 30,
        sensitive_days: 7,
    };

    /// Where the form of a service says nothing.
    pub const SERVICE: Retention = Retention {
        contact_days: 180,
        answers_days: 180,
        sensitive_days: 180,
    };

    /// The days for one group of answers.
    pub fn days(&self, group: Group) -> u32 {
        match group {
            Group::Contact => self.contact_days,
            Group::Answers => self.answers_days,
            Group::Sensitive => self.sensitive_days,
        }
    }
}

/// Who a form is for, by one of its answers. Whoever was not asked is not judged by it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EligibilityRule {
    /// The field whose answer decides.
    pub field: FieldName,
    /// What the answer must be, and what whoever does not meet it is told.
    pub condition: Condition,
}

/// A condition on one answer. Its texts say why the form is not for the person, and where to turn; one paragraph a line.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The age in whole years of somebody born on the day that was answered.
    Age {
        /// The day on which they must have it.
        on: ReferenceDay,
        /// The ages that are meant.
        range: AgeRange,
        /// For whoever is younger.
        too_young: Localized,
        /// For whoever is older.
        too_old: Localized,
    },
    /// One of these values is chosen.
    OneOf {
        /// The values that are meant.
        values: Vec<String>,
        /// For whoever chose none of them.
        otherwise: Localized,
    },
}

/// The day on which somebody's age counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceDay {
    /// When they sign up.
    #[default]
    Registration,
    /// The first day of the event; when they sign up, where there is no event.
    Event,
}

/// Ages in whole years, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AgeRange {
    /// The youngest.
    pub min: i16,
    /// The oldest.
    pub max: i16,
}
