//! What the pages of a site are, in the words of schema.org.

use forms::{ActivityStatus, Language, Slug};

use super::vocabulary::{
    Answer, AttendanceMode, Audience, Availability, BreadcrumbList, Event as EventNode,
    EventStatus, FaqPage, ListItem, NewsArticle, Node, Offer, Organization, OrganizationReference,
    Parent, Place, Question, Service, ServiceChannel, WebSite,
};
use crate::parse::document::{Section, Texts};
use crate::render::feeds::absolute;
use crate::render::present;
use crate::render::view::CrumbView;
use crate::site::{Entry, EntryKind, Event, EventState, Site, Version};

/// Prices are zero, but an offer needs a currency all the same.
const CURRENCY: &str = "EUR";

/// Whose site it is, and the site: on the home page alone.
pub(in crate::render) fn home<'a>(site: &'a Site, language: &'a Language) -> Vec<Node<'a>> {
    let settings = &site.settings;
    let address = |scheme: &str| {
        let mut urls = settings.contact.iter().map(|row| row.url.as_str());
        urls.find_map(|url| url.strip_prefix(scheme))
    };
    let OrganizationReference { id, name, url } = organization(site, language);
    let owner = settings.owner.text(language);
    vec![
        Node::GovernmentOrganization(Organization {
            id,
            name,
            url,
            description: settings.description.text(language),
            parent_organization: (!owner.is_empty()).then_some(Parent { name: owner }),
            telephone: address("tel:"),
            email: address("mailto:"),
        }),
        Node::WebSite(WebSite {
            id: format!("{}#website", whole(site, site.home(language).as_str())),
            name: settings.name.text(language),
            url: whole(site, site.home(language).as_str()),
            in_language: language.as_str(),
            publisher: organization(site, language),
        }),
    ]
}

/// The way from the home page to a page.
pub(in crate::render) fn trail<'a>(before: &'a [CrumbView], title: &'a str, url: &str) -> Node<'a> {
    let step = |(number, (name, item)): (usize, (&'a str, String))| ListItem {
        position: number + 1,
        name,
        item,
    };
    let before = before
        .iter()
        .map(|crumb| (crumb.title.as_str(), crumb.absolute_url.clone()));
    let steps = before.chain([(title, url.to_owned())]);
    Node::BreadcrumbList(BreadcrumbList {
        item_list_element: steps.enumerate().map(step).collect(),
    })
}

/// What a content page is about. `url` is its whole address.
pub(in crate::render) fn of_entry<'a>(
    site: &'a Site,
    entry: &'a Entry,
    version: &'a Version,
    url: &'a str,
    language: &'a Language,
) -> Vec<Node<'a>> {
    if entry.sample {
        return Vec::new();
    }
    let subject = subject(site, entry, version, url, language);
    let questions: Vec<Question> = present::questions(site, entry, version, language)
        .map(|question| Question {
            name: question.question,
            accepted_answer: Answer {
                text: absolute(&question.answer.0, url, &site.settings.base_url),
            },
        })
        .collect();
    let questions = (!questions.is_empty()).then_some(Node::FaqPage(FaqPage {
        main_entity: questions,
    }));
    subject.into_iter().chain(questions).collect()
}

fn subject<'a>(
    site: &'a Site,
    entry: &'a Entry,
    version: &'a Version,
    url: &'a str,
    language: &'a Language,
) -> Option<Node<'a>> {
    match &entry.kind {
        EntryKind::Service { .. } => Some(service(site, version, url, language)),
        EntryKind::Event(found) => event(site, entry, found, version, url, language),
        EntryKind::News { date } if !site.is_supposed(date.year()) => {
            Some(Node::NewsArticle(NewsArticle {
                headline: &version.texts.title,
                description: &version.texts.description,
                url,
                main_entity_of_page: url,
                in_language: language.as_str(),
                image: image(site, entry, version),
                date_published: date.to_string(),
                date_modified: entry
                    .history
                    .updated
                    .map(|at| present::instant_iso(site, at)),
                author: organization(site, language),
                publisher: organization(site, language),
            }))
        }
        EntryKind::News { .. } | EntryKind::Page { .. } | EntryKind::Venue { .. } => None,
    }
}

