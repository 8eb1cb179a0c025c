//! Lists to take away, as other programs read them.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

use super::{COORDINATOR, RECEPTION, THE_DAY, last, two_registrations};
use crate::form_test::{OPEN_DAY, person};

#[test]
fn a_list_to_take_away_is_read_by_other_programs_as_it_was_written() {
    let (test, ..) = two_registrations();
    let name = "=Ана „Ани“; Петрова, мл.";
    let ana = person("vera")
        .with("name", name)
        .with("telephone", "+359 888 123 456");
    test.at(crate::site_test::NOW);
    let receipt = test.sign_up(OPEN_DAY, &ana);
    let reference = test.registration(&receipt).reference.to_string();
    test.at(THE_DAY);
    let reception = test.signed_in(RECEPTION);
    let coordinator = test.signed_in(COORDINATOR);

    let attendance = format!("/staff/events/{OPEN_DAY}/attendance");
    let list = reception.get(&attendance).must_be(200);
    assert_eq!(
        list.header("content-disposition"),
        format!("attachment; filename=\"{OPEN_DAY}-attendance-2027-06-10.xlsx\"")
    );
    let rows = in_workbook(&list.bytes);
    // Who stands at the door is told how to know people, not how to reach them.
    assert_eq!(rows[0], ["Номер", "Име", "Места", "Състояние"]);
    let row = rows.iter().find(|row| row[0] == reference).unwrap();
    assert_eq!(row[1..3], [name, "1"]);
    let rows = in_workbook(&coordinator.get(&attendance).must_be(200).bytes);
    assert_eq!(
        rows[0],
        ["Номер", "Име", "Места", "Телефон", "Имейл", "Състояние"]
    );
    let row = rows.iter().find(|row| row[0] == reference).unwrap();
    assert_eq!(row[1..4], [name, "1", "+359888123456"]);

    for (format, separator) in [("csv", b';'), ("csv-comma", b',')] {
        let list = coordinator
            .get(&format!("{attendance}?format={format}"))
            .must_be(200);
        let cells = list.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .from_reader(cells);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let row = rows.iter().find(|row| row[0] == reference).unwrap();
        assert_eq!([&row[1], &row[3]], [&format!("'{name}"), "'+359888123456"]);
    }

    // Everything that people wrote goes only to who says why, and the file says who that was.
    let full = format!("/staff/events/{OPEN_DAY}/full");
    coordinator.press(&full, "reason=+").must_be(422);
    let list = coordinator
        .press(&full, "reason=mailing&format=xlsx")
        .must_be(200);
    let rows = in_workbook(&list.bytes);
    let row = rows.iter().find(|row| row[0] == reference).unwrap();
    assert!(row.contains(&name.to_owned()), "{row:?}");
    let mark = rows.last().unwrap().concat();
    assert!(
        mark.contains(COORDINATOR) && mark.contains("mailing"),
        "{mark}"
    );
    let taken = last(&test);
    assert_eq!(
        (
            taken.action.as_str(),
            taken.about.as_str(),
            taken.reason.as_deref()
        ),
        ("export_full", OPEN_DAY, Some("mailing"))
    );
}

/// The cells of the first sheet, each of which must be a text.
fn in_workbook(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let cell = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("no text: {other:?}"),
    };
    range
        .rows()
        .map(|row| row.iter().map(cell).collect())
        .collect()
}
