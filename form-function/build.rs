//! Leaves the tables for unwinding, an eighth of the file, out of programs that never unwind: those for Lambda, which abort
//! on a panic. (The compiler keeps them there, because the standard library could unwind.)
#![expect(
    clippy::disallowed_methods,
    reason = "SHELL: this is how a build script asks and answers"
)]

use std::env;

/// The programs that are built with `panic = "abort"`.
const PROGRAMS: [&str; 2] = ["form-function", "form-worker"];

fn main() {
    // A build script is not told of `panic`; the profile `lambda` is the only one that goes by size.
    println!("cargo::rerun-if-changed=lambda.ld");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    if !is("OPT_LEVEL", "z") || !is("CARGO_CFG_TARGET_OS", "linux") {
        return;
    }
    let Ok(folder) = env::var("CARGO_MANIFEST_DIR") else {
        return;
    };
    for program in PROGRAMS {
        println!("cargo::rustc-link-arg-bin={program}=-Wl,--no-eh-frame-hdr");
        println!("cargo::rustc-link-arg-bin={program}=-Wl,-T,{folder}/lambda.ld");
    }
}
