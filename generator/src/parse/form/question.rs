//! One question of a form, and its answers to choose from.

use crate::diagnostic::{Diagnostic, Text, did_you_mean};
use crate::parse::fields::{Fields, Spanned};
use crate::parse::wall_time::WallClock;
use forms::{Choice, Field, FieldKind, FieldName, Language, QuestionClass};

/// A question, and under which condition it is asked, which can only be judged once all questions are read.
pub(super) struct Question<'a> {
    pub(super) field: Field,
    pub(super) show_if: Option<Fields<'a>>,
}

const CLASSES: &[(&str, QuestionClass)] = &[
    ("contact", QuestionClass::Contact),
    ("identity", QuestionClass::Identity),
    ("logistics", QuestionClass::Logistics),
    ("needs", QuestionClass::Needs),
    ("eligibility", QuestionClass::Eligibility),
    ("monitoring", QuestionClass::Monitoring),
    ("monitoring_sensitive", QuestionClass::MonitoringSensitive),
    ("feedback", QuestionClass::Feedback),
];

#[derive(Clone, Copy)]
enum KindWord {
    Name,
    Email,
    Telephone,
    Text,
    LongText,
    Number,
    PartySize,
    PastDate,
    Date,
    Radio,
    Select,
    Checkboxes,
    Consent,
}

const KINDS: &[(&str, KindWord)] = &[
    ("name", KindWord::Name),
    ("email", KindWord::Email),
    ("telephone", KindWord::Telephone),
    ("text", KindWord::Text),
    ("long_text", KindWord::LongText),
    ("number", KindWord::Number),
    ("party_size", KindWord::PartySize),
    ("past_date", KindWord::PastDate),
    ("date", KindWord::Date),
    ("radio", KindWord::Radio),
    ("select", KindWord::Select),
    ("checkboxes", KindWord::Checkboxes),
    ("consent", KindWord::Consent),
];

/// The longest answer where the editor sets no limit, in characters.
const LONG_TEXT: u32 = 1_000;
const ONE_LINE: u32 = 200;

/// Reads a question.
pub(super) fn read<'a>(
    mut fields: Fields<'a>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Question<'a>> {
    let name = fields.required_text("name", diagnostics);
    let word = fields.one_of("kind", KINDS, diagnostics);
    fields.require("kind", diagnostics);
    let class = fields.one_of("class", CLASSES, diagnostics);
    fields.require("class", diagnostics);
    let required = fields.yes("required", true, diagnostics);
    let label = fields.required_localized("label", languages, diagnostics);
    let hint = fields.localized("hint", languages, diagnostics);
    let missing = fields.localized("missing", languages, diagnostics);
    let purpose = fields.localized("purpose", languages, diagnostics);
    let kind = word.map(|word| kind(word, &mut fields, languages, diagnostics));
    let show_if = fields.inside("show_if", diagnostics);
    let retention = fields.days("retention", diagnostics);
    if class.is_some_and(|class| !class.may_be_required()) && required {
        diagnostics.push(
            Diagnostic::error(
                "G01",
                fields.place_of("required"),
                Text::new(
                    "въпрос за особени нужди и други чувствителни данни не може да е задължителен",
                    "a question about personal needs or other sensitive data cannot be required",
                ),
            )
            .hint(Text::new(
                "добавете ред  required: false",
                "add a line  required: false",
            )),
        );
    }
    let name = name.and_then(|name| field_name(&fields, &name, diagnostics));
    fields.finish(diagnostics);
    let field = Field {
        name: name?,
        kind: kind?,
        label,
        hint,
        missing,
        required,
        class: class?,
        purpose,
        show_if: None,
        retention,
    };
    Some(Question { field, show_if })
}

