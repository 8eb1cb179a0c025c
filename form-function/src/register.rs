//! The story of a submission: answers → validate → decide → one step of the store → outcome.

use forms::{
    Activity, Decision, FormDefinition, FormValues, Lifecycle, PartySize, Registration,
    Reservation, State, Submission, decide, personal_data, validate,
};
use jiff::Timestamp;

use crate::app::App;
use crate::bundle::Texts;
use crate::keys::hexadecimal;
use crate::outcome::{Again, Check, Outcome};
use crate::personal;
use crate::recognise::{RequestSource, answers_digest, people, request_key};
use crate::registrar::{self, Submitted};
use crate::store::{Store, StoreError};
use crate::token::CheckToken;
use crate::transition::{IdempotencyKey, SubmitRequest};

/// What a request is about, and the texts to answer with.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// What one signs up for.
    pub(crate) activity: &'a Activity,
    /// The form of it.
    pub(crate) definition: &'a FormDefinition,
    /// The texts in the visitor's language.
    pub(crate) texts: &'a Texts,
}

impl Asked<'_> {
    /// The largest party that one person may sign up.
    pub(crate) fn max_party(&self) -> PartySize {
        self.activity.max_party()
    }
}

/// The form again. A person whose browser filled in what they cannot see sends it once more; a program is none the wiser.
fn without_trap(values: &FormValues) -> Outcome {
    Outcome::Form {
        values: values.only(|name| name != TRAP),
        errors: Vec::new(),
    }
}

/// A field that no person sees; programs that fill in every field fill in this one.
pub(crate) const TRAP: &str = "website";
/// The second button of "check your answers".
pub(crate) const EDIT: &str = "_edit";
/// Where "check your answers" carries its token.
pub(crate) const TOKEN: &str = "_token";

/// The form was sent: the answers, to be looked at, or what stands against them.
pub(crate) async fn review<S: Store>(
    app: &App<S>,
    asked: Asked<'_>,
    values: FormValues,
) -> Result<Outcome, StoreError> {
    if !values.get(TRAP).is_empty() {
        return Ok(without_trap(&values));
    }
    if !values.get(EDIT).is_empty() {
        return Ok(Outcome::Form {
            values,
            errors: Vec::new(),
        });
    }
    let now = app.now();
    let considered = answers(app, asked, &values, now)
        .and_then(|submission| consider(app, asked, submission, now));
    let reservation = match considered {
        Ok(reservation) => reservation,
        Err(outcome) => return Ok(outcome),
    };
    let token = new_token(app, asked, &reservation.submission, now);
    check(app, asked, values, reservation, &token, None).await
}

/// The answers were confirmed.
pub(crate) async fn confirm<S: Store>(
    app: &App<S>,
    asked: Asked<'_>,
    values: FormValues,
) -> Result<Outcome, StoreError> {
    if !values.get(TRAP).is_empty() {
        return Ok(without_trap(&values));
    }
    let token = CheckToken::open(&app.keys.tokens, values.get(TOKEN));
    let Some(token) = token.filter(|token| token.activity == asked.activity.slug) else {
        return Ok(Outcome::Refused);
    };
    let now = app.now();
    let submission = match answers(app, asked, &values, now) {
        Ok(submission) => submission,
        Err(outcome) => return Ok(outcome),
    };
    let request = IdempotencyKey {
        key: request_key(
            &app.keys.index,
            &asked.activity.slug,
            RequestSource::Page,
            &token.request,
        ),
        digest: answers_digest(&app.keys.index, &submission),
    };
    let reservation = match consider(app, asked, submission, now) {
        Ok(reservation) => reservation,
        Err(outcome) => return first_answer_or(app, &request, outcome).await,
    };
    let are_those_shown =
        token.answers == request.digest && token.form_version == asked.definition.version;
    if !are_those_shown {
        let token = new_token(app, asked, &reservation.submission, now);
        return check(app, asked, values, reservation, &token, None).await;
    }
    if token.is_stale(now) {
        // Under the same name: who confirmed in time and lost the reply gets that registration.
        let token = CheckToken {
            issued_at: now,
            ..token
        };
        return check(
            app,
            asked,
            values,
            reservation,
            &token,
            Some(Again::Expired),
        )
        .await;
    }
    if app.limiter.is_on() && token.is_too_fast(now) {
        // As old as before, so that whoever presses quickly again has waited; unless the clock that said so was ahead.
        let token = CheckToken {
            issued_at: token.issued_at.min(now),
            ..token
        };
        return check(
            app,
            asked,
            values,
            reservation,
            &token,
            Some(Again::TooFast),
        )
        .await;
    }
    match record(app, asked, reservation.clone(), request, now).await? {
        Submitted::Recorded(registration) | Submitted::Replayed(registration) => {
            Ok(Outcome::Taken(registration.into()))
        }
        Submitted::KeyReused => {
            let token = new_token(app, asked, &reservation.submission, now);
            check(app, asked, values, reservation, &token, None).await
        }
        Submitted::Full => Ok(Outcome::Full),
    }
}

