//! Counts of people from which nobody can be told: small ones are not shown, nor what they could be reckoned from.

/// The smallest count of people that is shown.
pub const FEWEST: u32 = 5;

/// The counts of a whole that each person is in once; `None` for one that is not shown. Where the whole is that small
/// itself, none of them is: whoever knows the whole would know them.
///
/// What is hidden can be reckoned from the rest and the whole as a sum alone. So at least two counts are hidden, or none, and
/// together they are no smaller than what is shown.
pub(super) fn of_whole(counts: &[u32]) -> Vec<Option<u32>> {
    let is_small = |count: u32| (1..FEWEST).contains(&count);
    let mut hidden: Vec<bool> = counts.iter().map(|count| is_small(*count)).collect();
    if is_small(counts.iter().sum()) {
        return vec![None; counts.len()];
    }
    loop {
        let of_hidden = || counts.iter().zip(&hidden).filter(|(_, hidden)| **hidden);
        let (number, sum) = (
            of_hidden().count(),
            of_hidden().map(|(count, _)| count).sum::<u32>(),
        );
        if number == 0 || (number > 1 && sum >= FEWEST) {
            break;
        }
        // The next smallest, since it is missed least.
        let shown = counts.iter().zip(&mut hidden);
        let next = shown
            .filter(|(count, hidden)| !**hidden && **count > 0)
            .min_by_key(|(count, _)| **count);
        let Some((_, next)) = next else { break };
        *next = true;
    }
    let shown = counts.iter().zip(hidden);
    shown
        .map(|(count, hidden)| (!hidden).then_some(*count))
        .collect()
}

/// Counts of a whole that a person may be in several times. Each says by itself how many are in it and how many are not.
pub(super) fn of_several(counts: &[u32], whole: u32) -> Vec<Option<u32>> {
    let is_small = |count: u32| (1..FEWEST).contains(&count);
    let is_shown = |count: &u32| {
        !is_small(whole) && !is_small(*count) && !is_small(whole.saturating_sub(*count))
    };
    counts
        .iter()
        .map(|count| is_shown(count).then_some(*count))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{FEWEST, of_several, of_whole};

    /// Every way to spread up to seven people over four counts, and larger ones beside them.
    fn every_spread() -> impl Iterator<Item = [u32; 4]> {
        let counts = [0, 1, 2, 3, 4, 5, 6, 7, 20];
        let pairs = move || counts.into_iter().flat_map(move |a| counts.map(|b| [a, b]));
        pairs().flat_map(move |[a, b]| pairs().map(move |[c, d]| [a, b, c, d]))
    }

    #[test]
    fn no_small_count_can_be_told_from_the_others_and_the_whole() {
        for counts in every_spread() {
            let shown = of_whole(&counts);
            assert!(
                !shown
                    .iter()
                    .flatten()
                    .any(|count| (1..FEWEST).contains(count))
            );
            let hidden: Vec<u32> = counts
                .into_iter()
                .zip(&shown)
                .filter_map(|(count, shown)| shown.is_none().then_some(count))
                .collect();
            let whole: u32 = counts.iter().sum();
            let is_vague = hidden.len() > 1 && hidden.iter().sum::<u32>() >= FEWEST;
            assert!(
                hidden.is_empty() || is_vague || whole < FEWEST,
                "{counts:?}: {shown:?}"
            );
        }
    }

    #[test]
    fn what_is_large_enough_is_shown() {
        for (counts, expected) in [
            ([20, 30, 0, 7], [Some(20), Some(30), Some(0), Some(7)]),
            ([20, 30, 0, 4], [None, Some(30), Some(0), None]),
            ([20, 2, 2, 7], [Some(20), None, None, None]),
            ([20, 3, 2, 7], [Some(20), None, None, Some(7)]),
            ([1, 1, 1, 1], [None; 4]),
            ([0; 4], [Some(0); 4]),
        ] {
            assert_eq!(of_whole(&counts), expected, "{counts:?}");
        }
    }

    #[test]
    fn of_several_that_one_may_be_in_neither_those_who_are_nor_those_who_are_not_are_few() {
        assert_eq!(
            of_several(&[4, 5, 15, 16, 20, 0], 20),
            [None, Some(5), Some(15), None, Some(20), Some(0)]
        );
        assert_eq!(of_several(&[0, 3], 3), [None, None]);
    }
}
