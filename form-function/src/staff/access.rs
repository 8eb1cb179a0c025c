//! Which address of the staff area is for whom. What is not in this table is for nobody.

use axum::http::Method;

use super::people::Role;

/// What it takes to be answered at an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Nothing: the way in.
    Anybody,
    /// To be signed in, as whatever.
    Staff,
    /// To look at the list for the door of an event, for some only on its day, and to note who is there.
    CheckIn,
    /// To look at registrations with everything about them, and to change them.
    Registrations,
    /// To look at how many people there are of what sort.
    Statistics,
    /// To answer people who ask for their data.
    Requests,
    /// To read the log of what staff did.
    Audit,
}

impl Access {
    /// Whether somebody with this role has it.
    pub fn is_given_to(self, role: Role) -> bool {
        match self {
            Access::Anybody | Access::Staff => true,
            Access::CheckIn => matches!(role, Role::Reception | Role::Coordinator),
            Access::Registrations => role == Role::Coordinator,
            Access::Statistics => matches!(role, Role::Coordinator | Role::DataOfficer),
            Access::Requests | Access::Audit => role == Role::DataOfficer,
        }
    }
}

/// Every address of the staff area, as the router writes it, with what it takes.
pub const ROUTES: &[(Method, &str, Access)] = &[
    (Method::GET, "/staff", Access::Anybody),
    (Method::GET, "/staff/", Access::Staff),
    (Method::GET, "/staff/sign-in", Access::Anybody),
    (Method::POST, "/staff/sign-in", Access::Anybody),
    (Method::GET, "/staff/sign-in/{link}", Access::Anybody),
    (Method::POST, "/staff/sign-in/{link}", Access::Anybody),
    (Method::POST, "/staff/sign-out", Access::Staff),
    (Method::POST, "/staff/sign-out-everywhere", Access::Staff),
    (Method::GET, "/staff/events", Access::CheckIn),
    (Method::GET, "/staff/events/{event}", Access::Registrations),
    (Method::POST, "/staff/events/{event}", Access::Registrations),
    (
        Method::GET,
        "/staff/events/{event}/check-in",
        Access::CheckIn,
    ),
    (
        Method::POST,
        "/staff/events/{event}/check-in",
        Access::CheckIn,
    ),
    (
        Method::POST,
        "/staff/events/{event}/check-in/{registration}",
        Access::CheckIn,
    ),
    (
        Method::POST,
        "/staff/events/{event}/walk-ins",
        Access::CheckIn,
    ),
    (
        Method::GET,
        "/staff/events/{event}/door-list",
        Access::CheckIn,
    ),
    (Method::GET, "/staff/t/{registration}", Access::CheckIn),
    (
        Method::GET,
        "/staff/events/{event}/attendance",
        Access::CheckIn,
    ),
    (
        Method::POST,
        "/staff/events/{event}/full",
        Access::Registrations,
    ),
    (
        Method::GET,
        "/staff/registrations/{registration}",
        Access::Registrations,
    ),
    (
        Method::POST,
        "/staff/registrations/{registration}",
        Access::Registrations,
    ),
    (
        Method::GET,
        "/staff/registrations/{registration}/card",
        Access::Registrations,
    ),
    (
        Method::GET,
        "/staff/registrations/{registration}/card/{sheet}",
        Access::Registrations,
    ),
    (
        Method::POST,
        "/staff/registrations/{registration}/card/{sheet}",
        Access::Registrations,
    ),
    (Method::GET, "/staff/data", Access::Requests),
    (Method::POST, "/staff/data", Access::Requests),
    (Method::GET, "/staff/data/record", Access::Requests),
    (Method::GET, "/staff/statistics", Access::Statistics),
    (Method::GET, "/staff/service-users", Access::Registrations),
    (Method::POST, "/staff/service-users", Access::Registrations),
    (Method::GET, "/staff/audit", Access::Audit),
];

/// What it takes to be answered; `None` where there is nothing.
pub fn access(method: &Method, route: &str) -> Option<Access> {
    // Who may open a page may ask for its head.
    let method = if method == Method::HEAD {
        &Method::GET
    } else {
        method
    };
    let found = ROUTES
        .iter()
        .find(|(known, path, _)| known == method && *path == route);
    found.map(|(_, _, access)| *access)
}
