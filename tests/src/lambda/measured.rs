//! How large and how fast the programs are. The figures of `form-function/README.md` come from here.

use std::fs;
use std::io::{Write, stderr};
use std::time::{Duration, Instant};

use super::instance::Program;
use super::{Deployment, new_table};
use crate::form_test::{CONFERENCE, OPEN_DAY, person};

/// What Lambda loads at a cold start must not grow unnoticed. The function is measured with the editor's sign-in, which brings a
/// client for HTTP of its own.
const LARGEST: [(Program, u64); 2] = [(Program::Function, 5_250_000), (Program::Worker, 5_000_000)];

/// Past the capture of output: whoever runs the tests wants to see it, and no test depends on it.
fn tell(figures: &str) {
    stderr()
        .write_all(format!("{figures}\n").as_bytes())
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_programs_are_small_and_say_how_fast_they_start() {
    for (program, largest) in LARGEST {
        let size = fs::metadata(program.path()).unwrap().len();
        let deployment = Deployment::new("unused");
        let mut starts = Vec::new();
        for _ in 0..11 {
            let started = deployment.run(program).await;
            starts.push((started.start, started.processor_time()));
        }
        starts.sort();
        let (median, of_them) = starts[starts.len() / 2];
        tell(&format!(
            "{program:?}: {size} bytes; from start to first poll {median:?}, median of 11, {of_them:?} of them at work"
        ));
        assert!(size < largest, "{program:?}: {size} bytes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warm_function_says_how_long_a_post_takes() {
    let (_, table) = new_table().await;
    let mut function = Deployment::new(&table).start().await;
    let path = format!("/forms/{OPEN_DAY}");
    let (mut nothing, mut reviews, mut sign_ups) = (Vec::new(), Vec::new(), Vec::new());
    let mut at_work = [Duration::ZERO; 2];
    // As many as there are places, so that each post writes.
    for number in 0..40 {
        // What the way there and back takes, with a test in between that nobody made fast.
        let begin = Instant::now();
        function.get("/forms/nothing/availability").await;
        nothing.push(begin.elapsed());
        let answers = person(&format!("person-{number}"));
        let (begin, before) = (Instant::now(), function.processor_time());
        let check = function.post(&path, &answers).await;
        reviews.push(begin.elapsed());
        at_work[0] += function.processor_time().saturating_sub(before);
        let form = check.must_be(200).page().form();
        let answers = form.sent_untouched();
        let (begin, before) = (Instant::now(), function.processor_time());
        let confirmed = function.post(&form.action, &answers).await;
        sign_ups.push(begin.elapsed());
        at_work[1] += function.processor_time().saturating_sub(before);
        confirmed.location();
    }
    let memory = function.memory().map_or(0, |bytes| bytes / 1024);
    tell(&format!(
        "Function, warm: “not found” {}, “check your answers” {}, sign-up {} over the emulator; at work {:?} and {:?} on average; {memory} KiB of memory",
        percentiles(&mut nothing),
        percentiles(&mut reviews),
        percentiles(&mut sign_ups),
        at_work[0] / 40,
        at_work[1] / 40,
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warm_function_says_how_long_whoever_is_on_the_list_waits() {
    let (_, table) = new_table().await;
    let mut function = Deployment::new(&table).start().await;
    let path = format!("/forms/{CONFERENCE}");
    let (mut new, mut known) = (Vec::new(), Vec::new());
    for number in 0..101 {
        // The first is new, and after it every other one is the first again.
        let is_known = number % 2 == 1;
        let name = format!("person-{}", if is_known { 0 } else { number });
        let (key, answers) = (format!("key-{number}"), person(&name).as_json());
        let begin = Instant::now();
        function.json(&path, &key, &answers).await.must_be(201);
        let times = if is_known { &mut known } else { &mut new };
        times.push(begin.elapsed());
    }
    let total = |times: &[Duration]| times.iter().sum::<Duration>() / 50;
    tell(&format!(
        "Function, warm: a sign-up of somebody new {:?} on average ({}), of somebody on the list {:?} ({})",
        total(&new[1..]),
        percentiles(&mut new),
        total(&known),
        percentiles(&mut known),
    ));
}

fn percentiles(times: &mut [Duration]) -> String {
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    format!("p50 {:?}, p99 {:?}", at(50), at(99))
}
