//! What stands around every page.

use forms::{Language, date_in_words};
use jiff::Timestamp;

use super::around::archive_of;
use super::edit::edit_link;
use super::notices::notices;
use super::{link, menu_link, pictures};
use crate::parse::document::Section;
use crate::parse::settings::MenuItem;
use crate::render::assets::Assets;
use crate::render::feeds;
use crate::render::metadata::{self, Node};
use crate::render::view::{
    AlternateView, ContactView, CrumbView, DayView, FundingView, Html, MenuItemView, PageView,
    SiteView,
};
use crate::site::{Entry, EntryKind, Permalink, Rendition, Site};

/// The frame around every page of a language.
pub(crate) fn site_view(site: &Site, assets: &Assets, language: &Language) -> SiteView {
    let settings = &site.settings;
    let menu = |items: &[MenuItem]| {
        items
            .iter()
            .filter_map(|item| menu_item(site, item, language))
            .collect()
    };
    SiteView {
        name: settings.name.text(language).to_owned(),
        owner: settings.owner.text(language).to_owned(),
        home: site.home(language).as_str().to_owned(),
        description: settings.description.text(language).to_owned(),
        stylesheet: assets.address("main.css").to_owned(),
        integrity: assets
            .named()
            .get("main.css")
            .map_or_else(String::new, |style| style.integrity.clone()),
        assets: assets.named().clone(),
        icon: assets.address("icon.svg").to_owned(),
        navigation: menu(settings.navigation.of(language)),
        footer: menu(settings.footer.of(language)),
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
        privacy: settings
            .privacy
            .as_ref()
            .and_then(|entry| site.menu_entry(&entry.value, language).map(menu_link)),
        accessibility: settings
            .accessibility
            .as_ref()
            .and_then(|entry| site.menu_entry(&entry.value, language).map(menu_link)),
        funding: settings.funding.as_ref().map(|funding| FundingView {
            project: funding.project.clone(),
            union: funding.union.text(language).to_owned(),
            fund: funding.fund.text(language).to_owned(),
            statement: funding.statement.text(language).to_owned(),
        }),
        feeds: feeds::head_links(site, &feeds::of_site(), language),
    }
}

fn menu_item(site: &Site, item: &MenuItem, language: &Language) -> Option<MenuItemView> {
    let link = menu_link(site.menu_entry(&item.target.value, language)?);
    let children = item.children.iter();
    let children = children.filter_map(|child| site.menu_entry(&child.value, language));
    Some(MenuItemView {
        title: link.title,
        url: link.url,
        lang: link.lang,
        children: children.map(menu_link).collect(),
    })
}

/// What the head of a page is made of.
pub(crate) struct Head<'a> {
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    pub(crate) permalink: Option<Permalink>,
    pub(crate) section: Option<(Permalink, &'a str)>,
    /// The pages between the section and this one.
    pub(crate) between: Vec<(Permalink, String)>,
    /// The same page in a language, where there is one.
    pub(crate) elsewhere: &'a dyn Fn(&Language) -> Option<Permalink>,
    /// What is nearest to it there, where it is not.
    pub(crate) otherwise: &'a dyn Fn(&Language) -> Option<Permalink>,
}

/// The head of a page.
pub(crate) fn page_view(site: &Site, language: &Language, head: &Head<'_>) -> PageView {
    describing(site, language, head, Some(Vec::new()))
}

