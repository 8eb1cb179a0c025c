//! `content/forms/<name>.yaml`: a form as its editor writes it, turned into a definition.

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::fingerprint::fingerprint;
use crate::parse::fields::{Fields, Spanned};
use crate::parse::yaml;
use crate::source::SourceFile;
use forms::{
    AgeRange, Choice, Condition, EligibilityRule, Field, FieldKind, FieldName, FormDefinition,
    Language, QuestionClass, Slug,
};

const CLASSES: &[(&str, QuestionClass)] = &[
    ("contact", QuestionClass::Contact),
    ("identity", QuestionClass::Identity),
    ("logistics", QuestionClass::Logistics),
    ("needs", QuestionClass::Needs),
    ("eligibility", QuestionClass::Eligibility),
];

#[derive(Clone, Copy)]
enum KindWord {
    Name,
    Email,
    Telephone,
    Text,
    LongText,
    PartySize,
    PastDate,
    Radio,
    Consent,
}

const KINDS: &[(&str, KindWord)] = &[
    ("name", KindWord::Name),
    ("email", KindWord::Email),
    ("telephone", KindWord::Telephone),
    ("text", KindWord::Text),
    ("long_text", KindWord::LongText),
    ("party_size", KindWord::PartySize),
    ("past_date", KindWord::PastDate),
    ("radio", KindWord::Radio),
    ("consent", KindWord::Consent),
];

/// The longest answer where the editor sets no limit, in characters.
const LONG_TEXT: u32 = 1_000;
const ONE_LINE: u32 = 200;

