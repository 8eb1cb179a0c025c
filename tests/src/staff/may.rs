//! Who may open which address of the staff area: written out, since the program's own table is what is to be tested.

use axum::http::Method;
use form_function::staff::people::Role;

const ALL_ROLES: &[Role] = &[Role::Reception, Role::Coordinator, Role::DataOfficer];
const DOOR: &[Role] = &[Role::Reception, Role::Coordinator];
const REGISTRATIONS: &[Role] = &[Role::Coordinator];
const STATISTICS: &[Role] = &[Role::Coordinator, Role::DataOfficer];
const AUDIT: &[Role] = &[Role::DataOfficer];

/// Who may open an address; `None` for anybody.
pub(super) fn may(method: &Method, route: &str) -> Option<&'static [Role]> {
    match (method.as_str(), route) {
        ("GET", "/staff") | ("GET" | "POST", "/staff/sign-in" | "/staff/sign-in/{link}") => None,
        ("GET", "/staff/") | ("POST", "/staff/sign-out" | "/staff/sign-out-everywhere") => {
            Some(ALL_ROLES)
        }
        (
            "GET",
            "/staff/events"
            | "/staff/events/{event}/attendance"
            | "/staff/events/{event}/door-list"
            | "/staff/t/{registration}",
        )
        | ("GET" | "POST", "/staff/events/{event}/check-in")
        | (
            "POST",
            "/staff/events/{event}/check-in/{registration}" | "/staff/events/{event}/walk-ins",
        ) => Some(DOOR),
        (
            "GET" | "POST",
            "/staff/events/{event}"
            | "/staff/registrations/{registration}"
            | "/staff/service-users"
            | "/staff/registrations/{registration}/card/{sheet}",
        )
        | ("GET", "/staff/registrations/{registration}/card")
        | ("POST", "/staff/events/{event}/full") => Some(REGISTRATIONS),
        ("GET", "/staff/statistics") => Some(STATISTICS),
        ("GET", "/staff/audit" | "/staff/data/record") | ("GET" | "POST", "/staff/data") => {
            Some(AUDIT)
        }
        unknown => panic!("say who may open {unknown:?}"),
    }
}
