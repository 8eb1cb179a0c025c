//! Somebody asks for their data.

use super::{Browser, DATA_OFFICER, THE_DAY};
use crate::form_test::{CONFERENCE, FormTest, OPEN_DAY, ROUND_TABLE, Reply, dump, person};

const DATA: &str = "/staff/data";

fn press(browser: &Browser<'_>, action: &str) -> Reply {
    browser.press(DATA, action)
}

/// A test in which Ana signed up for two events and Boris for one, and the one who answers for the data is signed in.
fn two_people() -> FormTest {
    let test = FormTest::new();
    let ana = person("ana").with("telephone", "0888 123 456");
    for event in [OPEN_DAY, CONFERENCE] {
        test.sign_up(event, &ana);
    }
    test.sign_up(ROUND_TABLE, &person("boris"));
    test.at(THE_DAY);
    test
}

#[test]
fn a_person_is_found_by_address_or_number_however_it_is_written() {
    let test = two_people();
    let officer = test.signed_in(DATA_OFFICER);
    for who in [
        "ana@example.org",
        " ANA@example.org",
        "%2B359 888 123 456",
        "0888-123-456",
    ] {
        let page = press(&officer, &format!("do=find&who={who}"))
            .must_be(200)
            .body;
        assert!(
            page.contains("Ден на отворените врати") && page.contains("конференция"),
            "{who}"
        );
        assert!(!page.contains("Кръгла маса"), "{who}");
    }
    let nobody = press(&officer, "do=find&who=vera@example.org")
        .must_be(200)
        .body;
    assert!(nobody.contains("няма нищо"), "{nobody}");
    for unclear in ["", "ана", "12"] {
        let page = press(&officer, &format!("do=find&who={unclear}"))
            .must_be(422)
            .body;
        assert!(page.contains("Напишете имейл адрес"), "{unclear}");
    }
    // Of whom it was stands nowhere.
    let stored = format!("{:?}", dump(&test.store_file()));
    for word in ["ana@", "vera@", "123456"] {
        assert!(!stored.contains(word), "{word}");
    }
}

#[test]
fn a_copy_holds_everything_of_the_person_and_nothing_of_another() {
    let test = two_people();
    let officer = test.signed_in(DATA_OFFICER);
    let copy = press(&officer, "do=export&who=ana@example.org").must_be(200);
    assert!(copy.header("content-disposition").starts_with("attachment"));
    let copy: serde_json::Value = serde_json::from_str(&copy.body).unwrap();
    let registrations = copy["registrations"].as_array().unwrap();
    assert_eq!(registrations.len(), 2);
    let all = copy.to_string();
    assert!(all.contains("ana@example.org") && all.contains("0888123456"));
    assert!(!all.contains("boris"));
}

#[test]
fn whoever_is_erased_is_found_no_more_and_was_asked_about_before() {
    let test = two_people();
    let officer = test.signed_in(DATA_OFFICER);
    let before = dump(&test.store_file()).remove("sealed");
    let asked = press(&officer, "do=erase&who=ana@example.org")
        .must_be(200)
        .body;
    assert!(asked.contains("Сигурни ли сте?") && asked.contains("Изтрийте завинаги"));
    assert_eq!(dump(&test.store_file()).remove("sealed"), before);

    let erased = press(&officer, "do=erase&sure=yes&who=ana@example.org")
        .must_be(200)
        .body;
    assert!(
        erased.contains("изтрито") && erased.contains("върнато"),
        "{erased}"
    );
    assert!(!erased.contains("ana@example.org"));
    for who in ["ana@example.org", "0888123456"] {
        let page = press(&officer, &format!("do=find&who={who}"))
            .must_be(200)
            .body;
        assert!(page.contains("няма нищо"), "{who}");
    }
    let boris = press(&officer, "do=find&who=boris@example.org")
        .must_be(200)
        .body;
    assert!(boris.contains("Кръгла маса"));
}

#[test]
fn a_participant_is_erased_only_when_the_rules_of_the_programme_allow_it() {
    let test = FormTest::new();
    super::cards::participant(&test, "ana");
    let officer = test.signed_in(DATA_OFFICER);
    let sure = "do=erase&sure=yes&who=ana@example.org";
    let held = press(&officer, sure).must_be(200).body;
    assert!(
        held.contains("остава: човекът участва в програма"),
        "{held}"
    );
    let erased = press(&officer, &format!("{sure}&participants=yes"))
        .must_be(200)
        .body;
    assert!(!erased.contains("остава: човекът"), "{erased}");
    let gone = press(&officer, "do=find&who=ana@example.org")
        .must_be(200)
        .body;
    assert!(gone.contains("няма нищо"));
}

#[test]
fn a_request_has_a_month_which_is_extended_once_and_ends_with_an_outcome() {
    let test = FormTest::new();
    test.at("2027-02-01T09:00:00+02:00");
    let officer = test.signed_in(DATA_OFFICER);
    let page = || officer.get(DATA).must_be(200).body;
    press(&officer, "do=open&kind=erasure&came_on=2027-01-15").must_be(200);
    press(&officer, "do=open&kind=access&came_on=2026-12-20").must_be(200);
    let listed = page();
    // The most pressing one first: its month was over on the 20th, a Wednesday.
    let [late, early] = ["20\u{a0}януари 2027", "15\u{a0}февруари 2027"].map(|day| {
        listed
            .find(day)
            .unwrap_or_else(|| panic!("no {day} in {listed}"))
    });
    assert!(late < early);
    assert!(listed.contains("просрочено с 12"), "{listed}");
    assert!(listed.contains("остават 14"), "{listed}");
    for wrong in [
        "do=open&kind=erasure&came_on=2027-02-02",
        "do=open&kind=x&came_on=2027-01-01",
        "do=open&kind=access&came_on=x",
    ] {
        press(&officer, wrong).must_be(422);
    }
    let reference = |listed: &str| {
        let (_, rest) = listed.split_once("name=\"request\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let first = reference(&listed);
    press(&officer, &format!("do=extend&request={first}&reason=")).must_be(422);
    press(
        &officer,
        &format!("do=extend&request={first}&reason=много записи"),
    )
    .must_be(200);
    assert!(page().contains("22\u{a0}март 2027"), "{}", page());
    press(&officer, &format!("do=close&request={first}&outcome=done")).must_be(200);
    assert!(page().contains("изпълнено"));
    press(
        &officer,
        &format!("do=close&request={first}&outcome=refused"),
    )
    .must_be(422);
    assert_ne!(reference(&page()), first);
}

#[test]
fn the_record_of_processing_names_every_question_with_its_purpose() {
    let test = FormTest::new();
    let officer = test.signed_in(DATA_OFFICER);
    let record = officer.get("/staff/data/record").must_be(200).body;
    let language = &test.app.bundle.manifest.languages[0];
    let forms = test.app.bundle.manifest.forms.values();
    let mut questions = 0;
    for field in forms.flat_map(|form| &form.fields) {
        let purpose = field.purpose.as_ref().unwrap().text(language);
        let question = format!("<li>{} – {purpose}</li>", field.label.text(language));
        assert!(record.contains(&question), "{question}");
        questions += 1;
    }
    assert!(questions > 20);
    assert!(
        record.contains("задължение по закон") && record.contains("задача в обществен интерес")
    );
}
