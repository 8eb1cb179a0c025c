//! Everything that people wrote when they signed up for something, one row each.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Activity, FieldName, Language};

use super::Desk;
use super::record::answered;
use super::sheet::{Sheet, Wording};
use crate::personal::{self, ReadError};
use crate::store::Store;

/// Everything that is kept of what people wrote, in the order in which they signed up. The columns are the questions of the
/// form as it is asked now, and then, by their names, those that it asks no more.
pub async fn full_sheet<S: Store>(
    desk: &Desk<'_, S>,
    activity: &Activity,
    language: &Language,
    in_words: &impl Wording,
) -> Result<Sheet, ReadError> {
    let form = desk.bundle.manifest.forms.get(&activity.form);
    let asked = form.map_or(&[][..], |form| &form.fields);
    let mut people = Vec::new();
    let mut gone: BTreeSet<FieldName> = BTreeSet::new();
    for registration in desk.registrations(&activity.slug).await? {
        let mut answers: BTreeMap<FieldName, String> = BTreeMap::new();
        for part in &registration.parts {
            let data = personal::read(desk.store, desk.opener, &registration, *part).await?;
            answers.extend(data.map(|data| data.answers).unwrap_or_default());
        }
        let unknown = answers.keys().filter(|name| {
            let is_asked = asked.iter().any(|field| field.name == **name);
            !is_asked
        });
        gone.extend(unknown.cloned());
        people.push((registration, answers));
    }
    let questions: Vec<(&FieldName, String)> = asked
        .iter()
        .map(|field| (&field.name, field.label.text(language).to_owned()))
        .chain(gone.iter().map(|name| (name, name.as_str().to_owned())))
        .collect();
    let rows = people.iter().map(|(registration, answers)| {
        let mut row = vec![
            registration.reference.to_string(),
            in_words.state(registration.state.as_str()),
            in_words.moment(registration.submitted_at),
        ];
        row.extend(questions.iter().map(|(name, _)| {
            let Some(answer) = answers.get(*name) else {
                return String::new();
            };
            let field = asked.iter().find(|field| field.name == **name);
            let answer = answered(name.as_str(), field, answer, language);
            if answer.chosen.is_empty() {
                answer.answer
            } else {
                answer.chosen.join(", ")
            }
        }));
        row
    });
    let rows = rows.collect();
    let first = ["reference", "state", "taken_at"];
    let mut columns: Vec<String> = first.map(|name| in_words.column(name)).to_vec();
    columns.extend(questions.into_iter().map(|(_, label)| label));
    Ok(Sheet {
        title: activity.title.text(language).to_owned(),
        columns,
        rows,
        mark: String::new(),
    })
}
