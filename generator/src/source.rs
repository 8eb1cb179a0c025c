//! What was read: names and text, nothing interpreted.

mod encoding;

use std::ops::Range;

pub use encoding::Foreign;

/// Everything a site is made of, as it lies on the disk.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// `content/site.yaml`.
    pub settings: Option<SourceFile>,
    /// `content/<section>/*.md`, sorted by path.
    pub documents: Vec<SourceFile>,
    /// `content/forms/*.yaml`, sorted by path.
    pub forms: Vec<SourceFile>,
    /// `content/data/figures.yaml`: what the form function counted.
    pub figures: Option<SourceFile>,
    /// `content/i18n/*.yaml`: strings files that the theme does not have, or that say something else here.
    pub strings: Vec<SourceFile>,
    /// `content/media/**`, copied byte for byte.
    pub media: Vec<Asset>,
    /// Files in `content/` that are in none of these places.
    pub strangers: Vec<String>,
    /// The names of the folders in `themes/`, sorted.
    pub themes: Vec<String>,
    /// The look: the theme that the settings name, with the site's own templates and styles in place of those of the same name.
    pub theme: Theme,
}

/// A theme, as it lies on the disk.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// Its folder in `themes/`.
    pub name: String,
    /// `templates/**`.
    pub templates: Vec<SourceFile>,
    /// `css/**`.
    pub styles: Vec<SourceFile>,
    /// `i18n/*.yaml`.
    pub strings: Vec<SourceFile>,
    /// `static/**`, copied byte for byte.
    pub statics: Vec<Asset>,
    /// The paths of the site's own templates that the theme has none for.
    pub added: Vec<String>,
}

impl Theme {
    /// The theme with what lies in `templates/` and `css/`, beside `content/`: a file takes the place of the theme's of the same
    /// name, or comes in addition.
    #[must_use]
    pub fn with_own(mut self, templates: Vec<SourceFile>, styles: Vec<SourceFile>) -> Theme {
        self.added = put(templates, &mut self.templates, template_name);
        put(styles, &mut self.styles, style_name);
        self
    }

    /// The style sheets that are the site's own.
    pub fn own_styles(&self) -> impl Iterator<Item = &SourceFile> {
        let own = |file: &&SourceFile| file.path.starts_with("css/") && file.path.ends_with(".css");
        self.styles.iter().filter(own)
    }
}

/// Puts files where those of the same name are, or to the end; gives the paths of those that were put to the end.
fn put(own: Vec<SourceFile>, all: &mut Vec<SourceFile>, name: fn(&str) -> &str) -> Vec<String> {
    let mut added = Vec::new();
    for own in own {
        let replaced = all
            .iter_mut()
            .find(|file| name(&file.path) == name(&own.path));
        match replaced {
            Some(file) => *file = own,
            None => {
                added.push(own.path.clone());
                all.push(own);
            }
        }
    }
    added
}

/// The name by which style sheets import one another: the path below the folder `css` of the theme or of the site.
pub fn style_name(path: &str) -> &str {
    path.strip_prefix("css/")
        .or_else(|| Some(path.split_once("/css/")?.1))
        .unwrap_or(path)
}

/// The name by which templates call one another: its path below the folder `templates` of the theme or of the site.
pub fn template_name(path: &str) -> &str {
    path.strip_prefix("templates/")
        .or_else(|| Some(path.split_once("/templates/")?.1))
        .unwrap_or(path)
}

/// A file that is copied.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The path below the folder of its kind, with `/` between its parts.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// A file of text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as an editor knows it, such as `content/news/pokana.md`.
    pub path: String,
    /// The text; where the bytes were not UTF-8, with replacement characters.
    pub text: String,
    /// Where the first byte that is not UTF-8 stands.
    pub broken_at: Option<usize>,
    /// What the bytes say in another encoding, where they are not UTF-8 and that is certain.
    pub foreign: Option<Foreign>,
}

/// What some editors write before a text in UTF-8.
pub(crate) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl SourceFile {
    /// The file with these bytes. A byte order mark at the beginning is dropped: it means nothing in UTF-8.
    pub fn new(path: impl Into<String>, mut bytes: Vec<u8>) -> SourceFile {
        let path = path.into();
        if bytes.starts_with(BYTE_ORDER_MARK) {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        match String::from_utf8(bytes) {
            Ok(text) => SourceFile {
                path,
                text,
                broken_at: None,
                foreign: None,
            },
            Err(error) => SourceFile {
                path,
                text: String::from_utf8_lossy(error.as_bytes()).into_owned(),
                broken_at: Some(error.utf8_error().valid_up_to()),
                foreign: Foreign::read(error.as_bytes()),
            },
        }
    }

    /// The name without folders and ending, such as `pokana.en` of `content/news/pokana.en.md`.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The text of a part of the file.
    pub fn slice(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }
}
