//! One folder in `tests/sites/`, one test: the site built from `content/` has what `expected/` says.
//!
//! A case says only what it is about: the rest of the content is that of `_base`. Of a page only the part between
//! `<main>` and `</main>` counts. A case with `messages.en.txt` must be refused with exactly these messages.

use std::fs;

use generator::cli::Status;
use snapbox::{Assert, Data};

use crate::site_test::{SiteTest, between_main, files, tests_folder};

macro_rules! cases {
    ($($name:ident: $folder:literal)*) => {
        $(
            #[test]
            fn $name() {
                check($folder);
            }
        )*

        #[test]
        fn every_folder_is_a_case() {
            let listed = [$($folder),*];
            for entry in fs::read_dir(tests_folder("sites")).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                // What expects nothing is looked at by the browser tests.
                if !tests_folder("sites").join(&name).join("expected").exists() {
                    continue;
                }
                assert!(name.starts_with('_') || listed.contains(&name.as_str()), "{name} is not listed in sites.rs");
            }
        }
    };
}

cases! {
    markdown_becomes_plain_accessible_html: "markdown"
    what_components_show_comes_from_the_site: "components"
    links_stay_in_the_language_of_the_reader: "links"
    events_show_how_they_stand: "events"
    a_cancelled_event_says_so_and_takes_nobody: "cancelled-event"
    an_event_that_repeats_lists_its_dates_and_is_listed_by_the_next: "repeats"
    lists_tags_and_dates: "lists"
    a_long_list_has_an_archive_by_year: "archive"
    every_page_stands_in_the_list_by_letter: "a-z"
    a_missing_translation_leaves_the_page_out_of_that_language: "untranslated"
    ten_mistakes_in_five_files_are_all_named: "ten-mistakes"
    questions_of_every_kind: "form-kinds"
    people_documents_and_venues_are_listed_and_referred_to: "directory"
    feeds_calendars_and_the_sitemap_say_what_is_so: "feeds"
    the_privacy_notice_says_what_the_forms_ask_and_why: "personal-data"
    the_search_page_shows_the_ways_to_everything: "search"
    a_centre_in_polish_is_content_and_one_strings_file: "polish"
}

fn check(folder: &str) {
    let case = tests_folder("sites").join(folder);
    let site = if case.join("alone").exists() {
        SiteTest::from_content(&case.join("content"))
    } else {
        SiteTest::case(folder)
    };
    let assert = Assert::new().action_env("SNAPSHOTS");
    if case.join("messages.en.txt").exists() {
        let before = site.files(".");
        for language in ["en", "bg"] {
            let ran = site.run(&["build", "--lang", language]);
            assert_eq!(ran.status, Status::Refused);
            assert.eq(
                ran.messages,
                Data::read_from(&case.join(format!("messages.{language}.txt")), None).raw(),
            );
        }
        assert_eq!(site.files("."), before, "a refused build writes nothing");
        return;
    }
    let site = site.build();
    for (path, _) in files(&case.join("expected")) {
        let produced = site.output(&path);
        let shown = if path.ends_with(".html") {
            between_main(&produced)
        } else {
            produced
        };
        assert.eq(
            shown,
            Data::read_from(&case.join("expected").join(&path), None).raw(),
        );
    }
}
