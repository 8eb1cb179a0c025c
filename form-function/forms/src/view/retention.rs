//! How long answers are kept, in words: from the days by which they are deleted, so that both always agree.

use crate::{Activity, FormDefinition, Group, Strings};

use super::is_asked;

/// For how long the answers to a form are kept that is filled in for this activity, in a sentence or two (GDPR art.
/// 13(2)(a)). An answer may be deleted sooner, never later: see [`crate::next_due`].
pub fn retention_in_words(
    definition: &FormDefinition,
    activity: &Activity,
    strings: &Strings,
) -> String {
    let max_party = activity.max_party();
    let longest = |is_sensitive: bool| {
        let asked = definition.fields.iter();
        let asked = asked.filter(|field| is_asked(field, max_party));
        let of_sort =
            asked.filter(|field| (field.class.group() == Group::Sensitive) == is_sensitive);
        of_sort.map(|field| field.retention_days(definition)).max()
    };
    let (days, sensitive) = match (longest(false), longest(true)) {
        (Some(days), Some(sensitive)) if days != sensitive => (days, Some(sensitive)),
        (Some(days), _) | (None, Some(days)) => (days, None),
        (None, None) => return String::new(),
    };
    let path = match (&activity.session, sensitive) {
        (Some(_), None) => "form.kept.event",
        (Some(_), Some(_)) => "form.kept.event_sensitive",
        (None, None) => "form.kept.service",
        (None, Some(_)) => "form.kept.service_sensitive",
    };
    let in_words = |days| strings.count("form.days", days);
    let sensitive = sensitive.map(in_words).unwrap_or_default();
    strings.fill(
        path,
        &[("days", &in_words(days)), ("sensitive", &sensitive)],
    )
}
