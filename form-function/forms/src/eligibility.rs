//! Whether a form is meant for the person who filled it in. Not being meant is no error.

use jiff::civil::Date;

use crate::field::chosen;
use crate::{
    Activity, Condition, EligibilityRule, FieldKind, FormDefinition, Localized, ReferenceDay,
    Submission,
};

/// Why a form is not meant for this person.
#[derive(Clone, PartialEq, Debug)]
pub enum NotEligible {
    /// They do not meet a rule of the form, whose text says where to turn instead.
    Rule(Localized),
    /// They are younger than [`YOUNGEST`], so that an adult has to act for them.
    UnderAge,
}

/// The age in whole years from which a person may give us their own data (ЗЗЛД чл. 25в; GDPR art. 8).
pub const YOUNGEST: i16 = 14;

/// The first rule that the answers do not meet, which are given on the day `today`: the law's, then those of the form.
pub(crate) fn unmet(
    activity: &Activity,
    definition: &FormDefinition,
    submission: &Submission,
    today: Date,
) -> Option<NotEligible> {
    if is_under_age(definition, submission, today) {
        return Some(NotEligible::UnderAge);
    }
    let session = activity.session.as_ref();
    let event = session.map_or(today, |session| session.when.starts.date());
    let unmet = |rule| {
        unmet_rule(rule, submission, |on| match on {
            ReferenceDay::Registration => today,
            ReferenceDay::Event => event,
        })
    };
    let text = definition.eligibility.iter().find_map(unmet)?;
    Some(NotEligible::Rule(text.clone()))
}

/// The law asks how old they are when they give us their data, whenever the event is.
fn is_under_age(definition: &FormDefinition, submission: &Submission, today: Date) -> bool {
    definition
        .fields
        .iter()
        .filter(|field| field.kind == FieldKind::PastDate)
        .filter_map(|field| submission.answers.get(&field.name)?.parse().ok())
        .any(|born| age(born, today) < YOUNGEST)
}

/// What somebody is told who does not meet this rule.
fn unmet_rule<'a>(
    rule: &'a EligibilityRule,
    submission: &Submission,
    day: impl Fn(ReferenceDay) -> Date,
) -> Option<&'a Localized> {
    let answer = submission.answers.get(&rule.field)?;
    match &rule.condition {
        Condition::OneOf { values, otherwise } => {
            let is_meant = chosen(answer).any(|chosen| values.iter().any(|value| value == chosen));
            (!is_meant).then_some(otherwise)
        }
        Condition::Age {
            on,
            range,
            too_young,
            too_old,
        } => {
            let age = age(answer.parse().ok()?, day(*on));
            if age < range.min {
                Some(too_young)
            } else {
                (age > range.max).then_some(too_old)
            }
        }
    }
}

/// Whole years from a birthday to a day; somebody born on 29 February is a year older on 1 March of other years.
pub fn age(born: Date, day: Date) -> i16 {
    let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
    day.year() - born.year() - i16::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::age;

    #[test]
    fn a_year_is_full_on_the_birthday() {
        assert_eq!(age(date(2011, 6, 21), date(2026, 6, 20)), 14);
        assert_eq!(age(date(2011, 6, 21), date(2026, 6, 21)), 15);
        assert_eq!(age(date(2008, 2, 29), date(2026, 2, 28)), 17);
        assert_eq!(age(date(2008, 2, 29), date(2026, 3, 1)), 18);
    }
}
