//! What a reader must know before reading a page: that nobody else sees it yet, that it holds no longer, that it was not
//! translated.

use forms::{Language, moment_in_words};
use jiff::Timestamp;

use crate::render::view::{LinkView, NoticeView};
use crate::site::{Entry, Rendition, Site, Visibility};

pub(super) fn notices(
    site: &Site,
    entry: &Entry,
    page: &Rendition<'_>,
    language: &Language,
) -> Vec<NoticeView> {
    let of_visibility = visibility(site, entry.visibility, language);
    let of_language = page
        .foreign
        .and_then(|original| untranslated(site, entry, original, language));
    of_visibility.into_iter().chain(of_language).collect()
}

fn visibility(site: &Site, visibility: Visibility, language: &Language) -> Option<NoticeView> {
    let strings = site.strings(language);
    let dated = |path: &str, at: Timestamp| {
        let date = moment_in_words(strings, &at.to_zoned(site.settings.zone.clone()));
        strings.fill(path, &[("date", &date)])
    };
    let (name, text) = match visibility {
        Visibility::Public => return None,
        Visibility::Draft => ("draft", strings.text("notice.draft.text").to_owned()),
        Visibility::Scheduled(at) => ("scheduled", dated("notice.scheduled.text", at)),
        Visibility::Expired(at) => ("expired", dated("notice.expired.text", at)),
    };
    Some(NoticeView {
        heading: strings.text(&format!("notice.{name}.heading")).to_owned(),
        text,
        tone: if visibility.is_published() {
            "warning"
        } else {
            "wait"
        },
        link: None,
    })
}

fn untranslated(
    site: &Site,
    entry: &Entry,
    original: &Language,
    language: &Language,
) -> Option<NoticeView> {
    let strings = site.strings(language);
    let version = entry.versions.get(original)?;
    let (_, name) = site
        .settings
        .languages
        .iter()
        .find(|(known, _)| known == original)?;
    Some(NoticeView {
        heading: strings.text("notice.untranslated.heading").to_owned(),
        text: strings.text("notice.untranslated.text").to_owned(),
        tone: "info",
        link: Some(LinkView {
            title: name.clone(),
            url: version.permalink.as_str().to_owned(),
            lang: Some(original.clone()),
        }),
    })
}
