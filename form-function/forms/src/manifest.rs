//! What the generator tells the form function: `dist/forms/manifest.json`.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::{Activity, FormDefinition, Language, Localized, Slug};

/// The version of the manifest's shape. Generator and function are built from one commit; this only refuses a stranger.
pub const MANIFEST_VERSION: u32 = 2;

/// The templates that the form function draws; every theme has them.
pub const TEMPLATES: [&str; 22] = [
    "form.html",
    "check-answers.html",
    "receipt.html",
    "verify.html",
    "message.html",
    "mail/message.txt",
    "mail/message.html",
    "staff/sign-in.html",
    "staff/message.html",
    "staff/today.html",
    "staff/events.html",
    "staff/event.html",
    "staff/registration.html",
    "staff/check-in.html",
    "staff/service-users.html",
    "staff/door-list.html",
    "staff/data.html",
    "staff/processing.html",
    "staff/card.html",
    "staff/card-sheet.html",
    "staff/statistics.html",
    "staff/log.html",
];

/// Every form, activity and language of a site.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// [`MANIFEST_VERSION`] of the generator that wrote it.
    pub version: u32,
    /// Who runs the site.
    pub identity: Identity,
    /// The languages, the default one first.
    pub languages: Vec<Language>,
    /// The IANA name of the zone in which wall times are meant.
    pub zone: String,
    /// The forms by name.
    pub forms: BTreeMap<Slug, FormDefinition>,
    /// What one can sign up for, by slug.
    pub activities: BTreeMap<Slug, Activity>,
}

/// Who runs the site, as far as mail and pages of the function say it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Identity {
    /// The name of the centre.
    pub name: Localized,
    /// The address of the site, without a closing `/`.
    pub base_url: String,
    /// The sender of mail.
    pub mail_from: String,
    /// The statement on funding that every document for a participant carries
    /// (Regulation (EU) 1303/2013, Annex XII, 2.2(3)).
    pub funding: Localized,
    /// The calling code of the country, such as `+359`: of telephone numbers that people write without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calling_code: Option<String>,
}

/// A manifest that this program cannot work with.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// Not JSON, or not a manifest.
    #[error("the manifest cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Written by another version of the generator.
    #[error(
        "the manifest has version {found}, this program reads version {MANIFEST_VERSION}; build the site again"
    )]
    Version {
        /// The version in the file.
        found: u32,
    },
    /// The zone is not in the zone database.
    #[error("the manifest names an unknown time zone: {0}")]
    Zone(String),
    /// An activity without its form.
    #[error("`{activity}` uses the form `{form}`, which the manifest does not have")]
    MissingForm {
        /// The activity.
        activity: Slug,
        /// The form it names.
        form: Slug,
    },
}

impl Manifest {
    /// The manifest in a file's text.
    pub fn from_json(text: &str) -> Result<Manifest, ManifestError> {
        let manifest: Manifest = serde_json::from_str(text)?;
        if manifest.version != MANIFEST_VERSION {
            return Err(ManifestError::Version {
                found: manifest.version,
            });
        }
        if TimeZone::get(&manifest.zone).is_err() {
            return Err(ManifestError::Zone(manifest.zone));
        }
        for activity in manifest.activities.values() {
            if !manifest.forms.contains_key(&activity.form) {
                return Err(ManifestError::MissingForm {
                    activity: activity.slug.clone(),
                    form: activity.form.clone(),
                });
            }
        }
        Ok(manifest)
    }

    /// The zone in which wall times are meant.
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// The language that was asked for, if the site has it, else the default one.
    pub fn language(&self, tag: &str) -> Option<&Language> {
        self.languages
            .iter()
            .find(|language| language.as_str() == tag)
            .or_else(|| self.languages.first())
    }

    /// An activity and its form.
    pub fn activity(&self, slug: &Slug) -> Option<(&Activity, &FormDefinition)> {
        let activity = self.activities.get(slug)?;
        Some((activity, self.forms.get(&activity.form)?))
    }
}