/// The head of a page, and what it tells machines besides where it stands; `None` for one that stands in for another page and
/// tells them nothing.
fn describing(
    site: &Site,
    language: &Language,
    head: &Head<'_>,
    about: Option<Vec<Node<'_>>>,
) -> PageView {
    let name = site.settings.name.text(language);
    let home = site.home(language);
    let is_home = head.permalink.as_ref() == Some(&home);
    let absolute = |path: &Permalink| format!("{}{}", site.settings.base_url, path.as_str());
    let mut breadcrumbs = Vec::new();
    if !is_home {
        let crumb = |title: &str, permalink: &Permalink| CrumbView {
            title: title.to_owned(),
            url: permalink.as_str().to_owned(),
            absolute_url: absolute(permalink),
        };
        breadcrumbs.push(crumb(site.strings(language).text("ui.home"), &home));
        let section = head.section.iter();
        breadcrumbs.extend(section.map(|(permalink, title)| crumb(title, permalink)));
        let between = head.between.iter();
        breadcrumbs.extend(between.map(|(permalink, title)| crumb(title, permalink)));
    }
    let canonical = head.permalink.as_ref().map_or_else(String::new, absolute);
    let mut nodes = Vec::new();
    if let Some(about) = about {
        if is_home {
            nodes = metadata::home(site, language);
        } else if head.permalink.is_some() {
            nodes.push(metadata::trail(&breadcrumbs, head.title, &canonical));
        }
        nodes.extend(about);
    }
    let json_ld = metadata::script(&nodes);
    PageView {
        lang: language.clone(),
        title: head.title.to_owned(),
        head_title: if is_home || head.title == name {
            name.to_owned()
        } else {
            format!("{} – {name}", head.title)
        },
        description: head.description.to_owned(),
        edit: String::new(),
        url: head
            .permalink
            .as_ref()
            .map_or_else(String::new, |path| path.as_str().to_owned()),
        canonical,
        section_url: head
            .section
            .as_ref()
            .map_or_else(String::new, |(path, _)| path.as_str().to_owned()),
        is_home,
        noindex: head.permalink.is_none(),
        foreign: None,
        notices: Vec::new(),
        picture: Html::default(),
        social_picture: None,
        social_kind: "website",
        locale: site.strings(language).text("ui.locale").to_owned(),
        published: String::new(),
        updated: None,
        json_ld,
        feeds: Vec::new(),
        subscribe: Vec::new(),
        breadcrumbs,
        alternates: site
            .settings
            .languages
            .iter()
            .map(|(other, name)| {
                let translation = (head.elsewhere)(other);
                let translated = translation.is_some();
                let note = if translated || head.permalink.is_none() {
                    ""
                } else {
                    site.strings(other).text("ui.not_translated")
                };
                let permalink = translation
                    .or_else(|| (head.otherwise)(other))
                    .unwrap_or_else(|| site.home(other));
                AlternateView {
                    lang: other.clone(),
                    name: name.clone(),
                    url: permalink.as_str().to_owned(),
                    absolute_url: absolute(&permalink),
                    locale: site.strings(other).text("ui.locale").to_owned(),
                    current: other == language,
                    translated,
                    note: note.to_owned(),
                }
            })
            .collect(),
    }
}

/// The head of a content page.
pub(crate) fn entry_page_view(
    site: &Site,
    entry: &Entry,
    page: &Rendition<'_>,
    language: &Language,
) -> PageView {
    let texts = &page.version.texts;
    // What is described to search engines is the original, for as long as it holds and they may show it.
    let described = entry.visibility.is_listed() && !entry.noindex;
    let url = format!("{}{}", site.settings.base_url, page.permalink.as_str());
    let about = if described {
        metadata::of_entry(site, entry, page.version, &url, language)
    } else {
        Vec::new()
    };
    let mut view = describing(
        site,
        language,
        &Head {
            title: &texts.title,
            description: &texts.description,
            permalink: Some(page.permalink.clone()),
            section: section(site, entry.id.section, language),
            between: archive_of(site, entry, language).into_iter().collect(),
            elsewhere: &|other| {
                let version = entry.versions.get(other)?;
                Some(version.permalink.clone())
            },
            otherwise: &|other| site.section(entry.id.section, other),
        },
        page.foreign.is_none().then_some(about),
    );
    if let EntryKind::News { date } = entry.kind {
        view.social_kind = "article";
        if !site.is_supposed(date.year()) {
            view.published = date.to_string();
        }
    }
    // Whoever reads the original for want of a translation changes the language of the frame alone.
    for alternate in &mut view.alternates {
        if let Some(permalink) = entry.fallbacks.get(&alternate.lang) {
            permalink.as_str().clone_into(&mut alternate.url);
            alternate.absolute_url = format!("{}{}", site.settings.base_url, permalink.as_str());
        }
    }
    // What search engines are to show is the original, for as long as it holds.
    view.noindex = !entry.is_found() || page.foreign.is_some();
    view.edit = edit_link(site, entry, page.foreign.unwrap_or(language));
    view.canonical = format!(
        "{}{}",
        site.settings.base_url,
        page.version.permalink.as_str()
    );
    view.picture = pictures::lead(site, entry, page.version);
    view.social_picture = pictures::social(site, entry, page.version);
    // The home page shows what is new anywhere, and has no day of its own.
    let updated = if entry.id.is_home() {
        site.last_changed_at_all(language)
    } else {
        site.history(entry).updated
    };
    view.updated = updated.map(|at| day(site, at, language));
    if let Some(original) = page.foreign {
        // A shared link shows the original.
        site.strings(original)
            .text("ui.locale")
            .clone_into(&mut view.locale);
    }
    view.foreign = page.foreign.cloned();
    view.notices = notices(site, entry, page, language);
    view
}

/// A day in words.
pub(super) fn day(site: &Site, at: Timestamp, language: &Language) -> DayView {
    let date = at.to_zoned(site.settings.zone.clone()).date();
    DayView {
        iso: date.to_string(),
        date: date_in_words(site.strings(language), date),
    }
}

/// Address and heading of a section's list.
pub(super) fn section<'a>(
    site: &'a Site,
    section: Section,
    language: &Language,
) -> Option<(Permalink, &'a str)> {
    let settings = site.settings.sections.get(&section)?;
    Some((
        site.section(section, language)?,
        settings.title.text(language),
    ))
}