fn service<'a>(
    site: &'a Site,
    version: &'a Version,
    url: &'a str,
    language: &'a Language,
) -> Node<'a> {
    let texts = &version.texts;
    let known = |text: &'a str| (!text.is_empty()).then_some(text);
    Node::GovernmentService(Service {
        name: &texts.title,
        description: &texts.description,
        url,
        provider: organization(site, language),
        service_type: known(&texts.strand),
        audience: known(&texts.audience).map(|audience_type| Audience { audience_type }),
        available_channel: present::registration_link(site, language).map(|link| ServiceChannel {
            service_url: whole(site, &link.url),
        }),
        offers: site.settings.free_of_charge.then(|| Offer {
            price: 0,
            price_currency: CURRENCY,
            url: url.to_owned(),
            availability: None,
            valid_from: None,
        }),
    })
}

/// An event; none where its year or its place is not known, because every event has both.
fn event<'a>(
    site: &'a Site,
    entry: &Entry,
    event: &'a Event,
    version: &'a Version,
    url: &'a str,
    language: &'a Language,
) -> Option<Node<'a>> {
    let texts = &version.texts;
    if site.is_supposed(event.when.starts.date().year()) || texts.place.is_empty() {
        return None;
    }
    let session = event
        .activity
        .as_ref()
        .and_then(|slug| site.activities.get(slug)?.session.as_ref());
    Some(Node::Event(EventNode {
        name: &texts.title,
        description: &texts.description,
        url,
        in_language: language.as_str(),
        image: image(site, entry, version),
        start_date: present::iso(site, event.when.starts),
        end_date: event.when.ends.map(|ends| present::iso(site, ends)),
        event_status: match event.state {
            EventState::Off(ActivityStatus::Cancelled) => EventStatus::Cancelled,
            EventState::Off(ActivityStatus::Postponed) => EventStatus::Postponed,
            _ => EventStatus::Scheduled,
        },
        event_attendance_mode: AttendanceMode::Offline,
        location: place(site, entry, texts, language),
        organizer: organization(site, language),
        maximum_attendee_capacity: session
            .and_then(|session| session.capacity)
            .map(forms::Capacity::places),
        offers: offer(site, event.state, url),
    }))
}

/// The picture of a page, in the shape that shared links have.
fn image(site: &Site, entry: &Entry, version: &Version) -> Option<String> {
    present::social_picture(site, entry, version).map(|picture| picture.url)
}

/// Where an event is: its venue with the address, where the content has one, or the place in words.
fn place<'a>(site: &'a Site, entry: &Entry, texts: &'a Texts, language: &'a Language) -> Place<'a> {
    let venue = entry
        .reference(Section::Venues)
        .and_then(|stem| site.directory.venues.get(&Slug::parse(stem).ok()?));
    match venue {
        Some(venue) => Place {
            name: venue.title.text(language),
            address: Some(venue.address.text(language)).filter(|address| !address.is_empty()),
        },
        None => Place {
            name: &texts.place,
            address: None,
        },
    }
}

/// A place at an event. Sign-up that has ended offers none any more.
fn offer(site: &Site, state: EventState, url: &str) -> Option<Offer> {
    let (availability, valid_from) = match state {
        EventState::Open | EventState::FreeEntry => (Availability::InStock, None),
        EventState::NotYetOpen(at) => {
            (Availability::PreOrder, Some(present::instant_iso(site, at)))
        }
        EventState::Closed | EventState::Over | EventState::Off(_) => return None,
    };
    site.settings.free_of_charge.then(|| Offer {
        price: 0,
        price_currency: CURRENCY,
        url: url.to_owned(),
        availability: Some(availability),
        valid_from,
    })
}

fn organization<'a>(site: &'a Site, language: &'a Language) -> OrganizationReference<'a> {
    OrganizationReference {
        // One organization in every language.
        id: whole(site, "/#organization"),
        name: site.settings.name.text(language),
        url: whole(site, site.home(language).as_str()),
    }
}

fn whole(site: &Site, path: &str) -> String {
    format!("{}{path}", site.settings.base_url)
}
