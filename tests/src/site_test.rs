//! The language of site tests: a folder of content, a command, what came out.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use generator::cli::{Cli, Status, run};
use tempfile::TempDir;
use walkdir::WalkDir;

/// The moment for which test sites are built.
pub(crate) const NOW: &str = "2026-11-23T09:00:00+02:00";

/// A folder with content and the project's theme.
pub(crate) struct SiteTest {
    root: TempDir,
}

/// What a command left behind.
pub(crate) struct Ran {
    pub(crate) status: Status,
    /// What it was asked for, on standard output.
    pub(crate) output: String,
    /// What it said about it, on standard error.
    pub(crate) messages: String,
}

/// The root of the repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A folder below `tests/`.
pub(crate) fn tests_folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

impl SiteTest {
    /// A site of two languages with a home page and nothing else.
    pub(crate) fn new() -> SiteTest {
        SiteTest::from_content(&tests_folder("sites/_base/content"))
    }

    /// The site above with the content of a case on top.
    pub(crate) fn case(name: &str) -> SiteTest {
        let site = SiteTest::new();
        copy(
            &tests_folder("sites").join(name).join("content"),
            &site.path("content"),
        );
        site
    }

    /// A site with this content alone.
    pub(crate) fn from_content(content: &Path) -> SiteTest {
        let root = tempfile::tempdir().unwrap();
        copy(content, &root.path().join("content"));
        copy(&repository().join("themes"), &root.path().join("themes"));
        SiteTest { root }
    }

    /// The site with a file more, or another one in its place.
    pub(crate) fn file(self, path: &str, text: &str) -> SiteTest {
        self.change(path, text.as_bytes());
        self
    }

    pub(crate) fn change(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Runs `centre` with these arguments, in English unless they say otherwise.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_at(NOW, arguments)
    }

    /// The same at another moment.
    pub(crate) fn run_at(&self, now: &str, arguments: &[&str]) -> Ran {
        let root = self.root.path().to_str().unwrap();
        let mut line = vec!["centre", "--root", root, "--now", now];
        if !arguments.contains(&"--lang") {
            line.extend(["--lang", "en"]);
        }
        line.extend(arguments);
        let (mut output, mut messages) = (Vec::new(), Vec::new());
        let cli = Cli::try_parse_from(line).unwrap();
        let status = run(&cli, &mut output, &mut messages);
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(root, "[ROOT]");
        Ran {
            status,
            output: text(output),
            messages: text(messages),
        }
    }

    /// Builds the site, which must go well; without compressed forms, which take half of the time and hardly any test looks at.
    pub(crate) fn build(self) -> SiteTest {
        let ran = self.run(&["build", "--no-compress"]);
        assert_eq!(ran.status, Status::Done, "{}", ran.messages);
        self
    }

    /// Builds the site with its compressed forms, as it is published, which must go well.
    pub(crate) fn publish(self) -> SiteTest {
        let ran = self.run(&["build"]);
        assert_eq!(ran.status, Status::Done, "{}", ran.messages);
        self
    }

    /// Builds the site as of a moment, which must go well.
    pub(crate) fn build_at(&self, now: &str) {
        let ran = self.run_at(now, &["build", "--no-compress"]);
        assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    }

    /// A file of the built site.
    pub(crate) fn output(&self, path: &str) -> String {
        let path = self.path("dist").join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// A page of the built site, between `<main>` and `</main>`.
    pub(crate) fn main_of(&self, path: &str) -> String {
        between_main(&self.output(path))
    }

    /// Every file below a folder of the site, with its bytes.
    pub(crate) fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        files(&self.path(folder))
    }
}

/// A page between `<main>` and `</main>`, without blank lines.
pub(crate) fn between_main(page: &str) -> String {
    let start = page.find("<main").unwrap();
    let end = page.find("</main>").unwrap();
    let lines = page[start..end].lines().skip(1).map(str::trim_end);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n") + "\n"
}

/// Every file below a folder, with its bytes, sorted by path.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(folder)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let to = to.join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
}
