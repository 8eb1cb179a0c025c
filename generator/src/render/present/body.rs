//! The text of a page, with the addresses of its links and with what its components show of the site.

use forms::Language;

use super::cards::{event_card, state_view};
use super::directory::file_in_words;
use super::personal_data::personal_data;
use super::{form, pictures, section_link};
use crate::parse::document::Section;
use crate::parse::markdown::{Component, ComponentContent, ComponentLink, Piece, Question};
use crate::render::view::{
    BodyView, GalleryPictureView, Html, LinkView, PartView, QuestionView, TimetableRowView,
};
use crate::site::{Entry, EntryKind, EventState, Site, Version};

/// Which text is shown, and where.
struct Text<'a> {
    site: &'a Site,
    entry: &'a Entry,
    version: &'a Version,
    language: &'a Language,
}

/// The text of a page, for the page.
pub(crate) fn body(site: &Site, entry: &Entry, version: &Version, language: &Language) -> BodyView {
    Text {
        site,
        entry,
        version,
        language,
    }
    .view()
}

/// The answer to each question on a page.
pub(crate) fn questions<'a>(
    site: &'a Site,
    entry: &'a Entry,
    version: &'a Version,
    language: &'a Language,
) -> impl Iterator<Item = QuestionView> + 'a {
    let text = Text {
        site,
        entry,
        version,
        language,
    };
    version
        .body
        .questions()
        .map(move |question| text.question(question))
}

