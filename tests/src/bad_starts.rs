//! What stops a start, and what the program then says: which setting or file, why, and nothing secret.
//!
//! The rows that hold for both programs; each program adds its own.

use std::fs;
use std::path::Path;

use crate::program::Ended;

/// A value that nobody may read in a message: it could have been a secret.
pub(crate) const SECRET: &str = "feedbeef";

/// Something wrong, and the words that a message about it must have.
pub(crate) struct BadStart {
    pub(crate) wrong: Wrong,
    pub(crate) says: &'static [&'static str],
}

/// What is wrong.
pub(crate) enum Wrong {
    /// A setting has this value; an empty one is as good as none.
    Setting(&'static str, &'static str),
    /// A file of the bundle is not there.
    Missing(&'static str),
    /// A file of the bundle holds this instead.
    Broken(&'static str, &'static [u8]),
}

const fn setting(
    name: &'static str,
    value: &'static str,
    says: &'static [&'static str],
) -> BadStart {
    BadStart {
        wrong: Wrong::Setting(name, value),
        says,
    }
}

const fn missing(file: &'static str, says: &'static [&'static str]) -> BadStart {
    BadStart {
        wrong: Wrong::Missing(file),
        says,
    }
}

const fn broken(
    file: &'static str,
    bytes: &'static [u8],
    says: &'static [&'static str],
) -> BadStart {
    BadStart {
        wrong: Wrong::Broken(file, bytes),
        says,
    }
}

/// Wrong keys.
pub(crate) const KEYS: [BadStart; 6] = [
    setting(
        "TOKEN_KEYS",
        SECRET,
        &["`TOKEN_KEYS`", "64 hexadecimal digits", "openssl rand"],
    ),
    setting(
        "TOKEN_KEYS",
        "zzzz2233445566778899aabbccddeeff00112233445566778899aabbfeedbeef",
        &["`TOKEN_KEYS`", "64 hexadecimal digits"],
    ),
    setting(
        "INDEX_KEY",
        SECRET,
        &["`INDEX_KEY`", "64 hexadecimal digits", "openssl rand"],
    ),
    setting(
        "SEALING_KEYS",
        "contact=feedbeef",
        &["`SEALING_KEYS`", "43 characters", "form-server keys new"],
    ),
    setting(
        "OPENING_KEYS",
        "contact=feedbeef",
        &["`OPENING_KEYS`", "43 characters", "form-server keys new"],
    ),
    setting(
        "OPENING_KEYS",
        "everything=feedbeef",
        &["`OPENING_KEYS`", "`contact`, `answers`, `sensitive`"],
    ),
];

/// One half of a set, which must not be filled up with keys of another.
#[cfg(feature = "server")]
pub(crate) const HALF_SETS: [BadStart; 2] = [
    setting(
        "TOKEN_KEYS",
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        &["`INDEX_KEY`", "is missing"],
    ),
    setting(
        "INDEX_KEY",
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        &["`TOKEN_KEYS`", "is missing"],
    ),
];

/// Wrong settings.
pub(crate) const SETTINGS: [BadStart; 6] = [
    setting(
        "MAIL_TRANSPORT",
        "pigeon:feedbeef",
        &["`MAIL_TRANSPORT`", "`smtp://`"],
    ),
    setting(
        "MAIL_TRANSPORT",
        "smtp:feedbeef",
        &["`MAIL_TRANSPORT`", "`smtp://`"],
    ),
    setting(
        "MAIL_TRANSPORT",
        "file:/dev/null/mail",
        &["`MAIL_TRANSPORT`", "folder"],
    ),
    setting("PUBLIC_URL", SECRET, &["`PUBLIC_URL`", "`https://`"]),
    setting(
        "PUBLIC_URL",
        "https://example.org/feedbeef",
        &["`PUBLIC_URL`", "without a path"],
    ),
    setting(
        "FORMS_BUNDLE",
        "/nowhere",
        &["`FORMS_BUNDLE`", "`/nowhere`", "build the site"],
    ),
];

/// Bundles that are not whole.
pub(crate) const BUNDLES: [BadStart; 9] = [
    missing(
        "manifest.json",
        &["`manifest.json`", "missing", "build the site again"],
    ),
    missing("strings/en.json", &["`strings/en.json`", "missing"]),
    missing("frames/bg.json", &["`frames/bg.json`", "missing"]),
    missing(
        "templates/receipt.html",
        &["`templates/receipt.html`", "missing"],
    ),
    broken("manifest.json", b"{\"half\":", &["`manifest.json`"]),
    broken("manifest.json", b"\xff\xfe", &["`manifest.json`", "utf-8"]),
    broken(
        "manifest.json",
        b"{\"version\": 4000000000}",
        &["`manifest.json`"],
    ),
    broken("strings/bg.json", b"\xd0", &["`strings/bg.json`", "broken"]),
    broken(
        "templates/form.html",
        b"{% if %}",
        &["`templates/`", "form.html"],
    ),
];

impl BadStart {
    /// What it is about, for a message about a test that failed.
    pub(crate) fn name(&self) -> String {
        match &self.wrong {
            Wrong::Setting(name, value) => format!("{name}={value}"),
            Wrong::Missing(file) => format!("without {file}"),
            Wrong::Broken(file, bytes) => format!("{file} = {}", bytes.escape_ascii()),
        }
    }

    /// Makes the bundle in this folder wrong, if that is what is wrong, or gives the setting.
    #[expect(clippy::disallowed_methods, reason = "SHELL: breaks files")]
    pub(crate) fn prepare(&self, bundle: &Path) -> Option<(&'static str, &'static str)> {
        match self.wrong {
            Wrong::Setting(name, value) => return Some((name, value)),
            Wrong::Missing(file) => fs::remove_file(bundle.join(file)).unwrap(),
            Wrong::Broken(file, bytes) => fs::write(bundle.join(file), bytes).unwrap(),
        }
        None
    }

    /// Whether the program ended as it should.
    #[track_caller]
    pub(crate) fn judge(&self, ended: &Ended) {
        judge(&self.name(), ended, self.says);
    }
}

/// A failure that names its cause in a few lines, without a panic and without the value of a setting.
#[track_caller]
pub(crate) fn judge(name: &str, ended: &Ended, says: &[&str]) {
    let said = &ended.output;
    assert!(!ended.succeeded, "{name}: it must fail; it said {said}");
    for word in says {
        let [said, word] = [said, *word].map(str::to_lowercase);
        assert!(said.contains(&word), "{name}: no {word} in {said}");
    }
    for word in ["panicked", "BACKTRACE", "backtrace", SECRET] {
        assert!(!said.contains(word), "{name}: {word} in {said}");
    }
    assert_eq!(
        said.matches("Error: ").count(),
        1,
        "{name}: one message, not {said}"
    );
    assert!(
        said.lines().count() <= 16,
        "{name}: a few lines, not {said}"
    );
}
