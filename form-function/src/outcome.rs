//! What a visitor may be told. None of it is a fault of ours.

use forms::{ActivityStatus, FieldError, FormValues, NotEligible, Registration, Submission};
use jiff::Timestamp;

/// What became of what a visitor sent.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// The form again: with faults to mend, or without when the visitor asked for it.
    Form {
        /// The answers so far.
        values: FormValues,
        /// The faults in them.
        errors: Vec<FieldError>,
    },
    /// The answers, to be looked at before they count.
    Check(Box<Check>),
    /// Taken, now or by an earlier press of the same button.
    Taken(Box<Registration>),
    /// The form is not meant for this person.
    NotEligible(NotEligible),
    /// One cannot sign up yet.
    NotYetOpen(Timestamp),
    /// One can no longer sign up.
    Closed,
    /// The event does not take place, or not then.
    Off(ActivityStatus),
    /// There is no room.
    Full,
    /// An `Idempotency-Key` that was used for other answers.
    KeyReused,
    /// Not sent from a page of ours.
    Refused,
}

/// Answers to be looked at before they count.
#[derive(Clone, PartialEq, Debug)]
pub struct Check {
    /// The answers as they were typed, to be posted again.
    pub values: FormValues,
    /// The answers as they were understood, to be looked at.
    pub submission: Submission,
    /// What confirms them.
    pub token: String,
    /// Why the page is shown another time, where one has to say so.
    pub again: Option<Again>,
    /// Whether all places are taken, so that confirming means to wait for one.
    pub waits: bool,
}

/// Why "check your answers" is shown another time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Again {
    /// The page was too old.
    Expired,
    /// It was confirmed faster than anybody reads.
    TooFast,
}

/// What is wrong with a request before anybody looks at its answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rejection {
    /// No such form, page or registration.
    NotFound,
    /// Sent from a page of somebody else.
    Refused,
    /// Larger than any form of ours.
    TooLarge,
    /// Neither a form nor JSON.
    WrongType,
    /// Broken: not UTF-8, or not a JSON object of texts.
    Malformed,
    /// JSON without an `Idempotency-Key`.
    KeyMissing,
    /// The body did not come.
    TooSlow,
}
