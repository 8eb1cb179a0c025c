//! The same function, where one also signs in to the editor's page.

use std::sync::Arc;

use form_function::editor;
use form_function::settings::EditorSettings;

use super::FormTest;

impl FormTest {
    /// One signs in with the forge at this address, which knows the page as `client` by `hush`.
    pub(crate) fn with_editor(mut self, forge: &str) -> FormTest {
        let settings = EditorSettings {
            client_id: "client".to_owned(),
            client_secret: "hush".to_owned(),
            url: forge.to_owned(),
        };
        let sign_in = editor::router(Arc::clone(&self.app), &settings);
        self.router = self.router.merge(sign_in);
        self
    }
}
