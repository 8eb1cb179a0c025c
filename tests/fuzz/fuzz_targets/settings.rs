//! Looks for an input for which `fuzz::settings` does not hold.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::settings(bytes));