impl Text<'_> {
    fn view(&self) -> BodyView {
        let mut parts = Vec::new();
        let mut html = String::new();
        for piece in &self.version.body.pieces {
            match piece {
                Piece::Html(part) => html.push_str(part),
                Piece::Address(link) => html.push_str(&self.address(*link)),
                Piece::Picture(picture) => html.push_str(&self.picture(*picture)),
                Piece::Component(index) => {
                    if !html.is_empty() {
                        parts.push(PartView::Html {
                            html: Html(std::mem::take(&mut html)),
                        });
                    }
                    parts.push(self.component(&self.version.body.components[*index]));
                }
            }
        }
        if !html.is_empty() {
            parts.push(PartView::Html { html: Html(html) });
        }
        BodyView(parts)
    }

    /// Where a link leads. The check has seen every link; one that leads nowhere stops the build.
    fn address(&self, link: usize) -> String {
        let target = &self.version.body.links[link].target;
        // The original, read for want of a translation, may name a heading that only the original has.
        let path = self.site.resolve(target, self.entry, self.language);
        path.or_else(|_| self.site.resolve(target, self.entry, &self.entry.original))
            .unwrap_or_default()
    }

    fn picture(&self, picture: usize) -> String {
        pictures::in_text(self.site, self.entry, &self.version.body, picture)
    }

    fn link(&self, link: &ComponentLink) -> String {
        match link {
            ComponentLink::Here(link) => self.address(*link),
            ComponentLink::Elsewhere(address) => address.clone(),
        }
    }

    fn component(&self, component: &Component) -> PartView {
        match &component.content {
            ComponentContent::Button { text, link } => PartView::Button {
                text: text.clone(),
                url: self.link(link),
            },
            ComponentContent::Gallery { pictures: all } => PartView::Gallery {
                pictures: all
                    .iter()
                    .map(|picture| GalleryPictureView {
                        html: pictures::in_gallery(
                            self.site,
                            &self.version.body.links[picture.file].target.path,
                            &picture.alt,
                        ),
                        caption: picture.caption.clone(),
                    })
                    .collect(),
            },
            ComponentContent::Contact => PartView::Contact,
            ComponentContent::Map { address, link } => PartView::Map {
                address: address.clone(),
                url: self.link(link),
            },
            ComponentContent::Download { title, file } => self.download(title, *file),
            ComponentContent::Timetable { title, rows } => PartView::Timetable {
                title: title.clone(),
                places: rows.iter().any(|row| !row.place.is_empty()),
                rows: rows
                    .iter()
                    .map(|row| TimetableRowView {
                        time: row.time.clone(),
                        what: row.what.clone(),
                        place: row.place.clone(),
                    })
                    .collect(),
            },
            ComponentContent::Questions { questions } => PartView::Questions {
                questions: questions
                    .iter()
                    .map(|question| self.question(question))
                    .collect(),
            },
            ComponentContent::Events { count, topic } => {
                self.events(*count, topic.as_ref().map(|topic| topic.value.as_str()))
            }
            ComponentContent::Video {
                title,
                link,
                length,
            } => {
                let url = self.link(link);
                PartView::Video {
                    title: title.clone(),
                    host: host(&url).to_owned(),
                    url,
                    length: length.clone(),
                }
            }
            ComponentContent::Form { page } => self.form(*page),
            ComponentContent::PersonalData => PartView::PersonalData {
                forms: personal_data(self.site, self.language),
            },
        }
    }

    fn question(&self, question: &Question) -> QuestionView {
        let mut html = String::new();
        for piece in &question.answer {
            match piece {
                Piece::Html(part) => html.push_str(part),
                Piece::Address(link) => html.push_str(&self.address(*link)),
                Piece::Picture(picture) => html.push_str(&self.picture(*picture)),
                // The reader refuses components inside others.
                Piece::Component(_) => {}
            }
        }
        QuestionView {
            question: question.question.clone(),
            answer: Html(html),
        }
    }

    fn download(&self, title: &str, file: usize) -> PartView {
        let path = &self.version.body.links[file].target.path;
        let path = path.trim_start_matches("media/");
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let bytes = self.site.media.size(path).unwrap_or(0);
        PartView::Download {
            title: title.to_owned(),
            url: self.address(file),
            details: file_in_words(self.site.strings(self.language), path, bytes),
            media_type: media_type(&ending.to_lowercase()),
        }
    }

    fn events(&self, count: usize, topic: Option<&str>) -> PartView {
        let lists = self.site.lists.of(self.language);
        let list = match topic {
            Some(topic) => {
                let tagged = lists.tags.iter().find(|(tag, _)| tag.as_str() == topic);
                tagged.map_or(&[][..], |(_, tagged)| &tagged.entries)
            }
            None => &lists.upcoming,
        };
        let is_upcoming = |index: &&usize| matches!(&self.site.entries[**index].kind, EntryKind::Event(event) if !event.over);
        let shown = list.iter().filter(is_upcoming).take(count);
        PartView::Events {
            events: shown
                .filter_map(|index| event_card(self.site, *index, self.language))
                .collect(),
            more: section_link(self.site, Section::Events, self.language),
        }
    }

    fn form(&self, link: usize) -> PartView {
        let target = &self.version.body.links[link].target;
        let entry = self.site.linked_entry(target);
        let page = entry.and_then(|entry| self.site.nearest(entry, self.language));
        let title = page.map_or("", |page| page.version.texts.title.as_str());
        let form = |activity| form(self.site, activity, self.language).map(Box::new);
        let (form, state) = match entry.map(|entry| &entry.kind) {
            Some(EntryKind::Event(event)) if event.state == EventState::Open => {
                (event.activity.as_ref().and_then(form), String::new())
            }
            Some(EntryKind::Event(event)) => {
                let strings = self.site.strings(self.language);
                (None, state_view(self.site, event.state, strings).text)
            }
            Some(EntryKind::Page { activity }) => (activity.as_ref().and_then(form), String::new()),
            _ => (None, String::new()),
        };
        PartView::Form {
            page: LinkView {
                title: title.to_owned(),
                url: self.address(link),
                lang: page.and_then(|page| page.foreign.cloned()),
            },
            form,
            state,
        }
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// The media types of what centres publish.
fn media_type(ending: &str) -> &'static str {
    match ending {
        "pdf" => "application/pdf",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "csv" => "text/csv",
        "txt" => "text/plain",
        "zip" => "application/zip",
        _ => "",
    }
}
