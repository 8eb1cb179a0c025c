//! Each language sets its own type, whatever was typed, and leaves alone what was typed well.

use std::fs;

use forms::{Language, Strings};
use generator::parse::markdown::Typography;
use proptest::prelude::*;

use crate::site_test::repository;

fn typography(language: &str) -> Typography {
    let path = repository().join(format!("themes/centre/i18n/{language}.yaml"));
    let tree = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    Typography::of(&Strings::new(Language::new(language), tree))
}

/// `~` stands for a space at which the line does not break.
#[track_caller]
fn is_set(language: &str, cases: &[(&str, &str)]) {
    let typography = typography(language);
    for (typed, set) in cases {
        let shown = typography.set(typed).replace('\u{a0}', "~");
        assert_eq!(shown, *set, "{typed}");
    }
}

#[test]
fn bulgarian_quotes_open_below_and_stand_inside_one_another() {
    is_set(
        "bg",
        &[
            (r#""Проект "Млади"""#, "„Проект ‚Млади‘“"),
            (
                r#"Проект "Млади", а не "Стари"!"#,
                "Проект „Млади“, а~не „Стари“!",
            ),
            ("'единични'", "‚единични‘"),
            (r#"("в скоби")"#, "(„в~скоби“)"),
            ("„Вече „набрано“ добре“", "„Вече „набрано“ добре“"),
            (r#"„Проект "Млади"“"#, "„Проект ‚Млади‘“"),
            ("екран 24\"", "екран 24\""),
        ],
    );
}

#[test]
fn english_apostrophes_are_no_quotes() {
    is_set(
        "en",
        &[
            ("it's the Centre's", "it’s the Centre’s"),
            (
                "the young people's plan, the partners' plan",
                "the young people’s plan, the partners’ plan",
            ),
            ("the '90s", "the ’90s"),
            (
                r#""Don't," she said, "say 'never'.""#,
                "“Don’t,” she said, “say ‘never’.”",
            ),
            ("'single' and \"double\"", "‘single’ and “double”"),
            ("6'", "6'"),
        ],
    );
}

#[test]
fn hyphens_between_spaces_are_dashes_and_those_inside_words_are_not() {
    is_set(
        "bg",
        &[
            ("София - Пловдив", "София – Пловдив"),
            ("9:00 - 17:00", "9:00 – 17:00"),
            ("а -- б --- в", "а – б – в"),
            ("младежи--доброволци", "младежи – доброволци"),
            (
                "по-добър, 032-123-456, BG05M9OP001-4.003-0020-C01",
                "по-добър, 032-123-456, BG05M9OP001-4.003-0020-C01",
            ),
            ("- точка", "- точка"),
            ("centre --help", "centre --help"),
            ("и така...", "и~така…"),
            ("....", "...."),
        ],
    );
}

#[test]
fn lines_do_not_break_after_short_words_nor_before_units() {
    is_set(
        "bg",
        &[
            ("В Пловдив и в София", "В~Пловдив и~в~София"),
            ("21 юни 2017 г. в 17:30 ч.", "21~юни 2017~г. в~17:30~ч."),
            ("50 %, 199 408 лв., 20 души", "50~%, 199~408~лв., 20~души"),
            (
                "№ 5, чл. 3, И. Вазов, И. М. Вазов",
                "№~5, чл.~3, И.~Вазов, И.~М.~Вазов",
            ),
            ("на ул. „Х“ - гр. Пловдив", "на ул.~„Х“ – гр.~Пловдив"),
            ("покана", "покана"),
            ("от 15 до 29 години", "от 15 до 29 години"),
        ],
    );
}

#[test]
fn addresses_are_left_alone() {
    is_set(
        "bg",
        &[(
            "в https://example.org/a--b...c - и www.example.org/x--y",
            "в~https://example.org/a--b...c – и~www.example.org/x--y",
        )],
    );
}

/// Texts made of what the setter looks at.
fn texts() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        " ",
        " ",
        " ",
        "\"",
        "\"",
        "'",
        "'",
        "-",
        "--",
        "...",
        ".",
        ",",
        "(",
        ")",
        "„",
        "“",
        "‚",
        "‘",
        "’",
        "”",
        "–",
        "\u{a0}",
        "в",
        "и",
        "к",
        "Млади",
        "foo",
        "don",
        "s",
        "t",
        "15",
        "408",
        "г.",
        "%",
        "И",
        "https://a.bg/x--y",
        "\n",
        "&",
        "<",
    ]);
    prop::collection::vec(parts, 0..24).prop_map(|parts| parts.concat())
}

/// What is read of a text: letters and digits, in order.
fn letters(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 800, ..ProptestConfig::default() })]

    #[test]
    fn setting_twice_is_setting_once(text in texts()) {
        for language in ["bg", "en"] {
            let typography = typography_once(language);
            let set = typography.set(&text);
            prop_assert_eq!(typography.set(&set), set);
        }
    }

    #[test]
    fn no_letter_is_lost_or_made_up(text in texts()) {
        for language in ["bg", "en"] {
            prop_assert_eq!(letters(&typography_once(language).set(&text)), letters(&text));
        }
    }

    #[test]
    fn any_text_can_be_set(text in any::<String>()) {
        prop_assert_eq!(letters(&typography_once("bg").set(&text)), letters(&text));
    }
}

/// The same, read from the disk once.
fn typography_once(language: &str) -> &'static Typography {
    use std::sync::LazyLock;
    static BG: LazyLock<Typography> = LazyLock::new(|| typography("bg"));
    static EN: LazyLock<Typography> = LazyLock::new(|| typography("en"));
    if language == "bg" { &BG } else { &EN }
}
