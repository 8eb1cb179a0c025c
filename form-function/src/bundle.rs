//! What the generator hands to the form function: `dist/forms/`, read once.
//!
//! In: the files. Out: a [`Bundle`] with every part in place and every template parsed. A part that is missing or broken
//! stops the start, so that no visitor is the first to find out.

use std::collections::BTreeMap;

use forms::{
    Activity, FormDefinition, Language, Manifest, ManifestError, MonthNames, Slug, Strings,
    TEMPLATES,
};
use jiff::tz::TimeZone;
use lettre::message::Mailbox;
use serde_json::{Map, Value};
use tera::Tera;

use crate::pages::Link;

mod load;

/// The site's forms, texts and templates.
#[derive(Debug)]
pub struct Bundle {
    /// Every form, activity and language.
    pub manifest: Manifest,
    /// The zone in which wall times are meant.
    pub zone: TimeZone,
    /// The templates of the theme.
    pub templates: Tera,
    /// The sender of mail, without or with a name.
    pub sender: Mailbox,
    /// The names of the months in every language of the site.
    pub months: MonthNames,
    texts: BTreeMap<Language, Texts>,
    default: Language,
}

/// What pages and mail have in each language.
#[derive(Debug)]
pub struct Texts {
    /// The interface texts.
    pub strings: Strings,
    /// The address of the home page.
    pub home: String,
    /// The name of the site.
    pub site_name: String,
    /// The navigation.
    pub(crate) navigation: Vec<Link>,
    /// Whom to ring: the first of the site's contacts that can be called, if there is one.
    pub(crate) telephone: Option<Link>,
    /// `t` of every template.
    pub(crate) t: tera::Value,
    /// `site` of every template.
    pub(crate) site: tera::Value,
    /// `page` of every page, as far as it is the same for all.
    pub(crate) page: Map<String, Value>,
}

