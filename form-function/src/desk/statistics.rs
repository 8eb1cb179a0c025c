//! How many people there are of what sort, so that nobody can be told from it.

mod suppression;

use std::collections::BTreeMap;

use forms::{
    Card, Field, FieldKind, FormDefinition, Language, Lifecycle, Noted, Occasion, Registration,
    Reply, Sheet, State, age, lacking,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Desk;
use crate::cards;
use crate::personal::ReadError;
use crate::store::{Documents, Store, StoreError};
use crate::walk_ins;
pub use suppression::FEWEST;
use suppression::{of_several, of_whole};

/// Counts of one whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// What is counted.
    pub title: Title,
    /// How many people there are in all; `None` where they are too few to be shown.
    pub whole: Option<u32>,
    /// How many there are of each sort; `None` where nobody shall be told from it.
    pub rows: Vec<(Label, Option<u32>)>,
}

/// What a table counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Title {
    /// Places at an event, by how the registrations stand: its title.
    Event(String),
    /// Who asked for the services, by how they stand.
    ServiceUsers,
    /// The cards, by whether the sheet of this occasion has all that the programme counts.
    Completeness(Occasion),
    /// A question of the card, by what was said.
    Question(Occasion, String),
}

/// A sort of people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Label {
    /// Whose registration stands like this: the name of a state.
    State(&'static str),
    /// Who came without having signed up.
    WalkIn,
    /// Who gave this answer, in words.
    Answer(String),
    /// Who is of this age in whole years, both ends included.
    Age(Option<i16>, Option<i16>),
    /// Who answered something that the form asks no more.
    OtherAnswer,
    /// Who refused to answer.
    Refused,
    /// Who did not know.
    Unknown,
    /// Who was not asked.
    NotAsked,
    /// Whose sheet is complete.
    Complete,
    /// Whose sheet is not.
    Incomplete,
}

/// The ages that are told apart, both ends included: those of the programmes, with minors by themselves.
const AGES: [(Option<i16>, Option<i16>); 5] = [
    (None, Some(17)),
    (Some(18), Some(24)),
    (Some(25), Some(29)),
    (Some(30), Some(54)),
    (Some(55), None),
];

/// Every table there is something to say in.
pub async fn statistics<S: Store + Documents>(
    desk: &Desk<'_, S>,
    language: &Language,
) -> Result<Vec<Table>, ReadError> {
    let mut tables = registrations(desk, language).await?;
    let cards: Vec<Card> = cards::all(desk.store, desk.opener)
        .await?
        .into_iter()
        .map(|(_, card)| card)
        .collect();
    for occasion in Occasion::ALL {
        let forms = desk.bundle.manifest.forms.values();
        let definition = forms
            .clone()
            .find(|form| form.name.as_str() == occasion.form());
        if let Some(definition) = definition {
            tables.extend(of_occasion(
                occasion,
                definition,
                &cards,
                language,
                &desk.bundle.zone,
            ));
        }
    }
    Ok(tables)
}

async fn registrations<S: Store + Documents>(
    desk: &Desk<'_, S>,
    language: &Language,
) -> Result<Vec<Table>, StoreError> {
    let mut tables = Vec::new();
    let mut service_users = Vec::new();
    for activity in desk.bundle.manifest.activities.values() {
        let mut all = desk.registrations(&activity.slug).await?;
        all.retain(|registration| registration.duplicate_of.is_none());
        if activity.session.is_none() {
            service_users.extend(all);
        } else {
            let title = Title::Event(activity.title.text(language).to_owned());
            let walk_ins = walk_ins::all(desk.store, &activity.slug).await?;
            tables.extend(by_state(title, &all, walk_ins::people(&walk_ins)));
        }
    }
    tables.extend(by_state(Title::ServiceUsers, &service_users, 0));
    Ok(tables)
}

fn by_state(title: Title, all: &[Registration], walk_ins: u32) -> Option<Table> {
    let mut counts: BTreeMap<&'static str, u32> = BTreeMap::new();
    for registration in all {
        let people = match registration.lifecycle {
            Lifecycle::Reservation => registration.party_size.places(),
            Lifecycle::Service => 1,
        };
        // Nobody has been there yet whose address is not known to be theirs.
        if !matches!(registration.state, State::PendingVerification { .. }) {
            *counts.entry(registration.state.as_str()).or_default() += people;
        }
    }
    let counts = counts.into_iter();
    let walk_in = (walk_ins > 0).then_some((Label::WalkIn, walk_ins));
    table(
        title,
        counts
            .map(|(state, count)| (Label::State(state), count))
            .chain(walk_in)
            .collect(),
    )
}

