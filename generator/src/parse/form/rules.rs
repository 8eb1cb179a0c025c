//! Rules for a form as a whole: that it can be answered at all, and that the answers can be told apart.

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::parse::fields::Fields;
use forms::{Field, FieldKind, FormDefinition, MOST_VALUES, Occasion};

/// Checks a form.
pub(super) fn check(
    form: &Fields<'_>,
    definition: &FormDefinition,
    diagnostics: &mut Vec<Diagnostic>,
) {
    contact_is_asked(form, definition, diagnostics);
    nothing_sensitive_is_demanded(form, definition, diagnostics);
    e_mail_can_be_verified(form, definition, diagnostics);
    names_differ(form, definition, diagnostics);
    fits_into_a_post(form, definition, diagnostics);
}

/// A form that asks for no way to reach the person could never be answered.
fn contact_is_asked(
    form: &Fields<'_>,
    definition: &FormDefinition,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let reachable = |field: &Field| {
        matches!(field.kind, FieldKind::Email | FieldKind::Telephone)
            && field.show_if.is_none()
            && (field.required || definition.at_least_one.contains(&field.name))
    };
    // The card of a participant is filled in by staff, with the person beside them.
    let is_of_staff = Occasion::of_form(definition.name.as_str()).is_some();
    if !is_of_staff && !definition.fields.iter().any(reachable) {
        diagnostics.push(Diagnostic::error(
            "G04",
            Place::file(&form.file.path),
            Text::new(
                "формулярът не пита задължително за имейл или телефон, така че няма как да отговорите",
                "the form does not require an e-mail address or a telephone number, so nobody could be answered",
            ),
        ));
    }
}

/// Fields of which one must be answered demand an answer as well.
fn nothing_sensitive_is_demanded(
    form: &Fields<'_>,
    definition: &FormDefinition,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let demanded = definition
        .at_least_one
        .iter()
        .filter_map(|name| definition.field(name));
    for field in demanded.filter(|field| !field.class.may_be_required()) {
        diagnostics.push(
            Diagnostic::error(
                "G01",
                form.place_of("at_least_one"),
                Text::new(
                    format!(
                        "„{}“ пита за чувствителни данни и не може да е тук",
                        field.name
                    ),
                    format!(
                        "“{}” asks for sensitive data and cannot stand here",
                        field.name
                    ),
                ),
            )
            .hint(Text::new(
                "махнете въпроса от at_least_one",
                "remove the question from at_least_one",
            )),
        );
    }
}

/// Nobody could prove an address that the form does not ask everybody for.
fn e_mail_can_be_verified(
    form: &Fields<'_>,
    definition: &FormDefinition,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let asks_everybody = definition
        .fields
        .iter()
        .any(|field| field.kind == FieldKind::Email && field.required && field.show_if.is_none());
    if definition.verify_email && !asks_everybody {
        diagnostics.push(
            Diagnostic::error(
                "G12",
                form.place_of("verify_email"),
                Text::new(
                    "имейлът няма как да се потвърди, защото формулярът не го изисква от всеки",
                    "the e-mail address cannot be verified, because the form does not require it of everybody",
                ),
            )
            .hint(Text::new(
                "добавете задължителен въпрос  kind: email  или махнете verify_email",
                "add a required question  kind: email, or remove verify_email",
            )),
        );
    }
}

/// The field of every form that only programs fill in.
const TRAP: &str = "website";

/// Two questions of one name would get one answer.
fn names_differ(form: &Fields<'_>, definition: &FormDefinition, diagnostics: &mut Vec<Diagnostic>) {
    let mut posted = vec![TRAP.to_owned()];
    for field in &definition.fields {
        let name = field.name.as_str();
        let names = field.posted_names();
        if names.iter().any(|name| posted.contains(name)) {
            diagnostics.push(
                Diagnostic::error(
                    "G08",
                    Place::file(&form.file.path),
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

/// What every form posts beside its answers: the language, the trap, the token of "check your answers" and its second
/// button.
const BESIDE_ANSWERS: usize = 4;

/// A post of more values than the function takes would be refused, however well it was filled in.
fn fits_into_a_post(
    form: &Fields<'_>,
    definition: &FormDefinition,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let posted = |field: &Field| match &field.kind {
        FieldKind::Checkboxes { options } => options.len(),
        _ => field.posted_names().len(),
    };
    let values: usize = definition.fields.iter().map(posted).sum();
    let most = MOST_VALUES - BESIDE_ANSWERS;
    if values > most {
        diagnostics.push(
            Diagnostic::error(
                "G15",
                Place::file(&form.file.path),
                Text::new(
                    format!("формулярът има {values} полета, а може да има най-много {most}"),
                    format!("the form has {values} controls, and may have at most {most}"),
                ),
            )
            .hint(Text::new(
                "махнете въпроси или отговори за отмятане; датата е три полета",
                "remove questions, or boxes to tick; a date is three controls",
            )),
        );
    }
}
