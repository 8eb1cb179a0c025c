//! A person wants to be forgotten (GDPR art. 17).

use forms::{Change, Lifecycle, Part, Registration, State};

use super::Desk;
use crate::registrar::Changed;
use crate::store::{Documents, Store, StoreError};
use crate::{cards, notes};

/// What became of a registration.
#[derive(Clone, PartialEq, Debug)]
pub struct Erased {
    /// The registration as it was.
    pub before: Registration,
    /// What became of what the person wrote.
    pub fate: Fate,
}

/// What became of what a person wrote.
#[derive(Clone, PartialEq, Debug)]
pub enum Fate {
    /// These parts were destroyed; whether a reservation was given back before.
    Destroyed {
        /// What was there.
        parts: Vec<Part>,
        /// The state it was given back into.
        given_back: bool,
    },
    /// It is not all destroyed: the registration changed meanwhile, or is not there any more. Whoever asks again sees.
    NotDestroyed,
    /// It stays, because the person takes part in a programme whose rules say how long it is kept (GDPR art. 17(3)(b)).
    Held,
}

/// What stays of an erased registration, and why.
pub const STAYS: &str = "What stays says nothing about the person: that there was a registration and how it ended, and that \
                         consents were given (to account for places and consents); what happened to it and when (2 years); \
                         which kinds of mail left (90 days). Hashes that limit mail and repeated requests are forgotten within 2 \
                         days. Backups made before today still hold the sealed data until they are deleted: after a restore, \
                         erase again.";

/// Destroys what the person wrote in these registrations, and gives back the places that they hold. What the rules of a
/// programme keep is only destroyed with `participants_too`.
///
/// A reservation is given back first: were it the other way round, a crash between the two would leave a place with
/// nobody in it, and nobody to find it by. Whoever asks again after a crash finds what is left. Afterwards
/// [`clear_remains`] is due. The mail about the place
/// that was given back finds no address any more, and is dropped.
pub async fn erase<S: Store + Documents>(
    desk: &Desk<'_, S>,
    registrations: &[Registration],
    participants_too: bool,
) -> Result<Vec<Erased>, StoreError> {
    const REASON: Option<&str> = Some("erasure asked for by the person");
    let mut erased = Vec::new();
    for before in registrations {
        if is_held(before) && !participants_too {
            erased.push(Erased {
                before: before.clone(),
                fate: Fate::Held,
            });
            continue;
        }
        let cancelled = desk.change(before, &Change::Cancel, REASON).await?;
        let given_back = matches!(cancelled, Changed::Done(_));
        // Before what the registration says, or nobody would find it any more.
        cards::discard(desk.store, &before.id).await?;
        notes::discard(desk.store, &before.id).await?;
        // What is over cannot be given back, and does not have to be.
        let purge = Change::Purge(before.parts.clone());
        let fate = match desk.change(before, &purge, REASON).await? {
            Changed::Done(after) if after.parts.is_empty() => Fate::Destroyed {
                parts: before.parts.clone(),
                given_back,
            },
            _ => Fate::NotDestroyed,
        };
        erased.push(Erased {
            before: before.clone(),
            fate,
        });
    }
    Ok(erased)
}

/// Destroys what lives on of erased data in files that the store keeps beside its own.
pub async fn clear_remains<S: Store>(desk: &Desk<'_, S>) -> Result<(), StoreError> {
    desk.store.forget_expired(desk.now).await
}

/// Whether the rules of a programme say how long it is kept.
fn is_held(registration: &Registration) -> bool {
    registration.lifecycle == Lifecycle::Service
        && matches!(
            registration.state,
            State::Admitted | State::Active | State::Exited | State::FollowUpDue | State::Closed
        )
}