/// A bundle that this program cannot work with. The message names the file.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The folder, or a file in it, cannot be read.
    #[error(
        "`{file}` cannot be read; build the site first, or set `FORMS_BUNDLE` to the folder that it wrote"
    )]
    Unreadable {
        /// The file or folder.
        file: String,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// A file that every bundle has is not there.
    #[error("`{0}` is missing from the bundle; build the site again")]
    Missing(String),
    /// A file is there and is not what it should be.
    #[error("`{file}` of the bundle is broken: {problem}")]
    Broken {
        /// The file.
        file: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The manifest is not for this program.
    #[error("`{MANIFEST}` of the bundle")]
    Manifest(#[from] ManifestError),
}

const MANIFEST: &str = "manifest.json";

/// The templates that the function draws, by name; [`TEMPLATES`] lists them.
pub(crate) mod template {
    pub(crate) const FORM: &str = "form.html";
    pub(crate) const CHECK_ANSWERS: &str = "check-answers.html";
    pub(crate) const RECEIPT: &str = "receipt.html";
    pub(crate) const VERIFY: &str = "verify.html";
    pub(crate) const MESSAGE: &str = "message.html";
    pub(crate) const MAIL_TEXT: &str = "mail/message.txt";
    pub(crate) const MAIL_HTML: &str = "mail/message.html";
    #[cfg(feature = "embedded")]
    pub(crate) use staff::*;

    /// Those of the staff area.
    #[cfg(feature = "embedded")]
    mod staff {
        pub(crate) const STAFF_SIGN_IN: &str = "staff/sign-in.html";
        pub(crate) const STAFF_MESSAGE: &str = "staff/message.html";
        pub(crate) const STAFF_TODAY: &str = "staff/today.html";
        pub(crate) const STAFF_EVENTS: &str = "staff/events.html";
        pub(crate) const STAFF_EVENT: &str = "staff/event.html";
        pub(crate) const STAFF_REGISTRATION: &str = "staff/registration.html";
        pub(crate) const STAFF_CHECK_IN: &str = "staff/check-in.html";
        pub(crate) const STAFF_SERVICE_USERS: &str = "staff/service-users.html";
        pub(crate) const STAFF_DOOR_LIST: &str = "staff/door-list.html";
        pub(crate) const STAFF_DATA: &str = "staff/data.html";
        pub(crate) const STAFF_PROCESSING: &str = "staff/processing.html";
        pub(crate) const STAFF_CARD: &str = "staff/card.html";
        pub(crate) const STAFF_CARD_SHEET: &str = "staff/card-sheet.html";
        pub(crate) const STAFF_STATISTICS: &str = "staff/statistics.html";
        pub(crate) const STAFF_LOG: &str = "staff/log.html";
    }
}

impl Bundle {
    /// The bundle that these files make, by their paths inside `dist/forms/`.
    pub fn from_files(files: &BTreeMap<String, Vec<u8>>) -> Result<Bundle, BundleError> {
        let manifest = Manifest::from_json(text(files, MANIFEST)?)?;
        let sender = manifest.identity.mail_from.parse().map_err(|error| {
            let address = &manifest.identity.mail_from;
            broken(
                MANIFEST,
                format!("`mail_from` is no e-mail address: `{address}` ({error})"),
            )
        })?;
        let texts = manifest
            .languages
            .iter()
            .map(|language| Ok((language.clone(), Texts::from_files(files, language)?)))
            .collect::<Result<BTreeMap<_, _>, BundleError>>()?;
        let default = manifest
            .languages
            .first()
            .ok_or_else(|| broken(MANIFEST, "it names no language"))?
            .clone();
        Ok(Bundle {
            zone: manifest.time_zone(),
            templates: templates(files)?,
            sender,
            months: MonthNames::of(texts.values().map(|texts| &texts.strings)),
            texts,
            default,
            manifest,
        })
    }

    /// The texts in this language, or in the site's default one.
    pub fn texts(&self, language: &Language) -> &Texts {
        // `from_files` has put in the texts of every language of the manifest, and the default one is among them.
        self.texts
            .get(language)
            .unwrap_or(&self.texts[&self.default])
    }

    /// The texts in this language, if the site has it.
    pub fn texts_in(&self, language: &str) -> Option<&Texts> {
        self.texts.get(&Language::new(language))
    }

    /// The texts in the site's default language.
    pub fn default_texts(&self) -> &Texts {
        self.texts(&self.default)
    }

    /// The activity of this name and its form.
    pub fn activity(&self, name: &str) -> Option<(&Activity, &FormDefinition)> {
        self.manifest.activity(&Slug::parse(name).ok()?)
    }
}

impl Texts {
    /// The language they are in.
    pub fn language(&self) -> &Language {
        &self.strings.language
    }

    fn from_files(
        files: &BTreeMap<String, Vec<u8>>,
        language: &Language,
    ) -> Result<Texts, BundleError> {
        let tree = json(files, &format!("strings/{language}.json"))?;
        let file = format!("frames/{language}.json");
        let mut frame = json(files, &file)?;
        let part = |name: &str| broken(&file, format!("it has no object `{name}`"));
        let Some(Value::Object(page)) = frame.get_mut("page").map(Value::take) else {
            return Err(part("page"));
        };
        let site = frame
            .get("site")
            .filter(|site| site.is_object())
            .ok_or_else(|| part("site"))?;
        let of_site = |name: &str| {
            let value = site.get(name).and_then(Value::as_str).map(str::to_owned);
            value.ok_or_else(|| broken(&file, format!("it has no text `site.{name}`")))
        };
        let rows = |name: &str| {
            site.get(name)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        let link = |entry: &Value, title: &str| {
            let text = |name: &str| Some(entry.get(name)?.as_str()?.to_owned());
            Some(Link {
                title: text(title)?,
                url: text("url")?,
            })
        };
        Ok(Texts {
            home: of_site("home")?,
            site_name: of_site("name")?,
            navigation: rows("navigation")
                .filter_map(|entry| link(entry, "title"))
                .collect(),
            telephone: rows("contact")
                .filter_map(|entry| link(entry, "value"))
                .find(|link| link.url.starts_with("tel:")),
            t: tera::Value::from_serializable(&tree),
            site: tera::Value::from_serializable(site),
            page,
            strings: Strings::new(language.clone(), tree),
        })
    }
}

fn templates(files: &BTreeMap<String, Vec<u8>>) -> Result<Tera, BundleError> {
    let mut templates = Tera::new();
    let paths = files
        .keys()
        .filter_map(|path| Some((path.strip_prefix("templates/")?, path)));
    let sources = paths
        .map(|(name, path)| Ok((name, text(files, path)?)))
        .collect::<Result<Vec<_>, BundleError>>()?;
    if let Some(missing) = TEMPLATES
        .iter()
        .find(|wanted| !sources.iter().any(|(name, _)| name == *wanted))
    {
        return Err(BundleError::Missing(format!("templates/{missing}")));
    }
    // Tera's own report names the template, the line and the fault.
    templates
        .add_raw_templates(sources)
        .map_err(|error| broken("templates/", error))?;
    Ok(templates)
}

fn json(files: &BTreeMap<String, Vec<u8>>, file: &str) -> Result<Value, BundleError> {
    serde_json::from_str(text(files, file)?).map_err(|error| broken(file, error))
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, file: &str) -> Result<&'a str, BundleError> {
    let bytes = files
        .get(file)
        .ok_or_else(|| BundleError::Missing(file.to_owned()))?;
    std::str::from_utf8(bytes).map_err(|error| broken(file, error))
}

fn broken(file: &str, problem: impl std::fmt::Display) -> BundleError {
    BundleError::Broken {
        file: file.to_owned(),
        problem: problem.to_string(),
    }
}
