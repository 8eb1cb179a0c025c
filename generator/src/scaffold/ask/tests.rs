//! Conversations, as they are seen on a terminal.

use jiff::civil::date;

use super::*;

fn talk_of(
    language: MessageLanguage,
    kind: Option<&'static Kind>,
    lines: &[&str],
) -> (String, Option<Answers>) {
    let zone = TimeZone::UTC;
    let offer = |name: &str, title: &str| Offer {
        name: name.to_owned(),
        title: title.to_owned(),
    };
    let offered = Offered {
        forms: vec![offer("rsvp", "Запази място")],
        tags: vec![offer("rabota", "Работа"), offer("obuchenie", "Обучение")],
    };
    let mut interview = Interview::new(language, &zone, date(2026, 11, 23), kind, offered);
    let mut seen = String::new();
    for line in lines {
        let question = interview.question().unwrap();
        seen += &format!("{question}\n> {line}\n");
        if let Some(said) = interview.answer(line) {
            seen += &format!("  {said}\n");
        }
    }
    assert_eq!(interview.question(), None, "{seen}");
    (seen, interview.finish())
}

fn talk(language: MessageLanguage, lines: &[&str]) -> (String, Option<Answers>) {
    talk_of(language, None, lines)
}

fn values(answers: Option<Answers>) -> Vec<(String, String)> {
    answers.unwrap().values
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(path, value): &(&str, &str)| ((*path).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

#[test]
fn an_event_is_asked_for_field_by_field_and_dates_are_said_back() {
    let lines = [
        "9",
        "събитие",
        "",
        "„Среща“",
        "Кратко описание.",
        "вчера",
        "31 април",
        "21 юни",
        "21.06.2027 18.00 ч.",
        "21.06.2027 17:00",
        "2027-06-21 20:00",
        "",
        "1",
        "много",
        "40",
        "22.06.2027 18:00",
        "20.06.2027",
        "20.06.2027 18:00",
        "работа, 2",
        "може би",
        "",
    ];
    let (seen, answers) = talk(MessageLanguage::Bg, &lines);
    for said in [
        "> 9\n  напишете номера\n",
        "Заглавие. ",
        " Не слагайте кавички около него.",
        "> \n  без заглавие не може\n",
        "> „Среща“\n  кавичките около текста не са нужни и са махнати\n",
        "> вчера\n  не разбирам тази дата",
        "> 31 април\n  няма 31 април (април има 30 дни)\n",
        "> 21 юни\n  напишете и годината",
        "  понеделник, 21 юни 2027 г., 18:00 ч.\n",
        "> 21.06.2027 17:00\n  краят е преди началото\n",
        "Записване. С кой формуляр се записват хората?\n  1. Запази място (rsvp)\n",
        "> много\n  напишете само число, най-малко 1\n",
        "> 22.06.2027 18:00\n  записването не може да свършва след началото\n",
        "> 20.06.2027\n  тук е нужен и час",
        "Това ще стои във файла:\n  Заглавие: \"Среща\"\n",
        "\n  Места: 40\n",
        "> може би\n  натиснете Enter или напишете „назад“\n",
    ] {
        assert!(seen.contains(said), "{said} in {seen}");
    }
    let answers = answers.unwrap();
    assert_eq!(
        (answers.kind.name, answers.title.as_str()),
        ("event", "Среща")
    );
    assert_eq!(
        answers.values,
        pairs(&[
            ("title", "\"Среща\""),
            ("description", "\"Кратко описание.\""),
            ("starts_at", "2027-06-21T18:00"),
            ("ends_at", "2027-06-21T20:00"),
            ("registration.form", "rsvp"),
            ("registration.capacity", "40"),
            ("registration.closes_at", "2027-06-20T18:00"),
            ("tags", "[rabota, obuchenie]"),
        ])
    );
}

#[test]
fn whoever_only_presses_enter_gets_today_and_marks() {
    let (_, answers) = talk(
        MessageLanguage::En,
        &["news", "A title: of \"news\"", "", "", "", ""],
    );
    assert_eq!(
        values(answers),
        pairs(&[
            ("title", r#""A title: of \"news\"""#),
            ("date", "2026-11-23")
        ])
    );
}

#[test]
fn one_goes_back_step_by_step_to_the_first_question() {
    let lines = [
        "news",
        "назад",
        "page",
        "Wrong",
        "Back",
        "Right",
        "About.",
        "",
        "<",
        "",
        "",
    ];
    let (_, answers) = talk(MessageLanguage::En, &lines);
    let answers = answers.unwrap();
    assert_eq!(
        (answers.kind.name, answers.title.as_str()),
        ("page", "Right")
    );
    let given = KINDS.into_iter().find(|kind| kind.name == "news");
    let lines = ["back", "Title", "", "", "", "yes"];
    let (seen, _) = talk_of(MessageLanguage::En, given, &lines);
    assert!(
        seen.contains("> back\n  this is the first question\n"),
        "{seen}"
    );
}

#[test]
fn whoever_wants_no_sign_up_is_asked_nothing_about_it() {
    let lines = ["event", "Meeting", "", "2027-06-21", "", "Hall", "", "", ""];
    let (seen, answers) = talk(MessageLanguage::En, &lines);
    assert!(!seen.contains("Places."), "{seen}");
    let values = values(answers);
    assert!(
        values
            .iter()
            .all(|(path, _)| !path.starts_with("registration"))
    );
}