fn field_name(
    fields: &Fields<'_>,
    name: &Spanned<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<FieldName> {
    let parsed = FieldName::parse(&name.value);
    if parsed.is_none() {
        let message = Text::new(
            "името на въпроса се пише с малки латински букви, цифри и долна черта",
            "the name of a question has small Latin letters, digits and underscores",
        );
        fields.report("V09", &name.span, message, None, diagnostics);
    }
    parsed
}

fn kind(
    word: KindWord,
    fields: &mut Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> FieldKind {
    match word {
        KindWord::Name => FieldKind::Name,
        KindWord::Email => FieldKind::Email,
        KindWord::Telephone => FieldKind::Telephone,
        KindWord::Text => FieldKind::Text {
            max_length: max_length(fields, ONE_LINE, diagnostics),
        },
        KindWord::LongText => FieldKind::LongText {
            max_length: max_length(fields, LONG_TEXT, diagnostics),
        },
        KindWord::Number => {
            let min = fields.integer("min", diagnostics);
            let max = fields.integer("max", diagnostics);
            in_order(fields, min, max, diagnostics);
            FieldKind::Number { min, max }
        }
        KindWord::PartySize => FieldKind::PartySize,
        KindWord::PastDate => FieldKind::PastDate,
        KindWord::Date => {
            let mut day = |name| Some(fields.date(name, WallClock::OF_DAYS, diagnostics)?.value);
            let (min, max) = (day("min"), day("max"));
            in_order(fields, min, max, diagnostics);
            FieldKind::Date { min, max }
        }
        KindWord::Radio => FieldKind::Radio {
            options: options(fields, languages, diagnostics),
        },
        KindWord::Select => FieldKind::Select {
            options: options(fields, languages, diagnostics),
        },
        KindWord::Checkboxes => FieldKind::Checkboxes {
            options: options(fields, languages, diagnostics),
        },
        KindWord::Consent => FieldKind::Consent,
    }
}

fn max_length(fields: &mut Fields<'_>, otherwise: u32, diagnostics: &mut Vec<Diagnostic>) -> u32 {
    fields
        .number("max_length", 1, diagnostics)
        .unwrap_or(otherwise)
}

/// No answer lies between limits the wrong way round.
fn in_order<T: PartialOrd>(
    fields: &Fields<'_>,
    min: Option<T>,
    max: Option<T>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        diagnostics.push(
            Diagnostic::error(
                "G13",
                fields.place_of("max"),
                Text::new("max е по-малко от min", "max is less than min"),
            )
            .hint(Text::new(
                "разменете двете стойности",
                "swap the two values",
            )),
        );
    }
}

fn options(
    fields: &mut Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Choice> {
    fields.require("options", diagnostics);
    let mut options: Vec<Choice> = Vec::new();
    for option in fields.maps("options", diagnostics) {
        let place = option.place_of("value");
        let Some(option) = choice(option, languages, diagnostics) else {
            continue;
        };
        if options.iter().any(|other| other.value == option.value) {
            let value = &option.value;
            diagnostics.push(
                Diagnostic::error(
                    "G14",
                    place,
                    Text::new(
                        format!("два отговора имат една и съща стойност „{value}“"),
                        format!("two answers have the same value “{value}”"),
                    ),
                )
                .hint(Text::new(
                    "дайте на всеки отговор своя стойност",
                    "give every answer a value of its own",
                )),
            );
        }
        options.push(option);
    }
    if options.is_empty() && fields.node("options").is_some() {
        let message = Text::new(
            "няма отговори за избор",
            "there are no answers to choose from",
        );
        diagnostics.push(
            Diagnostic::error("G14", fields.place_of("options"), message).hint(Text::new(
                "добавете отговори:  - { value: …, label: … }",
                "add answers:  - { value: …, label: … }",
            )),
        );
    }
    options
}

fn choice(
    mut option: Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Choice> {
    let value = option.required_text("value", diagnostics);
    let label = option.required_localized("label", languages, diagnostics);
    // A value becomes part of an id, and stands between commas where several are chosen.
    let is_plain = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-')
    };
    if let Some(value) = value
        .as_ref()
        .filter(|value| !value.value.bytes().all(is_plain))
    {
        let suggested = crate::parse::transliterate::slug(&value.value);
        option.report(
            "V09",
            &value.span,
            Text::new(
                "стойността на отговор се пише с малки латински букви, цифри, дефис и долна черта",
                "the value of an answer has small Latin letters, digits, hyphens and underscores",
            ),
            (!suggested.is_empty()).then(|| did_you_mean(&format!("value: {suggested}"))),
            diagnostics,
        );
    }
    option.finish(diagnostics);
    Some(Choice {
        value: value?.value,
        label,
    })
}
