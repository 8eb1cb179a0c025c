//! Takes registrations and reservations.
//!
//! A request is read, its answers are checked and decided upon by the package `forms`, one step of the
//! [`store`] takes them, and the outcome goes out as a page or as JSON. The same [`router`] runs under AWS Lambda, on one
//! machine, and in the preview of the generator.
//!
//! Time, chance, settings and the bundle enter at the start, in an [`app::App`]; what reads or writes anything is marked
//! SHELL. Nothing a visitor typed reaches a log.

pub mod app;
#[cfg(feature = "aws")]
pub mod aws;
#[cfg(feature = "worker")]
pub mod bounces;
pub mod bundle;
mod calendar_file;
mod canonical;
pub mod cards;
#[cfg(feature = "embedded")]
pub mod data_requests;
pub mod desk;
#[cfg(feature = "editor")]
pub mod editor;
pub mod keys;
pub mod keys_check;
pub mod limits;
pub mod logs;
pub mod mail;
mod manage;
pub mod notes;
mod outbox;
pub mod outcome;
mod pages;
pub mod personal;
mod private_folder;
mod recognise;
mod register;
pub mod registrar;
#[cfg(feature = "embedded")]
mod redirects;
mod request;
mod response;
mod routes;
pub mod seal;
#[cfg(feature = "embedded")]
pub mod server;
pub mod settings;
#[cfg(feature = "embedded")]
pub mod staff;
#[cfg(feature = "embedded")]
mod site;
pub mod store;
pub mod token;
pub mod transition;
#[cfg(feature = "embedded")]
pub mod walk_ins;
pub mod worker;

pub use calendar_file::CalendarFile;
pub use routes::router;
