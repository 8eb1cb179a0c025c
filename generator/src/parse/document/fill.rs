//! From the fields of a file to what a page says in its language, and in every language.

use forms::{ActivityStatus, Moment};

use super::record::Record;
use super::{
    Action, DocumentId, EventFacts, Every, Facts, Kind, PersonFacts, Picture, RegistrationFacts,
    Repeats, Section, Texts, UNREADABLE_DAY,
};
use crate::diagnostic::{Place, Placed};

/// What a page says: in its language, and, in the file that says that, in every language.
pub(super) fn fill(
    id: &DocumentId,
    original: bool,
    draft: bool,
    mut record: Record<'_>,
) -> (Texts, Option<Facts>) {
    let mut texts = texts(id, &mut record);
    let image = record.inside("image").and_then(|(mut image, _)| {
        if let Some(alt) = image.placed_text("alt") {
            texts.image_alt = alt.value;
            texts.image_alt_place = Some(alt.place);
        }
        let picture = picture(&mut image);
        image.finish();
        picture
    });
    let facts = original.then(|| Facts {
        sample: record.yes("sample"),
        noindex: record.yes("noindex"),
        tags: record.placed_texts("tags"),
        publish_at: record.moment("publish_at"),
        expires_at: record.moment("expires_at"),
        updated: record.moment("updated").map(|at| at.value),
        image,
        references: record.references(),
        ..blank(draft, kind(id, &mut record))
    });
    record.finish();
    (texts, facts)
}

/// Stands for the facts of a file that cannot be read.
pub(super) fn unreadable_facts(id: &DocumentId) -> Facts {
    let kind = match id.section {
        Section::Pages => Kind::Page { form: None },
        Section::Services => Kind::Service { order: 0 },
        Section::News => Kind::News {
            date: UNREADABLE_DAY,
        },
        Section::Events => Kind::Event(Box::new(EventFacts {
            starts_at: Moment::Day(UNREADABLE_DAY),
            ends_at: None,
            status: ActivityStatus::default(),
            repeats: None,
            registration: None,
        })),
        Section::People => Kind::Person(PersonFacts::default()),
        Section::Documents => Kind::Document {
            file: None,
            date: UNREADABLE_DAY,
        },
        Section::Venues => Kind::Venue {
            map: None,
            order: 0,
        },
    };
    blank(false, kind)
}

fn blank(draft: bool, kind: Kind) -> Facts {
    Facts {
        sample: false,
        noindex: false,
        draft,
        tags: Vec::new(),
        publish_at: None,
        expires_at: None,
        updated: None,
        image: None,
        references: Vec::new(),
        kind,
    }
}

fn texts(id: &DocumentId, record: &mut Record<'_>) -> Texts {
    let mut texts = Texts {
        title: record.text("title"),
        description: record.text("description"),
        ..Texts::default()
    };
    if id.section.has_pages() {
        texts.slug = record.slug("slug");
        texts.aliases = record.placed_texts("aliases");
    }
    match id.section {
        Section::Pages if id.is_home() => {
            texts.lead = record.text("lead");
            texts.highlights = record.texts("facts");
            texts.steps = record.texts("steps");
            let mut link = |name| record.inside(name).and_then(|(inside, _)| action(inside));
            texts.action = link("action");
            texts.visit = link("visit");
            texts.project = link("project");
        }
        Section::Pages => texts.menu_title = record.text("menu_title"),
        Section::News | Section::Documents => {}
        Section::Services => {
            texts.strand = record.text("strand");
            texts.audience = record.text("audience");
            texts.steps = record.texts("steps");
        }
        Section::Events => texts.place = record.text("place"),
        Section::People => texts.role = record.text("role"),
        Section::Venues => {
            texts.address = record.text("address");
            texts.accessibility = record.text("accessibility");
        }
    }
    texts
}

fn action(mut record: Record<'_>) -> Option<Action> {
    let (page, label) = (record.placed_text("page"), record.placed_text("label"));
    record.finish();
    Some(Action {
        page: page?,
        label: label?.value,
    })
}

fn picture(record: &mut Record<'_>) -> Option<Picture> {
    let (src, decorative) = (record.placed_text("src"), record.yes("decorative"));
    Some(Picture {
        src: src?,
        decorative,
    })
}

fn kind(id: &DocumentId, record: &mut Record<'_>) -> Kind {
    let day = |day: Option<Placed<_>>| day.map_or(UNREADABLE_DAY, |day| day.value);
    match id.section {
        Section::Pages => Kind::Page {
            form: record.placed_text("form"),
        },
        Section::Services => Kind::Service {
            order: record.whole("order").unwrap_or(u32::MAX),
        },
        Section::News => Kind::News {
            date: day(record.day("date")),
        },
        Section::Events => Kind::Event(Box::new(event(record))),
        Section::People => Kind::Person(PersonFacts {
            order: record.whole("order").unwrap_or(u32::MAX),
            email: record.placed_text("email").map(|email| email.value),
            telephone: record.placed_text("telephone").map(|number| number.value),
        }),
        Section::Documents => Kind::Document {
            file: record.placed_text("file"),
            date: day(record.day("date")),
        },
        Section::Venues => Kind::Venue {
            map: record.placed_text("map").map(|map| map.value),
            order: record.whole("order").unwrap_or(u32::MAX),
        },
    }
}

fn event(record: &mut Record<'_>) -> EventFacts {
    let starts_at = record.moment("starts_at");
    EventFacts {
        starts_at: starts_at.map_or(Moment::Day(UNREADABLE_DAY), |starts_at| starts_at.value),
        ends_at: record.moment("ends_at").map(|ends_at| ends_at.value),
        status: match record.choice("status") {
            Some("cancelled") => ActivityStatus::Cancelled,
            Some("postponed") => ActivityStatus::Postponed,
            _ => ActivityStatus::Scheduled,
        },
        repeats: record
            .inside("repeats")
            .and_then(|(inside, place)| repeats(inside, place)),
        registration: record
            .inside("registration")
            .and_then(|(inside, _)| registration(inside)),
    }
}

fn repeats(mut record: Record<'_>, place: Place) -> Option<Repeats> {
    let every = record.choice("every").map(|every| match every {
        "day" => Every::Day,
        "month" => Every::Month,
        _ => Every::Week,
    });
    let (until, except) = (record.day("until"), record.days("except"));
    record.finish();
    Some(Repeats {
        every: every?,
        until: until?,
        except,
        place,
    })
}

fn registration(mut record: Record<'_>) -> Option<RegistrationFacts> {
    let form = record.placed_text("form");
    let max_party = record.at("max_party").is_some();
    let max_party_place = max_party.then(|| record.fields().place_of("max_party"));
    let registration = form.map(|form| RegistrationFacts {
        form,
        max_party_place,
        capacity: record.whole("capacity"),
        max_party: record.whole("max_party").unwrap_or(1),
        waitlist: record.yes("waitlist"),
        approval: record.yes("approval"),
        opens_at: record.date_time("opens_at"),
        closes_at: record.date_time("closes_at"),
    })?;
    record.finish();
    Some(registration)
}
