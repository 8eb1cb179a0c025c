//! Lists: of events, of who signed up, of who is at the door.

use std::collections::BTreeMap;

use forms::{
    Activity, Availability, Contact, Registration, Session, State, WhyWaiting, span_in_words,
};
use serde::Serialize;

use super::Context;
use crate::bundle::template;
use crate::staff::access::Access;

/// An event with its places.
pub(in crate::staff) struct EventRow<'a> {
    pub(in crate::staff) activity: &'a Activity,
    pub(in crate::staff) session: &'a Session,
    pub(in crate::staff) places: Availability,
}

#[derive(Serialize)]
struct EventsPage {
    rows: Vec<EventView>,
}

#[derive(Serialize)]
pub(super) struct EventView {
    title: String,
    when: String,
    place: String,
    /// Places taken, free and waited for, in words.
    places: String,
    is_over: bool,
    url: String,
    check_in_url: String,
}

pub(super) fn event_view(context: &Context<'_>, row: &EventRow<'_>) -> EventView {
    let strings = context.strings();
    let slug = &row.activity.slug;
    EventView {
        title: row.activity.title.text(&strings.language).to_owned(),
        when: span_in_words(strings, &row.session.when),
        place: row.session.place.text(&strings.language).to_owned(),
        places: places_in_words(context, row.session, row.places),
        is_over: row.session.when.is_over(&context.bundle.zone) <= context.now,
        url: context.if_given(Access::Registrations, format!("/staff/events/{slug}")),
        check_in_url: context.if_given(Access::CheckIn, format!("/staff/events/{slug}/check-in")),
    }
}

fn places_in_words(context: &Context<'_>, session: &Session, places: Availability) -> String {
    let strings = context.strings();
    let taken = places.taken.to_string();
    let mut words = match session.capacity {
        None => strings.fill("staff.places.unlimited", &[("taken", &taken)]),
        Some(capacity) => {
            let free = capacity.places().saturating_sub(places.taken).to_string();
            let capacity = capacity.places().to_string();
            strings.fill(
                "staff.places.limited",
                &[("taken", &taken), ("capacity", &capacity), ("free", &free)],
            )
        }
    };
    if places.waiting > 0 {
        let waiting = places.waiting.to_string();
        words.push_str(&strings.fill("staff.places.waiting", &[("waiting", &waiting)]));
    }
    words
}

/// All events.
pub(in crate::staff) fn events(
    context: &Context<'_>,
    rows: &[EventRow<'_>],
) -> tera::TeraResult<String> {
    let view = EventsPage {
        rows: rows.iter().map(|row| event_view(context, row)).collect(),
    };
    let title = context.strings().text("staff.events.heading");
    context.render(template::STAFF_EVENTS, title, &view)
}

/// How many registrations there are in each state. One that came on top of another counts for nothing.
pub(in crate::staff) fn counted(all: &[Registration]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for registration in all.iter().filter(|it| it.duplicate_of.is_none()) {
        *counts.entry(registration.state.as_str()).or_default() += 1;
    }
    counts
}

/// What a list was asked for.
pub(in crate::staff) struct ListQuery<'a> {
    /// Why somebody waits while places are free.
    pub(in crate::staff) why_waiting: Option<WhyWaiting>,
    pub(in crate::staff) state: &'a str,
    pub(in crate::staff) query: &'a str,
    pub(in crate::staff) page: usize,
    pub(in crate::staff) pages: usize,
}

impl ListQuery<'_> {
    fn url(activity: &Activity, state: &str, page: usize) -> String {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("state", state)
            .append_pair("page", &page.to_string())
            .finish();
        format!("/staff/events/{}?{query}", activity.slug)
    }
}

#[derive(Serialize)]
struct EventPage<'a> {
    event: EventView,
    /// Why somebody waits while places are free, in words; empty where nobody does.
    why_waiting: String,
    filters: Vec<Filter>,
    state: &'a str,
    query: &'a str,
    rows: Vec<PersonRow>,
    /// Which page this is. `page` is what every page says of itself.
    page_number: usize,
    earlier: String,
    later: String,
    attendance_url: String,
    full_action: String,
    /// Which page of how many, in words; empty where there is one.
    pages: String,
}

