//! The page of whoever answers for the data: somebody found, what became of what they wrote, and the register of requests.

use forms::{Group, Registration, SummaryRow, date_in_words};
use jiff::civil::Date;
use serde::Serialize;

use super::Context;
use super::lists::standing;
use crate::bundle::template;
use crate::data_requests::{DataRequest, KeptRequest, Kind, Outcome};
use crate::desk::{Erased, Fate};

/// Who was looked for.
pub(in crate::staff) enum Found<'a> {
    /// Nobody.
    Nobody,
    /// What was typed is no way to reach anybody.
    Unclear { typed: &'a str },
    /// Of whom nothing is kept under this.
    Unknown { typed: &'a str },
    /// Somebody with registrations.
    Person {
        typed: &'a str,
        registrations: &'a [Registration],
        /// Whether it is to be said what erasing means, and asked whether it shall be.
        wants_to_erase: bool,
    },
    /// Somebody who was erased just now.
    Erased(&'a [Erased]),
}

/// Everything on the page.
pub(in crate::staff) struct DataPage<'a> {
    pub(in crate::staff) found: Found<'a>,
    pub(in crate::staff) requests: &'a [KeptRequest],
    /// What was just noted in the register: a name; empty for nothing.
    pub(in crate::staff) said: &'static str,
    pub(in crate::staff) today: Date,
}

#[derive(Serialize)]
struct View<'a> {
    typed: &'a str,
    /// What was looked for: empty, `unclear`, `unknown`, `found`, `sure` where erasing is asked about, or `erased`.
    step: &'static str,
    registrations: Vec<RegistrationRow>,
    /// Whether the rules of a programme keep some of it.
    has_participants: bool,
    erased: Vec<ErasedRow>,
    stays: Vec<String>,
    said: String,
    today: String,
    kinds: Vec<Choice>,
    outcomes: Vec<Choice>,
    requests: Vec<RequestRow>,
}

#[derive(Serialize)]
struct RegistrationRow {
    title: String,
    words: String,
}

#[derive(Serialize)]
struct ErasedRow {
    title: String,
    rows: Vec<SummaryRow>,
}

#[derive(Serialize)]
struct Choice {
    value: &'static str,
    label: String,
}

#[derive(Serialize)]
struct RequestRow {
    reference: String,
    kind: String,
    came_on: String,
    /// Until when it must be answered and how long that is, or how it ended.
    standing: String,
    is_open: bool,
    is_overdue: bool,
    /// Why it takes longer; empty where it does not.
    extended: String,
}

/// The page.
pub(in crate::staff) fn data(
    context: &Context<'_>,
    page: &DataPage<'_>,
) -> tera::TeraResult<String> {
    let (typed, registrations, erased) = match &page.found {
        Found::Nobody => ("", &[][..], &[][..]),
        Found::Unclear { typed } | Found::Unknown { typed } => (*typed, &[][..], &[][..]),
        Found::Person {
            typed,
            registrations,
            ..
        } => (*typed, *registrations, &[][..]),
        Found::Erased(erased) => ("", &[][..], *erased),
    };
    let view = View {
        typed,
        step: step(&page.found),
        registrations: registrations
            .iter()
            .map(|registration| RegistrationRow {
                title: title(context, registration),
                words: format!(
                    "{} · {} · {}",
                    standing(context, registration),
                    context.moment(registration.submitted_at),
                    registration.reference
                ),
            })
            .collect(),
        has_participants: registrations
            .iter()
            .any(|registration| crate::staff::routes::is_participant(registration.state)),
        erased: erased
            .iter()
            .map(|erased| erased_row(context, erased))
            .collect(),
        stays: context.strings().fill_list("staff.data.stays", &[]),
        said: if page.said.is_empty() {
            String::new()
        } else {
            context.text(&format!("staff.data.said.{}", page.said))
        },
        today: page.today.to_string(),
        kinds: Kind::ALL
            .into_iter()
            .map(|kind| Choice {
                value: kind.as_str(),
                label: context.text(&format!("staff.data.kind.{}", kind.as_str())),
            })
            .collect(),
        outcomes: Outcome::ALL
            .into_iter()
            .map(|outcome| Choice {
                value: outcome.as_str(),
                label: context.text(&format!("staff.data.outcome.{}", outcome.as_str())),
            })
            .collect(),
        requests: page
            .requests
            .iter()
            .map(|kept| request_row(context, &kept.request, page.today))
            .collect(),
    };
    let title = context.strings().text("staff.menu.data");
    context.render(template::STAFF_DATA, title, &view)
}

fn step(found: &Found<'_>) -> &'static str {
    match found {
        Found::Nobody => "",
        Found::Unclear { .. } => "unclear",
        Found::Unknown { .. } => "unknown",
        Found::Person {
            wants_to_erase: true,
            ..
        } => "sure",
        Found::Person { .. } => "found",
        Found::Erased(_) => "erased",
    }
}

fn title(context: &Context<'_>, registration: &Registration) -> String {
    let activities = &context.bundle.manifest.activities;
    let activity = activities.get(&registration.activity);
    let language = &context.strings().language;
    activity.map_or_else(
        || registration.activity.to_string(),
        |activity| activity.title.text(language).to_owned(),
    )
}

/// What became of what somebody wrote, class by class.
fn erased_row(context: &Context<'_>, erased: &Erased) -> ErasedRow {
    let fate = |name: &str| context.text(&format!("staff.data.fate.{name}"));
    let rows = Group::ALL.map(|group| SummaryRow {
        label: context.text(&format!("staff.data.class.{}", group.as_str())),
        value: match &erased.fate {
            Fate::Held => fate("held"),
            Fate::NotDestroyed => fate("not_destroyed"),
            Fate::Destroyed { parts, .. } if parts.iter().any(|part| part.group == group) => {
                fate("destroyed")
            }
            Fate::Destroyed { .. } => fate("nothing"),
        },
    });
    let place = SummaryRow {
        label: context.text("staff.data.class.place"),
        value: fate(match &erased.fate {
            Fate::Destroyed {
                given_back: true, ..
            } => "given_back",
            Fate::Destroyed { .. } => "nothing",
            Fate::Held | Fate::NotDestroyed => "as_before",
        }),
    };
    ErasedRow {
        title: title(context, &erased.before),
        rows: rows.into_iter().chain([place]).collect(),
    }
}

fn request_row(context: &Context<'_>, request: &DataRequest, today: Date) -> RequestRow {
    let strings = context.strings();
    let by = request.answer_by();
    let left = (by - today).get_days();
    let date = date_in_words(strings, by);
    let standing = match &request.closed {
        Some((outcome, on)) => {
            let outcome = context.text(&format!("staff.data.outcome.{}", outcome.as_str()));
            format!("{outcome} · {}", date_in_words(strings, *on))
        }
        None => {
            let path = match left {
                0 => "staff.data.due_today",
                left if left < 0 => "staff.data.overdue",
                _ => "staff.data.due",
            };
            let days = strings.count("form.days", left.unsigned_abs());
            strings.fill(path, &[("date", &date), ("days", &days)])
        }
    };
    RequestRow {
        reference: request.reference.clone(),
        kind: context.text(&format!("staff.data.kind.{}", request.kind.as_str())),
        came_on: date_in_words(strings, request.came_on),
        standing,
        is_open: request.closed.is_none(),
        is_overdue: request.closed.is_none() && left < 0,
        extended: request.extended.clone().unwrap_or_default(),
    }
}
