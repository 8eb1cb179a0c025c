//! Every mail in every language, word for word: `tests/mails/<name>.<language>.txt` has its subject, its text and its
//! calendar file. To see the texts anew after a change: `SNAPSHOTS=overwrite cargo test -p tests mails`.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use form_function::bundle::Bundle;
use form_function::mail::compose::compose;
use form_function::mail::{Mail, Occasion};
use form_function::store::{MessageKind, OutboxMessage};
use forms::{
    ActivityStatus, Language, Lifecycle, MAIL_TEXTS, PartySize, Reference, Registration,
    RegistrationId, Slug, State,
};
use jiff::{SignedDuration, Timestamp};
use snapbox::{Assert, Data};

use crate::site_test::{SiteTest, repository, tests_folder};

const ROUND_TABLE: &str = "kragla-masa-2027";
const REGISTRATION: &str = "registration";
const TELEPHONE: &str = "032 000 000";

fn at(moment: &str) -> Timestamp {
    moment.parse().unwrap()
}

/// When the messages were recorded, and when they leave.
static NOW: LazyLock<Timestamp> = LazyLock::new(|| at("2027-06-14T09:00:00+03:00"));
/// Until when there is something to answer.
static UNTIL: LazyLock<Timestamp> = LazyLock::new(|| at("2027-06-16T09:00:00+03:00"));

/// The real content, with a telephone.
fn bundle() -> Bundle {
    static FILES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
        let site = SiteTest::from_content(&repository().join("content"));
        let settings = fs::read_to_string(site.path("content/site.yaml")).unwrap();
        let unknown = "\"? телефон на Центъра\"";
        assert!(settings.contains(unknown));
        let known = settings.replace(unknown, &format!("\"{TELEPHONE}\""));
        site.file("content/site.yaml", &known)
            .build()
            .files("dist/forms")
    });
    Bundle::from_files(&FILES.iter().cloned().collect()).unwrap()
}

