//! A build that is killed leaves the old site or the new one, and the old forms or the new ones, each whole, wherever it was; the next
//! build makes good what is left, or the one after when it is killed, too.
//!
//! The program is killed by strace before its first, second, third … call that changes the disk, until it comes through.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::site_test::{NOW, SiteTest, files};

/// Calls by which the disk is changed. Before a new file is written to, it is there and empty.
const CALLS: [&str; 10] = [
    "write",
    "mkdir",
    "rmdir",
    "unlink",
    "unlinkat",
    "link",
    "linkat",
    "rename",
    "renameat",
    "renameat2",
];

const NEWS: &str = "---\ntitle: Новина\ndescription: Описание.\ndate: 2026-05-12\n---\n\nТекст.\n";

type Tree = BTreeMap<String, Vec<u8>>;

/// A folder in which the real program builds.
struct Folder {
    root: tempfile::TempDir,
}

impl Folder {
    fn of(site: &SiteTest) -> Folder {
        let root = tempfile::tempdir().unwrap();
        for folder in ["content", "themes", "dist"] {
            let from = site.path(folder);
            if from.exists() {
                copy_keeping_times(&from, &root.path().join(folder));
            }
        }
        Folder { root }
    }

    fn path(&self) -> &Path {
        self.root.path()
    }

    fn build(&self, before: &[&str]) -> bool {
        let centre = std::env::var("CENTRE").expect("the program `centre` is at CENTRE");
        let line = before
            .iter()
            .copied()
            .chain([centre.as_str(), "build", "--now", NOW, "--root"]);
        let line: Vec<&str> = line.collect();
        let output = Command::new(line[0])
            .args(&line[1..])
            .arg(self.path())
            .env("RAYON_NUM_THREADS", "1")
            .output()
            .unwrap();
        output.status.success()
    }

    /// Builds, and is killed before this call is made for the `number`th time. Whether it came through.
    fn build_killed_at(&self, call: &str, number: usize) -> bool {
        self.build_where(call, &format!("signal=SIGKILL:when={number}"))
    }

    /// Builds where the system answers these calls with an error.
    fn build_without(&self, calls: &str, error: &str) -> bool {
        self.build_where(calls, &format!("error={error}"))
    }

    /// Builds where this happens to these calls.
    fn build_where(&self, calls: &str, what: &str) -> bool {
        let trace = format!("trace={calls}");
        let inject = format!("inject={calls}:{what}");
        self.build(&[
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            &trace,
            "-e",
            &inject,
        ])
    }

    fn tree(&self, name: &str) -> Tree {
        let folder = self.path().join("dist").join(name);
        if folder.exists() {
            files(&folder).into_iter().collect()
        } else {
            Tree::new()
        }
    }
}

fn copy_keeping_times(from: &Path, to: &PathBuf) {
    let copied = Command::new("cp")
        .arg("-a")
        .arg(from)
        .arg(to)
        .status()
        .unwrap();
    assert!(copied.success());
}

fn whole(folder: &Folder) -> [Tree; 2] {
    ["site", "forms"].map(|name| folder.tree(name))
}

/// Kills builds of what `change` makes of a site at every call, and looks at what they leave.
fn kill_everywhere(site: &SiteTest, change: impl Fn(&Folder)) {
    let old = whole(&Folder::of(site));
    let new = Folder::of(site);
    change(&new);
    assert!(new.build(&[]));
    let new = whole(&new);
    assert_ne!(old, new);
    let (mut kills, mut seen_new) = (0, 0);
    for call in CALLS {
        for number in 1.. {
            let folder = Folder::of(site);
            change(&folder);
            let through = folder.build_killed_at(call, number);
            for ((now, old), new) in whole(&folder).into_iter().zip(&old).zip(&new) {
                assert!(
                    now == *old || now == *new,
                    "{call} {number}: neither the old nor the new site"
                );
                seen_new += usize::from(!through && now == *new);
            }
            if through {
                break;
            }
            assert!(folder.build(&[]), "the build after {call} {number}");
            assert_eq!(whole(&folder), new, "the build after {call} {number}");
            kills += 1;
        }
    }
    assert!(
        kills > 50 && seen_new > 0,
        "{kills} kills, {seen_new} of them after a tree had changed place"
    );
}

/// A site that has changed before, so that both trees are there, with a page to be withdrawn and somebody's file.
fn changed_before() -> SiteTest {
    let site = SiteTest::new()
        .file("content/news/ostava.md", NEWS)
        .file("content/news/si-otiva.md", NEWS)
        .build();
    site.change(
        "content/news/ostava.md",
        NEWS.replace("Текст", "Друг текст").as_bytes(),
    );
    let site = site.build();
    site.change("dist/site/novini/stranger.txt", b"not ours");
    site
}

/// One page changes, one comes, one goes.
fn change(folder: &Folder) {
    let news = folder.path().join("content/news");
    std::fs::write(news.join("ostava.md"), NEWS.replace("Текст", "Трети текст")).unwrap();
    std::fs::write(news.join("nova.md"), NEWS).unwrap();
    std::fs::remove_file(news.join("si-otiva.md")).unwrap();
}

/// What has come goes again.
fn withdraw(folder: &Folder) {
    std::fs::remove_file(folder.path().join("content/news/nova.md")).unwrap();
}

#[test]
fn a_killed_change_leaves_site_and_forms_each_old_or_new() {
    kill_everywhere(&changed_before(), change);
}

#[test]
fn a_withdrawn_page_goes_however_often_builds_are_killed() {
    let site = changed_before();
    let straight = Folder::of(&site);
    change(&straight);
    assert!(straight.build(&[]));
    withdraw(&straight);
    assert!(straight.build(&[]));
    let expected = whole(&straight);
    let mut kills = 0;
    // While the trees change places: before the forms, the site, the record.
    for exchange in 1..=3 {
        for (call, number) in CALLS
            .into_iter()
            .flat_map(|call| [1, 2, 3].map(|number| (call, number)))
        {
            let folder = Folder::of(&site);
            change(&folder);
            assert!(!folder.build_killed_at("renameat2", exchange));
            withdraw(&folder);
            if folder.build_killed_at(call, number) {
                continue;
            }
            kills += 1;
            // Nor does it help to be killed once more.
            folder.build_killed_at("renameat2", 2);
            assert!(folder.build(&[]), "{exchange}, {call} {number}");
            assert_eq!(whole(&folder), expected, "{exchange}, {call} {number}");
        }
    }
    assert!(kills > 30, "{kills} kills");
}

#[test]
fn a_file_system_that_can_do_little_gets_the_same_site() {
    let site = changed_before();
    let expected = Folder::of(&site);
    change(&expected);
    assert!(expected.build(&[]));
    for (calls, error) in [
        ("link,linkat", "EPERM"),
        ("link,linkat", "EMLINK"),
        ("renameat2", "EINVAL"),
        ("flock", "EOPNOTSUPP"),
    ] {
        let folder = Folder::of(&site);
        change(&folder);
        assert!(folder.build_without(calls, error), "{calls} {error}");
        assert_eq!(whole(&folder), whole(&expected), "{calls} {error}");
    }
}

#[test]
fn a_killed_first_build_leaves_nothing_or_the_whole_site() {
    kill_everywhere(&SiteTest::new(), |_| ());
}
