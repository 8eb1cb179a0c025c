//! At the door of an event: who is there, who came without having signed up, and that no second tap does harm.

use forms::Change;

use super::{Browser, COORDINATOR, RECEPTION, THE_DAY};
use crate::form_test::{CONFERENCE, FormTest, OPEN_DAY, REGISTRATION, SITE, person};

const DOOR: &str = "/staff/events/den-na-otvorenite-vrati-2027/check-in";
const WALK_INS: &str = "/staff/events/den-na-otvorenite-vrati-2027/walk-ins";

/// People of these names have a place; their identities.
fn expected<'a>(
    test: &FormTest,
    people: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<String> {
    let ids = people
        .into_iter()
        .enumerate()
        .map(|(number, (name, telephone))| {
            let person = person(&format!("visitor{number}")).with("name", name);
            let receipt = test.sign_up(OPEN_DAY, &person.with("telephone", telephone));
            test.registration(&receipt).id.as_str().to_owned()
        });
    let ids = ids.collect();
    test.at(THE_DAY);
    ids
}

fn page(browser: &Browser<'_>, show: &str) -> String {
    browser
        .get(&format!("{DOOR}?show={show}"))
        .must_be(200)
        .body
}

#[test]
fn thirty_people_come_two_are_noted_twice_one_by_mistake_and_one_had_not_signed_up() {
    let test = FormTest::new();
    let names: Vec<String> = (0..30).map(|number| format!("Гост {number:02}")).collect();
    let ids = expected(&test, names.iter().map(|name| (name.as_str(), "")));
    let browser = test.signed_in(RECEPTION);
    for id in &ids {
        browser
            .press(&format!("{DOOR}/{id}"), "do=attend")
            .must_be(303);
    }
    for id in &ids[..2] {
        let reply = browser
            .press(&format!("{DOOR}/{id}"), "do=attend")
            .must_be(303);
        let said = browser.get(reply.location()).must_be(200).body;
        assert!(said.contains("вече е отбелязан"), "{said}");
    }
    assert!(page(&browser, "all").contains("Дошли: 30 от 30"));
    let slip = format!("{DOOR}/{}", ids[7]);
    browser.press(&slip, "do=undo&show=here").must_be(303);
    browser.press(&slip, "do=undo&show=here").must_be(303);
    let walk_in = format!("do=add&people=1&key={}", "a".repeat(32));
    browser.press(WALK_INS, &walk_in).must_be(303);
    assert!(page(&browser, "all").contains("Дошли: 29 от 30 и 1 без записване"));
    let late = page(&browser, "expected");
    assert!(late.contains("Гост 07") && !late.contains("Гост 08"));

    let list = browser
        .get("/staff/events/den-na-otvorenite-vrati-2027/attendance?format=csv")
        .must_be(200)
        .body;
    assert_eq!(
        list.matches(";дошъл").count() + list.matches(";дойде").count(),
        30,
        "{list}"
    );
    assert!(list.contains(";без записване;1;"), "{list}");
}

#[test]
fn whoever_was_just_noted_stays_in_their_place_without_a_button_to_hit_again() {
    let test = FormTest::new();
    let ids = expected(&test, [("Ана", ""), ("Борис", ""), ("Вера", "")]);
    let browser = test.signed_in(RECEPTION);
    let reply = browser.press(&format!("{DOOR}/{}", ids[0]), "do=attend");
    let after = browser.get(reply.must_be(303).location()).must_be(200).body;
    let [ana, boris] = ["Ана", "Борис"].map(|name| after.rfind(&format!(">{name}<")).unwrap());
    assert!(ana < boris);
    let row = &after[ana..boris];
    assert!(!row.contains("<button"), "{row}");
    assert!(row.contains("в 9:30"), "{row}");
    // Looked at anew, only who is still expected.
    assert!(!page(&browser, "expected").contains(">Ана<"));
    assert!(page(&browser, "here").contains(">Ана<"));
}

#[test]
fn a_walk_in_pressed_twice_is_one_and_can_be_taken_back() {
    let test = FormTest::new();
    expected(&test, [("Ана", "")]);
    let browser = test.signed_in(RECEPTION);
    let add = |key: char, people: &str| {
        let key = key.to_string().repeat(32);
        browser.press(WALK_INS, &format!("do=add&people={people}&key={key}"))
    };
    add('a', "1").must_be(303);
    add('a', "1").must_be(303);
    add('b', "3").must_be(303);
    assert!(page(&browser, "all").contains("и 4 без записване"));
    // Of another event they are not.
    test.at("2027-06-23T09:30:00+03:00");
    let browser = test.signed_in(COORDINATOR);
    let other = browser.get(&format!("/staff/events/{CONFERENCE}/check-in"));
    assert!(!other.must_be(200).body.contains("и 4 без записване"));
    for wrong in ["0", "", "хиляда", "51", "-1"] {
        let key = "c".repeat(32);
        let reply = browser.press(WALK_INS, &format!("do=add&people={wrong}&key={key}"));
        assert!(
            reply.must_be(200).body.contains("Нищо не е добавено"),
            "{wrong}"
        );
    }
    for key in ["", "../../etc", "A"] {
        browser
            .press(WALK_INS, &format!("do=add&people=1&key={key}"))
            .must_be(404);
    }
    let undo = format!("do=undo&key={}", "b".repeat(32));
    browser.press(WALK_INS, &undo).must_be(303);
    browser.press(WALK_INS, &undo).must_be(303);
    assert!(page(&browser, "all").contains("и 1 без записване"));
}

