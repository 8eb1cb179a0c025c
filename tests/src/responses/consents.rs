//! What people agree to, and that taking it back is as easy (GDPR art. 7(3)).

use form_function::registrar::Changed;
use forms::{Change, FieldName};
use jiff::SignedDuration;

use crate::form_test::{Answers, Built, Form, FormTest, Reply, person};
use crate::site_test::SiteTest;

const FORM: &str = "title: { bg: Запази място, en: Reserve }\nsubmit: { bg: Запази, en: Reserve }\n\
    notice: { bg: Пазим отговорите ти., en: We keep your answers. }\nfields:\n  \
    - { name: name, kind: name, class: identity, label: { bg: Име, en: Name } }\n  \
    - { name: email, kind: email, class: contact, label: { bg: Имейл, en: E-mail } }\n";

const QUESTIONS: &str = "  - { name: photos, kind: consent, class: logistics, required: false, label: { bg: Може да ме снимате, en: You may take pictures of me } }\n  \
    - { name: news, kind: consent, class: logistics, required: false, label: { bg: Пишете ми за новини, en: Send me news } }\n";

const EVENT: &str = "---\ntitle: Среща\ndescription: За проба.\nstarts_at: 2027-06-10T09:00\nends_at: 2027-06-10T17:00\n\
    place: Пловдив\nregistration:\n  form: rsvp\n  capacity: 2\n---\n";

fn site(form: &str) -> std::sync::Arc<Built> {
    let site = SiteTest::new().file("content/forms/rsvp.yaml", form);
    Built::from(site.file("content/events/sreshta.md", EVENT))
}

/// Ana, who agrees to both.
fn agreed() -> (FormTest, String) {
    let test = FormTest::of(site(&format!("{FORM}{QUESTIONS}")));
    let ana = person("ana").with("photos", "yes").with("news", "yes");
    let receipt = test.sign_up("sreshta", &ana);
    test.empty_mailboxes();
    (test, receipt)
}

fn buttons(test: &FormTest, receipt: &str) -> Vec<Form> {
    let forms = test.get(receipt).page().forms().into_iter();
    forms
        .filter(|form| form.action.ends_with("/consent"))
        .collect()
}

fn press(test: &FormTest, form: &Form) -> Reply {
    test.post(&form.action, &form.sent_untouched())
}

fn evidence(test: &FormTest, receipt: &str) -> Vec<(String, bool)> {
    let consents = test.consents(receipt).into_iter();
    let mut evidence: Vec<_> = consents
        .map(|consent| (consent.purpose.to_string(), consent.given))
        .collect();
    evidence.sort();
    evidence
}

#[test]
fn a_consent_is_taken_back_by_its_button_and_the_place_is_kept() {
    let (test, receipt) = agreed();
    let page = test.get(&receipt).words();
    assert!(
        page.contains("Може да ме снимате") && page.contains("Пишете ми за новини"),
        "{page}"
    );
    let forms = buttons(&test, &receipt);
    assert_eq!(forms.len(), 2);
    test.after(SignedDuration::from_hours(1));
    assert_eq!(press(&test, &forms[0]).location(), receipt);

    let page = test.get(&receipt).words();
    assert!(!page.contains("Може да ме снимате"), "{page}");
    assert!(page.contains("Пишете ми за новини"), "{page}");
    let given = ["news", "photos"].map(|name| (name.to_owned(), true));
    let [news, photos] = given;
    let evidence_after = [news, ("photos".to_owned(), false), photos];
    assert_eq!(evidence(&test, &receipt), evidence_after);
    let taken_back = test.consents(&receipt).into_iter().find(|it| !it.given);
    let registration = test.registration(&receipt);
    assert_eq!(taken_back.unwrap().form_version, registration.form_version);
    test.stands(&receipt, "confirmed");
    assert_eq!((test.remaining("sreshta"), test.mails().len()), (1, 0));

    // A second press of the same button, on a page that is still open.
    let before = test.stored();
    press(&test, &forms[0]).must_be(303);
    assert_eq!(test.stored(), before);
}

#[test]
fn what_nobody_agreed_to_cannot_be_taken_back() {
    let test = FormTest::of(site(&format!("{FORM}{QUESTIONS}")));
    let receipt = test.sign_up("sreshta", &person("ana").with("news", "yes"));
    let before = test.stored();
    for (purpose, status) in [("photos", 303), ("name", 303), ("", 422), ("../x", 422)] {
        let answers = Answers::of(&[("purpose", purpose)]);
        test.post(&format!("{receipt}/consent"), &answers)
            .must_be(status);
    }
    assert_eq!(test.stored(), before);
    assert_eq!(evidence(&test, &receipt), [("news".to_owned(), true)]);
}

#[test]
fn a_consent_outlives_the_question_and_the_place_and_may_be_taken_back_still() {
    let (mut test, receipt) = agreed();
    test.after(SignedDuration::from_hours(1));
    test.publish(site(FORM));
    test.give_back(&receipt);
    test.stands(&receipt, "cancelled_by_attendee");
    for form in buttons(&test, &receipt) {
        press(&test, &form).must_be(303);
    }
    assert_eq!(buttons(&test, &receipt).len(), 0);
    assert_eq!(evidence(&test, &receipt).len(), 4);
    let photos = Change::WithdrawConsent(FieldName::parse("photos").unwrap());
    let again = test.staff(&receipt, &photos);
    assert!(matches!(again, Changed::NotFromHere(_)), "{again:?}");
}
