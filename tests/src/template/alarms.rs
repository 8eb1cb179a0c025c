//! The alarms of a deployment: what raises them, and what the README says to do then.

use serde_yaml::Value;

use super::{declared, list, resources, text};
use crate::site_test::repository;

/// Every resource of a type, by its name.
fn all(kind: &str) -> Vec<(String, Value)> {
    let resources = resources();
    let resources = resources.as_mapping().unwrap().iter();
    let of_the_kind = resources.filter(|(_, resource)| text(&resource["Type"]) == kind);
    of_the_kind
        .map(|(name, resource)| (text(name).to_owned(), resource["Properties"].clone()))
        .collect()
}

/// A text, or what a function of `CloudFormation` is given to work one out.
fn text_in(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn seconds(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

#[test]
fn the_readme_says_what_to_do_about_every_alarm() {
    let readme = std::fs::read_to_string(repository().join("form-function/README.md")).unwrap();
    let (_, table) = readme.split_once("### When an alarm comes").unwrap();
    let (table, _) = table.split_once("\n\n###").unwrap();
    let rows: Vec<&str> = table.lines().filter(|row| row.starts_with("| `")).collect();
    let explained = |alarm: &str| {
        let name = format!("`{alarm}`");
        let first = |row: &&&str| row.split('|').nth(1).unwrap().contains(&name);
        rows.iter().filter(first).count()
    };
    let alarms = all("AWS::CloudWatch::Alarm");
    assert!(alarms.len() > 6);
    for (alarm, _) in &alarms {
        assert_eq!(explained(alarm), 1, "{alarm}");
    }
    let named = rows.iter().map(|row| row.split('|').nth(1).unwrap());
    assert_eq!(
        named
            .map(|cell| cell.matches('`').count() / 2)
            .sum::<usize>(),
        alarms.len()
    );
}

#[test]
fn every_alarm_over_our_own_log_counts_what_a_filter_finds() {
    let made: Vec<String> = all("AWS::Logs::MetricFilter")
        .iter()
        .flat_map(|(_, filter)| {
            list(&filter["MetricTransformations"])
                .cloned()
                .collect::<Vec<_>>()
        })
        .map(|made| text(&made["MetricName"]).to_owned())
        .collect();
    let ours = all("AWS::CloudWatch::Alarm").into_iter();
    let ours = ours.filter(|(_, alarm)| !text_in(&alarm["Namespace"]).starts_with("AWS/"));
    let mut counted: Vec<String> = ours
        .map(|(_, alarm)| text(&alarm["MetricName"]).to_owned())
        .collect();
    counted.sort();
    let mut made = made;
    made.sort();
    assert_eq!(counted, made);
    // As the program writes it: `lambda/mail.rs` reads it in the log.
    let pattern = declared("BouncedMail")["FilterPattern"].clone();
    assert!(text(&pattern).contains("$.fields.message = \"a mail bounced\""));
}

#[test]
fn a_worker_that_is_always_cut_off_raises_an_alarm() {
    let errors = declared("WorkerErrors");
    // A call of the schedule that finds the worker busy is dropped, and the next one comes a minute later.
    let between_failures = seconds(&declared("FormWorker")["Timeout"]) + 60;
    assert!(seconds(&errors["Threshold"]) * between_failures <= seconds(&errors["Period"]));
    // It does not say how late mail is either.
    assert_eq!(
        text(&declared("MailWaits")["TreatMissingData"]),
        "breaching"
    );
}
