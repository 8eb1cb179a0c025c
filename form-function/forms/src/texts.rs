//! The texts that programs ask a strings file for, so that a missing one is found when the site is built and not by a
//! visitor. What templates ask for by themselves stands in the templates.

mod staff;

use serde_json::Value;

use crate::Strings;

/// What is wrong with one text of a strings file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TextFault {
    /// It is not there.
    Missing,
    /// It is there, but is not one text.
    NotAText,
    /// It is there, but is no list of texts with at least one in it.
    NotAList,
    /// It is there, but has no plural form `other`.
    NotPlural,
    /// It lacks this plural form, which numbers have in the language.
    NoForm(&'static str),
    /// It has this `{place}`, which nobody fills, so that a visitor would read the braces.
    UnknownPlace(String),
}

/// Texts, and the places in them that are filled. A text need not have every place.
const TEXTS: &[(&[&str], &[&str])] = &[
    (
        &[
            "ui.locale",
            "ui.home",
            "ui.not_found",
            "feed.everything",
            "feed.calendar",
            "feed.for_reader",
            "feed.for_program",
            "feed.for_calendar",
            "feed.as_file",
            "form.error_prefix",
            "form.problem",
            "form.day",
            "form.month",
            "form.year",
            "form.choose",
            "form.choose_several",
            "form.or",
            "form.agreed",
            "form.activity",
            "form.will_wait",
            "form.will_wait_text",
            "form.join_waitlist",
            "form.check_title",
            "form.reference",
            "form.party",
            "form.when",
            "form.when_unknown",
            "form.where",
            "event.state.open",
            "event.state.closed",
            "event.state.over",
            "event.state.cancelled",
            "event.state.postponed",
            "receipt.heading.confirmed",
            "receipt.heading.waitlisted",
            "receipt.heading.offered",
            "receipt.heading.pending_verification",
            "receipt.heading.pending_review",
            "receipt.heading.submitted",
            "receipt.heading.lapsed",
            "receipt.heading.rejected",
            "receipt.heading.cancelled_by_attendee",
            "receipt.heading.cancelled_by_organiser",
            "receipt.heading.withdrawn",
            "receipt.heading.unreachable",
            "receipt.heading.not_eligible",
            "receipt.heading.closed",
            "receipt.heading.event_cancelled",
            "receipt.heading.event_postponed",
            "receipt.heading.event_over",
            "receipt.heading.gone",
            "receipt.cancel",
            "receipt.leave",
            "receipt.withdraw",
            "receipt.no_more_places",
            "receipt.party_not_understood",
            "verify.heading",
            "verify.text",
            "verify.button",
            "receipt.accept",
            "check.too_fast",
            "message.closed.heading",
            "message.closed.text",
            "message.not_yet_open.heading",
            "message.full.heading",
            "message.full.text",
            "message.cancelled_event.heading",
            "message.cancelled_event.text",
            "message.postponed_event.heading",
            "message.postponed_event.text",
            "message.not_eligible.heading",
            "message.under_age.heading",
            "message.not_found.heading",
            "message.not_found.text",
            "message.unavailable.heading",
            "message.unavailable.text",
            "message.too_many.heading",
            "message.too_many.text",
            "message.refused.heading",
            "message.refused.text",
            "message.too_large.heading",
            "message.too_large.text",
            "message.expired.text",
            "message.try_again",
            "mail.verify",
            "mail.answer_offer",
            "mail.manage",
            "mail.manage_request",
            "mail.see",
        ],
        &[],
    ),
    (
        &[
            "form.kept.event",
            "form.kept.event_sensitive",
            "form.kept.service",
            "form.kept.service_sensitive",
        ],
        &["days", "sensitive"],
    ),
    (
        &[
            "lists.alphabet",
            "lists.no_letter",
            "lists.earlier",
            "reading.words_per_minute",
            "ui.upcoming",
            "ui.past",
            "ui.pages",
        ],
        &[],
    ),
    (&["lists.year"], &["year"]),
    (&["lists.page"], &["n"]),
    (&["lists.part"], &["title", "part"]),
    (&["feed.sample"], &["title"]),
    (&["feed.of"], &["title", "name"]),
    (
        &["form.show_if", "form.show_if_agreed"],
        &["question", "answers"],
    ),
    (
        &["event.state.not_yet_open", "message.not_yet_open.text"],
        &["date"],
    ),
    (&["documents.decimal_mark"], &[]),
    (&["documents.kilobytes", "documents.megabytes"], &["size"]),
    (&["message.call"], &["telephone"]),
    (&["verify.offer"], &["until"]),
    (
        &[
            "errors.missing",
            "errors.missing_choice",
            "errors.missing_choices",
            "errors.none_of_several",
            "errors.too_long",
            "errors.email",
            "errors.telephone",
            "errors.number",
            "errors.number_small",
            "errors.number_large",
            "errors.choice",
            "errors.party_size",
            "errors.date_incomplete",
            "errors.date_year",
            "errors.date_unreal",
            "errors.date_future",
            "errors.date_early",
            "errors.date_late",
            "errors.consent",
        ],
        &["label", "min", "max"],
    ),
    (
        &["dates.date", "dates.day_month", "dates.weekday_date"],
        &["weekday", "day", "month", "year"],
    ),
    (&["dates.time"], &["time"]),
    (&["dates.time_range", "dates.range"], &["start", "end"]),
    (&["dates.moment"], &["date", "time"]),
];

