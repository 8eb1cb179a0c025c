//! Whether a form is meant for the person who filled it in. Not being meant is no error.

use jiff::civil::Date;

use crate::{Condition, EligibilityRule, FormDefinition, Localized, Submission};

/// Why a form is not meant for this person, and where to turn instead.
#[derive(Clone, PartialEq, Debug)]
pub struct NotEligible(pub Localized);

/// The first rule of the form that the answers do not meet on the day `today`.
pub(crate) fn unmet(
    definition: &FormDefinition,
    submission: &Submission,
    today: Date,
) -> Option<NotEligible> {
    definition
        .eligibility
        .iter()
        .find(|rule| !meets(rule, submission, today))
        .map(|rule| NotEligible(rule.otherwise.clone()))
}

fn meets(rule: &EligibilityRule, submission: &Submission, today: Date) -> bool {
    let answer = submission
        .answers
        .get(&rule.field)
        .map_or("", String::as_str);
    match &rule.condition {
        Condition::OneOf(values) => values.iter().any(|value| value == answer),
        Condition::Age(range) => answer
            .parse::<Date>()
            .is_ok_and(|born| (range.min..=range.max).contains(&age(born, today))),
    }
}

/// Whole years from a birthday to `today`; somebody born on 29 February is a year older on 1 March of other years.
fn age(born: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i16::from(!had_birthday)
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
