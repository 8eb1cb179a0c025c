//! The list at the door, and the one on paper.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Activity, Contact, Registration, State, time_in_words};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Context;
use super::lists::{Filter, standing};
use crate::bundle::template;
use crate::walk_ins::{WalkIn, WalkInKey};

/// Whom the list at the door shows.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::staff) enum Show {
    /// Who is not there yet.
    #[default]
    Expected,
    /// Who is there.
    Here,
    /// Everybody.
    All,
    /// One person alone.
    One,
}

impl Show {
    /// The name in addresses.
    pub(in crate::staff) fn as_str(self) -> &'static str {
        match self {
            Show::Expected => "expected",
            Show::Here => "here",
            Show::All => "all",
            Show::One => "one",
        }
    }

    /// What a form came from.
    pub(in crate::staff) fn parse(text: &str) -> Show {
        let mut all = [Show::Here, Show::All, Show::One].into_iter();
        all.find(|show| show.as_str() == text).unwrap_or_default()
    }

    /// Whether somebody is shown who is there, or not.
    pub(in crate::staff) fn takes(self, is_there: bool) -> bool {
        match self {
            Show::Expected => !is_there,
            Show::Here => is_there,
            Show::All => true,
            Show::One => false,
        }
    }
}

/// How many people are there, of how many that have a place.
pub(in crate::staff) struct Heads {
    there: u32,
    expected: u32,
    /// How many came without having signed up.
    walk_ins: u32,
}

/// Counts heads, each party as large as it is.
pub(in crate::staff) fn heads(all: &[Registration], walk_ins: u32) -> Heads {
    let count = |wanted: &dyn Fn(&Registration) -> bool| {
        let parties = all.iter().filter(|it| it.has_place() && wanted(it));
        parties.map(|it| it.party_size.places()).sum()
    };
    Heads {
        there: count(&|it| it.state == State::Attended),
        expected: count(&|_| true),
        walk_ins,
    }
}

/// The names that several have.
pub(in crate::staff) fn namesakes(rows: &[(Registration, Contact)]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for (_, contact) in rows {
        *counts.entry(contact.name.to_lowercase()).or_default() += 1;
    }
    let several = counts.into_iter().filter(|(_, count)| *count > 1);
    several.map(|(name, _)| name).collect()
}

/// What was just done.
pub(in crate::staff) struct Just<'a> {
    /// Its name; anything else for nothing.
    pub(in crate::staff) done: &'a str,
    /// To whom.
    pub(in crate::staff) of: &'a str,
    /// Their name.
    pub(in crate::staff) name: &'a str,
}

/// Who is at the door.
pub(in crate::staff) struct DoorList<'a> {
    pub(in crate::staff) activity: &'a Activity,
    pub(in crate::staff) heads: &'a Heads,
    pub(in crate::staff) walk_ins: &'a [WalkIn],
    /// What the next who come without having signed up are counted under.
    pub(in crate::staff) next_walk_in: WalkInKey,
    pub(in crate::staff) show: Show,
    pub(in crate::staff) rows: &'a [(Registration, Contact)],
    pub(in crate::staff) namesakes: &'a BTreeSet<String>,
    /// How many there are, shown or not.
    pub(in crate::staff) found: usize,
    pub(in crate::staff) query: &'a str,
    pub(in crate::staff) just: Just<'a>,
    /// Whether whoever looks may open registrations.
    pub(in crate::staff) knows_more: bool,
}

#[derive(Serialize)]
struct CheckInPage<'a> {
    event: &'a str,
    action: String,
    heads: String,
    query: &'a str,
    /// The view that is looked at, for what is pressed here to come back to.
    show: &'static str,
    is_one: bool,
    views: Vec<Filter>,
    /// What was just done, in words; empty at first.
    done: String,
    /// How it is taken back; absent where it cannot be.
    undo: Option<Undo>,
    /// Whether the list is longer than what is shown, in words.
    more: String,
    rows: Vec<DoorRow>,
    walk_in_action: String,
    walk_in_key: String,
    walk_ins: Vec<WalkInRow>,
    /// Whether something about those who did not sign up was just done, so that the place for it stays open.
    walk_in_open: bool,
    print_url: String,
}

