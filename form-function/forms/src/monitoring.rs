//! What a funding programme has to know of the people who take part: a card for each, which staff fill in with them.
//!
//! The questions are forms like any other, under fixed names, so that the privacy notice says them and an editor can change
//! them when the programme does (Regulation (EU) 1304/2013, Annex I; Regulation (EU) 2021/1057, Annex I). What is not known
//! has a reason: a person may refuse what is sensitive, and only whoever was asked can have refused.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Field, FieldName, FormDefinition, Group, Submission};

/// When a sheet of the card is filled in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// As the person begins to take part.
    Entry,
    /// As they begin, or end, something in one of the strands. There may be several.
    Enrolment,
    /// As they leave.
    Exit,
    /// Six months after they left.
    FollowUp,
}

impl Occasion {
    /// All of them, in their order.
    pub const ALL: [Occasion; 4] = [
        Occasion::Entry,
        Occasion::Enrolment,
        Occasion::Exit,
        Occasion::FollowUp,
    ];

    /// The name in strings files and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Occasion::Entry => "entry",
            Occasion::Enrolment => "enrolment",
            Occasion::Exit => "exit",
            Occasion::FollowUp => "follow_up",
        }
    }

    /// The name of the form whose questions are asked: `content/forms/<name>.yaml`.
    pub fn form(self) -> &'static str {
        match self {
            Occasion::Entry => "participant-entry",
            Occasion::Enrolment => "participant-enrolment",
            Occasion::Exit => "participant-exit",
            Occasion::FollowUp => "participant-follow-up",
        }
    }

    /// The occasion on which staff ask the questions of a form; `None` for forms that people fill in themselves.
    pub fn of_form(name: &str) -> Option<Occasion> {
        let mut all = Occasion::ALL.into_iter();
        all.find(|occasion| occasion.form() == name)
    }
}

/// What is known of somebody who takes part.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Card {
    /// The sheets, in the order in which they were begun.
    pub sheets: Vec<Sheet>,
}

/// The questions of one occasion, with what was said. A question that is not here was not asked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sheet {
    /// When it is filled in.
    pub occasion: Occasion,
    /// The version of the form at the last change.
    pub form_version: String,
    /// What was said, by question.
    pub replies: BTreeMap<FieldName, Noted>,
}

/// What was said to a question, and who noted it when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Noted {
    /// What was said.
    pub reply: Reply,
    /// The data it belongs to, as of the day it was noted.
    pub group: Group,
    /// When it was noted.
    pub at: Timestamp,
    /// Who of staff noted it.
    pub by: String,
}

/// What somebody said who was asked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// An answer, in canonical form.
    Given(String),
    /// The person did not want to answer.
    Refused,
    /// The person did not know.
    Unknown,
}

impl Reply {
    /// The reply without an answer of this name in forms.
    pub fn without_answer(name: &str) -> Option<Reply> {
        [Reply::Refused, Reply::Unknown]
            .into_iter()
            .find(|reply| reply.name() == name)
    }

    /// The name in forms and strings files.
    pub fn name(&self) -> &'static str {
        match self {
            Reply::Given(_) => "given",
            Reply::Refused => "refused",
            Reply::Unknown => "unknown",
        }
    }
}

/// A sheet after staff noted something: what stays the same stays noted as it was, by whom it was.
pub fn noted(
    occasion: Occasion,
    before: Option<&Sheet>,
    definition: &FormDefinition,
    submission: &Submission,
    without_answer: &BTreeMap<FieldName, Reply>,
    (at, by): (Timestamp, &str),
) -> Sheet {
    let replies = definition.fields.iter().filter_map(|field| {
        let given = || submission.answers.get(&field.name).cloned();
        let reply = without_answer.get(&field.name).cloned();
        let reply = reply.or_else(|| given().map(Reply::Given))?;
        let earlier = before.and_then(|sheet| sheet.replies.get(&field.name));
        let noted = match earlier {
            Some(earlier) if earlier.reply == reply => earlier.clone(),
            _ => Noted {
                reply,
                group: field.class.group(),
                at,
                by: by.to_owned(),
            },
        };
        Some((field.name.clone(), noted))
    });
    Sheet {
        occasion,
        form_version: definition.version.clone(),
        replies: replies.collect(),
    }
}

/// The questions that keep a sheet from counting: of what is sensitive it is enough to have asked, all else must be answered.
pub fn lacking<'a>(definition: &'a FormDefinition, sheet: Option<&Sheet>) -> Vec<&'a Field> {
    let none = BTreeMap::new();
    let replies = sheet.map_or(&none, |sheet| &sheet.replies);
    let answers: BTreeMap<FieldName, String> = replies
        .iter()
        .filter_map(|(name, noted)| match &noted.reply {
            Reply::Given(answer) => Some((name.clone(), answer.clone())),
            Reply::Refused | Reply::Unknown => None,
        })
        .collect();
    let lacks = |field: &&Field| {
        definition.is_shown(field, &answers)
            && match field.class.group() {
                Group::Sensitive => !replies.contains_key(&field.name),
                Group::Contact | Group::Answers => {
                    field.required && !answers.contains_key(&field.name)
                }
            }
    };
    definition.fields.iter().filter(lacks).collect()
}

impl Card {
    /// The latest sheet of an occasion, with its place among the sheets.
    pub fn sheet(&self, occasion: Occasion) -> Option<(usize, &Sheet)> {
        let mut sheets = self.sheets.iter().enumerate().rev();
        sheets.find(|(_, sheet)| sheet.occasion == occasion)
    }

    /// The card with the replies of one group alone.
    #[must_use]
    pub fn of_group(&self, group: Group) -> Card {
        let sheets = self.sheets.iter().map(|sheet| {
            let replies = sheet.replies.iter();
            let of_group = replies.filter(|(_, noted)| noted.group == group);
            Sheet {
                replies: of_group
                    .map(|(name, noted)| (name.clone(), noted.clone()))
                    .collect(),
                ..sheet.clone()
            }
        });
        Card {
            sheets: sheets.collect(),
        }
    }

    /// The card that two of [`of_group`](Card::of_group) were made of.
    #[must_use]
    pub fn with(mut self, other: Card) -> Card {
        for (sheet, other) in self.sheets.iter_mut().zip(other.sheets) {
            sheet.replies.extend(other.replies);
        }
        self
    }
}
