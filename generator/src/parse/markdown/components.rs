//! Components: what an editor can put into a text besides Markdown. A closed set, declared as data.
//!
//! A component is a block between two lines of three backticks whose first line names it; inside stand its parameters,
//! as fields. An unknown word that looks like no component is left as a block of code.

mod set;
mod read;
mod values;

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, Placed, Text as Words, did_you_mean};
use crate::parse::markdown::{Piece, plain_text};
use crate::parse::meant::{Meant, meant};
use crate::parse::transliterate;

pub(super) use read::read;
pub use set::{COMPONENTS, ComponentKind, Parameter, ParameterKind};

/// What a component is called in templates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ComponentName {
    /// A link that looks like a button.
    Button,
    /// Pictures.
    Gallery,
    /// How to reach the centre.
    Contact,
    /// An address and a link to a map.
    Map,
    /// A document to download.
    Download,
    /// What happens when.
    Timetable,
    /// Questions and answers.
    Questions,
    /// The next events.
    Events,
    /// A link to a video.
    Video,
    /// The sign-up form of a page.
    Form,
    /// What the forms of the site ask, and why.
    PersonalData,
}

/// A component in a text, with what was written in it. What it shows of the site is known later.
#[derive(Debug)]
pub struct Component {
    /// What it is.
    pub content: ComponentContent,
    /// Where it was written.
    pub place: Place,
}

/// What was written in a component.
#[derive(Debug)]
pub enum ComponentContent {
    /// A link that looks like a button.
    Button {
        /// Its words.
        text: String,
        /// Where it leads.
        link: ComponentLink,
    },
    /// Pictures.
    Gallery {
        /// One by one.
        pictures: Vec<GalleryPicture>,
    },
    /// How to reach the centre: the rows of the settings.
    Contact,
    /// An address and a link to a map.
    Map {
        /// The address in words.
        address: String,
        /// The map.
        link: ComponentLink,
    },
    /// A document to download.
    Download {
        /// What it is.
        title: String,
        /// The file in `content/media`, as a link of the body.
        file: usize,
    },
    /// What happens when.
    Timetable {
        /// What it is the timetable of; may be empty.
        title: String,
        /// Row by row.
        rows: Vec<TimetableRow>,
    },
    /// Questions and answers.
    Questions {
        /// One by one.
        questions: Vec<Question>,
    },
    /// The next events.
    Events {
        /// How many at most.
        count: usize,
        /// Only those with this tag.
        topic: Option<Placed<String>>,
    },
    /// A link to a video.
    Video {
        /// What it shows.
        title: String,
        /// Where it is.
        link: ComponentLink,
        /// How long it is, in words; may be empty.
        length: String,
    },
    /// The sign-up form of a page.
    Form {
        /// The page, as a link of the body.
        page: usize,
    },
    /// What the forms of the site ask, and why: what the law wants a privacy notice to say of them.
    PersonalData,
}

/// Where a component leads.
#[derive(Debug)]
pub enum ComponentLink {
    /// To a page or a file of the site: a link of the body.
    Here(usize),
    /// To another site.
    Elsewhere(String),
}

/// A picture of a gallery.
#[derive(Debug)]
pub struct GalleryPicture {
    /// The file in `content/media`, as a link of the body.
    pub file: usize,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// What stands under it; may be empty.
    pub caption: String,
}

/// A row of a timetable.
#[derive(Debug)]
pub struct TimetableRow {
    /// When.
    pub time: String,
    /// What.
    pub what: String,
    /// Where; may be empty.
    pub place: String,
}

/// A question and its answer.
#[derive(Debug)]
pub struct Question {
    /// The question, without markup.
    pub question: String,
    /// The answer, with gaps for addresses.
    pub answer: Vec<Piece>,
}