/// A program sent the answers, in one step and under a name of its own.
pub(crate) async fn submit<S: Store>(
    app: &App<S>,
    asked: Asked<'_>,
    values: &FormValues,
    request: &str,
) -> Result<Outcome, StoreError> {
    let now = app.now();
    if !values.get(TRAP).is_empty() {
        return Ok(Outcome::Taken(decoy(app, asked, now).into()));
    }
    let submission = match answers(app, asked, values, now) {
        Ok(submission) => submission,
        Err(outcome) => return Ok(outcome),
    };
    let request = IdempotencyKey {
        key: request_key(
            &app.keys.index,
            &asked.activity.slug,
            RequestSource::Program,
            request,
        ),
        digest: answers_digest(&app.keys.index, &submission),
    };
    let reservation = match consider(app, asked, submission, now) {
        Ok(reservation) => reservation,
        Err(outcome) => return first_answer_or(app, &request, outcome).await,
    };
    match record(app, asked, reservation, request, now).await? {
        Submitted::Recorded(registration) | Submitted::Replayed(registration) => {
            Ok(Outcome::Taken(registration.into()))
        }
        Submitted::KeyReused => Ok(Outcome::KeyReused),
        Submitted::Full => Ok(Outcome::Full),
    }
}

/// The answers, if they are valid, or the form again.
fn answers<S>(
    app: &App<S>,
    asked: Asked<'_>,
    values: &FormValues,
    now: Timestamp,
) -> Result<Submission, Outcome> {
    let today = now.to_zoned(app.bundle.zone.clone()).date();
    let months = &app.bundle.months;
    validate(asked.definition, asked.max_party(), values, months, today).map_err(|errors| {
        Outcome::Form {
            values: values.clone(),
            errors,
        }
    })
}

/// What the answers ask the store for, or the outcome that settles the matter before it.
fn consider<S>(
    app: &App<S>,
    asked: Asked<'_>,
    submission: Submission,
    now: Timestamp,
) -> Result<Reservation, Outcome> {
    let zone = &app.bundle.zone;
    match decide(asked.activity, asked.definition, submission, now, zone) {
        Decision::Reserve(reservation) => Ok(reservation),
        Decision::NotEligible(reason) => Err(Outcome::NotEligible(reason)),
        Decision::NotYetOpen(opens_at) => Err(Outcome::NotYetOpen(opens_at)),
        Decision::Closed => Err(Outcome::Closed),
        Decision::Off(status) => Err(Outcome::Off(status)),
    }
}

/// Whoever was told "yes" and lost the answer is told "yes" again, even when it would be too late for a newcomer.
async fn first_answer_or<S: Store>(
    app: &App<S>,
    request: &IdempotencyKey,
    outcome: Outcome,
) -> Result<Outcome, StoreError> {
    let answered = registrar::answered(app.store.as_ref(), request, app.now()).await?;
    Ok(answered.map_or(outcome, |registration| Outcome::Taken(registration.into())))
}

async fn has_no_room<S: Store>(
    app: &App<S>,
    asked: Asked<'_>,
    reservation: &Reservation,
) -> Result<bool, StoreError> {
    let session = asked.activity.session.as_ref();
    let Some(capacity) = session.and_then(|session| session.capacity) else {
        return Ok(false);
    };
    if reservation.state == State::PendingReview {
        return Ok(false);
    }
    let availability = app.store.availability(&asked.activity.slug).await?;
    Ok(availability.remaining(capacity) < reservation.party_size().places())
}