/// Reads a form.
pub(crate) fn read(
    file: &SourceFile,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<FormDefinition> {
    let Ok(name) = Slug::parse(file.stem()) else {
        diagnostics.push(crate::parse::document::bad_file_name(file));
        return None;
    };
    let node = yaml::read(file, 0..file.text.len(), diagnostics);
    let mut form = Fields::of(file, &node, diagnostics);
    let fields: Vec<Field> = form
        .maps("fields", diagnostics)
        .into_iter()
        .filter_map(|fields| field(fields, languages, diagnostics))
        .collect();
    let definition = FormDefinition {
        name,
        version: fingerprint::<8>(file.text.as_bytes()),
        title: form.required_localized("title", languages, diagnostics),
        intro: form.localized("intro", languages, diagnostics),
        at_least_one: field_names(&mut form, "at_least_one", &fields, diagnostics),
        eligibility: form
            .maps("eligibility", diagnostics)
            .into_iter()
            .filter_map(|rule| eligibility_rule(rule, &fields, languages, diagnostics))
            .collect(),
        notice: form.required_localized("notice", languages, diagnostics),
        submit: form.required_localized("submit", languages, diagnostics),
        fields,
    };
    contact_is_asked(file, &definition, diagnostics);
    names_differ(file, &definition, diagnostics);
    rules_can_be_met(file, &definition, diagnostics);
    form.finish(diagnostics);
    Some(definition)
}

fn field(
    mut fields: Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Field> {
    let name = fields.required_text("name", diagnostics);
    let word = fields.one_of("kind", KINDS, diagnostics);
    fields.require("kind", diagnostics);
    let class = fields.one_of("class", CLASSES, diagnostics);
    fields.require("class", diagnostics);
    let required = fields.yes("required", true, diagnostics);
    let label = fields.required_localized("label", languages, diagnostics);
    let hint = fields.localized("hint", languages, diagnostics);
    let missing = fields.localized("missing", languages, diagnostics);
    let kind = word.map(|word| kind(word, &mut fields, languages, diagnostics));
    if class == Some(QuestionClass::Needs) && required {
        diagnostics.push(
            Diagnostic::error(
                "G01",
                fields.place_of("required"),
                Text::new(
                    "въпрос за особени нужди не може да е задължителен",
                    "a question about personal needs cannot be required",
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
    Some(Field {
        name: name?,
        kind: kind?,
        label,
        hint,
        missing,
        required,
        class: class?,
    })
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
    let mut max_length = |otherwise: u32| {
        fields
            .number("max_length", 1, diagnostics)
            .unwrap_or(otherwise)
    };
    match word {
        KindWord::Name => FieldKind::Name,
        KindWord::Email => FieldKind::Email,
        KindWord::Telephone => FieldKind::Telephone,
        KindWord::Text => FieldKind::Text {
            max_length: max_length(ONE_LINE),
        },
        KindWord::LongText => FieldKind::LongText {
            max_length: max_length(LONG_TEXT),
        },
        KindWord::PartySize => FieldKind::PartySize,
        KindWord::PastDate => FieldKind::PastDate,
        KindWord::Consent => FieldKind::Consent,
        KindWord::Radio => {
            fields.require("options", diagnostics);
            let options = fields.maps("options", diagnostics);
            FieldKind::Radio {
                options: options
                    .into_iter()
                    .filter_map(|option| choice(option, languages, diagnostics))
                    .collect(),
            }
        }
    }
}

fn choice(
    mut option: Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Choice> {
    let value = option
        .required_text("value", diagnostics)
        .map(|value| value.value);
    let label = option.required_localized("label", languages, diagnostics);
    option.finish(diagnostics);
    Some(Choice {
        value: value?,
        label,
    })
}

fn field_names(
    form: &mut Fields<'_>,
    name: &'static str,
    fields: &[Field],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<FieldName> {
    let names = form.texts(name, diagnostics);
    names
        .iter()
        .filter_map(|name| known_field(form, name, fields, diagnostics))
        .map(|field| field.name.clone())
        .collect()
}

fn known_field<'a>(
    form: &Fields<'_>,
    name: &Spanned<String>,
    fields: &'a [Field],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'a Field> {
    let found = fields
        .iter()
        .find(|field| field.name.as_str() == name.value);
    if found.is_none() {
        let known: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        form.report(
            "G02",
            &name.span,
            Text::new(
                format!("формулярът няма въпрос „{}“", name.value),
                format!("the form has no question “{}”", name.value),
            ),
            crate::diagnostic::closest(&name.value, &known).map(crate::diagnostic::did_you_mean),
            diagnostics,
        );
    }
    found
}

fn eligibility_rule(
    mut rule: Fields<'_>,
    fields: &[Field],
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<EligibilityRule> {
    let name = rule.required_text("field", diagnostics);
    let otherwise = rule.required_localized("otherwise", languages, diagnostics);
    let age = rule.inside("age", diagnostics).and_then(|mut age| {
        let range = age
            .number("min", 0, diagnostics)
            .zip(age.number("max", 0, diagnostics));
        age.finish(diagnostics);
        let (min, max) = range?;
        Some(Condition::Age(AgeRange {
            min: i16::try_from(min).ok()?,
            max: i16::try_from(max).ok()?,
        }))
    });
    let one_of: Vec<String> = rule
        .texts("one_of", diagnostics)
        .into_iter()
        .map(|value| value.value)
        .collect();
    let condition = age.or_else(|| (!one_of.is_empty()).then_some(Condition::OneOf(one_of)));
    if condition.is_none() {
        diagnostics.push(Diagnostic::error(
            "G03",
            rule.place(),
            Text::new(
                "липсва условието: age или one_of",
                "the condition is missing: age or one_of",
            ),
        ));
    }
    let field = name.and_then(|name| known_field(&rule, &name, fields, diagnostics));
    rule.finish(diagnostics);
    Some(EligibilityRule {
        field: field?.name.clone(),
        condition: condition?,
        otherwise,
    })
}

/// A form that asks for no way to reach the person could never be answered.
fn contact_is_asked(
    file: &SourceFile,
    definition: &FormDefinition,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let reachable = |field: &Field| {
        matches!(field.kind, FieldKind::Email | FieldKind::Telephone)
            && (field.required || definition.at_least_one.contains(&field.name))
    };
    if !definition.fields.iter().any(reachable) {
        diagnostics.push(Diagnostic::error(
            "G04",
            Place::file(&file.path),
            Text::new(
                "формулярът не пита задължително за имейл или телефон, така че няма как да отговорите",
                "the form does not require an e-mail address or a telephone number, so nobody could be answered",
            ),
        ));
    }
}

/// The field of every form that only programs fill in.
const TRAP: &str = "website";

/// Two questions of one name would get one answer.
fn names_differ(file: &SourceFile, definition: &FormDefinition, diagnostics: &mut Vec<Diagnostic>) {
    let mut posted = vec![TRAP.to_owned()];
    for field in &definition.fields {
        let name = field.name.as_str();
        let names = match field.kind {
            FieldKind::PastDate => ["day", "month", "year"]
                .map(|part| format!("{name}_{part}"))
                .to_vec(),
            _ => vec![name.to_owned()],
        };
        if names.iter().any(|name| posted.contains(name)) {
            diagnostics.push(
                Diagnostic::error(
                    "G08",
                    Place::file(&file.path),
                    Text::new(
                        format!("името „{name}“ вече е заето във формуляра"),
                        format!("the name “{name}” is already taken in the form"),
                    ),
                )
                .hint(Text::new(
                    "дайте друго име на въпроса",
                    "give the question another name",
                )),
            );
        }
        posted.extend(names);
    }
}

/// A rule that nobody can meet would turn everybody away.
fn rules_can_be_met(
    file: &SourceFile,
    definition: &FormDefinition,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for rule in &definition.eligibility {
        let kind = definition.field(&rule.field).map(|field| &field.kind);
        let can_be_met = match (&rule.condition, kind) {
            (Condition::Age(range), Some(FieldKind::PastDate)) => range.min <= range.max,
            (Condition::OneOf(values), Some(FieldKind::Radio { options })) => values
                .iter()
                .all(|value| options.iter().any(|option| option.value == *value)),
            _ => false,
        };
        if !can_be_met {
            diagnostics.push(
                Diagnostic::error(
                    "G09",
                    Place::file(&file.path),
                    Text::new(
                        format!("никой не може да изпълни условието за „{}“", rule.field),
                        format!("nobody can meet the condition on “{}”", rule.field),
                    ),
                )
                .hint(Text::new(
                    "age е за въпрос от вид past_date, а one_of изброява отговори на въпрос от вид radio",
                    "age is for a question of the kind past_date, one_of lists answers of a question of the kind radio",
                )),
            );
        }
    }
}
