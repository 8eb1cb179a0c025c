//! Questions that not everybody is asked: who is, in words, and by a number that styles hide them with.

use super::is_asked;
use crate::{Field, FieldKind, FormDefinition, PartySize, ShowIf, Strings};

/// The different conditions of a form, in the order of the questions.
pub(super) struct Conditions<'a> {
    definition: &'a FormDefinition,
    pub(super) strings: &'a Strings,
    numbered: Vec<&'a ShowIf>,
}

/// As many conditions have a rule in the theme's styles. Questions under further ones are always in sight.
const STYLED: usize = 9;

impl<'a> Conditions<'a> {
    /// The conditions of a form.
    pub(super) fn of(
        definition: &'a FormDefinition,
        max_party: PartySize,
        strings: &'a Strings,
    ) -> Conditions<'a> {
        let asked = definition
            .fields
            .iter()
            .filter(|field| is_asked(field, max_party));
        let mut numbered: Vec<&ShowIf> = Vec::new();
        for condition in asked.filter_map(|field| field.show_if.as_ref()) {
            if !numbered.contains(&condition) {
                numbered.push(condition);
            }
        }
        numbered.truncate(STYLED);
        Conditions {
            definition,
            strings,
            numbered,
        }
    }

    /// The number of the condition under which a question is asked, from 1; zero where it has none.
    pub(super) fn number(&self, field: &Field) -> usize {
        let position = |condition| self.numbered.iter().position(|other| *other == condition);
        let position = field.show_if.as_ref().and_then(position);
        position.map_or(0, |position| position + 1)
    }

    /// The numbers of the conditions that one value of a question meets, with spaces between them.
    pub(super) fn met_by(&self, field: &Field, value: &str) -> String {
        let is_met = |condition: &ShowIf| {
            condition.field == field.name && condition.is.iter().any(|other| other == value)
        };
        let numbers = (1..).zip(&self.numbered);
        numbers
            .filter(|(_, condition)| is_met(condition))
            .map(|(number, _)| number.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Who is asked a question, as a sentence; empty when everybody is.
    pub(super) fn in_words(&self, field: &Field) -> String {
        let Some((condition, asked)) = field.show_if.as_ref().and_then(|condition| {
            let asked = self.definition.field(&condition.field)?;
            Some((condition, asked))
        }) else {
            return String::new();
        };
        let language = &self.strings.language;
        let question = self.quoted(asked.label.text(language));
        if asked.kind == FieldKind::Consent {
            return self
                .strings
                .fill("form.show_if_agreed", &[("question", &question)]);
        }
        let options = asked.kind.options().unwrap_or_default();
        let labels: Vec<String> = options
            .iter()
            .filter(|option| condition.is.contains(&option.value))
            .map(|option| self.quoted(option.label.text(language)))
            .collect();
        let answers = match labels.as_slice() {
            [before @ .., last] if !before.is_empty() => {
                let (before, or) = (before.join(", "), self.strings.text("form.or"));
                format!("{before} {or} {last}")
            }
            _ => labels.concat(),
        };
        self.strings.fill(
            "form.show_if",
            &[("question", &question), ("answers", &answers)],
        )
    }

    fn quoted(&self, text: &str) -> String {
        match self.strings.list("typography.quotes").as_slice() {
            [open, close] => format!("{open}{text}{close}"),
            _ => text.to_owned(),
        }
    }
}
