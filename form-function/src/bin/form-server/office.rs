//! SHELL: what the commands of staff work with, opened from the settings.

use anyhow::Context;
use form_function::app::{Random, system_clock, system_random};
use form_function::bundle::Bundle;
use form_function::desk::Desk;
use form_function::keys::IndexKey;
use form_function::keys_check;
use form_function::seal::Opener;
use form_function::settings::Settings;
use form_function::store::sqlite::SqliteStore;
use forms::Group;

/// The store of this machine with what is needed to read it.
pub(crate) struct Office {
    store: SqliteStore,
    bundle: Bundle,
    index: IndexKey,
    opener: Opener,
    random: Random,
}

impl Office {
    /// Opens the store, which must be there, for somebody who has to read these groups.
    pub(crate) async fn open(groups: &[Group]) -> anyhow::Result<Office> {
        let settings = Settings::from_environment()?;
        let bundle = Bundle::load(&settings.bundle)?;
        let file = settings.store_file();
        anyhow::ensure!(
            file.is_file(),
            "there is no store at `{}`; set `DATA_DIR` to the folder with the data of the server",
            file.display()
        );
        let store = SqliteStore::open(&file)
            .with_context(|| format!("`{}` (see `DATA_DIR`)", file.display()))?;
        let random = system_random();
        let (keys, opener) = settings.keys_of_filled_store(groups, &random)?;
        keys_check::check(&store, &keys.index, &opener)
            .await
            .with_context(|| format!("`{}` (see `DATA_DIR`)", file.display()))?;
        Ok(Office {
            store,
            bundle,
            index: keys.index,
            opener,
            random,
        })
    }

    /// The desk, now.
    pub(crate) fn desk(&self) -> Desk<'_, SqliteStore> {
        Desk {
            store: &self.store,
            bundle: &self.bundle,
            index: &self.index,
            opener: &self.opener,
            random: &self.random,
            now: system_clock()(),
        }
    }
}