/// Lists of texts, such as paragraphs, and the places in them that are filled.
const LISTS: &[(&[&str], &[&str])] = &[
    (
        &[
            "dates.months",
            "dates.months_short",
            "dates.weekdays",
            "message.under_age.text",
            "receipt.next.confirmed",
            "receipt.next.waitlisted",
            "receipt.next.pending_review",
            "receipt.next.submitted",
            "receipt.next.lapsed",
            "receipt.next.rejected",
            "receipt.next.cancelled_by_attendee",
            "receipt.next.cancelled_by_organiser",
            "receipt.next.withdrawn",
            "receipt.next.unreachable",
            "receipt.next.not_eligible",
            "receipt.next.closed",
            "receipt.next.event_cancelled",
            "receipt.next.event_postponed",
            "receipt.next.event_over",
            "receipt.next.gone",
        ],
        &[],
    ),
    (
        &[
            "receipt.next.offered",
            "receipt.next.offered_by_mail",
            "receipt.next.pending_verification",
        ],
        &["until"],
    ),
];

/// Texts in plural forms, in which `{n}` is the number.
const PLURALS: &[&str] = &[
    "form.places",
    "form.days",
    "event.capacity",
    "home.consulted",
    "reading.minutes",
];

/// What mail is about. Each has a subject, a heading and a text: `mail.subject.reminder` and so on.
pub const MAIL_TEXTS: &[&str] = &[
    "received.confirmed",
    "received.waitlisted",
    "received.pending_verification",
    "received.pending_review",
    "received.submitted",
    "already_registered",
    "already_submitted",
    "offered",
    "offer_lapsed",
    "party_changed",
    "event_changed",
    "event_postponed",
    "event_cancelled",
    "reminder",
    "cancelled",
    "cancelled_by_organiser",
    "withdrawn",
    "rejected",
];

/// The mails that name an end of the time to answer.
const MAIL_WITH_DEADLINE: &[&str] = &["received.pending_verification", "offered"];

/// What is wrong with the texts of a language, each with its path.
pub fn text_faults(strings: &Strings) -> Vec<(String, TextFault)> {
    let mut faults = missing_forms(strings);
    let mut look = |path: &str, shape: Shape, places: &[&str]| {
        let found = fault(strings.value(path), shape, places);
        faults.extend(found.map(|fault| (path.to_owned(), fault)));
    };
    for (shape, table) in [(Shape::Text, TEXTS), (Shape::List, LISTS)] {
        for (paths, places) in table {
            for path in *paths {
                look(path, shape, places);
            }
        }
    }
    for (paths, places) in staff::TEXTS.into_iter().flatten() {
        for path in *paths {
            look(path, Shape::Text, places);
        }
    }
    for path in staff::LISTS.into_iter().flatten() {
        look(path, Shape::List, &[]);
    }
    for path in PLURALS {
        look(path, Shape::Plural, &["n"]);
    }
    for name in MAIL_TEXTS {
        let places: &[&str] = if MAIL_WITH_DEADLINE.contains(name) {
            &["title", "until"]
        } else {
            &["title"]
        };
        look(&format!("mail.subject.{name}"), Shape::Text, &["title"]);
        look(&format!("mail.heading.{name}"), Shape::Text, &["title"]);
        look(&format!("mail.text.{name}"), Shape::List, places);
    }
    faults
}