/// A form that takes something back.
#[derive(Serialize)]
struct Undo {
    action: String,
    key: String,
}

#[derive(Serialize)]
struct DoorRow {
    /// The name, or words for one that is kept no longer.
    name: String,
    reference: String,
    state: String,
    places: String,
    /// What tells somebody from another of the same name; empty where nobody has it.
    hint: String,
    /// Since when they are there, in words; empty for who is not.
    since: String,
    /// Where their being there is noted; empty for who has no place.
    action: String,
    /// Whether it may be taken back here.
    can_undo: bool,
    /// Everything about the registration; empty for who may not see it.
    url: String,
}

#[derive(Serialize)]
struct WalkInRow {
    key: String,
    /// How many and when, in words.
    words: String,
}

/// The page.
pub(in crate::staff) fn check_in(
    context: &Context<'_>,
    list: &DoorList<'_>,
) -> tera::TeraResult<String> {
    let strings = context.strings();
    let slug = &list.activity.slug;
    let base = format!("/staff/events/{slug}");
    let heads = list.heads;
    let counts = [
        (Show::Expected, heads.expected - heads.there),
        (Show::Here, heads.there),
        (Show::All, heads.expected),
    ];
    let is_walk_in = list.just.done.starts_with("walk_in");
    let view = CheckInPage {
        event: list.activity.title.text(&strings.language),
        action: format!("{base}/check-in"),
        heads: heads_in_words(context, heads),
        query: list.query,
        show: list.show.as_str(),
        is_one: list.show == Show::One,
        views: counts
            .into_iter()
            .map(|(show, count)| Filter {
                title: format!(
                    "{} ({count})",
                    context.text(&format!("staff.check_in.show.{}", show.as_str()))
                ),
                url: format!("{base}/check-in?show={}", show.as_str()),
                is_chosen: list.query.is_empty() && list.show == show,
            })
            .collect(),
        done: said(context, &list.just),
        undo: undo(&base, &list.just),
        more: if list.found > list.rows.len() {
            let left = (list.found - list.rows.len()).to_string();
            strings.fill("staff.check_in.more", &[("n", &left)])
        } else {
            String::new()
        },
        rows: list
            .rows
            .iter()
            .map(|row| door_row(context, list, row))
            .collect(),
        walk_in_action: format!("{base}/walk-ins"),
        walk_in_key: list.next_walk_in.as_str().to_owned(),
        walk_ins: list
            .walk_ins
            .iter()
            .map(|walk_in| walk_in_row(context, walk_in))
            .collect(),
        walk_in_open: is_walk_in,
        print_url: format!("{base}/door-list"),
    };
    context.render(
        template::STAFF_CHECK_IN,
        strings.text("staff.check_in.heading"),
        &view,
    )
}

fn heads_in_words(context: &Context<'_>, heads: &Heads) -> String {
    let [there, expected, more] =
        [heads.there, heads.expected, heads.walk_ins].map(|number| number.to_string());
    let fields = [
        ("there", there.as_str()),
        ("expected", expected.as_str()),
        ("n", more.as_str()),
    ];
    let path = if heads.walk_ins == 0 {
        "staff.check_in.heads"
    } else {
        "staff.check_in.heads_with_walk_ins"
    };
    context.strings().fill(path, &fields)
}

/// What was just done, in words; empty for nothing.
fn said(context: &Context<'_>, just: &Just<'_>) -> String {
    match just.done {
        "attend" | "attended_before" | "undo_attendance" | "not_now" | "walk_in"
        | "walk_in_undone" | "walk_in_unclear" => {
            let path = format!("staff.check_in.done.{}", just.done);
            context.strings().fill(&path, &[("name", just.name)])
        }
        _ => String::new(),
    }
}

