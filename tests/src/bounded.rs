//! Tests that must come to an end, in little memory: each runs in a process of its own, so that what hangs, overflows its stack or fills
//! the memory is a test that failed, and not the end of all tests.

use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Says to the process that it is the one that does the work.
const INSIDE: &str = "INSIDE_BOUNDS";

/// How far a test may go.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    /// For the whole test, on a slow machine with other work to do.
    pub(crate) seconds: u64,
    /// Of memory that may be asked for, also where it is never used.
    pub(crate) megabytes: u64,
}

/// Runs the body of the test of this name (`module::name`) within bounds.
pub(crate) fn within(bounds: Bounds, test: &str, body: impl FnOnce()) {
    if std::env::var(INSIDE).is_ok_and(|inside| inside == test) {
        return body();
    }
    let limited = format!("ulimit -v {}; exec \"$0\" \"$@\"", bounds.megabytes * 1024);
    let mut child = Command::new("sh")
        .args(["-c", &limited])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads", "1"])
        .env(INSIDE, test)
        // Every thread asks for memory of its own.
        .env("RAYON_NUM_THREADS", "2")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let (said, last_words) = mpsc::channel();
    for mut stream in [
        Box::new(stdout) as Box<dyn std::io::Read + Send>,
        Box::new(stderr),
    ] {
        let said = said.clone();
        thread::spawn(move || {
            let mut words = Vec::new();
            let _ = stream.read_to_end(&mut words);
            let _ = said.send(String::from_utf8_lossy(&words).into_owned());
        });
    }
    let mut words = String::new();
    for _ in 0..2 {
        match last_words.recv_timeout(Duration::from_secs(bounds.seconds)) {
            Ok(more) => words += &more,
            Err(_) => {
                child.kill().unwrap();
                child.wait().unwrap();
                panic!("{test} has not come to an end after {} s", bounds.seconds);
            }
        }
    }
    let status = child.wait().unwrap();
    assert!(status.success(), "{status}\n{words}");
    assert!(
        words.contains("1 passed"),
        "there is no test {test}\n{words}"
    );
}

const TIGHT: Bounds = Bounds {
    seconds: 20,
    megabytes: 1024,
};

/// What a test within bounds does when it goes wrong.
fn failure(test: &str, body: fn()) -> String {
    let failed = std::panic::catch_unwind(|| within(TIGHT, test, body)).unwrap_err();
    *failed.downcast::<String>().unwrap()
}

#[test]
fn what_fills_the_memory_is_noticed() {
    let name = "bounded::what_fills_the_memory_is_noticed";
    let inside = || drop(std::hint::black_box(vec![1u8; 2 << 30]));
    if std::env::var(INSIDE).is_ok() {
        return inside();
    }
    assert!(failure(name, inside).contains("memory allocation of"));
}

#[test]
fn what_overflows_its_stack_is_noticed() {
    fn deeper(depth: u64) -> u64 {
        std::hint::black_box(if depth == 0 { 0 } else { deeper(depth - 1) + 1 })
    }
    let name = "bounded::what_overflows_its_stack_is_noticed";
    let inside = || assert!(deeper(100_000_000) > 0);
    if std::env::var(INSIDE).is_ok() {
        return inside();
    }
    assert!(failure(name, inside).contains("has overflowed its stack"));
}

#[test]
fn what_never_ends_is_ended() {
    let name = "bounded::what_never_ends_is_ended";
    let bounds = Bounds {
        seconds: 1,
        ..TIGHT
    };
    if std::env::var(INSIDE).is_ok() {
        loop {
            std::hint::spin_loop();
        }
    }
    let failed = std::panic::catch_unwind(|| within(bounds, name, || {})).unwrap_err();
    let said = failed.downcast::<String>().unwrap();
    assert!(said.contains("has not come to an end"), "{said}");
}
