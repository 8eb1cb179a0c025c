//! How one signs in to the editor's page, where the form function sees to it.

use std::fmt;

use super::{NO_ORIGIN, SettingError, origin};

/// As what GitHub knows the editor's page.
#[derive(Clone, PartialEq, Eq)]
pub struct EditorSettings {
    /// `EDITOR_OAUTH_CLIENT_ID`: the name of the page there.
    pub client_id: String,
    /// `EDITOR_OAUTH_CLIENT_SECRET`: what proves that it is us who ask.
    pub client_secret: String,
    /// `EDITOR_OAUTH_URL`: the server, where it is not github.com.
    pub url: String,
}

impl EditorSettings {
    /// The settings, if there are any: of two that need each other, both or none.
    pub(super) fn from_lookup(
        set: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<EditorSettings>, SettingError> {
        let missing = |variable, example| SettingError {
            variable,
            problem: "is missing beside the other settings of EDITOR_OAUTH_",
            example,
        };
        let url = set("EDITOR_OAUTH_URL");
        let url_is_set = url.is_some();
        let url = origin(url.as_deref().unwrap_or("https://github.com")).ok_or(SettingError {
            variable: "EDITOR_OAUTH_URL",
            problem: NO_ORIGIN,
            example: "https://github.example.org",
        })?;
        match (
            set("EDITOR_OAUTH_CLIENT_ID"),
            set("EDITOR_OAUTH_CLIENT_SECRET"),
        ) {
            (Some(client_id), Some(client_secret)) => Ok(Some(EditorSettings {
                client_id,
                client_secret,
                url,
            })),
            (None, None) if !url_is_set => Ok(None),
            (Some(_), None) => Err(missing("EDITOR_OAUTH_CLIENT_SECRET", "0123456789abcdef")),
            (None, _) => Err(missing("EDITOR_OAUTH_CLIENT_ID", "Ov23liExample")),
        }
    }
}

impl fmt::Debug for EditorSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the secret.
        formatter.write_str(&self.client_id)
    }
}
