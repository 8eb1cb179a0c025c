//! The site knows when it would first differ: on one side of that instant every build is the same, on the other it is not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use generator::output::OutputFile;
use generator::pictures::Pictures;
use generator::site::next_change_at;
use generator::source::{Source, SourceFile};
use generator::{Options, draw, load, plan};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use crate::site_test::{SiteTest, tests_folder};

/// A page with dates, as an editor may write it. Times are hours after the first of all moments.
#[derive(Clone, Debug)]
enum Page {
    News,
    Event {
        starts: i64,
        /// Absent for an event that ends when its day does.
        length: Option<i64>,
        status: &'static str,
        entry: Entry,
    },
}

#[derive(Clone, Debug)]
enum Entry {
    Free,
    SignUp {
        opens_before: Option<i64>,
        closes_before: Option<i64>,
    },
    Repeats {
        every: &'static str,
        days: i64,
        except: i64,
    },
}

#[derive(Clone, Debug)]
struct Dated {
    page: Page,
    draft: bool,
    publish: Option<i64>,
    /// After it was published.
    expire: Option<i64>,
}

fn moment(hours: i64) -> DateTime {
    // The clocks are put back in the night of 25 October.
    let first: DateTime = "2026-10-12T09:30".parse().unwrap();
    first.checked_add(hours.hours()).unwrap()
}

fn field(text: &mut String, name: &str, hours: i64) {
    writeln!(text, "{name}: {}", moment(hours).strftime("%Y-%m-%dT%H:%M")).unwrap();
}

impl Dated {
    fn text(&self) -> String {
        let mut text = "---\ntitle: Страница\ndescription: Описание.\n".to_owned();
        if self.draft {
            text.push_str("draft: true\n");
        }
        let published = self.publish.unwrap_or_default();
        if let Some(publish) = self.publish {
            field(&mut text, "publish_at", publish);
        }
        if let Some(expire) = self.expire {
            field(&mut text, "expires_at", published + expire);
        }
        match &self.page {
            Page::News => text.push_str("date: 2026-10-12\n"),
            Page::Event {
                starts,
                length,
                status,
                entry,
            } => {
                writeln!(text, "place: Зала\nstatus: {status}").unwrap();
                field(&mut text, "starts_at", *starts);
                if let Some(length) = length {
                    field(&mut text, "ends_at", starts + length);
                }
                entry.write(&mut text, *starts);
            }
        }
        text + "---\nТекст.\n"
    }

    fn folder(&self) -> &'static str {
        match self.page {
            Page::News => "news",
            Page::Event { .. } => "events",
        }
    }
}

impl Entry {
    fn write(&self, text: &mut String, starts: i64) {
        let day = |days: i64| moment(starts + 24 * days).date();
        match self {
            Entry::Free => {}
            Entry::SignUp {
                opens_before,
                closes_before,
            } => {
                text.push_str("registration:\n  form: rsvp\n");
                let closes = starts - closes_before.unwrap_or_default();
                if closes_before.is_some() {
                    field(text, "  closes_at", closes);
                }
                if let Some(opens) = opens_before {
                    field(text, "  opens_at", closes - opens);
                }
            }
            Entry::Repeats {
                every,
                days,
                except,
            } => {
                let (until, except) = (day(*days), day(*except));
                writeln!(
                    text,
                    "repeats:\n  every: {every}\n  until: {until}\n  except: [{except}]"
                )
                .unwrap();
            }
        }
    }
}

fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        Just(Entry::Free),
        (prop::option::of(1_i64..200), prop::option::of(0_i64..100)).prop_map(
            |(opens_before, closes_before)| Entry::SignUp {
                opens_before,
                closes_before,
            }
        ),
        (
            prop_oneof![Just("day"), Just("week"), Just("month")],
            1_i64..60,
            1_i64..10
        )
            .prop_map(|(every, days, except)| Entry::Repeats {
                every,
                days: if every == "day" { days % 8 + 1 } else { days },
                except,
            }),
    ]
}

