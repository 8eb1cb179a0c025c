//! The site into which an input is put: two languages, and a page of every kind.

#![expect(
    clippy::disallowed_methods,
    reason = "writes the site that every input is put into"
)]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use generator::Options;
use generator::load;
use generator::parse::document::Section;
use generator::pictures::{NoCache, Pictures, prepare};
use generator::source::Source;
use walkdir::WalkDir;

/// The site, read once.
pub(crate) struct Base {
    pub(crate) source: Source,
    pub(crate) pictures: Pictures,
    pub(crate) options: Options,
}

impl Base {
    /// The one site.
    pub(crate) fn get() -> &'static Base {
        static BASE: OnceLock<Base> = OnceLock::new();
        BASE.get_or_init(|| {
            let source = source();
            Base {
                pictures: prepare(&source.media, &NoCache, &|_| {}),
                source,
                options: Options {
                    now: "2026-11-23T09:00:00+02:00".parse().expect("a moment"),
                    drafts: false,
                    base_url: None,
                },
            }
        })
    }
}

fn source() -> Source {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let root = tempfile::tempdir().expect("a folder");
    for case in ["_base", "directory"] {
        copy(
            &tests.join("sites").join(case).join("content"),
            &root.path().join("content"),
        );
    }
    let theme = root.path().join("themes/centre");
    copy(&tests.join("../themes/centre"), &theme);
    let picture = root.path().join("content/media/ekip.png");
    std::fs::copy(tests.join("sites/markdown/content/media/ekip.png"), picture).expect("a picture");
    load::source(root.path()).expect("a site")
}

fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from)
        .into_iter()
        .map(|entry| entry.expect("an entry"))
    {
        let to: PathBuf = to.join(entry.path().strip_prefix(from).expect("below it"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).expect("a folder");
        } else {
            std::fs::copy(entry.path(), to).expect("a file");
        }
    }
}

/// The path of a document of this name, if the program would read one there.
pub(crate) fn document_path(name: &str) -> Option<String> {
    let (folder, file) = name.split_once('/')?;
    let is_read = Section::of_folder(folder).is_some()
        && file.ends_with(".md")
        && !file.starts_with('.')
        && !file.contains(['/', '\0']);
    is_read.then(|| format!("content/{folder}/{file}"))
}
