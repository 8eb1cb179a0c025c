//! Whole-system tests: content in, site out; posts in, answers out. One binary, linked once.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; tests make files and read them"
)]

mod site_test;
mod sites;
mod messages;
mod explained;
mod drafts;
mod mending;
mod build;
mod deployments;
mod bounded;
mod damaged;
mod found;
#[cfg(feature = "strace")]
mod killed;
mod delivery;
mod pages;
mod external;
mod content;
mod lists;
mod new_files;
mod preview_test;
mod preview;
mod again;
mod directory;
mod photographs;
mod pictures;
mod fields;
mod yaml;
mod chance;
#[cfg(feature = "dynamodb")]
mod fault_proxy;
mod faulty_store;
mod conformance;
mod form_test;
mod forms;
mod responses;
mod sign_in;
mod rush;
mod disclosure;
mod mails;
mod themes;
mod theme_texts;
mod typography;
mod page_text;
mod schema;
mod search;
mod markdown;
mod calendar_files;
mod machine_readable;
mod next_change;
mod visibility;
mod fallback;
mod statement;
mod staff;
mod status;
mod clock_changes;
#[cfg(any(feature = "dynamodb", feature = "server"))]
mod program;
#[cfg(any(feature = "dynamodb", feature = "server"))]
mod people_to_find;
#[cfg(any(feature = "dynamodb", feature = "server"))]
mod bad_starts;
#[cfg(feature = "server")]
mod smtp_peer;
#[cfg(feature = "server")]
mod mail_servers;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "dynamodb")]
mod lambda;
#[cfg(feature = "dynamodb")]
mod template;
mod tidy;