#[derive(Serialize)]
pub(super) struct Filter {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) is_chosen: bool,
}

#[derive(Serialize)]
struct PersonRow {
    /// The name, or words for one that is kept no longer.
    name: String,
    reference: String,
    state: String,
    places: String,
    taken_at: String,
    telephone: String,
    telephone_url: String,
    url: String,
}

/// Who signed up for an event.
pub(in crate::staff) fn event(
    context: &Context<'_>,
    activity: &Activity,
    places: Availability,
    counts: &BTreeMap<&'static str, usize>,
    rows: &[(Registration, Contact)],
    query: &ListQuery<'_>,
) -> tera::TeraResult<String> {
    let strings = context.strings();
    let Some(session) = activity.session.as_ref() else {
        return Ok(String::new());
    };
    let all: usize = counts.values().sum();
    let filter = |state: &str, title: &str, count: usize| Filter {
        title: format!("{title} ({count})"),
        url: ListQuery::url(activity, state, 1),
        is_chosen: query.state == state,
    };
    let mut filters = vec![filter("", strings.text("staff.event.all"), all)];
    filters.extend(counts.iter().map(|(state, count)| {
        filter(state, strings.text(&format!("staff.state.{state}")), *count)
    }));
    let to_page = |page: usize| ListQuery::url(activity, query.state, page);
    let view = EventPage {
        event: event_view(
            context,
            &EventRow {
                activity,
                session,
                places,
            },
        ),
        why_waiting: query
            .why_waiting
            .map_or_else(String::new, |why| why_in_words(context, why)),
        filters,
        state: query.state,
        query: query.query,
        rows: rows.iter().map(|row| person_row(context, row)).collect(),
        attendance_url: format!("/staff/events/{}/attendance", activity.slug),
        full_action: format!("/staff/events/{}/full", activity.slug),
        page_number: query.page,
        earlier: if query.page > 1 {
            to_page(query.page - 1)
        } else {
            String::new()
        },
        later: if query.page < query.pages {
            to_page(query.page + 1)
        } else {
            String::new()
        },
        pages: if query.pages > 1 {
            let [page, pages] = [query.page, query.pages].map(|number| number.to_string());
            strings.fill("staff.event.page", &[("page", &page), ("pages", &pages)])
        } else {
            String::new()
        },
    };
    let title = view.event.title.clone();
    context.render(template::STAFF_EVENT, &title, &view)
}

fn why_in_words(context: &Context<'_>, why: WhyWaiting) -> String {
    let strings = context.strings();
    match why {
        WhyWaiting::NotScheduled => strings.text("staff.why_waiting.not_scheduled").to_owned(),
        WhyWaiting::TooNear => strings.text("staff.why_waiting.too_near").to_owned(),
        WhyWaiting::AboutToBeOffered => strings.text("staff.why_waiting.about_to_be").to_owned(),
        WhyWaiting::FirstNeeds(party) => {
            let places = strings.count("form.places", party.places());
            strings.fill("staff.why_waiting.first_needs", &[("places", &places)])
        }
    }
}

fn person_row(
    context: &Context<'_>,
    (registration, contact): &(Registration, Contact),
) -> PersonRow {
    let strings = context.strings();
    let id = registration.id.as_str();
    let telephone = contact.telephone.clone().unwrap_or_default();
    PersonRow {
        name: if contact.name.is_empty() {
            strings.text("staff.event.forgotten").to_owned()
        } else {
            contact.name.clone()
        },
        reference: registration.reference.to_string(),
        state: standing(context, registration),
        places: strings.count("form.places", registration.party_size.places()),
        taken_at: context.moment(registration.submitted_at),
        telephone: telephone.clone(),
        telephone_url: context.tel(&telephone),
        url: format!("/staff/registrations/{id}"),
    }
}

/// Where a registration stands, in words; one that came on top of another only looks as if it stood there.
pub(super) fn standing(context: &Context<'_>, registration: &Registration) -> String {
    match registration.duplicate_of {
        None => state_in_words(context, registration.state),
        Some(_) => context.text("staff.event.duplicate"),
    }
}

pub(super) fn state_in_words(context: &Context<'_>, state: State) -> String {
    let path = format!("staff.state.{}", state.as_str());
    context.strings().text(&path).to_owned()
}
