//! Fields that nobody thought of: whatever stands in a file of any kind is read or named, and never stops the program.

use generator::model::{EVENT, Field, KINDS, Kind, Said};
use generator::pictures::Pictures;
use generator::source::{Source, SourceFile};
use generator::{Options, plan};
use proptest::prelude::*;

use crate::site_test::NOW;

/// Values of every shape, right and wrong for any field.
const VALUES: [&str; 20] = [
    "",
    "Текст",
    "\"? Текст\"",
    "\"? 2027-06-21T09:00\"",
    "true",
    "да",
    "0",
    "40",
    "-1",
    "99999999999",
    "2027-06-21",
    "2027-06-21T09:00",
    "06-21",
    "21.06.2027",
    "[rabota, dom]",
    "[2027-06-21, x, [y]]",
    "{ src: /media/x.jpg, alt: x, decorative: true }",
    "{ form: rsvp, capacity: 1, max_party: 2, x: y }",
    "[/staro/, staro]",
    "{ every: week, until: 2027-01-01, except: да }",
];

const SETTINGS: &str = "name: x\ndescription: x\nbase_url: https://x.example\nmail_from: x@x.example\n\
    zone: Europe/Sofia\nlanguages: { bg: x, en: x }\n";

fn kind() -> impl Strategy<Value = &'static Kind> {
    prop::sample::select(KINDS.to_vec())
}

fn names(kind: &Kind) -> Vec<&'static str> {
    let mut names: Vec<&str> = kind.fields().map(|field| field.name).collect();
    names.push("neshto");
    names
}

/// A kind, and lines of fields with values, each field once.
fn file() -> impl Strategy<Value = (&'static Kind, Vec<(&'static str, &'static str)>)> {
    kind().prop_flat_map(|kind| {
        let names = names(kind);
        let count = names.len();
        let lines = prop::sample::subsequence(names, 0..=count).prop_shuffle();
        let values = prop::collection::vec(prop::sample::select(VALUES.to_vec()), count);
        (Just(kind), lines, values)
            .prop_map(|(kind, names, values)| (kind, names.into_iter().zip(values).collect()))
    })
}

/// The codes and lines of what is said of a file of this kind with these fields.
fn said(kind: &Kind, ending: &str, lines: &[(&str, &str)]) -> Vec<(&'static str, usize)> {
    let fields: Vec<String> = lines
        .iter()
        .map(|(name, value)| format!("{name}: {value}\n"))
        .collect();
    let fields = fields.concat();
    let stem = if kind.name == "home" { "index" } else { "x" };
    let path = format!("content/{}/{stem}{ending}.md", kind.section.folder());
    let mut source = Source {
        settings: Some(SourceFile::new(
            "content/site.yaml".to_owned(),
            SETTINGS.into(),
        )),
        ..Source::default()
    };
    source.documents.push(SourceFile::new(
        path.clone(),
        format!("---\n{fields}---\n").into(),
    ));
    let options = Options {
        now: NOW.parse().unwrap(),
        drafts: true,
        base_url: None,
    };
    let (_, found) = plan(&mut source, &Pictures::default(), &options);
    let of_file = found.into_iter().filter(|found| found.place.file == path);
    of_file
        .map(|found| (found.code, found.place.line))
        .collect()
}

fn of_translations(kind: &Kind, name: &str) -> bool {
    let named = |field: &Field| field.name == name && field.said == Said::InTranslations;
    kind.fields().any(named)
}

