//! A registration's own page. Says nothing about the person: links get forwarded.

use forms::{FieldName, PartySize, Registration, State, Strings, SummaryRow, moment_in_words};
use serde::Serialize;

use super::{Head, Link, back, facts, home, render};
use crate::app::App;
use crate::bundle::{Texts, template};

/// Where a registration's own page leads. Empty where there is nothing to do.
#[derive(Default)]
pub(crate) struct ReceiptLinks {
    /// The entry for a calendar.
    pub(crate) calendar_url: String,
    /// Giving it back.
    pub(crate) cancel_action: String,
    /// Taking the place that was offered.
    pub(crate) accept_action: String,
    /// Leaving the place that was offered.
    pub(crate) decline_action: String,
    /// Asking for another number of places.
    pub(crate) party_action: String,
    /// The largest party there is to choose.
    pub(crate) max_party: Option<PartySize>,
    /// Taking back a consent.
    pub(crate) consent_action: String,
}

#[derive(Serialize)]
struct ReceiptPage<'a> {
    state: &'a str,
    heading: &'a str,
    warning: &'a str,
    next_steps: Vec<String>,
    reference: &'a str,
    rows: Vec<SummaryRow>,
    calendar_url: String,
    cancel_action: String,
    cancel_label: &'a str,
    accept_action: String,
    decline_action: String,
    party_action: String,
    parties: Vec<PartyChoice>,
    consent_action: String,
    consents: Vec<ConsentGiven<'a>>,
    back: Link,
}

/// A consent that the person may take back.
#[derive(Serialize)]
struct ConsentGiven<'a> {
    purpose: &'a str,
    label: &'a str,
}

/// A number of places to choose.
#[derive(Serialize)]
struct PartyChoice {
    value: u32,
    label: String,
    chosen: bool,
}

/// A registration's own page.
pub(crate) fn receipt_page<S>(
    app: &App<S>,
    registration: &Registration,
    standing: &str,
    warning: &str,
    links: ReceiptLinks,
) -> tera::TeraResult<String> {
    let texts = app.bundle.texts(&registration.language);
    let strings = &texts.strings;
    let activity = app.activity(registration);
    let heading = strings
        .text(&format!("receipt.heading.{standing}"))
        .to_owned();
    let until = until(app, registration, strings);
    let is_event = activity.is_none_or(|activity| activity.session.is_some());
    let choices = links.max_party.map_or(0, PartySize::places);
    let view = ReceiptPage {
        state: standing,
        heading: &heading,
        warning,
        next_steps: next_steps(strings, registration, standing, &until),
        reference: registration.reference.as_str(),
        rows: rows(app, registration, texts),
        calendar_url: links.calendar_url,
        cancel_action: links.cancel_action,
        cancel_label: strings.text(match (is_event, registration.state) {
            (false, _) => "receipt.withdraw",
            (true, State::Waitlisted) => "receipt.leave",
            (true, _) => "receipt.cancel",
        }),
        accept_action: links.accept_action,
        decline_action: links.decline_action,
        party_action: links.party_action,
        parties: (1..=choices)
            .map(|value| PartyChoice {
                value,
                label: strings.count("form.places", value),
                chosen: value == registration.party_size.places(),
            })
            .collect(),
        consent_action: links.consent_action,
        consents: consents(app, registration, texts),
        back: activity.map_or_else(|| home(texts), |activity| back(activity, texts)),
    };
    let head = Head {
        title: &heading,
        title_prefix: "",
        url: "",
        activity,
    };
    render(&app.bundle, texts, template::RECEIPT, &head, &view)
}

/// The page on which the person confirms that a mail reached them. Opening it does nothing: programs open links in mail.
pub(crate) fn verify_page<S>(
    app: &App<S>,
    registration: &Registration,
    action: String,
) -> tera::TeraResult<String> {
    #[derive(Serialize)]
    struct VerifyPage<'a> {
        heading: &'a str,
        text: String,
        button: &'a str,
        rows: Vec<SummaryRow>,
        action: String,
    }

    let texts = app.bundle.texts(&registration.language);
    let strings = &texts.strings;
    let is_offer = matches!(registration.state, State::Offered { .. });
    let [heading, button] = if is_offer {
        ["receipt.heading.offered", "receipt.accept"]
    } else {
        ["verify.heading", "verify.button"]
    }
    .map(|name| strings.text(name));
    let view = VerifyPage {
        heading,
        text: if is_offer {
            strings.fill(
                "verify.offer",
                &[("until", &until(app, registration, strings))],
            )
        } else {
            strings.text("verify.text").to_owned()
        },
        button,
        rows: rows(app, registration, texts),
        action,
    };
    let head = Head {
        title: heading,
        title_prefix: "",
        url: "",
        activity: app.activity(registration),
    };
    render(&app.bundle, texts, template::VERIFY, &head, &view)
}

/// What happens next, in words.
fn next_steps(
    strings: &Strings,
    registration: &Registration,
    standing: &str,
    until: &str,
) -> Vec<String> {
    let by_mail = registration.must_verify && standing == "offered";
    let name = if by_mail { "offered_by_mail" } else { standing };
    strings.fill_list(&format!("receipt.next.{name}"), &[("until", until)])
}

/// Until when the person may answer, in words; empty where nothing has to be answered.
fn until<S>(app: &App<S>, registration: &Registration, strings: &Strings) -> String {
    registration
        .state
        .deadline()
        .map_or_else(String::new, |until| {
            moment_in_words(strings, &until.to_zoned(app.bundle.zone.clone()))
        })
}

/// What the person agreed to, in the words of the form; by its name when the form has no such question any more.
fn consents<'a, S>(
    app: &'a App<S>,
    registration: &'a Registration,
    texts: &'a Texts,
) -> Vec<ConsentGiven<'a>> {
    let form = app.bundle.activity(registration.activity.as_str());
    let label = |purpose: &'a FieldName| {
        form.and_then(|(_, definition)| definition.field(purpose))
            .map_or(purpose.as_str(), |field| field.label.text(texts.language()))
    };
    let consents = registration.consents.iter();
    consents
        .map(|purpose| ConsentGiven {
            purpose: purpose.as_str(),
            label: label(purpose),
        })
        .collect()
}

fn rows<S>(app: &App<S>, registration: &Registration, texts: &Texts) -> Vec<SummaryRow> {
    let activity = app.activity(registration);
    let strings = &texts.strings;
    let mut rows = facts(registration, activity, strings);
    if let Some(activity) = activity {
        let title = SummaryRow {
            label: strings.text("form.activity").to_owned(),
            value: activity.title.text(texts.language()).to_owned(),
        };
        rows.insert(0, title);
    }
    rows
}
