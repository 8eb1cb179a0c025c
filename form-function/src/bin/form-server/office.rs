//! SHELL: what the commands of staff work with, opened from the settings.

use anyhow::Context;
use form_function::app::{Random, system_clock, system_random};
use form_function::bundle::Bundle;
use form_function::desk::Desk;
use form_function::keys::IndexKey;
use form_function::keys_check;
use form_function::seal::Opener;
use form_function::settings::Settings;
use form_function::store::Store;
#[cfg(feature = "aws")]
use form_function::store::dynamodb::DynamoStore;
use form_function::store::sqlite::SqliteStore;
use forms::Group;

/// Where registrations are, with what is needed to read them.
pub(crate) enum Office {
    /// On this machine.
    Machine(Room<SqliteStore>),
    /// In the table that `TABLE_NAME` names.
    #[cfg(feature = "aws")]
    Aws(Room<DynamoStore>),
}

/// A store with what is needed to read it.
pub(crate) struct Room<S> {
    store: S,
    bundle: Bundle,
    index: IndexKey,
    opener: Opener,
    random: Random,
}

/// Runs an expression at the desk of an office, over whichever store it has.
macro_rules! at_desk {
    ($office:expr, $desk:ident => $work:expr) => {
        match $office {
            $crate::office::Office::Machine(room) => {
                let $desk = &room.desk();
                $work
            }
            #[cfg(feature = "aws")]
            $crate::office::Office::Aws(room) => {
                let $desk = &room.desk();
                $work
            }
        }
    };
}

pub(crate) use at_desk;

impl Office {
    /// Opens the store, which must be there, for somebody who has to read these groups.
    pub(crate) async fn open(groups: &[Group]) -> anyhow::Result<Office> {
        let settings = Settings::from_environment()?;
        let bundle = Bundle::load(&settings.bundle)?;
        match settings.table.clone() {
            None => Ok(Office::Machine(machine(&settings, bundle, groups).await?)),
            Some(table) => aws(&settings, bundle, groups, &table).await,
        }
    }
}

async fn machine(
    settings: &Settings,
    bundle: Bundle,
    groups: &[Group],
) -> anyhow::Result<Room<SqliteStore>> {
    let file = settings.store_file();
    anyhow::ensure!(
        file.is_file(),
        "there is no store at `{}`; set `DATA_DIR` to the folder with the data of the server",
        file.display()
    );
    let place = format!("`{}` (see `DATA_DIR`)", file.display());
    let store = SqliteStore::open(&file).with_context(|| place.clone())?;
    let random = system_random();
    let (keys, opener) = settings.keys_of_filled_store(groups, &random)?;
    let room = Room {
        store,
        bundle,
        index: keys.index,
        opener,
        random,
    };
    room.with_its_keys(place).await
}

/// The table, with the keys of whoever sits before this machine; none of them is made or kept here.
#[cfg(feature = "aws")]
async fn aws(
    settings: &Settings,
    bundle: Bundle,
    groups: &[Group],
    table: &str,
) -> anyhow::Result<Office> {
    let room = Room {
        store: DynamoStore::new(form_function::aws::dynamodb()?, table),
        bundle,
        index: settings.keys.required_index()?,
        opener: settings.keys.required_opener(groups)?,
        random: system_random(),
    };
    let place = format!("the table `{table}` (see `TABLE_NAME`)");
    Ok(Office::Aws(room.with_its_keys(place).await?))
}

#[cfg(not(feature = "aws"))]
#[expect(clippy::unused_async, reason = "with `aws` it asks the table")]
async fn aws(_: &Settings, _: Bundle, _: &[Group], table: &str) -> anyhow::Result<Office> {
    anyhow::bail!(
        "`TABLE_NAME` names the table `{table}`, and this program was built for one machine alone; build it with \
         `--features aws`, or take the setting away"
    )
}

impl<S: Store> Room<S> {
    /// The same, if its keys are those that the store is filled with.
    async fn with_its_keys(self, place: String) -> anyhow::Result<Room<S>> {
        keys_check::check(&self.store, &self.index, &self.opener)
            .await
            .context(place)?;
        Ok(self)
    }

    /// The desk, now.
    pub(crate) fn desk(&self) -> Desk<'_, S> {
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
