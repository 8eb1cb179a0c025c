//! What a form *is*, for whoever draws one and whoever takes one.
//!
//! An editor writes a [`FormDefinition`] and, with an event, the [`Activity`] that people sign up for. The generator
//! resolves both into a [`Manifest`] and draws the form from a [`FormView`]. The form function reads the same manifest,
//! turns what was posted ([`FormValues`]) into a [`Submission`] or a list of [`FieldError`]s, asks [`decide`] what to do
//! with it, and draws a refused form from the same view. So the form a visitor sees and the form the function accepts are
//! one value, and cannot drift apart.
//!
//! Everything here is a function of its arguments: no file, no network, no clock, no markup.

mod language;
mod slug;
mod strings;
mod texts;
mod dates;
mod months;
mod field;
mod definition;
mod activity;
mod manifest;
mod values;
mod submission;
mod telephone;
mod eligibility;
mod decision;
mod part;
mod registration;
mod schedule;
mod working_days;
mod state;
mod monitoring;
mod calendar;
mod view;
mod answers;

pub use activity::{
    Activity, ActivityStatus, Availability, Capacity, InvalidCapacity, Session, Window,
};
pub use answers::{
    COMMON_HEADERS, CONTENT_SECURITY_POLICY, CONTENT_TYPES, EDITOR, EDITOR_HEADERS, EDITOR_POLICY,
    KEPT, KEPT_OTHERWISE, STRICT_TRANSPORT_SECURITY, content_type, kept,
};
pub use calendar::{Calendar, CalendarEntry, EntryStatus, Method, Organiser, calendar};
pub use dates::{Moment, Span, date_in_words, moment_in_words, span_in_words, time_in_words};
pub use decision::{Admission, Decision, Reservation, admission, decide, verify_until};
pub use definition::{
    AgeRange, Condition, EligibilityRule, FormDefinition, LegalBasis, ReferenceDay, Retention,
};
pub use eligibility::{NotEligible, YOUNGEST, age};
pub use field::{AGREED, Choice, Field, FieldKind, FieldName, Group, QuestionClass, ShowIf};
pub use language::{Language, Localized};
pub use manifest::{Identity, MANIFEST_VERSION, Manifest, ManifestError, TEMPLATES};
pub use monitoring::{Card, Noted, Occasion, Reply, Sheet, lacking, noted};
pub use months::MonthNames;
pub use part::{InvalidPart, Part, PersonalData, personal_data};
pub use registration::{Contact, ContactHash, PartySize, Reference, Registration, RegistrationId};
pub use schedule::{Due, WhyWaiting, next_due, offer_until, over_at, why_waiting};
pub use slug::{InvalidSlug, Slug};
pub use state::{CALLS, Change, Holds, Lifecycle, Stage, State, next_state};
pub use strings::Strings;
pub use submission::{ErrorCode, FieldError, Submission, email_address, validate};
pub use telephone::{international, is_calling_code, telephone};
pub use texts::{MAIL_TEXTS, TextFault, text_faults};
pub use values::{FormValues, MOST_VALUES};
pub use view::{
    ChoiceView, DatePartView, ErrorView, FieldView, FormView, SummaryRow, answer_in_words,
    error_views, field_views, form_view, posted_again, retention_in_words, summary_rows,
};
pub use working_days::{CALL_BACK, answer_by, call_back_by};