impl ComponentContent {
    /// What is read in it by itself, without what it shows of the site.
    pub(crate) fn texts(&self) -> Vec<Cow<'_, str>> {
        let mut texts: Vec<Cow<'_, str>> = match self {
            ComponentContent::Button { text, .. } => vec![text.into()],
            ComponentContent::Gallery { pictures } => {
                let captions = pictures.iter().map(|picture| &picture.caption);
                captions.map(Cow::from).collect()
            }
            ComponentContent::Map { address, .. } => vec![address.into()],
            ComponentContent::Download { title, .. } => vec![title.into()],
            ComponentContent::Timetable { title, rows } => {
                let rows = rows.iter();
                let cells = rows.flat_map(|row| [&row.time, &row.what, &row.place]);
                std::iter::once(title).chain(cells).map(Cow::from).collect()
            }
            ComponentContent::Questions { questions } => questions
                .iter()
                .flat_map(|question| {
                    [
                        Cow::from(&question.question),
                        plain_text(&question.answer).into(),
                    ]
                })
                .collect(),
            ComponentContent::Video { title, length, .. } => vec![title.into(), length.into()],
            ComponentContent::Contact
            | ComponentContent::PersonalData
            | ComponentContent::Events { .. }
            | ComponentContent::Form { .. } => Vec::new(),
        };
        texts.retain(|text| !text.is_empty());
        texts
    }
}

/// What the first line of a block says.
pub(super) enum Info {
    /// It names a component.
    Component(&'static ComponentKind),
    /// It names nothing we know: code.
    Code,
    /// It nearly names a component.
    Misspelt(Box<Diagnostic>, Meant<'static>),
}

/// What the first line of a block names.
pub(super) fn info(word: &str, place: impl FnOnce() -> Place) -> Info {
    if word.is_empty() {
        return Info::Code;
    }
    let typed = word.to_lowercase();
    let named = COMPONENTS
        .iter()
        .find(|kind| kind.words.contains(&typed.as_str()));
    if let Some(kind) = named {
        return Info::Component(kind);
    }
    let words: Vec<&'static str> = COMPONENTS
        .iter()
        .flat_map(|kind| kind.words)
        .copied()
        .collect();
    // Short words are near to many others: `css` to nothing, `map` to `max`.
    let found = meant(&typed, &words).filter(|_| typed.chars().count() > 3);
    // A Bulgarian word in Latin letters: `galeria`.
    let sounds = |word: &&&'static str| transliterate::slug(word) == typed;
    let sounding = || words.iter().find(sounds).copied();
    let found = found.or_else(|| {
        sounding().map(|word| Meant {
            word,
            certain: true,
        })
    });
    let Some(meant) = found.filter(|_| !CODE.contains(&typed.as_str())) else {
        return Info::Code;
    };
    let diagnostic = no_component(word, place()).hint(did_you_mean(&format!("```{}", meant.word)));
    Info::Misspelt(Box::new(diagnostic), meant)
}

/// Languages of code, which no component is called like.
const CODE: [&str; 20] = [
    "yaml", "yml", "json", "html", "css", "js", "ts", "xml", "sql", "csv", "bash", "sh", "shell",
    "text", "txt", "md", "markdown", "rust", "python", "toml",
];

fn no_component(word: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        "B06",
        place,
        Words::new(
            format!("няма компонент „{word}“"),
            format!("there is no component “{word}”"),
        ),
    )
}

/// Whether a block of code with an unknown word was meant as a component: no language of code is Cyrillic, and parameters look like
/// nothing else.
pub(super) fn seems_component(word: &str, block: &str) -> bool {
    if word.is_empty() || CODE.contains(&word.to_lowercase().as_str()) {
        return false;
    }
    let first = block.lines().skip(1).find(|line| !line.trim().is_empty());
    let is_parameter = first
        .and_then(|line| line.split_once(": "))
        .is_some_and(|(name, _)| {
            !name.is_empty() && name.chars().all(|sign| sign.is_lowercase() || sign == '_')
        });
    !word.is_ascii() || is_parameter
}

/// What is said of a component that is like none we know.
pub(super) fn unknown(word: &str, place: Place) -> Diagnostic {
    let known: Vec<&str> = COMPONENTS
        .iter()
        .filter_map(|kind| kind.words.first())
        .copied()
        .collect();
    let known = known.join(", ");
    no_component(word, place).hint(Words::new(
        format!("има: {known}"),
        format!("there are: {known}"),
    ))
}

/// The word after the backticks, and where it stands.
pub(super) fn info_word<'a>(block: &'a str, range: &Range<usize>) -> (&'a str, Range<usize>) {
    let line = block.lines().next().unwrap_or_default();
    let after = line.trim_start_matches(['`', '~', ' ']);
    let start = range.start + line.len() - after.len();
    let word = after.split_whitespace().next().unwrap_or_default();
    (word, start..start + word.len())
}
