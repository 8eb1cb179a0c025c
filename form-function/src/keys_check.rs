//! Whether the keys of this process are those that the store is filled with.
//!
//! With other keys a program works and does harm: nobody is found again, everybody may sign up twice, no link leads
//! anywhere, and what is sealed opens no more. So the store keeps the names of its keys, from which nobody gets the keys:
//! that of `INDEX_KEY`, which never changes, and that of the current pair of each group.

use forms::Group;

use crate::keys::{IndexKey, Keyring};
use crate::seal::Opener;
use crate::store::{Store, StoreError};

/// Why this process must not work on the store.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// It has other keys.
    #[error(transparent)]
    Other(#[from] OtherKeys),
    /// It is not known whether it has.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The keys are not those that the store is filled with.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OtherKeys {
    /// Nobody would be found again.
    #[error(
        "`INDEX_KEY` is not the one that this store is filled with: nobody in it would be found; bring back the copy of the \
         keys (`keys.env` in `DATA_DIR`, or the settings; see Keys in form-function/README.md)"
    )]
    Index,
    /// What was sealed of the group could not be opened.
    #[error(
        "`OPENING_KEYS` has not the key of the group `{0}` that this store is filled with: what is in it could not be read; \
         bring back the copy of the keys (`keys.env` in `DATA_DIR`, or the settings), or, where the pair was changed, write \
         `{0}=NEW+PREVIOUS` (see Keys in form-function/README.md)"
    )]
    Opening(Group),
}

/// Fails when the keys are not those that the store is filled with. A pair that was changed counts as the same as long as
/// the one before it is among the opener's; of a group that the opener does not open nothing can be said.
pub async fn check<S: Store>(
    store: &S,
    index: &IndexKey,
    opener: &Opener,
) -> Result<(), KeysError> {
    match store.noted_keys().await? {
        Some(noted) => Ok(compare(&noted, index, opener)?),
        None => Ok(()),
    }
}

/// The same, for who fills the store; notes its keys in a new one, and after a change of a pair.
pub async fn check_and_note<S: Store>(
    store: &S,
    keys: &Keyring,
    opener: &Opener,
) -> Result<(), KeysError> {
    let noted = store.noted_keys().await?;
    if let Some(noted) = &noted {
        compare(noted, &keys.index, opener)?;
    }
    let names = names(keys);
    if noted.as_ref() != Some(&names) {
        store.note_keys(&names).await?;
    }
    Ok(())
}

/// The names of the keys: that of `INDEX_KEY`, and those of the pairs in the order of [`Group::ALL`].
fn names(keys: &Keyring) -> String {
    let [contact, answers, sensitive] = keys.sealer.key_ids();
    format!("{} {contact} {answers} {sensitive}", keys.index.name())
}

fn compare(noted: &str, index: &IndexKey, opener: &Opener) -> Result<(), OtherKeys> {
    let mut noted = noted.split(' ');
    if noted.next() != Some(&index.name()) {
        return Err(OtherKeys::Index);
    }
    let lost = Group::ALL
        .into_iter()
        .zip(noted)
        .find(|(group, name)| opener.opens(*group) && !opener.has_named(*group, name));
    lost.map_or(Ok(()), |(group, _)| Err(OtherKeys::Opening(group)))
}

#[cfg(test)]
mod tests {
    use forms::Group;

    use super::{OtherKeys, compare, names};
    use crate::app::system_random;
    use crate::keys::{GeneratedKeys, generate};
    use crate::seal::{Opener, OpeningKey};

    fn set() -> GeneratedKeys {
        generate(&system_random())
    }

    #[test]
    fn the_keys_that_were_noted_are_known_again_and_others_are_named() {
        let (own, other) = (set(), set());
        let noted = names(&own.keyring());
        let (own_index, other_index) = (own.keyring().index, other.keyring().index);
        assert_eq!(compare(&noted, &own_index, &own.opener()), Ok(()));
        assert_eq!(compare(&noted, &own_index, &Opener::default()), Ok(()));
        assert_eq!(
            compare(&noted, &other_index, &own.opener()),
            Err(OtherKeys::Index)
        );
        assert_eq!(
            compare(&noted, &own_index, &other.opener()),
            Err(OtherKeys::Opening(Group::Contact))
        );
    }

    #[test]
    fn a_pair_that_was_changed_is_known_by_the_one_before_it() {
        let [old, new] = [(); 2].map(|()| OpeningKey::generate(&system_random()));
        let own = set();
        let before = own.opener().with(Group::Answers, old.clone(), None);
        let noted = names(&own.keyring()).replace(
            &own.keyring().sealer.key_ids()[1].to_string(),
            &old.id().to_string(),
        );
        let index = own.keyring().index;
        assert_eq!(compare(&noted, &index, &before), Ok(()));
        let changed = own.opener().with(Group::Answers, new.clone(), [old]);
        assert_eq!(compare(&noted, &index, &changed), Ok(()));
        let forgot = own.opener().with(Group::Answers, new, None);
        assert_eq!(
            compare(&noted, &index, &forgot),
            Err(OtherKeys::Opening(Group::Answers))
        );
    }
}
