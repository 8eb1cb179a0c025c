//! `content/site.yaml`: what is true of the whole site.

mod admin;
mod contact;
mod lists;
mod menu;
mod untranslated;
pub(crate) mod theme;

use std::collections::BTreeMap;

use forms::{Language, Localized};
use jiff::tz::TimeZone;

use crate::diagnostic::{Diagnostic, Place, Placed, Text};
use crate::parse::document::Section;
use crate::parse::fields::{Fields, Spanned};
use crate::parse::yaml::{self, Value};
use crate::source::SourceFile;
use admin::admin;
use contact::{calling_code, contact};
use lists::{a_z, search_settings, sections, tag_settings};

pub use admin::{Admin, EditLinks, Forge, ForgeKind, Storage};
pub use lists::{AToZSettings, SearchSettings, SectionSettings, TagSettings};
pub use menu::{Menu, MenuItem, MenuTarget};
use menu::{menu, target};
use theme::theme;
use untranslated::untranslated;

pub use untranslated::Untranslated;

/// What is true of the whole site.
#[derive(Debug)]
pub struct Settings {
    /// The name of the centre.
    pub name: Localized,
    /// Whose centre it is; may be empty.
    pub owner: Localized,
    /// One sentence on the site.
    pub description: Localized,
    /// The address of the site, without a closing `/`.
    pub base_url: String,
    /// The sender of mail.
    pub mail_from: String,
    /// The zone in which wall times are meant.
    pub zone: TimeZone,
    /// The IANA name of that zone.
    pub zone_name: String,
    /// The languages with their own names, the default one first.
    pub languages: Vec<(Language, String)>,
    /// The year of dates that are written without one.
    pub record_year: Option<i16>,
    /// That year, as long as it is only supposed: dates in it are shown without year and weekday.
    pub supposed_year: Option<i16>,
    /// Whether services and events cost nothing.
    pub free_of_charge: bool,
    /// How to reach the centre, row by row.
    pub contact: Vec<ContactRow>,
    /// The calling code of the country, such as `+359`: of telephone numbers that people write without one.
    pub calling_code: Option<String>,
    /// Address and texts of the lists.
    pub sections: BTreeMap<Section, SectionSettings>,
    /// What readers find of a page that stands alone and was not translated into their language.
    pub untranslated: Untranslated,
    /// The vocabulary of tags.
    pub tags: TagSettings,
    /// Address and heading of the list of all pages by letter, if there is one.
    pub a_z: Option<AToZSettings>,
    /// Address and heading of the search page; without them there is no search.
    pub search: Option<SearchSettings>,
    /// The main menu.
    pub navigation: Menu,
    /// The menu at the foot of every page.
    pub footer: Menu,
    /// The page that says what happens with answers; forms link to it.
    pub privacy: Option<Placed<MenuTarget>>,
    /// The accessibility statement.
    pub accessibility: Option<Placed<MenuTarget>>,
    /// Who pays, where that must be said.
    pub funding: Option<Funding>,
    /// The folder in `themes/` that gives the site its look, where it is named.
    pub theme: Option<Placed<String>>,
    /// The editor's page, where there is one.
    pub admin: Option<Admin>,
}

/// A row of the contacts.
#[derive(Debug)]
pub struct ContactRow {
    /// What it is.
    pub label: Localized,
    /// The number, address or text.
    pub value: Localized,
    /// Where it leads; may be empty.
    pub url: String,
}

/// Who pays (Regulation (EU) 1303/2013, Annex XII; Implementing Regulation (EU) 821/2014, art. 4).
#[derive(Debug)]
pub struct Funding {
    /// The number of the project.
    pub project: String,
    /// „Европейски съюз“, in full.
    pub union: Localized,
    /// The fund.
    pub fund: Localized,
    /// The statement for the foot of pages and for documents.
    pub statement: Localized,
}

/// Reads `content/site.yaml`.
pub(crate) fn read(file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Option<Settings> {
    let node = yaml::read(file, 0..file.text.len(), diagnostics);
    placeholders(file, &node, diagnostics);
    let mut fields = Fields::of(file, &node, diagnostics);
    let languages = languages(&mut fields, diagnostics);
    let tags: Vec<Language> = languages
        .iter()
        .map(|(language, _)| language.clone())
        .collect();
    if tags.is_empty() {
        return None;
    }
    let zone = fields.required_text("zone", diagnostics);
    // An unknown zone was reported; with another one in its place the rest can be read.
    let (zone_name, zone) = zone
        .and_then(|zone| time_zone(&fields, zone, diagnostics))
        .unwrap_or(("UTC".to_owned(), TimeZone::UTC));
    let settings = Settings {
        name: fields.required_localized("name", &tags, diagnostics),
        owner: fields
            .localized("owner", &tags, diagnostics)
            .unwrap_or_default(),
        description: fields.required_localized("description", &tags, diagnostics),
        base_url: base_url(&mut fields, diagnostics),
        mail_from: mail_from(&mut fields, diagnostics),
        zone,
        zone_name,
        record_year: record_year(&mut fields, diagnostics),
        supposed_year: supposed_year(&mut fields),
        free_of_charge: fields.yes("free_of_charge", false, diagnostics),
        contact: contact(&mut fields, &tags, diagnostics),
        calling_code: calling_code(&mut fields, diagnostics),
        sections: sections(&mut fields, &tags, diagnostics),
        untranslated: untranslated(&mut fields, diagnostics),
        tags: tag_settings(&mut fields, &tags, diagnostics),
        a_z: a_z(&mut fields, &tags, diagnostics),
        search: search_settings(&mut fields, &tags, diagnostics),
        navigation: menu(&mut fields, "navigation", &tags, diagnostics),
        footer: menu(&mut fields, "footer", &tags, diagnostics),
        privacy: fields
            .text("privacy", diagnostics)
            .and_then(|entry| target(&fields, entry, diagnostics)),
        accessibility: fields
            .text("accessibility", diagnostics)
            .and_then(|entry| target(&fields, entry, diagnostics)),
        funding: funding(&mut fields, &tags, diagnostics),
        theme: theme(&mut fields, diagnostics),
        admin: admin(&mut fields, diagnostics),
        languages,
    };
    fields.finish(diagnostics);
    Some(settings)
}

/// The mark of a value that nobody has told us yet.
pub(crate) const PLACEHOLDER: &str = "? ";

fn placeholders(file: &SourceFile, node: &yaml::Node, diagnostics: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Text(text) if text.starts_with(PLACEHOLDER) => diagnostics.push(
            Diagnostic::warning(
                "P01",
                Place::span(file, &node.span),
                Text::new(
                    "тази стойност още не е известна",
                    "this value is not known yet",
                ),
            )
            .hint(Text::new(
                "попълнете я и махнете въпросителния знак",
                "fill it in and remove the question mark",
            )),
        ),
        Value::Text(_) | Value::Empty => {}
        Value::List(items) => items
            .iter()
            .for_each(|item| placeholders(file, item, diagnostics)),
        Value::Map(entries) => entries
            .iter()
            .for_each(|(_, node)| placeholders(file, node, diagnostics)),
    }
}