/// One mail: what it is called, what gives rise to it, how the registration stands, and how the event does.
struct Case(&'static str, MessageKind, State, ActivityStatus);

fn cases() -> Vec<Case> {
    use ActivityStatus::{Cancelled, Postponed, Scheduled};
    use MessageKind as Kind;

    let until = *UNTIL;
    let unverified = State::PendingVerification { until };
    vec![
        Case("confirmed", Kind::Received, State::Confirmed, Scheduled),
        Case("waitlisted", Kind::Received, State::Waitlisted, Scheduled),
        Case("to-verify", Kind::Received, unverified, Scheduled),
        Case("to-review", Kind::Received, State::PendingReview, Scheduled),
        Case("submitted", Kind::Received, State::Submitted, Scheduled),
        Case(
            "again",
            Kind::AlreadyRegistered,
            State::Confirmed,
            Scheduled,
        ),
        Case(
            "again-submitted",
            Kind::AlreadyRegistered,
            State::Submitted,
            Scheduled,
        ),
        Case(
            "offered",
            Kind::Offered,
            State::Offered { until },
            Scheduled,
        ),
        Case("offer-lapsed", Kind::OfferLapsed, State::Lapsed, Scheduled),
        Case(
            "party-changed",
            Kind::PartyChanged,
            State::Confirmed,
            Scheduled,
        ),
        Case(
            "event-changed",
            Kind::EventChanged,
            State::Confirmed,
            Scheduled,
        ),
        Case(
            "event-postponed",
            Kind::EventChanged,
            State::Confirmed,
            Postponed,
        ),
        Case(
            "event-cancelled",
            Kind::CancelledByOrganiser,
            State::CancelledByOrganiser,
            Cancelled,
        ),
        Case("reminder", Kind::Reminder, State::Confirmed, Scheduled),
        Case(
            "cancelled",
            Kind::Cancelled,
            State::CancelledByAttendee,
            Scheduled,
        ),
        Case(
            "cancelled-by-us",
            Kind::CancelledByOrganiser,
            State::CancelledByOrganiser,
            Scheduled,
        ),
        Case("withdrawn", Kind::Cancelled, State::Withdrawn, Scheduled),
        Case("rejected", Kind::Rejected, State::Rejected, Scheduled),
    ]
}

fn registration(state: State, language: &str) -> Registration {
    let is_service = matches!(state, State::Submitted | State::Withdrawn);
    let (activity, lifecycle) = if is_service {
        (REGISTRATION, Lifecycle::Service)
    } else {
        (ROUND_TABLE, Lifecycle::Reservation)
    };
    Registration {
        id: RegistrationId::from_stored("00112233445566778899aabbccddeeff"),
        reference: Reference::from_random([0, 1, 2, 3, 4, 5, 6, 7]),
        activity: Slug::parse(activity).unwrap(),
        lifecycle,
        form: Slug::parse("rsvp").unwrap(),
        form_version: String::new(),
        language: Language::new(language),
        state,
        party_size: PartySize::new(2).unwrap(),
        submitted_at: *NOW,
        changed_at: *NOW,
        ends_at: None,
        version: 3,
        token_epoch: 0,
        failed_calls: 0,
        must_verify: false,
        heard: String::new(),
        reminded: false,
        duplicate_of: None,
        consents: Vec::new(),
        people: Vec::new(),
        parts: Vec::new(),
    }
}

fn mail(bundle: &Bundle, kind: MessageKind, about: &Registration, now: Timestamp) -> Option<Mail> {
    let message = OutboxMessage::new(&about.id, about.version, kind, &about.id, *NOW);
    let verifies = matches!(about.state, State::PendingVerification { .. });
    let occasion = Occasion {
        registration: about,
        to: "ana@example.org",
        manage_url: "https://centre.example/forms/r/TOKEN",
        verify_url: verifies.then_some("https://centre.example/forms/v/TOKEN"),
        public_url: "https://centre.example",
        ticket_url: None,
        now,
    };
    compose(bundle, &message, occasion).unwrap()
}

fn with_status(status: ActivityStatus) -> Bundle {
    let mut bundle = bundle();
    let activity = bundle
        .manifest
        .activities
        .get_mut(&Slug::parse(ROUND_TABLE).unwrap())
        .unwrap();
    activity.session.as_mut().unwrap().status = status;
    bundle
}

fn shown(mail: &Mail) -> String {
    let calendar = mail.calendar.as_ref().map_or_else(String::new, |calendar| {
        let text = calendar.text.replace("\r\n", "\n");
        format!("\n=== {}\n{text}", calendar.media_type())
    });
    format!("{}\n\n{}{calendar}", mail.subject, mail.text)
}

#[test]
fn every_mail_says_what_its_file_says() {
    let assert = Assert::new().action_env("SNAPSHOTS");
    for Case(name, kind, state, status) in cases() {
        let bundle = with_status(status);
        for language in ["bg", "en"] {
            let registration = registration(state, language);
            let mail = mail(&bundle, kind, &registration, *NOW).unwrap();
            let file = tests_folder("mails").join(format!("{name}.{language}.txt"));
            assert.eq(shown(&mail), Data::read_from(&file, None).raw());
        }
    }
}

#[test]
fn every_mail_names_funding_and_telephone_and_fetches_nothing() {
    for Case(name, kind, state, status) in cases() {
        let bundle = with_status(status);
        for (language, fund) in [
            ("bg", "Европейския социален фонд"),
            ("en", "European Social Fund"),
        ] {
            let mail = mail(&bundle, kind, &registration(state, language), *NOW).unwrap();
            for part in [&mail.text, &mail.html] {
                for needed in [
                    fund,
                    "BG05M9OP001-4.003-0020-C01",
                    TELEPHONE,
                    "https://centre.example/forms/",
                ] {
                    assert!(part.contains(needed), "{name}: {needed} in {part}");
                }
                assert!(!part.contains(['{', '}']), "{name}: {part}");
            }
            for remote in ["<img", "<link", "<script", "url(", "src="] {
                assert!(!mail.html.contains(remote), "{name}: {remote}");
            }
            assert!(mail.html.contains(&format!("<html lang=\"{language}\">")));
        }
    }
}

#[test]
fn every_wording_of_mail_is_sent_by_somebody() {
    let bundle = bundle();
    let strings = &bundle.texts_in("en").unwrap().strings;
    let sent: BTreeSet<String> = cases()
        .into_iter()
        .map(|Case(_, kind, state, status)| {
            let about = registration(state, "en");
            mail(&with_status(status), kind, &about, *NOW)
                .unwrap()
                .subject
        })
        .collect();
    for wording in MAIL_TEXTS {
        let path = format!("mail.subject.{wording}");
        let subject = strings.text(&path);
        let begins = subject.split('{').next().unwrap();
        assert!(
            sent.iter().any(|sent| sent.starts_with(begins)),
            "{wording}"
        );
    }
}

/// All states of a registration and all kinds of messages: what is sent is worded, and what is not true is not sent.
#[test]
fn no_combination_of_message_and_state_lacks_words() {
    let until = *UNTIL;
    let states = [
        State::PendingVerification { until },
        State::PendingReview,
        State::Confirmed,
        State::Waitlisted,
        State::Offered { until },
        State::Attended,
        State::NoShow,
        State::Lapsed,
        State::Rejected,
        State::CancelledByAttendee,
        State::CancelledByOrganiser,
        State::Submitted,
        State::Contacted,
        State::Withdrawn,
    ];
    let statuses = [
        ActivityStatus::Scheduled,
        ActivityStatus::Cancelled,
        ActivityStatus::Postponed,
    ];
    for status in statuses {
        let bundle = with_status(status);
        for state in states {
            for kind in MessageKind::ALL {
                let about = registration(state, "en");
                let Some(mail) = mail(&bundle, kind, &about, *NOW) else {
                    continue;
                };
                for text in [&mail.subject, &mail.text] {
                    assert!(!text.contains("mail."), "{kind:?} of {state:?}: {text}");
                }
            }
        }
    }
}

#[test]
fn what_is_not_true_any_more_is_not_sent() {
    let bundle = bundle();
    let late = *UNTIL;
    let sent = |kind, state, now| mail(&bundle, kind, &registration(state, "en"), now).is_some();
    let offered = State::Offered { until: *UNTIL };
    let unverified = State::PendingVerification { until: *UNTIL };
    assert!(sent(MessageKind::Offered, offered, *NOW));
    assert!(!sent(MessageKind::Offered, offered, late));
    assert!(!sent(MessageKind::Received, unverified, late));
    assert!(!sent(MessageKind::AlreadyRegistered, unverified, late));
    assert!(!sent(MessageKind::Offered, State::Confirmed, *NOW));
    assert!(!sent(
        MessageKind::Reminder,
        State::CancelledByAttendee,
        *NOW
    ));
    let begins = at("2027-06-21T10:00:00+03:00");
    assert!(sent(
        MessageKind::Reminder,
        State::Confirmed,
        begins - SignedDuration::from_secs(1)
    ));
    assert!(!sent(MessageKind::Reminder, State::Confirmed, begins));
}

#[test]
fn nobody_gets_a_second_confirmation_when_the_first_is_late() {
    let bundle = bundle();
    let mut accepted = registration(State::Confirmed, "en");
    assert!(mail(&bundle, MessageKind::Received, &accepted, *NOW).is_some());
    accepted.changed_at = *NOW + SignedDuration::from_mins(5);
    assert!(mail(&bundle, MessageKind::Received, &accepted, *NOW).is_none());
}
