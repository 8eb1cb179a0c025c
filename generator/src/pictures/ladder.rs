//! Which widths a picture is made in.

/// The widths that are worth a file each: a phone, two phones, a column of text, a wide screen, the same with fine pixels.
const STEPS: [u32; 6] = [320, 480, 640, 960, 1280, 1920];

/// The widths for a picture of this width, ascending. Nothing is ever enlarged; a picture that is hardly wider than a step
/// is made in its own width instead.
pub(super) fn widths(natural: u32) -> Vec<u32> {
    let widest = natural.min(STEPS[STEPS.len() - 1]);
    let mut widths: Vec<u32> = STEPS
        .into_iter()
        .filter(|step| u64::from(*step) * 10 <= u64::from(widest) * 9)
        .collect();
    widths.push(widest);
    widths
}

/// The height that goes with a width.
pub(super) fn height(width: u32, natural: (u32, u32)) -> u32 {
    let exact = (u64::from(width) * u64::from(natural.1) + u64::from(natural.0) / 2)
        / u64::from(natural.0.max(1));
    u32::try_from(exact).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_picture_is_never_enlarged_and_its_own_width_is_the_last() {
        assert_eq!(widths(200), [200]);
        assert_eq!(widths(320), [320]);
        assert_eq!(widths(1000), [320, 480, 640, 1000]);
        assert_eq!(widths(4000), [320, 480, 640, 960, 1280, 1920]);
    }

    proptest! {
        #[test]
        fn widths_rise_and_heights_keep_the_shape(natural in (1u32..20_000, 1u32..20_000)) {
            let widths = widths(natural.0);
            prop_assert!(widths.is_sorted_by(|a, b| a < b));
            prop_assert!(widths.iter().all(|width| (1..=natural.0).contains(width)));
            for width in widths {
                let exact = f64::from(width) * f64::from(natural.1) / f64::from(natural.0);
                prop_assert!((f64::from(height(width, natural)) - exact).abs() <= 1.0);
            }
        }
    }
}
