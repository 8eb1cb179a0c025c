//! Personal data by what it is and how long it is kept: each part is sealed by itself, so that it can die by itself.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Contact, FieldName, FormDefinition, Group, Submission};

/// The answers of one group that are kept equally long.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Part {
    /// What sort of data it is, and so who may read it.
    pub group: Group,
    /// For how many days it is kept: after the event, or after the last change of a request for the services.
    pub days: u32,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.group.as_str(), self.days)
    }
}

impl From<Part> for String {
    fn from(part: Part) -> String {
        part.to_string()
    }
}

/// A text that names no part.
#[derive(Debug, thiserror::Error)]
#[error("not the name of a part: it reads like `contact.30`")]
pub struct InvalidPart;

impl TryFrom<String> for Part {
    type Error = InvalidPart;

    fn try_from(text: String) -> Result<Part, InvalidPart> {
        let (group, days) = text.split_once('.').ok_or(InvalidPart)?;
        let group = [Group::Contact, Group::Answers, Group::Sensitive]
            .into_iter()
            .find(|known| known.as_str() == group)
            .ok_or(InvalidPart)?;
        let days = days.parse().map_err(|_| InvalidPart)?;
        Ok(Part { group, days })
    }
}

/// What a part says, before it is sealed and after it is opened.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PersonalData {
    /// How to reach the person, in one of the parts of the group [`Group::Contact`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// The answers, in canonical form.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<FieldName, String>,
}

/// The parts that a submission is kept in. How to reach the person is kept as long as the longest-lived answer of its
/// group, since whoever may still be written to must be reachable.
pub fn personal_data(
    definition: &FormDefinition,
    submission: &Submission,
) -> BTreeMap<Part, PersonalData> {
    let mut parts: BTreeMap<Part, PersonalData> = BTreeMap::new();
    for (name, answer) in &submission.answers {
        let Some(field) = definition.field(name) else {
            continue;
        };
        let part = Part {
            group: field.class.group(),
            days: field.retention_days(definition),
        };
        let data = parts.entry(part).or_default();
        data.answers.insert(name.clone(), answer.clone());
    }
    let longest = parts
        .iter_mut()
        .rfind(|(part, _)| part.group == Group::Contact);
    if let Some((_, data)) = longest {
        data.contact = Some(submission.contact.clone());
    }
    parts
}
