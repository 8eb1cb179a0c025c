//! Brings steps about: reads, has the step worked out, asks the store, and does so again when the world was otherwise
//! than supposed.

use forms::{Change, Registration, RegistrationId};

use crate::app::Random;
use crate::keys::hexadecimal;
use crate::store::{Applied, Refusal, StepId, Store, StoreError};
use crate::transition::{self, Circumstances, Impossible, SubmitRequest, Supposition};

/// How many suppositions to try. Two or three are enough unless others sign up and cancel all the while.
const ROUNDS: u32 = 12;

/// What kept changing was not what was supposed, each time.
#[derive(Debug, thiserror::Error)]
#[error("the registration or its activity changed {ROUNDS} times while a step was taken")]
struct NeverStill;

/// A fresh registration has an identity that exists.
#[derive(Debug, thiserror::Error)]
#[error("the identity of a new registration is in use already")]
struct IdentityInUse;

/// A request was answered with a registration that is not there.
#[derive(Debug, thiserror::Error)]
#[error("the registration that a request was answered with is missing")]
struct AnswerMissing;

/// What became of a [`SubmitRequest`].
#[derive(Clone, PartialEq, Debug)]
pub enum Submitted {
    /// Recorded now, in the state that the registration says: the asked one, or waiting. When the person had a live
    /// registration for the activity, `duplicate_of` names it and no place was taken.
    Recorded(Registration),
    /// Recorded before, under the same key and with the same answers. As it stands now.
    Replayed(Registration),
    /// The key was used before for other answers.
    KeyReused,
    /// No room, and no waiting list.
    Full,
}

/// What became of a change.
#[derive(Clone, PartialEq, Debug)]
pub enum Changed {
    /// Made now.
    Done(Registration),
    /// Not possible from where the registration stands, which may be because it was made before.
    NotFromHere(Registration),
    /// There is no room for it.
    Full(Registration),
    /// It would be the person's second registration for the activity.
    Claimed(Registration),
    /// There is no such registration.
    Unknown,
}

/// Records a registration with its first message, or changes nothing.
pub async fn submit<S: Store>(
    store: &S,
    random: &Random,
    request: &SubmitRequest<'_>,
) -> Result<Submitted, StoreError> {
    // Everybody's claim is looked up first, so that whoever is on the list waits no longer for the answer than others: by the
    // time that it takes nobody shall learn who else signed up.
    let asked = &request.registration;
    let mut supposed = Supposition {
        room: true,
        earlier: match asked.people.first() {
            Some(person) => store.holder(&asked.activity, person).await?,
            None => None,
        },
    };
    for _ in 0..ROUNDS {
        let Some(step) = transition::submission(request, &supposed, step_id(random)) else {
            return full(store, request).await;
        };
        match store.apply(&step).await? {
            Applied::Done => return Ok(Submitted::Recorded(step.registration)),
            Applied::Refused(Refusal::Request(known)) => {
                return replay(store, request, known.digest, &known.registration).await;
            }
            Applied::Refused(Refusal::Counters) if supposed.room && !request.may_wait() => {
                return full(store, request).await;
            }
            Applied::Refused(Refusal::Counters) => supposed.room = !supposed.room,
            Applied::Refused(Refusal::Claim(holder)) => supposed.earlier = holder,
            Applied::Refused(Refusal::Version) => return Err(StoreError::new(IdentityInUse)),
        }
    }
    Err(StoreError::new(NeverStill))
}

/// The registration that this very request was answered with.
pub async fn answered<S: Store>(
    store: &S,
    request: &transition::IdempotencyKey,
    now: jiff::Timestamp,
) -> Result<Option<Registration>, StoreError> {
    match store.request(&request.key, now).await? {
        Some(known) if known.digest == request.digest => {
            store.registration(&known.registration).await
        }
        _ => Ok(None),
    }
}

/// Makes a change to a registration, or says why not.
pub async fn change<S: Store>(
    store: &S,
    random: &Random,
    id: &RegistrationId,
    change: &Change,
    at: &Circumstances<'_>,
) -> Result<Changed, StoreError> {
    for _ in 0..ROUNDS {
        let Some(before) = store.registration(id).await? else {
            return Ok(Changed::Unknown);
        };
        let step = match transition::change(&before, change, at, step_id(random)) {
            Ok(step) => step,
            Err(Impossible::State) => return Ok(Changed::NotFromHere(before)),
            Err(Impossible::NeverFits) => return Ok(Changed::Full(before)),
        };
        match store.apply(&step).await? {
            Applied::Done => return Ok(Changed::Done(step.registration)),
            Applied::Refused(Refusal::Counters) => return Ok(Changed::Full(before)),
            Applied::Refused(Refusal::Claim(_)) => return Ok(Changed::Claimed(before)),
            Applied::Refused(Refusal::Version | Refusal::Request(_)) => {}
        }
    }
    Err(StoreError::new(NeverStill))
}

/// The answer when there is no room. Whoever has the answer already keeps it, full or not.
async fn full<S: Store>(store: &S, request: &SubmitRequest<'_>) -> Result<Submitted, StoreError> {
    let key = &request.idempotency_key.key;
    match store
        .request(key, request.registration.submitted_at)
        .await?
    {
        Some(known) => replay(store, request, known.digest, &known.registration).await,
        None => Ok(Submitted::Full),
    }
}

/// The answer to a request that is known.
async fn replay<S: Store>(
    store: &S,
    request: &SubmitRequest<'_>,
    digest: String,
    id: &RegistrationId,
) -> Result<Submitted, StoreError> {
    if digest != request.idempotency_key.digest {
        return Ok(Submitted::KeyReused);
    }
    let registration = store.registration(id).await?;
    registration
        .map(Submitted::Replayed)
        .ok_or_else(|| StoreError::new(AnswerMissing))
}

fn step_id(random: &Random) -> StepId {
    let mut bytes = [0; 16];
    random(&mut bytes);
    StepId(hexadecimal(&bytes))
}
