//! Whole-system tests: content in, site out; posts in, answers out. One binary, linked once.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; tests make files and read them"
)]

mod site_test;
mod sites;
mod messages;
mod build;
mod content;
mod yaml;
mod conformance;
mod form_test;
mod forms;
mod responses;
mod rush;
#[cfg(feature = "dynamodb")]
mod lambda;
#[cfg(feature = "dynamodb")]
mod template;
mod tidy;