fn undo(base: &str, just: &Just<'_>) -> Option<Undo> {
    match just.done {
        "attend" | "attended_before" => Some(Undo {
            action: format!("{base}/check-in/{}", just.of),
            key: String::new(),
        }),
        "walk_in" => Some(Undo {
            action: format!("{base}/walk-ins"),
            key: WalkInKey::parse(just.of)?.as_str().to_owned(),
        }),
        _ => None,
    }
}

fn door_row(
    context: &Context<'_>,
    list: &DoorList<'_>,
    (registration, contact): &(Registration, Contact),
) -> DoorRow {
    let strings = context.strings();
    let id = registration.id.as_str();
    let is_there = registration.state == State::Attended;
    let is_noted = list.just.of == id && !list.just.done.is_empty();
    DoorRow {
        name: if contact.name.is_empty() {
            context.text("staff.event.forgotten")
        } else {
            contact.name.clone()
        },
        reference: registration.reference.to_string(),
        state: standing(context, registration),
        places: strings.count("form.places", registration.party_size.places()),
        hint: if list.namesakes.contains(&contact.name.to_lowercase()) {
            end_of_number(context, contact)
        } else {
            String::new()
        },
        since: if is_there {
            let time = time(context, registration.changed_at);
            strings.fill("staff.check_in.since", &[("time", &time)])
        } else {
            String::new()
        },
        action: if registration.has_place() {
            format!("/staff/events/{}/check-in/{id}", registration.activity)
        } else {
            String::new()
        },
        // What was just pressed is taken back at the top, where no second tap can hit it.
        can_undo: is_there && !is_noted,
        url: if list.knows_more {
            format!("/staff/registrations/{id}")
        } else {
            String::new()
        },
    }
}

/// The last digits of the telephone: enough to tell two apart, and too few to ring.
fn end_of_number(context: &Context<'_>, contact: &Contact) -> String {
    let digits: Vec<char> = contact
        .telephone
        .iter()
        .flat_map(|number| number.chars())
        .filter(char::is_ascii_digit)
        .collect();
    if digits.len() < 6 {
        return String::new();
    }
    let end: String = digits[digits.len() - 3..].iter().collect();
    context
        .strings()
        .fill("staff.check_in.number_ends", &[("digits", &end)])
}

fn time(context: &Context<'_>, at: Timestamp) -> String {
    let time = at.to_zoned(context.bundle.zone.clone()).time();
    time_in_words(context.strings(), time)
}

fn walk_in_row(context: &Context<'_>, walk_in: &WalkIn) -> WalkInRow {
    let people = walk_in.people.places().to_string();
    let time = time(context, walk_in.at);
    let fields = [("n", people.as_str()), ("time", time.as_str())];
    WalkInRow {
        key: walk_in.key.as_str().to_owned(),
        words: context
            .strings()
            .fill("staff.check_in.walk_in.row", &fields),
    }
}

#[derive(Serialize)]
struct PaperPage<'a> {
    event: &'a str,
    when: String,
    people: Vec<PaperRow>,
    back_url: String,
}

#[derive(Serialize)]
struct PaperRow {
    name: String,
    reference: String,
    places: u32,
    is_there: bool,
}

/// The list on paper.
pub(in crate::staff) fn door_list(
    context: &Context<'_>,
    activity: &Activity,
    rows: &[(Registration, Contact)],
) -> tera::TeraResult<String> {
    let strings = context.strings();
    let session = activity.session.as_ref();
    let view = PaperPage {
        event: activity.title.text(&strings.language),
        when: session.map_or_else(String::new, |session| {
            forms::span_in_words(strings, &session.when)
        }),
        people: rows
            .iter()
            .map(|(registration, contact)| PaperRow {
                name: contact.name.clone(),
                reference: registration.reference.to_string(),
                places: registration.party_size.places(),
                is_there: registration.state == State::Attended,
            })
            .collect(),
        back_url: format!("/staff/events/{}/check-in", activity.slug),
    };
    let title = strings.text("staff.door_list.heading");
    context.render(template::STAFF_DOOR_LIST, title, &view)
}
