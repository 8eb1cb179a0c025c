//! SHELL: settings, from the environment, once. A wrong one stops the start with a message that names it.

#[cfg(feature = "editor")]
mod editor;
mod keys;
mod own_keys;

#[cfg(feature = "editor")]
pub use editor::EditorSettings;
pub use keys::KeySettings;

use std::env;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use axum::http::Uri;
use forms::Group;

use crate::app::Random;
use crate::keys::{Keyring, generate};
use crate::limits::{ClientAddress, RateLimits};
use crate::mail::MailTransport;
use crate::seal::Opener;
#[cfg(feature = "embedded")]
use crate::staff::people::StaffList;

/// How this process is set up.
#[derive(Clone)]
pub struct Settings {
    /// `FORMS_BUNDLE`: the folder with the site's forms, as the generator wrote it.
    pub bundle: PathBuf,
    /// `DATA_DIR`: where one machine keeps registrations, keys and mail.
    pub data_dir: PathBuf,
    /// `TABLE_NAME`: where AWS keeps registrations.
    pub table: Option<String>,
    /// `MAIL_TRANSPORT`: how mail leaves.
    pub mail: Option<MailTransport>,
    /// `PUBLIC_URL`: the address of the site, where it is not the one that the site was built for.
    pub public_url: Option<String>,
    /// `TOKEN_KEYS`, `INDEX_KEY`, `SEALING_KEYS` and `OPENING_KEYS`: the keys that were set.
    pub keys: KeySettings,
    /// `CLIENT_ADDRESS`: where the address of a visitor is found.
    pub client_address: ClientAddress,
    /// `RATE_LIMITS`: how many posts are taken; all of them when absent.
    pub limits: Option<RateLimits>,
    /// `EDITOR_OAUTH_CLIENT_ID` and the others: how one signs in to the editor's page, where one does so here.
    #[cfg(feature = "editor")]
    pub editor: Option<EditorSettings>,
    /// `LISTEN`: the address and port to listen on.
    pub listen: SocketAddr,
    /// `STAFF`: who may sign in to the staff area, and as what; nobody when absent, and then there is none.
    #[cfg(feature = "embedded")]
    pub staff: Option<StaffList>,
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
        #[expect(clippy::disallowed_methods, reason = "SHELL: reads the environment")]
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
            keys: KeySettings::from_lookup(set)?,
            client_address: set("CLIENT_ADDRESS")
                .as_deref()
                .map_or(Ok(ClientAddress::Peer), client_address)?,
            limits: set("RATE_LIMITS")
                .as_deref()
                .map_or(Ok(Some(RateLimits::DEFAULT)), rate_limits)?,
            #[cfg(feature = "editor")]
            editor: EditorSettings::from_lookup(set)?,
            listen: listen.parse().map_err(|_| SettingError {
                variable: "LISTEN",
                problem: "must be an IP address and a port",
                example: "127.0.0.1:8080",
            })?,
            #[cfg(feature = "embedded")]
            staff: set("STAFF").as_deref().map(staff).transpose()?,
            site_dir: folder("SITE_DIR", "dist/site"),
        })
    }

    /// The file in which one machine keeps registrations.
    pub fn store_file(&self) -> PathBuf {
        self.data_dir.join("registrations.sqlite")
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

    /// The keys; where none was set, those kept in `DATA_DIR/keys.env`, which is made at the first start. What is opened
    /// are at least these groups.
    pub fn keys_or_own(
        &self,
        groups: &[Group],
        random: &Random,
    ) -> anyhow::Result<(Keyring, Opener)> {
        if !self.keys.is_empty() {
            return Ok(needed(&self.keys, groups)?);
        }
        let file = self.keys_file();
        needed(&own_keys::read_or_make(&file, random)?, groups)
            .with_context(|| format!("in `{}`", file.display()))
    }

    /// The same for a store that is filled already: new keys would find nobody in it, so none are made.
    pub fn keys_of_filled_store(
        &self,
        groups: &[Group],
        random: &Random,
    ) -> anyhow::Result<(Keyring, Opener)> {
        let file = self.keys_file();
        anyhow::ensure!(
            !self.keys.is_empty() || file.is_file(),
            "the keys of the store are gone: there is no `{}`, and new ones would find nobody; bring back its copy, or set \
             `TOKEN_KEYS`, `INDEX_KEY`, `SEALING_KEYS` and `OPENING_KEYS` (see Keys in form-function/README.md)",
            file.display()
        );
        self.keys_or_own(groups, random)
    }

    fn keys_file(&self) -> PathBuf {
        self.data_dir.join("keys.env")
    }
}

fn needed(keys: &KeySettings, groups: &[Group]) -> Result<(Keyring, Opener), SettingError> {
    Ok((keys.required_keyring()?, keys.required_opener(groups)?))
}

/// A whole set of new keys, as lines of an environment file.
pub fn new_keys_env(random: &Random) -> String {
    generate(random).to_string()
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

#[cfg(feature = "embedded")]
fn staff(text: &str) -> Result<StaffList, SettingError> {
    StaffList::parse(text).map_err(|_| SettingError {
        variable: "STAFF",
        problem: "must be e-mail addresses with commas between, each followed by `:` and `reception`, `coordinator` or `data_officer`",
        example: "ana@example.org:coordinator,ivan@example.org:reception",
    })
}

fn public_url(text: &str) -> Result<String, SettingError> {
    origin(text).ok_or(SettingError {
        variable: "PUBLIC_URL",
        problem: NO_ORIGIN,
        example: "https://centre.example.org",
    })
}

const NO_ORIGIN: &str = "must be `https://` and a host, without a path";

/// The address of a whole server, without a closing slash, if it is one.
fn origin(text: &str) -> Option<String> {
    let url = text.strip_suffix('/').unwrap_or(text);
    let uri = url.parse::<Uri>().ok()?;
    let known = matches!(uri.scheme_str(), Some("http" | "https"));
    let whole = url.ends_with(uri.authority()?.as_str());
    (known && whole).then(|| url.to_owned())
}

fn client_address(text: &str) -> Result<ClientAddress, SettingError> {
    match text {
        "peer" => Ok(ClientAddress::Peer),
        "x-forwarded-for" => Ok(ClientAddress::XForwardedFor),
        "cloudfront-viewer-address" => Ok(ClientAddress::CloudFrontViewerAddress),
        _ => Err(SettingError {
            variable: "CLIENT_ADDRESS",
            problem: "must be `peer`, `x-forwarded-for` or `cloudfront-viewer-address`",
            example: "x-forwarded-for",
        }),
    }
}

fn rate_limits(text: &str) -> Result<Option<RateLimits>, SettingError> {
    let wrong = SettingError {
        variable: "RATE_LIMITS",
        problem: "must be posts a minute from one address, `/` and posts a second from all, each at least 1; or `off`",
        example: "60/200",
    };
    if text == "off" {
        return Ok(None);
    }
    let limits = text.split_once('/').and_then(|(address, all)| {
        Some(RateLimits {
            per_minute_and_address: address.trim().parse().ok()?,
            per_second: all.trim().parse().ok()?,
        })
    });
    limits.map(Some).ok_or(wrong)
}

#[cfg(test)]
mod tests;
