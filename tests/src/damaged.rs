//! Whatever lies in `content/`, the program says what is wrong with it and goes on: it never falls over, and never takes it for a site.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use generator::cli::Status;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::bounded::{Bounds, within};
use crate::site_test::SiteTest;

/// Ten times what it takes.
const BOUNDS: Bounds = Bounds {
    seconds: 300,
    megabytes: 3072,
};

const NEWS: &str = "---\ntitle: Новина\ndescription: Описание.\ndate: 2026-05-12\n---\n\n# Текст\n\n- точка [връзка](/pages/index.md)\n";

/// What may happen to a file on its way through disks, mail and old programs.
#[derive(Clone, Debug)]
enum Damage {
    /// Bytes that mean nothing.
    Noise(Vec<u8>),
    /// Cut off in the middle, even of a letter.
    Cut(usize),
    /// Bytes overwritten in the middle.
    Overwritten(usize, Vec<u8>),
    /// The lines in another order.
    Shuffled(u64),
    /// Saved as Windows-1251.
    Windows1251,
    /// Byte order mark, and lines that end as in Windows.
    FromWindows,
    /// Letters taken apart, as some systems do.
    Decomposed,
    /// As deep as a sign can be repeated.
    Deep(char, usize),
    /// Aliases of aliases, which a parser might unfold.
    Bomb,
    /// The same field very often.
    ManyFields(usize),
    /// A line without an end.
    LongLine(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..2000).prop_map(Damage::Noise),
        (0usize..200).prop_map(Damage::Cut),
        (0usize..200, prop::collection::vec(any::<u8>(), 1..20))
            .prop_map(|(at, bytes)| Damage::Overwritten(at, bytes)),
        any::<u64>().prop_map(Damage::Shuffled),
        Just(Damage::Windows1251),
        Just(Damage::FromWindows),
        Just(Damage::Decomposed),
        (
            prop::sample::select(vec!['[', '{', '>', '-', '*', '`', '"', '(', '|', '#', ':']),
            1usize..5000
        )
            .prop_map(|(sign, times)| Damage::Deep(sign, times)),
        Just(Damage::Bomb),
        (1usize..2000).prop_map(Damage::ManyFields),
        (1usize..40_000).prop_map(Damage::LongLine),
    ]
}

impl Damage {
    fn done_to(&self, text: &str) -> Vec<u8> {
        let bytes = text.as_bytes();
        match self {
            Damage::Noise(noise) => noise.clone(),
            Damage::Cut(at) => bytes[..*at % bytes.len()].to_vec(),
            Damage::Overwritten(at, new) => {
                let at = at % bytes.len();
                let rest = bytes.get(at + new.len()..).unwrap_or_default();
                [&bytes[..at], new, rest].concat()
            }
            Damage::Shuffled(seed) => {
                let mut lines: Vec<&str> = text.lines().collect();
                let turn = usize::try_from(seed % lines.len() as u64).unwrap();
                lines.rotate_left(turn);
                lines.join("\n").into_bytes()
            }
            Damage::Windows1251 => text.chars().map(windows_1251).collect(),
            Damage::FromWindows => format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes(),
            Damage::Decomposed => text.replace('й', "и\u{306}").into_bytes(),
            Damage::Deep(sign, times) => {
                let deep = sign.to_string().repeat(*times);
                format!("---\ntitle: {deep}\ndescription: x\ndate: 2026-05-12\ntags: {deep}\n---\n\n{deep} x\n\n{}", format!("{sign}\n").repeat(*times)).into_bytes()
            }
            Damage::Bomb => {
                let levels = (1..10)
                    .map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(9)));
                format!(
                    "---\na0: &a0 lol\n{}title: *a9\n---\n",
                    levels.collect::<Vec<_>>().concat()
                )
                .into_bytes()
            }
            Damage::ManyFields(times) => {
                format!("---\n{}---\n", "title: x\n".repeat(*times)).into_bytes()
            }
            Damage::LongLine(length) => format!(
                "---\ntitle: {}\n---\n\n{}\n",
                "а".repeat(*length),
                "[а](б) ".repeat(*length / 8)
            )
            .into_bytes(),
        }
    }
}

fn windows_1251(letter: char) -> u8 {
    match letter {
        'А'..='я' => u8::try_from(letter as u32 - 'А' as u32 + 0xC0).unwrap(),
        letter => u8::try_from(letter).unwrap_or(b'?'),
    }
}

