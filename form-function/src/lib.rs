//! Takes registrations and reservations.

pub mod store;
