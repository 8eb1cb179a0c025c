//! The text of a page: HTML and components, in their order. `components/content.html` draws them.

use forms::FormView;
use serde::Serialize;

use super::{EventCardView, Html, LinkView};

/// The text of a page.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub struct BodyView(pub Vec<PartView>);

impl BodyView {
    /// What of it was written as Markdown, without the components.
    pub(crate) fn html(&self) -> String {
        let parts = self.0.iter().filter_map(|part| match part {
            PartView::Html { html } => Some(html.0.as_str()),
            _ => None,
        });
        parts.collect()
    }
}

/// A part of the text of a page.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PartView {
    /// HTML from Markdown.
    Html {
        /// The HTML.
        html: Html,
    },
    /// A link that looks like a button.
    Button {
        /// Its words.
        text: String,
        /// Where it leads.
        url: String,
    },
    /// Pictures.
    Gallery {
        /// One by one.
        pictures: Vec<GalleryPictureView>,
    },
    /// How to reach the centre, which the frame of every page knows.
    Contact,
    /// An address and a link to a map.
    Map {
        /// The address in words.
        address: String,
        /// The map.
        url: String,
    },
    /// A document to download.
    Download {
        /// What it is.
        title: String,
        /// Where it is.
        url: String,
        /// „PDF, 240 KB“
        details: String,
        /// The media type; may be empty.
        media_type: &'static str,
    },
    /// What happens when.
    Timetable {
        /// What it is the timetable of; may be empty.
        title: String,
        /// Row by row.
        rows: Vec<TimetableRowView>,
        /// Whether any row says where.
        places: bool,
    },
    /// Questions and answers.
    Questions {
        /// One by one.
        questions: Vec<QuestionView>,
    },
    /// The next events.
    Events {
        /// One by one.
        events: Vec<EventCardView>,
        /// The list of all.
        more: LinkView,
    },
    /// A link to a video.
    Video {
        /// What it shows.
        title: String,
        /// Where it is.
        url: String,
        /// The name of the site where it is.
        host: String,
        /// How long it is; may be empty.
        length: String,
    },
    /// The sign-up form of a page.
    Form {
        /// The page.
        page: LinkView,
        /// The form, while one may sign up.
        form: Option<Box<FormView>>,
        /// How the event stands; may be empty.
        state: String,
    },
    /// What the forms of the site ask, and why.
    PersonalData {
        /// Form by form.
        forms: Vec<PersonalDataView>,
    },
}

/// What a form asks, and why (GDPR art. 13).
#[derive(Debug, Serialize)]
pub struct PersonalDataView {
    /// What the form is called.
    pub title: String,
    /// Its questions.
    pub questions: Vec<AskedView>,
    /// By what right it asks; may be empty.
    pub basis: String,
    /// For how long the answers are kept.
    pub retention: String,
}

/// A question, and what the answer is for.
#[derive(Debug, Serialize)]
pub struct AskedView {
    /// The question.
    pub label: String,
    /// What the answer is needed for; may be empty.
    pub purpose: String,
    /// Whether one may leave it out.
    pub optional: bool,
}

/// A picture of a gallery.
#[derive(Debug, Serialize)]
pub struct GalleryPictureView {
    /// The picture.
    pub html: Html,
    /// What stands under it; may be empty.
    pub caption: String,
}

/// A row of a timetable.
#[derive(Debug, Serialize)]
pub struct TimetableRowView {
    /// When.
    pub time: String,
    /// What.
    pub what: String,
    /// Where; may be empty.
    pub place: String,
}

/// A question and its answer.
#[derive(Debug, Serialize)]
pub struct QuestionView {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: Html,
}
