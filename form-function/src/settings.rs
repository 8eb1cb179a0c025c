//! SHELL: settings, from the environment, once. A wrong one stops the start with a message that names it.
#![expect(
    clippy::disallowed_methods,
    reason = "SHELL: reads the environment, reads and makes the key"
)]

use std::env;
use std::fs;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use axum::http::Uri;

use crate::key::{Key, hexadecimal};
use crate::mail::MailTransport;
use crate::private_folder;

/// How this process is set up.
#[derive(Clone)]
pub struct Settings {
    /// `FORMS_BUNDLE`: the folder with the site's forms, as the generator wrote it.
    pub bundle: PathBuf,
    /// `DATA_DIR`: where one machine keeps registrations, key and mail.
    pub data_dir: PathBuf,
    /// `TABLE_NAME`: where AWS keeps registrations.
    pub table: Option<String>,
    /// `MAIL_TRANSPORT`: how mail leaves.
    pub mail: Option<MailTransport>,
    /// `PUBLIC_URL`: the address of the site, where it is not the one that the site was built for.
    pub public_url: Option<String>,
    /// `FORMS_KEY`: what tokens are signed with.
    pub key: Option<Key>,
    /// `LISTEN`: the address and port to listen on.
    pub listen: SocketAddr,
    /// `SITE_DIR`: the folder with the site's pages, as the generator wrote it.
    pub site_dir: PathBuf,
}

/// A setting that is wrong, or missing where it is needed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the setting `{variable}` {problem}; for example: {variable}={example}")]
pub struct SettingError {
    /// Its name in the environment.
    pub variable: &'static str,
    /// What is wrong with it.
    pub problem: &'static str,
    /// One that would do.
    pub example: &'static str,
}

impl Settings {
    /// The settings in the environment of this process.
    pub fn from_environment() -> Result<Settings, SettingError> {
        Settings::from_lookup(|name| env::var(name).ok())
    }

    /// The settings that `lookup` gives. An empty one counts as not set.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Settings, SettingError> {
        let set = |name: &str| {
            lookup(name)
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        let folder = |name: &str, default: &str| {
            PathBuf::from(set(name).unwrap_or_else(|| default.to_owned()))
        };
        let listen = set("LISTEN").unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        Ok(Settings {
            bundle: folder("FORMS_BUNDLE", "dist/forms"),
            data_dir: folder("DATA_DIR", ".data"),
            table: set("TABLE_NAME"),
            mail: set("MAIL_TRANSPORT")
                .as_deref()
                .map(mail_transport)
                .transpose()?,
            public_url: set("PUBLIC_URL").as_deref().map(public_url).transpose()?,
            key: set("FORMS_KEY")
                .map(|key| Key::from_hexadecimal(&key).map_err(|_| wrong_key(NOT_A_KEY)))
                .transpose()?,
            listen: listen.parse().map_err(|_| SettingError {
                variable: "LISTEN",
                problem: "must be an IP address and a port",
                example: "127.0.0.1:8080",
            })?,
            site_dir: folder("SITE_DIR", "dist/site"),
        })
    }

    /// The key, where it has to be set: several processes share it.
    pub fn required_key(&self) -> Result<Key, SettingError> {
        self.key.clone().ok_or(wrong_key("is missing"))
    }

    /// The table, where there is no other place for registrations.
    pub fn required_table(&self) -> Result<&str, SettingError> {
        let missing = SettingError {
            variable: "TABLE_NAME",
            problem: "is missing",
            example: "registrations",
        };
        self.table.as_deref().ok_or(missing)
    }

    /// The way for mail, where no file would outlive the process.
    pub fn required_mail(&self) -> Result<&MailTransport, SettingError> {
        self.mail.as_ref().ok_or(wrong_mail("is missing"))
    }

    /// The way for mail, which is a folder where nothing else was said.
    pub fn mail_or_folder(&self) -> MailTransport {
        self.mail
            .clone()
            .unwrap_or_else(|| MailTransport::Folder(self.data_dir.join("mail")))
    }

    /// The key; where none was set, the one kept in the data folder, which is made at the first start.
    pub fn key_or_own(&self) -> anyhow::Result<Key> {
        match &self.key {
            Some(key) => Ok(key.clone()),
            None => own_key(&self.data_dir.join("key")),
        }
    }
}

const NOT_A_KEY: &str =
    "must be at least 64 hexadecimal digits (make one with `openssl rand -hex 32`)";

fn wrong_key(problem: &'static str) -> SettingError {
    let example =
        "8f0a5c1e93d24b76a1e07f38c4d95b62e8437d1f60ab92c5741ed0b38f6a29c1 (but not this one)";
    SettingError {
        variable: "FORMS_KEY",
        problem,
        example,
    }
}

fn wrong_mail(problem: &'static str) -> SettingError {
    SettingError {
        variable: "MAIL_TRANSPORT",
        problem,
        example: "smtps://user:password@mail.example.org",
    }
}

fn mail_transport(text: &str) -> Result<MailTransport, SettingError> {
    match text.split_once(':') {
        Some(("file", folder)) if !folder.is_empty() => Ok(MailTransport::Folder(folder.into())),
        Some(("smtp" | "smtps", rest)) if rest.len() > 2 && rest.starts_with("//") => {
            Ok(MailTransport::Server(text.to_owned()))
        }
        Some(("ses", set)) if !set.is_empty() => Ok(MailTransport::Ses {
            configuration_set: Some(set.to_owned()),
        }),
        None if text == "ses" => Ok(MailTransport::Ses {
            configuration_set: None,
        }),
        _ => Err(wrong_mail(
            "must be `ses`, or begin with `ses:`, `smtp://`, `smtps://` or `file:`",
        )),
    }
}

fn public_url(text: &str) -> Result<String, SettingError> {
    let url = text.strip_suffix('/').unwrap_or(text);
    let is_origin = url.parse::<Uri>().is_ok_and(|uri| {
        let scheme = uri
            .scheme_str()
            .is_some_and(|scheme| matches!(scheme, "http" | "https"));
        scheme
            && uri
                .authority()
                .is_some_and(|authority| url.ends_with(authority.as_str()))
    });
    let problem = "must be `https://` and a host, without a path";
    let wrong = SettingError {
        variable: "PUBLIC_URL",
        problem,
        example: "https://centre.example.org",
    };
    if is_origin {
        Ok(url.to_owned())
    } else {
        Err(wrong)
    }
}

fn own_key(file: &Path) -> anyhow::Result<Key> {
    use anyhow::Context;

    let text = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => make_key(file),
        read => read,
    };
    let text = text.with_context(|| {
        format!(
            "the key in `{}` can be neither read nor made",
            file.display()
        )
    })?;
    Key::from_hexadecimal(&text).with_context(|| format!("`{}` holds no key", file.display()))
}

fn make_key(file: &Path) -> io::Result<String> {
    let mut secret = [0; Key::LENGTH];
    getrandom::fill(&mut secret).map_err(io::Error::other)?;
    let text = hexadecimal(&secret);
    if let Some(folder) = file.parent() {
        private_folder::make(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(text)
}

#[cfg(test)]
mod tests;