fn new_token<S>(
    app: &App<S>,
    asked: Asked<'_>,
    submission: &Submission,
    now: Timestamp,
) -> CheckToken {
    CheckToken {
        activity: asked.activity.slug.clone(),
        form_version: asked.definition.version.clone(),
        request: hexadecimal(&app.random_bytes::<16>()),
        issued_at: now,
        answers: answers_digest(&app.keys.index, submission),
    }
}

/// The answers, to be looked at, unless it is plain already that there is no room. That is only a courtesy: it is settled
/// when the answers are confirmed.
async fn check<S: Store>(
    app: &App<S>,
    asked: Asked<'_>,
    values: FormValues,
    reservation: Reservation,
    token: &CheckToken,
    again: Option<Again>,
) -> Result<Outcome, StoreError> {
    let is_full = has_no_room(app, asked, &reservation).await?;
    let session = asked.activity.session.as_ref();
    // Whoever sees the page another time may have a place already, which only its confirmation tells.
    if is_full && again.is_none() && !session.is_some_and(|session| session.waitlist) {
        return Ok(Outcome::Full);
    }
    Ok(Outcome::Check(Box::new(Check {
        values,
        submission: reservation.submission,
        token: token.seal(&app.keys.tokens),
        again,
        waits: is_full && session.is_some_and(|session| session.waitlist),
    })))
}

async fn record<S: Store>(
    app: &App<S>,
    asked: Asked<'_>,
    reservation: Reservation,
    idempotency_key: IdempotencyKey,
    now: Timestamp,
) -> Result<Submitted, StoreError> {
    let Reservation { submission, state } = reservation;
    let definition = asked.definition;
    let registration = registration(app, asked, &submission, state, now);
    let request = SubmitRequest {
        sealed: personal::seal(
            &app.keys.sealer,
            &app.random,
            &registration,
            definition,
            &submission,
        )?,
        consents: personal::consents(&registration, now),
        registration,
        idempotency_key,
        session: asked.activity.session.as_ref(),
        zone: &app.bundle.zone,
    };
    let submitted = registrar::submit(app.store.as_ref(), &app.random, &request).await?;
    if let Submitted::Recorded(_) = &submitted {
        app.wake_worker().await;
    }
    Ok(submitted)
}

fn registration<S>(
    app: &App<S>,
    asked: Asked<'_>,
    submission: &Submission,
    state: State,
    now: Timestamp,
) -> Registration {
    let id = app.new_registration_id();
    let session = asked.activity.session.as_ref();
    Registration {
        reference: app.new_reference(),
        activity: asked.activity.slug.clone(),
        lifecycle: match session {
            Some(_) => Lifecycle::Reservation,
            None => Lifecycle::Service,
        },
        form: asked.definition.name.clone(),
        form_version: asked.definition.version.clone(),
        language: asked.texts.language().clone(),
        state,
        party_size: submission.party_size,
        submitted_at: now,
        changed_at: now,
        ends_at: session.map(|session| session.when.is_over(&app.bundle.zone)),
        version: 0,
        token_epoch: 0,
        failed_calls: 0,
        must_verify: asked.definition.verify_email,
        heard: session.map_or_else(String::new, forms::Session::fingerprint),
        reminded: false,
        duplicate_of: None,
        people: people(
            &app.keys.index,
            app.bundle.manifest.identity.calling_code.as_deref(),
            &submission.contact,
            &id,
        ),
        parts: personal_data(asked.definition, submission)
            .into_keys()
            .collect(),
        consents: personal::agreed(asked.definition, submission)
            .cloned()
            .collect(),
        id,
    }
}

/// What a program that fell into the trap is told: a registration that looks like any other and is kept nowhere.
fn decoy<S>(app: &App<S>, asked: Asked<'_>, now: Timestamp) -> Registration {
    let nobody = Submission {
        contact: forms::Contact::default(),
        party_size: PartySize::ONE,
        answers: [].into(),
    };
    registration(
        app,
        asked,
        &nobody,
        state_when_there_is_room(asked.activity),
        now,
    )
}

/// What most people are told, and so what tells a program nothing.
pub(crate) fn state_when_there_is_room(activity: &Activity) -> State {
    if activity.session.is_some() {
        State::Confirmed
    } else {
        State::Submitted
    }
}