fn page() -> impl Strategy<Value = Page> {
    let event = (
        0_i64..600,
        prop::option::of(1_i64..80),
        prop_oneof![
            4 => Just("scheduled"),
            1 => Just("cancelled"),
            1 => Just("postponed")
        ],
        entry(),
    )
        .prop_map(|(starts, length, status, entry)| Page::Event {
            starts,
            length,
            status,
            entry,
        });
    prop_oneof![1 => Just(Page::News), 4 => event]
}

fn dated() -> impl Strategy<Value = Dated> {
    (
        page(),
        prop::bool::weighted(0.1),
        prop::option::of(0_i64..700),
        prop::option::of(1_i64..700),
    )
        .prop_map(|(page, draft, publish, expire)| Dated {
            page,
            draft,
            publish,
            expire,
        })
}

/// A site of two languages with these pages, in the memory.
fn source(pages: &[Dated]) -> Source {
    let site = SiteTest::from_content(&tests_folder("sites/_base/content"));
    let mut source = load::source(&site.path(".")).unwrap();
    for (number, page) in pages.iter().enumerate() {
        let path = format!("content/{}/p{number}.md", page.folder());
        source
            .documents
            .push(SourceFile::new(path, page.text().into_bytes()));
    }
    source
}

/// The bytes of a build, and when the next one would differ. Content with errors has none.
fn build(source: &Source, now: Timestamp) -> Option<(Vec<OutputFile>, Option<Timestamp>)> {
    let options = Options {
        now,
        drafts: false,
        base_url: None,
    };
    let mut source = source.clone();
    let (plan, diagnostics) = plan(&mut source, &Pictures::default(), &options);
    if generator::diagnostic::has_errors(&diagnostics) {
        return None;
    }
    let plan = plan?;
    let output = draw(&source, &plan, |file| file).ok()?;
    Some((output, next_change_at(&plan.site)))
}

/// The files in which two builds differ.
fn difference(a: &[OutputFile], b: &[OutputFile]) -> Vec<String> {
    fn files(output: &[OutputFile]) -> BTreeMap<String, &[u8]> {
        output
            .iter()
            .map(|file| (file.path.clone(), file.bytes.as_slice()))
            .collect()
    }
    let (a, b) = (files(a), files(b));
    let paths: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let differing = paths
        .into_iter()
        .filter(|path| a.get(*path) != b.get(*path));
    differing.cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn the_site_differs_at_the_instants_that_it_names_and_at_no_other(
        pages in prop::collection::vec(dated(), 1..4),
        within in 0.0_f64..1.0,
    ) {
        let source = source(&pages);
        let zone = TimeZone::get("Europe/Sofia").unwrap();
        let mut now = zone.to_timestamp(moment(-300)).unwrap();
        let Some((mut output, mut next)) = build(&source, now) else {
            return Err(TestCaseError::reject("an event in an hour that is not there"));
        };
        let second = SignedDuration::from_secs(1);
        let mut changes = 0;
        while let Some(at) = next {
            prop_assert!(at > now);
            let between = now + SignedDuration::from_secs_f64((at - second).duration_since(now).as_secs_f64() * within);
            for moment in [between, at - second] {
                let (same, same_next) = build(&source, moment).unwrap();
                prop_assert_eq!(difference(&output, &same), Vec::<String>::new(), "at {}", moment);
                prop_assert_eq!(same_next, Some(at));
            }
            let (changed, after) = build(&source, at).unwrap();
            prop_assert!(difference(&output, &changed) != Vec::<String>::new(), "nothing changes at {}", at);
            (now, output, next) = (at, changed, after);
            changes += 1;
            prop_assert!(changes < 100);
        }
        let (for_good, none) = build(&source, now + SignedDuration::from_hours(24 * 3650)).unwrap();
        prop_assert_eq!(difference(&output, &for_good), Vec::<String>::new());
        prop_assert_eq!(none, None);
    }
}
