//! What somebody probably meant to type.

/// The candidate nearest to what was typed, if one is near: at most a third of the letters differ.
///
/// Candidates that cannot be near cost next to nothing, since a folder that was renamed has thousands of names looked up
/// among thousands.
pub(crate) fn closest<'a>(typed: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().chars().collect();
    let mut allowed = (typed.len() / 3).max(1);
    let mut spelled = Vec::new();
    let mut nearest: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        spelled.clear();
        spelled.extend(candidate.chars());
        if let Some(edits) = distance(&typed, &spelled, allowed) {
            allowed = edits;
            let found = (edits, *candidate);
            nearest = Some(nearest.map_or(found, |best| best.min(found)));
        }
    }
    nearest.map(|(_, candidate)| candidate)
}

/// The candidate that differs by a slip of the finger, if no other one is as near.
pub(crate) fn only_close<'a>(typed: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().chars().collect();
    let most = match typed.len() {
        0..=3 => return None,
        4..=5 => 1,
        _ => 2,
    };
    let near = candidates.iter().filter_map(|candidate| {
        let spelled: Vec<char> = candidate.chars().collect();
        Some((distance(&typed, &spelled, most)?, *candidate))
    });
    let mut near: Vec<(usize, &str)> = near.collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(first, only), (second, _), ..] if first < second => Some(only),
        _ => None,
    }
}

/// Latin letters for Cyrillic ones that look the same.
pub(crate) fn without_lookalikes(typed: &str) -> String {
    const CYRILLIC: &str = "аеорсухіАВЕКМНОРСТХ";
    const LATIN: &str = "aeopcyxiABEKMHOPCTX";
    typed
        .chars()
        .map(|character| {
            CYRILLIC
                .chars()
                .position(|cyrillic| cyrillic == character)
                .and_then(|at| LATIN.chars().nth(at))
                .unwrap_or(character)
        })
        .collect()
}

/// Edits between two texts, if there are at most so many: letters added, left out, replaced, or swapped with their neighbour.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let far = most + 1;
    // Three rows of the usual table; what lies further from its diagonal than `most` is far anyway.
    let mut last_but_one: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![far; b.len() + 1];
        row[0] = i;
        for j in i.saturating_sub(most).max(1)..=(i + most).min(b.len()) {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut edits = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                edits = edits.min(last_but_one[j - 2] + 1);
            }
            row[j] = edits;
        }
        if row.iter().all(|edits| *edits > most) {
            return None;
        }
        last_but_one = std::mem::replace(&mut last, row);
    }
    Some(last[b.len()]).filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_another_word_is_not() {
        let known = ["title", "description", "starts_at"];
        assert_eq!(closest("tilte", &known), Some("title"));
        assert_eq!(closest("start_at", &known), Some("starts_at"));
        assert_eq!(closest("colour", &known), None);
        assert_eq!(closest("Tilte", &["tilde", "title"]), Some("tilde"));
        assert_eq!(closest("x", &[]), None);
    }

    /// The whole table, by the book.
    fn by_the_book(a: &[char], b: &[char]) -> usize {
        let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
        for i in 1..=a.len() {
            let mut row = vec![i];
            for j in 1..=b.len() {
                let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                row.push(least);
            }
            rows.push(row);
        }
        rows[a.len()][b.len()]
    }

    proptest::proptest! {
        #[test]
        fn a_short_way_finds_what_the_long_one_finds(a in "[abc]{0,9}", b in "[abc]{0,9}", most in 0_usize..6) {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let whole = Some(by_the_book(&a, &b)).filter(|edits| *edits <= most);
            proptest::prop_assert_eq!(distance(&a, &b, most), whole);
        }
    }
}