/// A table in which each person is counted once; none where there is nobody.
fn table(title: Title, counts: Vec<(Label, u32)>) -> Option<Table> {
    let numbers: Vec<u32> = counts.iter().map(|(_, count)| *count).collect();
    let whole: u32 = numbers.iter().sum();
    (whole > 0).then(|| Table {
        title,
        whole: (whole >= FEWEST).then_some(whole),
        rows: counts
            .into_iter()
            .map(|(label, _)| label)
            .zip(of_whole(&numbers))
            .collect(),
    })
}

/// What the sheets of one occasion say, question by question.
fn of_occasion(
    occasion: Occasion,
    definition: &FormDefinition,
    cards: &[Card],
    language: &Language,
    zone: &TimeZone,
) -> Vec<Table> {
    // By person: whoever takes part in several things is one all the same.
    let people: Vec<Vec<&Sheet>> = cards
        .iter()
        .map(|card| {
            let sheets = card.sheets.iter();
            sheets.filter(|sheet| sheet.occasion == occasion).collect()
        })
        .filter(|sheets: &Vec<&Sheet>| !sheets.is_empty())
        .collect();
    let is_complete = |sheet: &&Sheet| lacking(definition, Some(sheet)).is_empty();
    let complete = people
        .iter()
        .filter(|sheets| sheets.iter().all(is_complete));
    let complete = u32::try_from(complete.count()).unwrap_or(u32::MAX);
    let all = u32::try_from(people.len()).unwrap_or(u32::MAX);
    let completeness = vec![
        (Label::Complete, complete),
        (Label::Incomplete, all - complete),
    ];
    let questions = definition.fields.iter().filter_map(|field| {
        let title = field.label.text(language).to_owned();
        let title = Title::Question(occasion, title);
        let replies: Vec<Vec<Option<&Noted>>> = people
            .iter()
            .map(|sheets| {
                let sheets = sheets.iter();
                sheets.map(|sheet| sheet.replies.get(&field.name)).collect()
            })
            .collect();
        question(title, field, &replies, language, zone)
    });
    table(Title::Completeness(occasion), completeness)
        .into_iter()
        .chain(questions)
        .collect()
}

/// What each person said to one question, some of them several times; none for questions whose answers are not of a few sorts.
fn question(
    title: Title,
    field: &Field,
    replies: &[Vec<Option<&Noted>>],
    language: &Language,
    zone: &TimeZone,
) -> Option<Table> {
    let number = |is_meant: &dyn Fn(Option<&Noted>) -> bool| -> u32 {
        let people = replies.iter();
        people
            .map(|said| u32::from(said.iter().any(|noted| is_meant(*noted))))
            .sum()
    };
    let said = |reply: Reply| number(&|noted| noted.is_some_and(|noted| noted.reply == reply));
    let given = |is_meant: &dyn Fn(&str, Timestamp) -> bool| {
        number(&|noted| {
            noted.is_some_and(
                |noted| matches!(&noted.reply, Reply::Given(answer) if is_meant(answer, noted.at)),
            )
        })
    };
    let mut rows: Vec<(Label, u32)> = match (&field.kind, field.kind.options()) {
        (_, Some(options)) => options
            .iter()
            .map(|option| {
                let label = Label::Answer(option.label.text(language).to_owned());
                let chose = |answer: &str, _| answer.split(',').any(|value| value == option.value);
                (label, given(&chose))
            })
            .collect(),
        (FieldKind::PastDate, None) if field.name.as_str() == BIRTH_DATE => AGES
            .iter()
            .map(|(from, to)| {
                let is_of_age = |answer: &str, at: Timestamp| {
                    let day = at.to_zoned(zone.clone()).date();
                    answer.parse().is_ok_and(|born| {
                        let age = age(born, day);
                        from.is_none_or(|from| from <= age) && to.is_none_or(|to| age <= to)
                    })
                };
                (Label::Age(*from, *to), given(&is_of_age))
            })
            .collect(),
        _ => return None,
    };
    let others = [
        (Label::Refused, said(Reply::Refused)),
        (Label::Unknown, said(Reply::Unknown)),
        (Label::NotAsked, number(&|noted| noted.is_none())),
    ];
    let is_of_several = replies.iter().any(|said| said.len() > 1);
    if is_of_several || matches!(field.kind, FieldKind::Checkboxes { .. }) {
        let whole = number(&|_| true);
        rows.extend(others);
        let numbers: Vec<u32> = rows.iter().map(|(_, count)| *count).collect();
        let labels = rows.into_iter().map(|(label, _)| label);
        return (whole > 0).then(|| Table {
            title,
            whole: (whole >= FEWEST).then_some(whole),
            rows: labels.zip(of_several(&numbers, whole)).collect(),
        });
    }
    let counted: u32 = rows.iter().chain(&others).map(|(_, count)| count).sum();
    let left = number(&|_| true) - counted;
    if left > 0 {
        rows.push((Label::OtherAnswer, left));
    }
    rows.extend(others);
    table(title, rows)
}

/// The question whose answer is an age.
const BIRTH_DATE: &str = "birth_date";
