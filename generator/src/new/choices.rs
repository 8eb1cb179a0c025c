//! What there is to choose when a file is made: its kind, and of the site forms and topics.

use clap::builder::PossibleValue;
use forms::{FieldKind, FormDefinition, Localized};

use crate::model::{self, Kind};
use crate::scaffold::{Offer, Offered};
use crate::site::Site;

const TRANSLATION: &str = "translation";

/// What can be made, by the names that editors give it.
pub(super) fn kinds() -> Vec<PossibleValue> {
    let kinds = made().map(|kind| PossibleValue::new(kind.name).aliases(called(kind)));
    let translation = PossibleValue::new(TRANSLATION).aliases(["превод", "translations"]);
    kinds.chain([translation]).collect()
}

fn made() -> impl Iterator<Item = &'static Kind> {
    // There is one home page, and it is there.
    model::KINDS
        .into_iter()
        .filter(|kind| *kind != &model::HOME)
}

/// What a kind is called besides: in Bulgarian, and by the folder of its files.
fn called(kind: &Kind) -> [&'static str; 2] {
    [kind.singular.bg, kind.section.folder()]
}

/// The kind that goes by this name.
pub(super) fn kind_of(what: &str) -> Option<&'static Kind> {
    let what = what.to_lowercase();
    made().find(|kind| kind.name == what || called(kind).contains(&what.as_str()))
}

/// What of the site can be an answer.
pub(super) fn offered(site: &Site) -> Offered {
    let language = site.languages().next();
    let title = |text: &Localized| {
        language
            .map_or("", |language| text.text(language))
            .to_owned()
    };
    // Those that ask how many come are meant for events.
    let asks = |form: &&FormDefinition| {
        let mut fields = form.fields.iter();
        !fields.any(|field| matches!(field.kind, FieldKind::PartySize))
    };
    let mut forms: Vec<&FormDefinition> = site.sign_up_forms().map(|(_, form)| form).collect();
    forms.sort_by_key(asks);
    let forms = forms.into_iter().map(|form| Offer {
        name: form.name.to_string(),
        title: title(&form.title),
    });
    let tags = site.settings.tags.terms.iter().map(|(slug, term)| Offer {
        name: slug.to_string(),
        title: title(&term.value),
    });
    Offered {
        forms: forms.collect(),
        tags: tags.collect(),
    }
}