/// The value of a setting, or what stands for it as long as it is not known.
fn provisional(text: Option<Spanned<String>>) -> String {
    let text = text.map(|text| text.value).unwrap_or_default();
    text.strip_prefix(PLACEHOLDER)
        .map_or(text.clone(), str::to_owned)
}

fn base_url(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> String {
    let url = provisional(fields.required_text("base_url", diagnostics));
    let url = url.trim_end_matches('/');
    if !is_origin(url) {
        diagnostics.push(not_an_origin(fields.place_of("base_url")));
    }
    url.to_owned()
}

/// Whether a text is `https://` and a host, with nothing after it.
pub(crate) fn is_origin(url: &str) -> bool {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', ' ', '"', '<']))
}

/// What is said of an address that is none.
pub(crate) fn not_an_origin(place: Place) -> Diagnostic {
    Diagnostic::error(
        "S05",
        place,
        Text::new(
            "адресът на сайта се пише като https://primer.bg, без нищо след името",
            "the address of the site is written like https://example.org, with nothing after the name",
        ),
    )
}

fn mail_from(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> String {
    let address = provisional(fields.required_text("mail_from", diagnostics));
    if forms::email_address(&address).is_none() {
        diagnostics.push(Diagnostic::error(
            "S06",
            fields.place_of("mail_from"),
            Text::new(
                "подателят на писмата е имейл адрес, напр. tsentar@primer.bg",
                "the sender of mail is an e-mail address, for example centre@example.org",
            ),
        ));
    }
    address
}

fn languages(
    fields: &mut Fields<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Language, String)> {
    let Some(inside) = fields.required_inside("languages", diagnostics) else {
        return Vec::new();
    };
    inside
        .all()
        .iter()
        .filter_map(|(key, node)| match &node.value {
            Value::Text(name) => Some((Language::new(&key.text), name.clone())),
            _ => None,
        })
        .collect()
}

fn time_zone(
    fields: &Fields<'_>,
    name: Spanned<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(String, TimeZone)> {
    match TimeZone::get(&name.value) {
        Ok(zone) => Some((name.value, zone)),
        Err(_) => {
            fields.report(
                "S01",
                &name.span,
                Text::new(
                    format!("няма часова зона „{}“", name.value),
                    format!("there is no time zone “{}”", name.value),
                ),
                Some(Text::new(
                    "за България тя е Europe/Sofia",
                    "for Bulgaria it is Europe/Sofia",
                )),
                diagnostics,
            );
            None
        }
    }
}

/// The year; one that cannot be read is reported here once, and not again at every date.
fn record_year(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<i16> {
    let found = fields.text("record_year", diagnostics)?;
    let digits = found
        .value
        .strip_prefix(PLACEHOLDER)
        .unwrap_or(&found.value);
    let year = digits
        .parse()
        .ok()
        .filter(|year| (1000..=9999).contains(year));
    if year.is_none() {
        let message = Text::new(
            "годината се пише с четири цифри",
            "a year is written with four digits",
        );
        fields.report("V06", &found.span, message, None, diagnostics);
    }
    Some(year.unwrap_or(2000))
}

fn supposed_year(fields: &mut Fields<'_>) -> Option<i16> {
    let Some(Value::Text(text)) = fields.node("record_year").map(|node| &node.value) else {
        return None;
    };
    text.strip_prefix(PLACEHOLDER)?.parse().ok()
}

fn funding(
    fields: &mut Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Funding> {
    let mut inside = fields.inside("funding", diagnostics)?;
    let funding = Funding {
        project: inside
            .required_text("project", diagnostics)
            .map(|project| project.value)
            .unwrap_or_default(),
        union: inside.required_localized("union", languages, diagnostics),
        fund: inside.required_localized("fund", languages, diagnostics),
        statement: inside.required_localized("statement", languages, diagnostics),
    };
    inside.finish(diagnostics);
    Some(funding)
}
