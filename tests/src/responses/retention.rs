//! How long links work and personal data is kept: what has to be forgotten is gone, what has to be shown later stays.

use std::collections::BTreeSet;

use form_function::desk::Fate;
use forms::{Change, Group, Language, Part, Registration, RegistrationId};

use crate::form_test::{Answers, Built, FormTest, OPEN_DAY, Page, REGISTRATION, person, real};
use crate::site_test::SiteTest;

/// Ana, who tells everything that the form of the open day asks. The event is over on 10 June at 17:00.
fn talkative() -> (FormTest, String) {
    let test = FormTest::new();
    let ana = person("ana")
        .with("name", "Ана Тайнкова")
        .with("telephone", "0888 123 456")
        .with("needs", "Идвам с количка");
    let receipt = test.sign_up(OPEN_DAY, &ana);
    test.work();
    (test, receipt)
}

#[test]
fn what_is_kept_for_a_day_is_forgotten_by_the_worker() {
    let (test, _) = talkative();
    assert_eq!(test.stored()["requests"].len(), 1);
    test.the_worker_sees_to_it(25, || test.stored()["requests"].is_empty());
}

#[test]
fn an_erasure_that_did_not_happen_is_not_reported_as_one() {
    let (test, receipt) = talkative();
    let known = test.registration(&receipt);
    let unknown = Registration {
        id: RegistrationId::from_stored("0".repeat(26)),
        ..known.clone()
    };
    let fates = test.erase(&[known.clone(), unknown]);
    let parts = known.parts;
    let given_back = true;
    assert_eq!(
        fates,
        [Fate::Destroyed { parts, given_back }, Fate::NotDestroyed]
    );
}

fn groups(test: &FormTest, receipt: &str) -> BTreeSet<Group> {
    let parts = test.registration(receipt).parts;
    parts.into_iter().map(|part| part.group).collect()
}

#[test]
fn each_sort_of_data_dies_on_its_day() {
    let (test, receipt) = talkative();
    let all: BTreeSet<Group> = Group::ALL.into();
    let rest: BTreeSet<Group> = [Group::Contact, Group::Answers].into();
    for (time, left) in [
        ("2027-06-17T16:59:59+03:00", &all),
        ("2027-06-17T17:00:00+03:00", &rest),
        ("2027-07-10T16:59:59+03:00", &rest),
        ("2027-07-10T17:00:00+03:00", &BTreeSet::new()),
    ] {
        test.at(time);
        test.work();
        assert_eq!(&groups(&test, &receipt), left, "{time}");
        let readable = test.readable(&receipt);
        for (word, group) in [
            ("количка", Group::Sensitive),
            ("Тайнкова", Group::Contact),
            ("0888123456", Group::Contact),
            ("ana@example.org", Group::Contact),
        ] {
            assert_eq!(
                readable.contains(word),
                left.contains(&group),
                "{word} at {time}: {readable}"
            );
        }
        assert_eq!(test.stored()["sealed"].len(), left.len(), "{time}");
    }
}

#[test]
fn when_all_is_forgotten_nobody_can_be_found_and_what_happened_is_known() {
    let (test, receipt) = talkative();
    test.at("2027-07-10T17:00:00+03:00");
    test.work();
    let stored = test.stored();
    for table in ["sealed", "people", "claims", "outbox", "queue"] {
        assert_eq!(stored[table], Vec::<String>::new(), "{table}");
    }
    let registration = test.registration(&receipt);
    assert!(registration.people.is_empty() && registration.parts.is_empty());
    assert_eq!(
        test.actions(&receipt),
        ["submit", "remind", "purge", "purge"],
        "a reminder that comes too late is noted and not sent"
    );
    assert_eq!(test.mails().len(), 1);
    test.get(&receipt).must_be(404);
    // It counts in the statistics of the event still.
    assert_eq!(test.remaining(OPEN_DAY), 39);
    let again = test.stored();
    test.at("2027-12-01T12:00:00+02:00");
    test.work();
    assert_eq!(test.stored(), again, "there is nothing left to do");
}

#[test]
fn a_question_may_have_a_time_of_its_own() {
    let form = "title: { bg: Запази място, en: Reserve }\nsubmit: { bg: Запази, en: Reserve }\n\
                notice: { bg: Пазим отговорите ти., en: We keep your answers. }\n\
                retention: { contact: 20, answers: 10, sensitive: 2 }\nfields:\n  \
                - { name: name, kind: name, class: identity, label: { bg: Име, en: Name } }\n  \
                - { name: email, kind: email, class: contact, label: { bg: Имейл, en: E-mail } }\n  \
                - { name: telephone, kind: telephone, class: contact, required: false, retention: 1, label: { bg: Телефон, en: Telephone } }\n";
    let event = "---\ntitle: Среща\ndescription: За проба.\nstarts_at: 2027-06-10T09:00\nends_at: 2027-06-10T17:00\n\
                 place: Пловдив\nregistration:\n  form: rsvp\n---\n";
    let site = SiteTest::new().file("content/forms/rsvp.yaml", form);
    let test = FormTest::of(Built::from(site.file("content/events/sreshta.md", event)));
    let receipt = test.sign_up("sreshta", &person("ana").with("telephone", "0888 123 456"));
    let part = |days| Part {
        group: Group::Contact,
        days,
    };
    assert_eq!(test.registration(&receipt).parts, [part(1), part(20)]);
    test.at("2027-06-11T17:00:00+03:00");
    test.work();
    assert_eq!(test.registration(&receipt).parts, [part(20)]);
    let readable = test.readable(&receipt);
    assert!(readable.contains("ana@example.org"), "{readable}");
    assert_eq!(test.stored()["sealed"].len(), 1);
}

