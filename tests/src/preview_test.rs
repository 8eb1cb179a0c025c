//! SHELL: the preview of a site as an editor has it: a folder to save files in, and pages to look at.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use clap::Parser;
use generator::cli::{Cli, run};

use crate::site_test::{NOW, SiteTest};

/// Far more than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// A preview that is running, and stays until all tests are through.
pub(crate) struct PreviewTest {
    pub(crate) site: SiteTest,
    /// Where it listens.
    address: String,
}

/// An answer of the preview.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// What an open page knows of itself.
pub(crate) struct OpenPage {
    pub(crate) version: u64,
    news: String,
}

/// Hands on every line of what is printed.
struct Lines(mpsc::Sender<String>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for line in String::from_utf8_lossy(bytes).lines() {
            // After the address nobody listens any more.
            let _ = self.0.send(line.to_owned());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl PreviewTest {
    /// Starts the preview of a site.
    pub(crate) fn start(site: SiteTest) -> PreviewTest {
        PreviewTest::start_with(site, &["--now", NOW])
    }

    /// The same with other options.
    pub(crate) fn start_with(site: SiteTest, options: &'static [&'static str]) -> PreviewTest {
        let (lines, printed) = mpsc::channel();
        let root = site.path("").to_str().unwrap().to_owned();
        std::thread::spawn(move || {
            let line = ["centre", "serve", "--root", &root];
            let more = ["--lang", "en", "--listen", "127.0.0.1:0"];
            let line = line.iter().chain(&more).chain(options);
            let cli = Cli::try_parse_from(line).unwrap();
            run(&cli, &mut std::io::sink(), &mut Lines(lines))
        });
        let mut lines = printed.iter();
        let address = lines.find_map(|line| Some(line.strip_prefix("http://")?.to_owned()));
        let address = address.expect("it says where it listens");
        let address = address.trim_end_matches('/').to_owned();
        PreviewTest { site, address }
    }

    /// Saves a file of content.
    pub(crate) fn save(&self, path: &str, text: &str) {
        self.site.change(path, text.as_bytes());
    }

    /// Saves a file with one text in place of another.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.site.path(path)).unwrap();
        assert!(text.contains(from), "{path}: {from}");
        self.save(path, &text.replace(from, to));
    }

    /// What is at an address.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1"), "")
    }

    /// The answer to a form that is sent without any answers.
    pub(crate) fn post_empty(&self, path: &str) -> Answer {
        let origin = format!("Origin: http://{}\r\n", self.address);
        let kind = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n";
        self.ask(&format!("POST {path} HTTP/1.1"), &(origin + kind))
    }

    fn ask(&self, line: &str, more: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let host = &self.address;
        let request = format!("{line}\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            body: body.to_owned(),
        }
    }

    /// The number of the last edition.
    pub(crate) fn version(&self) -> u64 {
        self.get("/__reload").body.parse().unwrap()
    }

    /// Waits for an edition after this one.
    pub(crate) fn next(&self, version: u64) -> u64 {
        self.told(&OpenPage {
            version,
            news: format!("/__reload?version={version}"),
        })
    }

    /// Waits until this is true of what is at an address, edition by edition.
    pub(crate) fn until(&self, path: &str, is_so: impl Fn(&Answer) -> bool) -> Answer {
        let begin = Instant::now();
        loop {
            let version = self.version();
            let answer = self.get(path);
            if is_so(&answer) {
                return answer;
            }
            assert!(begin.elapsed() < PATIENCE, "{path}: {}", answer.body);
            self.get(&format!("/__reload?version={version}"));
        }
    }

    /// Waits until a page has these words.
    pub(crate) fn until_says(&self, path: &str, words: &str) -> String {
        self.until(path, |answer| {
            answer.status == 200 && answer.body.contains(words)
        })
        .body
    }

    /// Opens a page.
    pub(crate) fn open(&self, path: &str) -> OpenPage {
        let page = self.get(path).body;
        let said = |name: &str| {
            let (_, rest) = page.split_once(&format!("data-{name}=\"")).unwrap();
            rest.split_once('"').unwrap().0.to_owned()
        };
        let (version, looks) = (said("version"), said("looks"));
        OpenPage {
            news: format!("/__reload?version={version}&looks={looks}&path={path}"),
            version: version.parse().unwrap(),
        }
    }

    /// Waits as an open page does, until it is told to load itself again; the number of the edition it is to load.
    pub(crate) fn told(&self, page: &OpenPage) -> u64 {
        let begin = Instant::now();
        loop {
            let version = self.get(&page.news).body.parse().unwrap();
            if version != page.version {
                return version;
            }
            assert!(begin.elapsed() < PATIENCE, "{}", page.news);
        }
    }
}