#[test]
fn two_of_the_same_name_are_told_apart_by_the_end_of_a_number_and_nobody_else_is() {
    let test = FormTest::new();
    let people = [
        ("Ана Иванова", "0888 123 456"),
        ("ана иванова", "0888 654 321"),
        ("Борис", "0888 111 222"),
    ];
    expected(&test, people);
    let list = page(&test.signed_in(RECEPTION), "all");
    for hint in ["…456", "…321"] {
        assert!(list.contains(hint), "{list}");
    }
    assert!(!list.contains("…222") && !list.contains("0888"));
}

#[test]
fn a_ticket_shows_its_person_alone_with_where_they_stand() {
    let test = FormTest::new();
    let of = |receipt: &str| test.registration(receipt).id.as_str().to_owned();
    let receipt = test.sign_up(OPEN_DAY, &person("vera"));
    test.staff_do(&receipt, &Change::CancelByOrganiser);
    let given_back = of(&receipt);
    let early = of(&test.sign_up(CONFERENCE, &person("gosho")));
    let ids = expected(&test, [("Ана", ""), ("Борис", "")]);
    let browser = test.signed_in(RECEPTION);
    let ticket = |id: &str| browser.get(&format!("/staff/t/{id}"));
    let shown = ticket(&ids[0]).must_be(200).body;
    assert!(shown.contains(">Ана<") && !shown.contains(">Борис<"));
    assert!(shown.contains("value=\"attend\""));
    browser
        .press(&format!("{DOOR}/{}", ids[0]), "do=attend&show=one")
        .must_be(303);
    let again = ticket(&ids[0]).must_be(200).body;
    assert!(
        !again.contains("value=\"attend\"") && again.contains("в 9:30"),
        "{again}"
    );
    // Scanned after it was given back.
    let given_back = ticket(&given_back).must_be(200).body;
    assert!(given_back.contains("отменено от Центъра"), "{given_back}");
    assert!(!given_back.contains("value=\"attend\""));
    // On another day there is no door, and a made up ticket is nobody's.
    ticket(&early).must_be(403);
    ticket(&"0".repeat(32)).must_be(404);
    let stranger = test.send("GET", &format!("/staff/t/{}", ids[0]), &[], "");
    assert_eq!(stranger.must_be(303).location(), "/staff/sign-in");
}

/// What the camera of a phone reads in a picture.
fn read(picture: &[u8]) -> String {
    let picture = image::load_from_memory(picture).unwrap().to_luma8();
    let (width, height) = picture.dimensions();
    let brightness = |x: usize, y: usize| {
        let at = |number: usize| u32::try_from(number).unwrap();
        picture.get_pixel(at(x), at(y)).0[0]
    };
    let (width, height) = (usize::try_from(width), usize::try_from(height));
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width.unwrap(), height.unwrap(), brightness);
    let codes = prepared.detect_grids();
    assert_eq!(codes.len(), 1);
    codes[0].decode().unwrap().1
}

#[test]
fn the_mail_about_a_place_carries_a_ticket_that_leads_to_its_person() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    let id = test.registration(&receipt).id.as_str().to_owned();
    let mail = test.mail("received", "ana@example.org");
    assert!(mail.html.contains("src=\"cid:ticket\""), "{}", mail.html);
    let url = read(&mail.ticket.unwrap());
    assert_eq!(url, format!("{SITE}/staff/t/{id}"));
    // Who has no place has no ticket, and neither has who asks for the services.
    test.staff_do(&receipt, &Change::CancelByOrganiser);
    let taken_back = test.mail("cancelled_by_organiser", "ana@example.org");
    assert!(taken_back.ticket.is_none() && !taken_back.html.contains("cid:"));
    let request = test.form(REGISTRATION, "bg").sample();
    test.sign_up(REGISTRATION, &request);
    let received = test.mail("received", "ana.maria@example.org");
    assert!(received.ticket.is_none());
}

#[test]
fn the_list_on_paper_has_everybody_with_a_place_and_no_way_to_reach_them() {
    let test = FormTest::new();
    let names: Vec<String> = (0..40).map(|number| format!("Гост {number:02}")).collect();
    expected(
        &test,
        names.iter().map(|name| (name.as_str(), "0888 123 456")),
    );
    let list = test
        .signed_in(RECEPTION)
        .get("/staff/events/den-na-otvorenite-vrati-2027/door-list")
        .must_be(200)
        .body;
    for name in &names {
        assert!(list.contains(name), "{name}");
    }
    assert!(!list.contains("0888") && !list.contains("visitor0@"));
}
