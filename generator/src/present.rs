//! From the site to views: what is shown, in words of one language.

use forms::ActivityStatus;
use forms::{
    FormValues, Language, Moment, PartySize, Slug, Strings, date_in_words, form_view,
    moment_in_words, span_in_words,
};
use jiff::tz::TimeZone;

use crate::assets::Assets;
use crate::document::{DocumentId, Section};
use crate::markdown::Piece;
use crate::settings::MenuTarget;
use crate::site::{Entry, EntryKind, Event, EventState, Permalink, Site, Version};
use crate::view::{
    AlternateView, CardView, ContactView, EventCardView, EventView, EventsView, FundingView,
    HomeView, Html, LinkView, NewsView, NotFoundView, PageView, PlainView, SectionView,
    ServiceView, SiteView, StateView, TagView, TagsView,
};

/// How many events and news the home page shows.
const ON_HOME: usize = 3;

/// The frame around every page of a language.
pub(crate) fn site_view(site: &Site, assets: &Assets, language: &Language) -> SiteView {
    let settings = &site.settings;
    let menu = |entries: &[crate::diagnostic::Placed<MenuTarget>]| {
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
        contact: settings
            .contact
            .iter()
            .map(|row| ContactView {
                label: row.label.text(language).to_owned(),
                value: row.value.text(language).to_owned(),
                url: row.url.clone(),
            })
            .collect(),
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

pub(crate) fn home(site: &Site, entry: &Entry, version: &Version, language: &Language) -> HomeView {
    let section_link = |section: Section| section_link(site, section, language);
    HomeView {
        lead: version.texts.lead.clone(),
        facts: version.texts.highlights.clone(),
        action: version.texts.action.as_ref().and_then(|action| {
            let target = site
                .entry(&DocumentId::parse(&action.page.value)?)?
                .versions
                .get(language)?;
            Some(link(&action.label, &target.permalink))
        }),
        body: body(site, entry, version, language),
        services: cards(site, &site.lists.services, language),
        events: event_cards(site, &site.lists.upcoming, language)
            .take(ON_HOME)
            .collect(),
        news: cards(site, &site.lists.news, language)
            .into_iter()
            .take(ON_HOME)
            .collect(),
        services_link: section_link(Section::Services),
        events_link: section_link(Section::Events),
        news_link: section_link(Section::News),
    }
}

pub(crate) fn plain(
    site: &Site,
    entry: &Entry,
    version: &Version,
    language: &Language,
) -> PlainView {
    let form = match &entry.kind {
        EntryKind::Page {
            activity: Some(activity),
        } => form(site, activity, language),
        _ => None,
    };
    PlainView {
        body: body(site, entry, version, language),
        form,
    }
}

pub(crate) fn service(
    site: &Site,
    entry: &Entry,
    version: &Version,
    language: &Language,
) -> ServiceView {
    ServiceView {
        strand: version.texts.strand.clone(),
        audience: version.texts.audience.clone(),
        steps: version.texts.steps.clone(),
        body: body(site, entry, version, language),
        action: registration_link(site, language),
    }
}

pub(crate) fn news(site: &Site, entry: &Entry, version: &Version, language: &Language) -> NewsView {
    let date = match entry.kind {
        EntryKind::News { date } => date,
        _ => jiff::civil::Date::MIN,
    };
    NewsView {
        date_iso: date.to_string(),
        date: date_in_words(site.strings(language), date),
        tags: tag_links(site, &entry.tags, language),
        sample: entry.sample,
        body: body(site, entry, version, language),
    }
}

pub(crate) fn event(
    site: &Site,
    entry: &Entry,
    event: &Event,
    version: &Version,
    language: &Language,
) -> EventView {
    let strings = site.strings(language);
    let capacity = event
        .activity
        .as_ref()
        .and_then(|slug| site.activities.get(slug)?.session.as_ref()?.capacity)
        .map(|capacity| strings.count("event.capacity", capacity.places()));
    EventView {
        when: span_in_words(strings, &event.when),
        starts_iso: iso(event.when.starts, &site.settings.zone),
        ends_iso: event
            .when
            .ends
            .map(|ends| iso(ends, &site.settings.zone))
            .unwrap_or_default(),
        place: version.texts.place.clone(),
        past: event.state == EventState::Over,
        sample: entry.sample,
        state: state_view(site, event.state, strings),
        capacity_text: capacity.unwrap_or_default(),
        tags: tag_links(site, &entry.tags, language),
        calendar_url: if event.state == EventState::Over {
            String::new()
        } else {
            format!("{}event.ics", version.permalink.as_str())
        },
        body: body(site, entry, version, language),
        form: event
            .activity
            .as_ref()
            .filter(|_| event.state == EventState::Open)
            .and_then(|activity| form(site, activity, language)),
    }
}

pub(crate) fn section(site: &Site, section: Section, language: &Language) -> SectionView {
    let list = if section == Section::Services {
        &site.lists.services
    } else {
        &site.lists.news
    };
    SectionView {
        intro: section_intro(site, section, language),
        items: cards(site, list, language),
    }
}

pub(crate) fn events(site: &Site, language: &Language) -> EventsView {
    EventsView {
        intro: section_intro(site, Section::Events, language),
        upcoming: event_cards(site, &site.lists.upcoming, language).collect(),
        past: event_cards(site, &site.lists.past, language).collect(),
    }
}

pub(crate) fn tags(site: &Site, language: &Language) -> TagsView {
    let terms = site.settings.tags.terms.iter();
    TagsView {
        items: terms
            .filter_map(|(slug, title)| {
                Some(CardView {
                    title: title.text(language).to_owned(),
                    url: site.tag(slug, language)?.as_str().to_owned(),
                    description: String::new(),
                    date_iso: String::new(),
                    date: String::new(),
                    sample: false,
                })
            })
            .collect(),
    }
}

pub(crate) fn tag(site: &Site, tag: &Slug, language: &Language) -> TagView {
    let with_tag = |list: &[usize]| -> Vec<usize> {
        list.iter()
            .copied()
            .filter(|index| site.entries[*index].tags.contains(tag))
            .collect()
    };
    let items: Vec<usize> = with_tag(&site.lists.services)
        .into_iter()
        .chain(with_tag(&site.lists.news))
        .collect();
    let events: Vec<usize> = with_tag(&site.lists.upcoming)
        .into_iter()
        .chain(with_tag(&site.lists.past))
        .collect();
    TagView {
        items: cards(site, &items, language),
        events: event_cards(site, &events, language).collect(),
    }
}

pub(crate) fn not_found(site: &Site, language: &Language) -> NotFoundView {
    let mut links = vec![link(
        site.strings(language).text("ui.home"),
        &site.home(language),
    )];
    links.extend(
        site.settings
            .navigation
            .iter()
            .filter_map(|entry| site.menu_entry(&entry.value, language))
            .map(|(permalink, title)| link(title, &permalink)),
    );
    NotFoundView { links }
}

/// The text of a page with the addresses of its links.
fn body(site: &Site, entry: &Entry, version: &Version, language: &Language) -> Html {
    let mut html = String::new();
    for piece in &version.body.pieces {
        match piece {
            Piece::Html(part) => html.push_str(part),
            Piece::Address(link) => {
                // The check has seen every link; one that leads nowhere stops the build.
                html.push_str(
                    &site
                        .resolve(&version.body.links[*link].target, entry, language)
                        .unwrap_or_default(),
                );
            }
        }
    }
    Html(html)
}

/// The blank form of an activity.
fn form(site: &Site, activity: &Slug, language: &Language) -> Option<forms::FormView> {
    let activity = site.activities.get(activity)?;
    let definition = site.forms.get(&activity.form)?;
    let max_party = activity
        .session
        .as_ref()
        .map_or(PartySize::ONE, |session| session.max_party);
    let action = format!("/forms/{}", activity.slug);
    Some(form_view(
        definition,
        action,
        max_party,
        site.strings(language),
        &FormValues::default(),
        &[],
    ))
}

fn link(title: &str, permalink: &Permalink) -> LinkView {
    LinkView {
        title: title.to_owned(),
        url: permalink.as_str().to_owned(),
    }
}

fn section_link(site: &Site, section: Section, language: &Language) -> LinkView {
    let title = site
        .settings
        .sections
        .get(&section)
        .map_or("", |settings| settings.title.text(language));
    let url = site
        .section(section, language)
        .map_or_else(String::new, |path| path.as_str().to_owned());
    LinkView {
        title: title.to_owned(),
        url,
    }
}

fn section_intro(site: &Site, section: Section, language: &Language) -> String {
    site.settings
        .sections
        .get(&section)
        .map_or("", |settings| settings.description.text(language))
        .to_owned()
}

/// The page on which one registers for the services.
fn registration_link(site: &Site, language: &Language) -> Option<LinkView> {
    let entry = site
        .entries
        .iter()
        .find(|entry| matches!(entry.kind, EntryKind::Page { activity: Some(_) }))?;
    let version = entry.versions.get(language)?;
    Some(link(&version.texts.title, &version.permalink))
}

fn tag_links(site: &Site, tags: &[Slug], language: &Language) -> Vec<LinkView> {
    tags.iter()
        .filter_map(|tag| {
            Some(link(
                site.settings.tags.terms.get(tag)?.text(language),
                &site.tag(tag, language)?,
            ))
        })
        .collect()
}

fn cards(site: &Site, list: &[usize], language: &Language) -> Vec<CardView> {
    let strings = site.strings(language);
    list.iter()
        .filter_map(|index| {
            let entry = &site.entries[*index];
            let version = entry.versions.get(language)?;
            let date = match entry.kind {
                EntryKind::News { date } => Some(date),
                _ => None,
            };
            Some(CardView {
                title: version.texts.title.clone(),
                url: version.permalink.as_str().to_owned(),
                description: version.texts.description.clone(),
                date_iso: date.map(|date| date.to_string()).unwrap_or_default(),
                date: date
                    .map(|date| date_in_words(strings, date))
                    .unwrap_or_default(),
                sample: entry.sample,
            })
        })
        .collect()
}

fn event_cards<'a>(
    site: &'a Site,
    list: &'a [usize],
    language: &'a Language,
) -> impl Iterator<Item = EventCardView> + 'a {
    let strings = site.strings(language);
    list.iter().filter_map(move |index| {
        let entry = &site.entries[*index];
        let EntryKind::Event(event) = &entry.kind else {
            return None;
        };
        let version = entry.versions.get(language)?;
        let day = event.when.starts.date();
        let nth = |path: &str, index: i8| {
            strings
                .list(path)
                .get(usize::try_from(index).unwrap_or_default())
                .copied()
                .unwrap_or_default()
                .to_owned()
        };
        Some(EventCardView {
            title: version.texts.title.clone(),
            url: version.permalink.as_str().to_owned(),
            description: version.texts.description.clone(),
            starts_iso: iso(event.when.starts, &site.settings.zone),
            when: span_in_words(strings, &event.when),
            day: day.day().to_string(),
            month: nth("dates.months_short", day.month() - 1),
            weekday: nth("dates.weekdays", day.weekday().to_monday_zero_offset()),
            place: version.texts.place.clone(),
            state: state_view(site, event.state, strings),
            sample: entry.sample,
        })
    })
}

fn state_view(site: &Site, state: EventState, strings: &Strings) -> StateView {
    let code = match state {
        EventState::Open => "open",
        EventState::NotYetOpen(_) => "not_yet_open",
        EventState::Closed => "closed",
        EventState::Over => "over",
        EventState::Off(ActivityStatus::Postponed) => "postponed",
        EventState::Off(_) => "cancelled",
        EventState::FreeEntry => {
            return StateView {
                code: "none",
                text: String::new(),
            };
        }
    };
    let path = format!("event.state.{code}");
    let text = match state {
        EventState::NotYetOpen(opens_at) => {
            let opens_at = moment_in_words(strings, &opens_at.to_zoned(site.settings.zone.clone()));
            strings.fill(&path, &[("date", &opens_at)])
        }
        _ => strings.text(&path).to_owned(),
    };
    StateView { code, text }
}

/// A moment for `datetime` attributes: a day, or an instant with its offset.
fn iso(moment: Moment, zone: &TimeZone) -> String {
    match moment {
        Moment::Day(day) => day.to_string(),
        Moment::At(_) => moment
            .begins(zone)
            .to_zoned(zone.clone())
            .strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string(),
    }
}
