//! What somebody probably meant to type.

/// The candidate nearest to what was typed, if one is near: at most a third of the letters differ.
pub(crate) fn closest<'a>(typed: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let allowed = (typed.chars().count() / 3).max(1);
    candidates
        .iter()
        .map(|candidate| (distance(&typed, candidate), *candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
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

/// Edits between two texts: letters added, left out, replaced, or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_another_word_is_not() {
        let known = ["title", "description", "starts_at"];
        assert_eq!(closest("tilte", &known), Some("title"));
        assert_eq!(closest("start_at", &known), Some("starts_at"));
        assert_eq!(closest("colour", &known), None);
    }
}
