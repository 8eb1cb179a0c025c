//! A page that was read again by itself is the page that a whole build makes.

use std::sync::Arc;

use generator::again::{Again, again};
use generator::diagnostic::{Diagnostic, has_errors};
use generator::parse::memory::Memory;
use generator::pictures::{NoCache, Pictures, prepare};
use generator::render::page;
use generator::render::routes::{Route, What};
use generator::source::{Source, SourceFile};
use generator::{Options, Plan, load, plan_again};

use crate::site_test::{NOW, SiteTest};

/// A site that was read, and what it was read from.
struct Read {
    source: Source,
    pictures: Pictures,
    options: Options,
    memory: Arc<Memory>,
    plan: Plan,
}

impl Read {
    fn new(site: &SiteTest) -> Read {
        let source = load::source(&site.path("")).unwrap();
        let pictures = prepare(&source.media, &NoCache, &|_| {});
        let options = Options {
            now: NOW.parse().unwrap(),
            drafts: true,
            base_url: None,
        };
        let mut memory = Arc::default();
        let (plan, found) = plan_again(&mut source.clone(), &pictures, &options, &mut memory);
        assert!(!has_errors(&found), "{found:?}");
        Read {
            plan: plan.unwrap(),
            source,
            pictures,
            options,
            memory,
        }
    }

    /// Everything with another version of a file.
    fn whole(&self, file: &SourceFile) -> (Plan, Vec<Diagnostic>) {
        let mut source = self.source.clone();
        let mut documents = source.documents.iter_mut();
        *documents.find(|other| other.path == file.path).unwrap() = file.clone();
        let mut memory = Arc::clone(&self.memory);
        let (plan, found) = plan_again(&mut source, &self.pictures, &self.options, &mut memory);
        (plan.unwrap(), found)
    }

    fn again(&self, file: &SourceFile) -> Again {
        again(&self.plan.site, &self.memory, file, &self.options)
    }
}

fn with(file: &SourceFile, change: impl Fn(&str) -> String) -> SourceFile {
    SourceFile::new(&file.path, change(&file.text).into_bytes())
}

/// A word more at the end of the text and of the title.
fn more(text: &str) -> String {
    let text = text.replacen("\ntitle: ", "\ntitle: Още ", 1);
    format!("{text}\n\nЕдна дума повече.\n")
}

fn routes_of(plan: &Plan, entry: usize) -> impl Iterator<Item = &Route> {
    let is_of = move |route: &&Route| matches!(route.what, What::Entry(at) | What::CalendarEntry(at) if at == entry);
    plan.routes.iter().filter(is_of)
}

#[test]
fn a_page_read_again_is_the_page_of_a_whole_build() {
    let mut compared = 0;
    for case in [
        "components",
        "events",
        "lists",
        "links",
        "repeats",
        "markdown",
        "form-kinds",
    ] {
        let read = Read::new(&SiteTest::case(case));
        for file in &read.source.documents {
            let file = with(file, more);
            let (whole, found) = read.whole(&file);
            let Again::Fresh {
                site,
                found: of_page,
                ..
            } = read.again(&file)
            else {
                assert!(
                    has_errors(&found),
                    "{}: it is not wider than the page",
                    file.path
                );
                continue;
            };
            assert!(!has_errors(&found), "{}: {found:?}", file.path);
            let notes = |found: &[Diagnostic]| -> Vec<String> {
                let of_file = found.iter().filter(|found| found.place.file == file.path);
                // Whether something is translated, and said of the site as a whole, is known to the whole build alone.
                let of_file = of_file.filter(|found| !found.code.starts_with('T'));
                of_file.map(|found| format!("{found:?}")).collect()
            };
            let mut of_page = of_page;
            generator::diagnostic::sort(&mut of_page);
            assert_eq!(notes(&of_page), notes(&found), "{}", file.path);
            let renderer = read.plan.renderer.renewed(&site, &read.plan.assets);
            let stem = file.stem().split('.').next().unwrap();
            let folder = file.path.split('/').nth(1).unwrap();
            let is_changed = |id: &generator::parse::document::DocumentId| {
                id.stem.as_str() == stem && id.section.folder() == folder
            };
            let at = site
                .entries
                .iter()
                .position(|entry| is_changed(&entry.id))
                .unwrap();
            for route in routes_of(&whole, at) {
                let quick = page(&site, &renderer, route).unwrap();
                let slow = page(&whole.site, &whole.renderer, route).unwrap();
                assert_eq!(
                    String::from_utf8(quick),
                    String::from_utf8(slow),
                    "{}",
                    route.path
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn what_is_wrong_with_a_page_is_said_as_a_whole_build_says_it() {
    let read = Read::new(&SiteTest::case("events"));
    let changes: [fn(&str) -> String; 5] = [
        |text| text.replace("title:", "titel:"),
        |text| format!("{text}\n[Там](/pages/nyama-takava.md)\n"),
        |text| format!("{text}\n![Снимка](/media/nyama-takava.jpg)\n"),
        |text| text.replace("starts_at:", "starts_at: утре #"),
        |text| text.replace("---\n", "---\nvenue: nyama-takova\n"),
    ];
    let mut named = 0;
    for file in &read.source.documents {
        for change in changes {
            let file = with(file, change);
            let (_, found) = read.whole(&file);
            let mut errors = found;
            errors.retain(Diagnostic::is_error);
            match read.again(&file) {
                Again::Faulty(mut found) => {
                    generator::diagnostic::sort(&mut found);
                    found.retain(Diagnostic::is_error);
                    for error in &found {
                        assert!(errors.contains(error), "{}: {error:?}", file.path);
                    }
                    named += found.len();
                }
                Again::Fresh { .. } => assert!(errors.is_empty(), "{}: {errors:?}", file.path),
                Again::Wider => {}
            }
        }
    }
    assert!(named > 20, "{named}");
}

#[test]
fn what_changes_more_than_the_page_is_left_to_a_whole_build() {
    let news = "---\ntitle: Новина\ndescription: Кратко.\ndate: 2026-11-01\n---\nТекст.\n";
    let site = SiteTest::case("directory").file("content/news/novina.md", news);
    let read = Read::new(&site);
    let is_wider = |path: &str, change: fn(&str) -> String| {
        let mut documents = read.source.documents.iter();
        let file = documents.find(|file| file.path.starts_with(path)).unwrap();
        matches!(read.again(&with(file, change)), Again::Wider)
    };
    assert!(!is_wider("content/news/novina.md", more));
    let moved = |text: &str| text.replace("date:", "slug: druga\ndate:");
    assert!(is_wider("content/news/novina.md", moved));
    for folder in ["people", "documents", "venues"] {
        assert!(is_wider(&format!("content/{folder}/"), more), "{folder}");
    }
}