/// The plural forms that sets of them lack, whoever asks for them. Without `other` there is no form at all to fall back on,
/// and with it alone a number would stand before the wrong form.
fn missing_forms(strings: &Strings) -> Vec<(String, TextFault)> {
    let categories = strings.plural_categories();
    let mut missing = Vec::new();
    for path in strings.paths() {
        let Some(Value::Object(forms)) = strings.value(&path) else {
            continue;
        };
        let lacking = categories
            .iter()
            .find(|category| !forms.contains_key(**category));
        missing.extend(lacking.map(|category| (path, TextFault::NoForm(category))));
    }
    missing
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    List,
    Plural,
}

fn fault(found: Option<&Value>, shape: Shape, places: &[&str]) -> Option<TextFault> {
    let Some(found) = found else {
        return Some(TextFault::Missing);
    };
    let texts: Vec<&str> = match (found, shape) {
        (Value::String(text), Shape::Text) => vec![text],
        (Value::Array(texts), Shape::List) if !texts.is_empty() => {
            let all: Option<Vec<&str>> = texts.iter().map(Value::as_str).collect();
            match all {
                Some(all) => all,
                None => return Some(TextFault::NotAList),
            }
        }
        (Value::Object(forms), Shape::Plural) if forms.contains_key("other") => {
            forms.values().filter_map(Value::as_str).collect()
        }
        (_, Shape::Text) => return Some(TextFault::NotAText),
        (_, Shape::List) => return Some(TextFault::NotAList),
        (_, Shape::Plural) => return Some(TextFault::NotPlural),
    };
    texts
        .into_iter()
        .flat_map(places_in)
        .find(|place| !places.contains(place))
        .map(|place| TextFault::UnknownPlace(place.to_owned()))
}

/// The names of the `{places}` of a text.
fn places_in(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices('{');
    starts.filter_map(|(start, _)| {
        let rest = &text[start + 1..];
        Some(&rest[..rest.find('}')?])
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn seen(text: &Value, shape: Shape) -> Option<TextFault> {
        fault(Some(text), shape, &["title"])
    }

    #[test]
    fn a_text_has_its_shape_and_no_place_that_nobody_fills() {
        assert_eq!(fault(None, Shape::Text, &[]), Some(TextFault::Missing));
        assert_eq!(seen(&json!("About {title}"), Shape::Text), None);
        assert_eq!(
            seen(&json!("About {titel}"), Shape::Text),
            Some(TextFault::UnknownPlace("titel".to_owned()))
        );
        assert_eq!(seen(&json!(["a"]), Shape::Text), Some(TextFault::NotAText));
        assert_eq!(seen(&json!(["a {title}", "b"]), Shape::List), None);
        for no_list in [json!("a"), json!([]), json!([1])] {
            assert_eq!(seen(&no_list, Shape::List), Some(TextFault::NotAList));
        }
        assert_eq!(seen(&json!({"other": "a"}), Shape::Plural), None);
        let polish = Strings::new(
            crate::Language::new("pl"),
            json!({"form": {"seats": {"one": "a", "many": "b", "other": "c"}}}),
        );
        let few = ("form.seats".to_owned(), TextFault::NoForm("few"));
        assert!(text_faults(&polish).contains(&few));
        assert_eq!(
            seen(&json!({"one": "a"}), Shape::Plural),
            Some(TextFault::NotPlural)
        );
    }
}