#[test]
fn two_hundred_damaged_files_are_each_named_or_read_and_nothing_falls_over() {
    within(
        BOUNDS,
        "damaged::two_hundred_damaged_files_are_each_named_or_read_and_nothing_falls_over",
        two_hundred_damaged_files,
    );
}

fn two_hundred_damaged_files() {
    let site = SiteTest::new();
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    );
    for number in 0..200 {
        let damage = damage().new_tree(&mut runner).unwrap().current();
        let (folder, ending) = [
            ("news", "md"),
            ("events", "md"),
            ("pages", "md"),
            ("forms", "yaml"),
            ("i18n", "yaml"),
            ("media", "jpg"),
        ][number % 6];
        site.change(
            &format!("content/{folder}/povreden-{number}.{ending}"),
            &damage.done_to(NEWS),
        );
    }
    // Names taken apart, a link to nowhere, a link to itself, and a folder where a file should be.
    site.change("content/news/нови\u{306}на.md", NEWS.as_bytes());
    std::os::unix::fs::symlink("nowhere.md", site.path("content/news/link.md")).unwrap();
    std::os::unix::fs::symlink(".", site.path("content/news/loop")).unwrap();
    fs::create_dir(site.path("content/news/folder.md")).unwrap();
    for command in ["build", "status"] {
        let ran = site.run(&[command]);
        assert_ne!(ran.status, Status::Failed, "{command}: {}", ran.messages);
    }
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, Status::Refused);
    assert!(!site.path("dist").exists(), "nothing was published");
    for number in (0..200).filter(|number| number % 6 == 0) {
        let path = format!("content/news/povreden-{number}.md");
        let said = ran.messages.contains(&path);
        let text = fs::read(site.path(&path)).unwrap();
        assert!(
            said || text.starts_with(b"---") || text.starts_with(b"\xef\xbb\xbf---"),
            "{path} was taken for a page"
        );
    }
}

#[test]
fn a_line_of_three_megabytes_and_a_file_of_brackets_are_read_or_refused() {
    within(
        BOUNDS,
        "damaged::a_line_of_three_megabytes_and_a_file_of_brackets_are_read_or_refused",
        long_lines,
    );
}

fn long_lines() {
    let long = format!("{}{}\n", NEWS, "дума [а](/pages/index.md) ".repeat(100_000));
    let site = SiteTest::new()
        .file("content/news/dalga.md", &long)
        .file(
            "content/news/skobi.md",
            &format!("{}{}", NEWS, "[".repeat(200_000)),
        )
        .file(
            "content/news/zvezdi.md",
            &format!("{}{}", NEWS, "*а ".repeat(200_000)),
        )
        .file(
            "content/news/kavichki.md",
            &format!("{}{}", NEWS, "\"а ".repeat(200_000)),
        );
    assert_ne!(site.run(&["check"]).status, Status::Failed);
}

#[test]
fn files_that_come_and_go_while_the_site_is_read_stop_nothing() {
    within(
        BOUNDS,
        "damaged::files_that_come_and_go_while_the_site_is_read_stop_nothing",
        coming_and_going,
    );
}

/// Somebody saves, renames and deletes without a pause while the site is built twenty times.
fn coming_and_going() {
    let site = SiteTest::new().build();
    let is_over = AtomicBool::new(false);
    let rounds = thread::scope(|scope| {
        let editor = scope.spawn(|| {
            let mut rounds = 0;
            while !is_over.load(Ordering::Relaxed) {
                rounds += 1;
                for number in 0..40 {
                    let (old, new) = (
                        site.path(&format!("content/news/a{number}.md")),
                        site.path(&format!("content/news/b{number}.md")),
                    );
                    site.change(&format!("content/news/a{number}.md"), NEWS.as_bytes());
                    fs::rename(old, new).unwrap();
                }
                site.change("content/media/snimki/a.txt", b"a");
                fs::remove_dir_all(site.path("content/media")).unwrap();
                fs::remove_dir_all(site.path("content/news")).unwrap();
            }
            rounds
        });
        for _ in 0..20 {
            let ran = site.run(&["build", "--no-compress"]);
            // A file that is being written is empty for a moment: then it is named, and the site stays as it was.
            assert_ne!(ran.status, Status::Failed, "{}", ran.messages);
        }
        is_over.store(true, Ordering::Relaxed);
        editor.join().unwrap()
    });
    assert!(rounds > 0, "nothing came or went");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
}
