//! What there is to know of a site besides its problems.

use forms::Language;
use jiff::Timestamp;
use serde::Serialize;

use crate::parse::document::Standing;
use crate::site::{Entry, EntryKind, Site, Visibility, next_change_at};

/// What there is to know.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) translations: Vec<Translations>,
    pub(crate) drafts: Vec<Page>,
    /// What happens by itself, the next first.
    pub(crate) ahead: Vec<Change>,
    /// When visitors will see the site differ, if nobody changes it.
    pub(crate) next_change_at: Option<Timestamp>,
}

/// How far the site is translated into a language.
#[derive(Debug, Serialize)]
pub(crate) struct Translations {
    pub(crate) language: Language,
    /// How many pages there are to translate.
    pub(crate) pages: usize,
    pub(crate) missing: Vec<Page>,
    pub(crate) outdated: Vec<Outdated>,
    /// Translations that do not say what they were made from.
    pub(crate) unmarked: Vec<Page>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Page {
    pub(crate) file: String,
    pub(crate) title: String,
    /// Where the preview shows it, in the language it was first written in.
    pub(crate) address: String,
}

/// A translation of what the original does not say any more.
#[derive(Debug, Serialize)]
pub(crate) struct Outdated {
    #[serde(flatten)]
    pub(crate) page: Page,
    /// What to write into it once it was looked through.
    pub(crate) translated_from: String,
}

/// Something that happens by itself.
#[derive(Debug, Serialize)]
pub(crate) struct Change {
    pub(crate) at: Timestamp,
    pub(crate) what: What,
    #[serde(flatten)]
    pub(crate) page: Page,
}

/// What happens by itself, in the order in which it may happen to one page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum What {
    Published,
    SignUpOpens,
    SignUpCloses,
    EventBegins,
    EventEnds,
    Expires,
}

/// What there is to know at `now` of all pages, and of the site that visitors see.
pub(crate) fn report(all: &Site, shown: &Site, now: Timestamp) -> Report {
    let drafts = all
        .entries
        .iter()
        .filter(|entry| entry.visibility == Visibility::Draft);
    let mut ahead: Vec<Change> = all
        .entries
        .iter()
        .flat_map(|entry| changes(all, entry))
        .filter(|change| now < change.at)
        .collect();
    ahead.sort_by(|a, b| (a.at, a.what, &a.page.file).cmp(&(b.at, b.what, &b.page.file)));
    Report {
        translations: all
            .languages()
            .skip(1)
            .map(|language| translations(all, language))
            .collect(),
        drafts: drafts.map(|entry| page(entry, &entry.original)).collect(),
        ahead,
        next_change_at: next_change_at(shown),
    }
}

fn translations(site: &Site, language: &Language) -> Translations {
    let mut translations = Translations {
        language: language.clone(),
        pages: site.entries.len(),
        missing: Vec::new(),
        outdated: Vec::new(),
        unmarked: Vec::new(),
    };
    for entry in &site.entries {
        let page = page(entry, language);
        match entry
            .versions
            .get(language)
            .map(|version| &version.standing)
        {
            None => translations.missing.push(page),
            Some(Standing::Unknown) => translations.unmarked.push(page),
            Some(Standing::Current) => {}
            Some(Standing::Outdated { fingerprint }) => translations.outdated.push(Outdated {
                page,
                translated_from: fingerprint.clone(),
            }),
        }
    }
    translations
}

/// The file of a page in a language, and the title it has in its first one.
fn page(entry: &Entry, language: &Language) -> Page {
    let original = entry.versions.get(&entry.original);
    Page {
        file: file(entry, language),
        title: original.map_or_else(String::new, |version| version.texts.title.clone()),
        address: original.map_or_else(String::new, |version| version.permalink.as_str().to_owned()),
    }
}

/// The file of a page in a language.
pub(crate) fn file(entry: &Entry, language: &Language) -> String {
    let ending = if *language == entry.original {
        String::new()
    } else {
        format!(".{language}")
    };
    let folder = entry.id.section.folder();
    format!("content/{folder}/{}{ending}.md", entry.id.stem)
}

/// Everything that ever happens to a page by itself. To a draft nothing does.
fn changes(site: &Site, entry: &Entry) -> Vec<Change> {
    if entry.visibility == Visibility::Draft {
        return Vec::new();
    }
    let mut happens = vec![
        (entry.lifetime.publish_at, What::Published),
        (entry.lifetime.expires_at, What::Expires),
    ];
    if let EntryKind::Event(event) = &entry.kind {
        happens.push((Some(event.begins), What::EventBegins));
        happens.push((Some(event.ends), What::EventEnds));
        let activity = event.activity.as_ref();
        let session = activity.and_then(|slug| site.activities.get(slug)?.session.as_ref());
        if let Some(session) = session {
            happens.push((session.window.opens_at, What::SignUpOpens));
            happens.push((Some(session.window.closes_at), What::SignUpCloses));
        }
    }
    let happens = happens.into_iter();
    happens
        .filter_map(|(at, what)| {
            Some(Change {
                at: at?,
                what,
                page: page(entry, &entry.original),
            })
        })
        .collect()
}
