//! A site that was built, in memory.
#![allow(
    clippy::disallowed_methods,
    reason = "SHELL: puts the site where a server reads it"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock, OnceLock};

use form_function::bundle::Bundle;

use super::page::{Form, Page};
#[cfg(any(feature = "dynamodb", feature = "server"))]
use super::{CONFERENCE, OPEN_DAY, ROUND_TABLE};
use crate::site_test::{SiteTest, repository};

/// The files of `dist/`, and the bundle they hold.
pub(crate) struct Built {
    files: BTreeMap<String, Vec<u8>>,
    bundle: OnceLock<Arc<Bundle>>,
}

/// The real content, built once.
pub(crate) fn real() -> Arc<Built> {
    static REAL: LazyLock<Arc<Built>> =
        LazyLock::new(|| Built::from(SiteTest::from_content(&repository().join("content"))));
    Arc::clone(&REAL)
}

/// Who writes the mail of [`lasting`].
#[cfg(any(feature = "dynamodb", feature = "server"))]
pub(crate) const SENDER: &str = "centre@example.org";

/// The real content for programs that go by the clock of the machine, built once: the sample events are far away, there
/// is room for a crowd, and the Centre has a telephone.
#[cfg(any(feature = "dynamodb", feature = "server"))]
pub(crate) fn lasting() -> Arc<Built> {
    static LASTING: LazyLock<Arc<Built>> = LazyLock::new(|| {
        let site = SiteTest::from_content(&repository().join("content"));
        let changes = [
            (format!("events/{OPEN_DAY}.md"), "2027-06", "2999-06"),
            (format!("events/{ROUND_TABLE}.md"), "2027-06", "2999-06"),
            (
                format!("events/{ROUND_TABLE}.md"),
                "capacity: 30",
                "capacity: 300",
            ),
            (format!("events/{CONFERENCE}.md"), "2027-06", "2999-06"),
            (
                format!("events/{CONFERENCE}.md"),
                "capacity: 120",
                "capacity: 1000000",
            ),
            // Mail needs a sender that exists.
            ("site.yaml".to_owned(), "? no-reply@example.org", SENDER),
            (
                "site.yaml".to_owned(),
                "value: \"? телефон на Центъра\"",
                "value: \"032 000 000\"\n    url: \"tel:+35932000000\"",
            ),
        ];
        for (file, from, to) in changes {
            let path = format!("content/{file}");
            let before = fs::read_to_string(site.path(&path)).unwrap();
            let after = before.replace(from, to);
            assert_ne!(before, after, "{file}: {from}");
            site.change(&path, after.as_bytes());
        }
        Built::from(site)
    });
    Arc::clone(&LASTING)
}

impl Built {
    /// Builds this site.
    pub(crate) fn from(site: SiteTest) -> Arc<Built> {
        let files = site.build().files("dist").into_iter().collect();
        Arc::new(Built {
            files,
            bundle: OnceLock::new(),
        })
    }

    /// The same with something else in what the form function reads of its activities.
    #[cfg(feature = "dynamodb")]
    pub(crate) fn with_in_manifest(&self, from: &str, to: &str) -> Built {
        let mut files = self.files.clone();
        let manifest = files.get_mut("forms/manifest.json").unwrap();
        let before = String::from_utf8(manifest.clone()).unwrap();
        let after = before.replace(from, to);
        assert_ne!(before, after, "{from}");
        *manifest = after.into_bytes();
        Built {
            files,
            bundle: OnceLock::new(),
        }
    }

    /// What the form function reads.
    pub(crate) fn bundle(&self) -> Arc<Bundle> {
        let read = || {
            let files = self.files.iter().filter_map(|(path, bytes)| {
                Some((path.strip_prefix("forms/")?.to_owned(), bytes.clone()))
            });
            Arc::new(Bundle::from_files(&files.collect()).unwrap())
        };
        Arc::clone(self.bundle.get_or_init(read))
    }

    /// The page at this address.
    pub(crate) fn page(&self, path: &str) -> Page {
        let file = format!("site{path}index.html");
        let bytes = self
            .files
            .get(&file)
            .unwrap_or_else(|| panic!("{file} was not built"));
        Page::read(std::str::from_utf8(bytes).unwrap())
    }

    /// Every page, by its path in `dist/site/`.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (&str, Page)> {
        let pages = self
            .files
            .iter()
            .filter(|(path, _)| path.starts_with("site/") && path.ends_with(".html"));
        pages.map(|(path, bytes)| {
            (
                path.as_str(),
                Page::read(std::str::from_utf8(bytes).unwrap()),
            )
        })
    }

    /// The form on the page of an activity.
    pub(crate) fn form(&self, activity: &str, language: &str) -> Form {
        let bundle = self.bundle();
        let (activity, _) = bundle.activity(activity).unwrap();
        self.page(activity.page.text(&forms::Language::new(language)))
            .form()
    }

    /// Every activity in every language.
    pub(crate) fn activities(&self) -> Vec<(String, String)> {
        let bundle = self.bundle();
        let languages = &bundle.manifest.languages;
        let activities = bundle.manifest.activities.keys();
        activities
            .flat_map(|activity| {
                languages
                    .iter()
                    .map(move |language| (activity.to_string(), language.to_string()))
            })
            .collect()
    }

    /// Puts `dist/` into this folder.
    pub(crate) fn write(&self, folder: &Path) {
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
}