proptest! {
    #[test]
    fn whatever_stands_in_a_file_is_read_or_named((kind, lines) in file()) {
        for ending in ["", ".en"] {
            let said = said(kind, ending, &lines);
            // What is inside braces has unknown fields of its own.
            let plain = lines.iter().enumerate().filter(|(_, (_, value))| !value.starts_with('{'));
            for (index, (name, _)) in plain {
                let unknown = said.contains(&("V01", index + 2));
                let expected = *name == "neshto" || (ending.is_empty() && of_translations(kind, name));
                prop_assert_eq!(unknown, expected, "{} in {:?}", name, said);
            }
        }
    }

    #[test]
    fn what_is_said_once_is_refused_in_a_translation((kind, lines) in file()) {
        let said = said(kind, ".en", &lines);
        let once = |name: &str| kind.fields().any(|field: &Field| field.name == name && field.said == Said::Once);
        for (index, (name, value)) in lines.iter().enumerate() {
            let refused = said.contains(&("T03", index + 2));
            if once(name) && !value.is_empty() {
                prop_assert!(refused, "{}: {} in {:?}", name, value, said);
            }
        }
    }

    #[test]
    fn what_is_missing_is_named((kind, lines) in file()) {
        let said = said(kind, "", &lines);
        let missing = said.iter().filter(|(code, _)| *code == "V03").count();
        let absent = |field: &&Field| {
            field.required && !lines.iter().any(|(name, value)| *name == field.name && !value.is_empty())
        };
        // Fields inside fields may be missing as well.
        prop_assert!(missing >= kind.fields().filter(absent).count(), "{:?}", said);
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn rules_between_fields_hold_to_the_minute() {
    let start = ("starts_at", "2027-06-21T09:00");
    let whole_day = ("starts_at", "2027-06-21");
    let cases: [(&str, &[(&str, &str)]); 18] = [
        ("X01", &[start, ("ends_at", "2027-06-21T09:00")]),
        ("", &[start, ("ends_at", "2027-06-21T09:01")]),
        ("", &[whole_day, ("ends_at", "2027-06-21")]),
        ("X01", &[whole_day, ("ends_at", "2027-06-20")]),
        (
            "",
            &[
                start,
                ("registration", "{ form: f, closes_at: 2027-06-21T09:00 }"),
            ],
        ),
        (
            "X02",
            &[
                start,
                ("registration", "{ form: f, closes_at: 2027-06-21T09:01 }"),
            ],
        ),
        (
            "X02",
            &[
                start,
                ("registration", "{ form: f, opens_at: 2027-06-21T09:00 }"),
            ],
        ),
        (
            "",
            &[
                start,
                ("registration", "{ form: f, opens_at: 2027-06-21T08:59 }"),
            ],
        ),
        (
            "X02",
            &[
                start,
                (
                    "registration",
                    "{ form: f, opens_at: 2027-06-01T09:00, closes_at: 2027-06-01T09:00 }",
                ),
            ],
        ),
        (
            "",
            &[
                start,
                (
                    "registration",
                    "{ form: f, opens_at: 2027-06-01T09:00, closes_at: 2027-06-01T09:01 }",
                ),
            ],
        ),
        (
            "",
            &[
                start,
                ("registration", "{ form: f, capacity: 2, max_party: 2 }"),
            ],
        ),
        (
            "X02",
            &[
                start,
                ("registration", "{ form: f, capacity: 2, max_party: 3 }"),
            ],
        ),
        (
            "X04",
            &[start, ("registration", "{ form: f, waitlist: true }")],
        ),
        (
            "",
            &[start, ("registration", "{ form: f, waitlist: false }")],
        ),
        (
            "X03",
            &[
                start,
                ("publish_at", "2027-03-15T09:00"),
                ("expires_at", "2027-03-15T09:00"),
            ],
        ),
        (
            "X01",
            &[start, ("repeats", "{ every: week, until: 2027-06-20 }")],
        ),
        (
            "L05",
            &[start, ("image", "{ src: /media/x.jpg, decorative: false }")],
        ),
        (
            "",
            &[start, ("image", "{ src: /media/x.jpg, decorative: true }")],
        ),
    ];
    for (expected, lines) in cases {
        let said = said(&EVENT, "", lines);
        let of_rules = |code: &&str| code.starts_with('X') || *code == "L05";
        let found: Vec<&str> = said
            .iter()
            .map(|(code, _)| *code)
            .filter(of_rules)
            .collect();
        let expected: Vec<&str> = [expected]
            .into_iter()
            .filter(|code| !code.is_empty())
            .collect();
        assert_eq!(found, expected, "{lines:?}");
    }
}
