//! Inputs for which something once did not hold that holds for any content; a search found them (`fuzz/README.md`).

use std::panic::catch_unwind;

use fuzz::PROPERTIES;

use crate::site_test::{files, tests_folder};

#[test]
fn what_a_search_has_found_is_mended() {
    let folder = tests_folder("fuzz/regressions");
    let mut broken = Vec::new();
    let mut count = 0;
    for (name, holds) in PROPERTIES {
        // A property that held for everything has no folder.
        let folder = folder.join(name);
        let inputs = if folder.is_dir() {
            files(&folder)
        } else {
            Vec::new()
        };
        count += inputs.len();
        let failed = inputs
            .into_iter()
            .filter(|(_, input)| catch_unwind(|| holds(input)).is_err());
        broken.extend(failed.map(|(file, _)| format!("{name}/{file}")));
    }
    assert_eq!(broken, [""; 0]);
    assert!(count > 0, "the inputs were found");
}
