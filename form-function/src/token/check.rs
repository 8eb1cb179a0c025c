//! What "check your answers" carries to the confirmation.

use forms::Slug;
use jiff::{SignedDuration, Timestamp};

use crate::keys::TokenKeys;

/// What "check your answers" carries to the confirmation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckToken {
    /// The activity.
    pub activity: Slug,
    /// The version of the form that was filled in.
    pub form_version: String,
    /// Names the request, so that a second press of the button is no second registration.
    pub request: String,
    /// When the page was made, to the millisecond.
    pub issued_at: Timestamp,
    /// The digest of the answers that were shown.
    pub answers: String,
}

pub(super) const PURPOSE: &str = "check.2";

impl CheckToken {
    /// How long one may look at one's answers. After that the page is shown again.
    pub const LIFETIME: SignedDuration = SignedDuration::from_hours(2);

    /// How long a person looks at their answers at the least. Programs are faster.
    pub const MIN_AGE: SignedDuration = SignedDuration::from_secs(1);

    /// Whether the page is too old to be confirmed at `now`.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        now.duration_since(self.issued_at) > CheckToken::LIFETIME
    }

    /// Whether no person can have read the page by `now`. The clock of the machine that made it may be ahead of ours, so
    /// this is a reason to show the page again, not to refuse.
    pub fn is_too_fast(&self, now: Timestamp) -> bool {
        now.duration_since(self.issued_at) < CheckToken::MIN_AGE
    }

    /// The token as text.
    pub fn seal(&self, keys: &TokenKeys) -> String {
        let fields = [
            self.activity.as_str(),
            &self.form_version,
            &self.request,
            &self.issued_at.as_millisecond().to_string(),
            &self.answers,
        ];
        super::seal(keys, PURPOSE, &fields)
    }

    /// The token that this text is, if it is ours. Its age is for the caller to judge.
    pub fn open(keys: &TokenKeys, text: &str) -> Option<CheckToken> {
        let [activity, form_version, request, issued_at, answers] =
            super::open(keys, PURPOSE, text)?;
        Some(CheckToken {
            activity: Slug::parse(&activity).ok()?,
            form_version,
            request,
            issued_at: Timestamp::from_millisecond(issued_at.parse().ok()?).ok()?,
            answers,
        })
    }
}
