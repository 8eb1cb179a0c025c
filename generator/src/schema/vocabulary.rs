//! What the fields of one site take, and the language in which they are explained.

use std::collections::BTreeMap;

use forms::Language;

use crate::diagnostic::MessageLanguage;
use crate::model::{Field, Said, Section, Words};
use crate::parse::settings::Admin;
use crate::site::Site;

/// What the fields of one site take, and the language in which they are explained.
pub(super) struct Vocabulary<'a> {
    /// The language of labels and explanations.
    told_in: MessageLanguage,
    /// The languages of the site, the main one first.
    pub(super) languages: Vec<&'a str>,
    /// The topics, with what they are called.
    pub(super) tags: Vec<(&'a str, &'a str)>,
    /// The names of the forms, with their titles.
    pub(super) forms: Vec<(&'a str, &'a str)>,
    /// The zone of wall times.
    pub(super) zone: &'a str,
    /// What the lists are called.
    pub(super) sections: BTreeMap<Section, &'a str>,
    /// The name of the centre.
    pub(super) name: &'a str,
    /// The address of the site.
    pub(super) base_url: &'a str,
    /// The address of the site's icon; empty where it is not known.
    pub(super) icon: &'a str,
    /// The editor's page, where the site has one.
    pub(super) admin: Option<&'a Admin>,
}

impl<'a> Vocabulary<'a> {
    /// That of a site.
    pub(super) fn of(site: &'a Site, icon: &'a str, told_in: MessageLanguage) -> Vocabulary<'a> {
        let settings = &site.settings;
        let code = match told_in {
            MessageLanguage::Bg => "bg",
            MessageLanguage::En => "en",
        };
        let languages: Vec<&str> = site.languages().map(Language::as_str).collect();
        // Where the site does not speak the language of messages, its topics are called as in its main one.
        let called = if languages.contains(&code) {
            code
        } else {
            languages.first().copied().unwrap_or(code)
        };
        let called = Language::new(called);
        Vocabulary {
            told_in,
            languages,
            tags: (settings.tags.terms.iter())
                .map(|(tag, title)| (tag.as_str(), title.value.text(&called)))
                .collect(),
            forms: (site.sign_up_forms())
                .map(|(form, definition)| (form.as_str(), definition.title.text(&called)))
                .collect(),
            zone: &settings.zone_name,
            sections: (settings.sections.iter())
                .map(|(section, list)| (*section, list.title.text(&called)))
                .collect(),
            name: settings.name.text(&called),
            base_url: &settings.base_url,
            icon,
            admin: settings.admin.as_ref(),
        }
    }

    /// One of two texts, in the language of the explanations.
    pub(super) fn choose<'b>(&self, bg: &'b str, en: &'b str) -> &'b str {
        match self.told_in {
            MessageLanguage::Bg => bg,
            MessageLanguage::En => en,
        }
    }

    /// What a folder is called where the site has no list of it.
    pub(super) fn many(&self, section: Section) -> &'static str {
        match section {
            Section::Pages => self.choose("страници", "pages"),
            Section::Services => self.choose("услуги", "services"),
            Section::News => self.choose("новини", "news"),
            Section::Events => self.choose("събития", "events"),
            Section::People => self.choose("хора", "people"),
            Section::Documents => self.choose("документи", "documents"),
            Section::Venues => self.choose("места", "venues"),
        }
    }

    /// A text of the model in the language of the explanations.
    pub(super) fn say(&self, words: Words) -> &'static str {
        words.in_language(self.told_in)
    }
}

/// Whether a field stands in the file of the main language, or in those of the others.
pub(super) fn stands_in(field: &Field, translation: bool) -> bool {
    match field.said {
        Said::PerLanguage => true,
        Said::Once => !translation,
        Said::InTranslations => translation,
    }
}