#[test]
fn data_is_kept_from_the_day_to_which_an_event_was_moved() {
    let event = |day: &str| {
        let fields = format!("starts_at: {day}T09:00\nends_at: {day}T17:00\n");
        super::site(&format!(
            "---\ntitle: Среща\ndescription: За проба.\nplace: Пловдив\n{fields}registration:\n  form: rsvp\n---\n"
        ))
    };
    let mut test = FormTest::of(event("2027-06-10"));
    let [ana, boris] = ["ana", "boris"].map(|name| test.sign_up("sreshta", &person(name)));
    test.give_back(&boris);
    test.work();
    test.publish(event("2027-06-20"));
    for (time, is_kept) in [
        ("2027-07-10T17:00:00+03:00", true),
        ("2027-07-20T16:59:59+03:00", true),
        ("2027-07-20T17:00:00+03:00", false),
    ] {
        test.at(time);
        test.work();
        for receipt in [&ana, &boris] {
            assert_eq!(!test.readable(receipt).is_empty(), is_kept, "{time}");
        }
    }
}

#[test]
fn links_work_for_a_week_after_the_event() {
    let (test, receipt) = talkative();
    test.at("2027-06-17T16:59:59+03:00");
    test.get(&receipt).must_be(200);
    test.at("2027-06-17T17:00:00+03:00");
    test.get(&receipt).must_be(404);
    test.get(&format!("{receipt}/event.ics")).must_be(404);
}

#[test]
fn revoked_links_lead_nowhere_and_the_next_mail_has_one_that_does() {
    let (test, receipt) = talkative();
    test.staff_do(&receipt, &Change::RevokeLinks);
    let before = test.stored();
    test.get(&receipt).must_be(404);
    for action in ["cancel", "party", "accept", "decline"] {
        let path = format!("{receipt}/{action}");
        test.post(&path, &Answers::default()).must_be(404);
    }
    test.get(&format!("{receipt}/event.ics")).must_be(404);
    assert_eq!(test.stored(), before);

    let size = forms::PartySize::new(2).unwrap();
    test.staff_do(&receipt, &Change::Resize(size));
    let mail = test.mail("party_changed", "ana@example.org");
    assert_ne!(mail.link(), receipt);
    test.stands(mail.link(), "confirmed");
}

/// What a page says between the notice and the link to the privacy page.
fn said(page: &Page) -> String {
    page.text(".form__notice").replace('\u{a0}', " ")
}

#[test]
fn every_page_of_a_form_says_the_days_by_which_answers_are_deleted() {
    let test = FormTest::new();
    let event = [
        (
            "bg",
            "до 30 дни след края на събитието, а тези за здраве и нужди – до 7 дни.",
        ),
        (
            "en",
            "within 30 days of the end of the event, and those on health and needs within 7 days.",
        ),
    ];
    let service = [
        (
            "bg",
            "до 180 дни след последната промяна по записването ти.",
        ),
        (
            "en",
            "within 180 days of the last change to your registration.",
        ),
    ];
    for (activity, sentences) in [(OPEN_DAY, event), (REGISTRATION, service)] {
        for (language, sentence) in sentences {
            let sample = test.form(activity, language).sample();
            let blank = real().page(
                test.app
                    .bundle
                    .activity(activity)
                    .unwrap()
                    .0
                    .page
                    .text(&Language::new(language)),
            );
            let refused = test
                .fill_in(activity, &sample.with("name", ""))
                .must_be(422);
            let check = test.fill_in(activity, &sample).must_be(200);
            for page in [blank, refused.page(), check.page()] {
                let said = said(&page);
                assert!(said.contains(sentence), "{activity}: {said}");
                for unknown in ["Колко време", "How long"] {
                    assert!(!said.contains(unknown), "{said}");
                }
            }
        }
    }
}

#[test]
fn the_sentence_goes_by_the_days_of_the_form_and_its_questions() {
    let said_of = |name: &str, needs: &str| {
        let form = format!(
            "title: {{ bg: Запази място, en: Reserve }}\nsubmit: {{ bg: Запази, en: Reserve }}\n\
             notice: {{ bg: Пазим отговорите ти., en: We keep your answers. }}\n\
             retention: {{ contact: 1, answers: 1, sensitive: 1 }}\nfields:\n  \
             - {{ name: name, kind: name, class: identity, {name}label: {{ bg: Име, en: Name }} }}\n  \
             - {{ name: email, kind: email, class: contact, label: {{ bg: Имейл, en: E-mail }} }}\n  \
             - {{ name: needs, kind: text, class: needs, {needs}required: false, label: {{ bg: Нужди, en: Needs }} }}\n"
        );
        let event = "---\ntitle: Среща\ndescription: За проба.\nstarts_at: 2027-06-10T09:00\n\
                     ends_at: 2027-06-10T17:00\nplace: Пловдив\nregistration:\n  form: rsvp\n---\n";
        let site = SiteTest::new().file("content/forms/rsvp.yaml", &form);
        let site = Built::from(site.file("content/events/sreshta.md", event));
        said(&site.page("/sabitiya/sreshta/"))
    };
    for (name, needs, sentence) in [
        ("", "", "до 1 ден след края на събитието."),
        (
            "retention: 21, ",
            "",
            "до 21 дни след края на събитието, а тези за здраве и нужди – до 1 ден.",
        ),
        (
            "",
            "retention: 3, ",
            "до 1 ден след края на събитието, а тези за здраве и нужди – до 3 дни.",
        ),
    ] {
        let said = said_of(name, needs);
        assert!(said.contains(sentence), "{said}");
    }
}
