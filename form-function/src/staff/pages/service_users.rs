//! Who asked for the services, and until when they were promised a call.

use std::collections::BTreeMap;

use forms::{Contact, Registration, State, call_back_by};
use jiff::Timestamp;
use serde::Serialize;

use super::Context;
use super::lists::{Filter, state_in_words};
use crate::bundle::template;

/// How many wait for a call, and how many of them have waited too long.
pub(in crate::staff) struct CallBacks {
    pub(in crate::staff) waiting: u32,
    pub(in crate::staff) overdue: u32,
}

impl CallBacks {
    /// Of these registrations.
    pub(in crate::staff) fn of(context: &Context<'_>, all: &[Registration]) -> CallBacks {
        let waiting = all.iter().filter(|it| it.state == State::Submitted);
        let (mut count, mut overdue) = (0, 0);
        for registration in waiting {
            count += 1;
            overdue += u32::from(due(context, registration) <= context.now);
        }
        CallBacks {
            waiting: count,
            overdue,
        }
    }

    /// In words; empty where nobody waits.
    pub(super) fn in_words(&self, context: &Context<'_>) -> String {
        if self.waiting == 0 {
            return String::new();
        }
        let [waiting, overdue] = [self.waiting, self.overdue].map(|number| number.to_string());
        let path = if self.overdue > 0 {
            "staff.call_back.count_overdue"
        } else {
            "staff.call_back.count"
        };
        let fields = [("n", waiting.as_str()), ("overdue", overdue.as_str())];
        context.strings().fill(path, &fields)
    }
}

/// Until when the person was promised a call.
fn due(context: &Context<'_>, registration: &Registration) -> Timestamp {
    let asked = registration
        .submitted_at
        .to_zoned(context.bundle.zone.clone());
    call_back_by(&asked).timestamp()
}

#[derive(Serialize)]
struct ServiceUsersPage<'a> {
    filters: Vec<Filter>,
    state: &'a str,
    query: &'a str,
    rows: Vec<UserRow>,
    /// Whether there are more than are shown, in words.
    more: String,
}

#[derive(Serialize)]
struct UserRow {
    name: String,
    reference: String,
    state: String,
    /// When they asked, in words.
    asked_at: String,
    /// Until when they were promised a call, in words; empty for who was called.
    call_by: String,
    is_overdue: bool,
    /// How often they were rung in vain, in words; empty for never.
    failed_calls: String,
    telephone: String,
    telephone_url: String,
    url: String,
}

/// Who asked for the services.
pub(in crate::staff) fn service_users(
    context: &Context<'_>,
    counts: &BTreeMap<&'static str, usize>,
    rows: &[(Registration, Contact)],
    found: usize,
    state: &str,
    query: &str,
) -> tera::TeraResult<String> {
    let strings = context.strings();
    let filter = |name: &str, title: &str, count: usize| Filter {
        title: format!("{title} ({count})"),
        url: format!("/staff/service-users?state={name}"),
        is_chosen: state == name,
    };
    let waiting = State::Submitted.as_str();
    let count = |state: &str| counts.get(state).copied().unwrap_or_default();
    let mut filters = vec![filter(
        waiting,
        strings.text("staff.call_back.heading"),
        count(waiting),
    )];
    filters.extend(
        counts
            .iter()
            .filter(|(state, _)| **state != waiting)
            .map(|(state, count)| {
                filter(
                    state,
                    &context.text(&format!("staff.state.{state}")),
                    *count,
                )
            }),
    );
    filters.push(filter(
        "all",
        strings.text("staff.event.all"),
        counts.values().sum(),
    ));
    let view = ServiceUsersPage {
        filters,
        state,
        query,
        rows: rows.iter().map(|row| user_row(context, row)).collect(),
        more: if found > rows.len() {
            let left = (found - rows.len()).to_string();
            strings.fill("staff.check_in.more", &[("n", &left)])
        } else {
            String::new()
        },
    };
    let title = strings.text("staff.menu.service_users");
    context.render(template::STAFF_SERVICE_USERS, title, &view)
}

fn user_row(context: &Context<'_>, (registration, contact): &(Registration, Contact)) -> UserRow {
    let strings = context.strings();
    let telephone = contact.telephone.clone().unwrap_or_default();
    let waits = registration.state == State::Submitted;
    let by = due(context, registration);
    UserRow {
        name: if contact.name.is_empty() {
            strings.text("staff.event.forgotten").to_owned()
        } else {
            contact.name.clone()
        },
        reference: registration.reference.to_string(),
        state: state_in_words(context, registration.state),
        asked_at: context.moment(registration.submitted_at),
        call_by: if waits {
            strings.fill("staff.call_back.by", &[("moment", &context.moment(by))])
        } else {
            String::new()
        },
        is_overdue: waits && by <= context.now,
        failed_calls: if waits && registration.failed_calls > 0 {
            let calls = registration.failed_calls.to_string();
            strings.fill("staff.call_back.failed", &[("n", &calls)])
        } else {
            String::new()
        },
        telephone: telephone.clone(),
        telephone_url: context.tel(&telephone),
        url: format!("/staff/registrations/{}", registration.id.as_str()),
    }
}
