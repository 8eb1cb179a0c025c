//! What stands around every page.

use forms::Language;

use super::link;
use crate::diagnostic::Placed;
use crate::parse::settings::MenuTarget;
use crate::render::assets::Assets;
use crate::render::view::{AlternateView, ContactView, FundingView, PageView, SiteView};
use crate::site::{Entry, Permalink, Site, Version};

/// The frame around every page of a language.
pub(crate) fn site_view(site: &Site, assets: &Assets, language: &Language) -> SiteView {
    let settings = &site.settings;
    let menu = |entries: &[Placed<MenuTarget>]| {
        entries
            .iter()
            .filter_map(|entry| site.menu_entry(&entry.value, language))
            .map(|(permalink, title)| link(title, &permalink))
            .collect()
    };
    SiteView {
        name: settings.name.text(language).to_owned(),
        owner: settings.owner.text(language).to_owned(),
        home: site.home(language).as_str().to_owned(),
        description: settings.description.text(language).to_owned(),
        stylesheet: assets.address("main.css").to_owned(),
        icon: assets.address("icon.svg").to_owned(),
        navigation: menu(&settings.navigation),
        footer: menu(&settings.footer),
        search: site
            .search(language)
            .zip(settings.search.as_ref())
            .map(|(path, search)| link(search.title.text(language), &path)),
        contact: settings
            .contact
            .iter()
            .map(|row| ContactView {
                label: row.label.text(language).to_owned(),
                value: row.value.text(language).to_owned(),
                url: row.url.clone(),
            })
            .collect(),
        privacy: settings.privacy.as_ref().and_then(|entry| {
            let (permalink, title) = site.menu_entry(&entry.value, language)?;
            Some(link(title, &permalink))
        }),
        funding: settings.funding.as_ref().map(|funding| FundingView {
            project: funding.project.clone(),
            union: funding.union.text(language).to_owned(),
            fund: funding.fund.text(language).to_owned(),
            statement: funding.statement.text(language).to_owned(),
            emblem: assets.address("emblem.svg").to_owned(),
        }),
    }
}

/// What the head of a page is made of.
pub(crate) struct Head<'a> {
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    pub(crate) permalink: Option<Permalink>,
    pub(crate) section: Option<(Permalink, &'a str)>,
    /// The same page in a language, where there is one.
    pub(crate) elsewhere: &'a dyn Fn(&Language) -> Option<Permalink>,
}

/// The head of a page.
pub(crate) fn page_view(site: &Site, language: &Language, head: &Head<'_>) -> PageView {
    let name = site.settings.name.text(language);
    let home = site.home(language);
    let is_home = head.permalink.as_ref() == Some(&home);
    let absolute = |path: &Permalink| format!("{}{}", site.settings.base_url, path.as_str());
    let mut breadcrumbs = Vec::new();
    if !is_home {
        breadcrumbs.push(link(site.strings(language).text("ui.home"), &home));
        breadcrumbs.extend(
            head.section
                .iter()
                .map(|(permalink, title)| link(title, permalink)),
        );
    }
    PageView {
        lang: language.clone(),
        title: head.title.to_owned(),
        head_title: if is_home || head.title == name {
            name.to_owned()
        } else {
            format!("{} – {name}", head.title)
        },
        description: head.description.to_owned(),
        url: head
            .permalink
            .as_ref()
            .map_or_else(String::new, |path| path.as_str().to_owned()),
        canonical: head.permalink.as_ref().map_or_else(String::new, absolute),
        section_url: head
            .section
            .as_ref()
            .map_or_else(String::new, |(path, _)| path.as_str().to_owned()),
        is_home,
        noindex: head.permalink.is_none(),
        breadcrumbs,
        alternates: site
            .settings
            .languages
            .iter()
            .map(|(other, name)| {
                let translation = (head.elsewhere)(other);
                let translated = translation.is_some();
                let permalink = translation.unwrap_or_else(|| site.home(other));
                AlternateView {
                    lang: other.clone(),
                    name: name.clone(),
                    url: permalink.as_str().to_owned(),
                    absolute_url: absolute(&permalink),
                    current: other == language,
                    translated,
                }
            })
            .collect(),
    }
}

/// The head of a content page.
pub(crate) fn entry_page_view(
    site: &Site,
    entry: &Entry,
    version: &Version,
    language: &Language,
) -> PageView {
    let section = site.section(entry.id.section, language).zip(
        site.settings
            .sections
            .get(&entry.id.section)
            .map(|settings| settings.title.text(language)),
    );
    page_view(
        site,
        language,
        &Head {
            title: &version.texts.title,
            description: &version.texts.description,
            permalink: Some(version.permalink.clone()),
            section,
            elsewhere: &|other| {
                entry
                    .versions
                    .get(other)
                    .map(|version| version.permalink.clone())
            },
        },
    )
}
