//! Who may sign in to the staff area, and as what. The list is a setting, so that nobody can write themselves into it.

use std::collections::BTreeMap;
use std::fmt;

use forms::email_address;
use serde::{Deserialize, Serialize};

/// What somebody of staff does, and so what they may see.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Stands at the door: today's lists, and who is there.
    Reception,
    /// Looks after registrations: all of them, with everything about them.
    Coordinator,
    /// Answers for personal data: requests of people, and the log of what staff did.
    DataOfficer,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 3] = [Role::Reception, Role::Coordinator, Role::DataOfficer];

    /// The name in settings, stores and strings files.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reception => "reception",
            Role::Coordinator => "coordinator",
            Role::DataOfficer => "data_officer",
        }
    }
}

/// The e-mail address of somebody of staff, in lower case. Staff are named by it in the log of what they did.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StaffAddress(String);

impl StaffAddress {
    /// The address that was typed, if it is one.
    pub fn parse(typed: &str) -> Option<StaffAddress> {
        email_address(typed.trim()).map(StaffAddress)
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StaffAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Everybody of staff, by their addresses.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StaffList(BTreeMap<StaffAddress, Role>);

/// A setting that is no list of staff.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("each is an e-mail address, `:`, and `reception`, `coordinator` or `data_officer`")]
pub struct InvalidStaffList;

impl StaffList {
    /// The list that a setting writes: `ana@example.org:coordinator, ivan@example.org:reception`.
    pub fn parse(text: &str) -> Result<StaffList, InvalidStaffList> {
        let entries = text.split(',').map(str::trim).filter(|it| !it.is_empty());
        let list = entries
            .map(|entry| {
                let (address, role) = entry.rsplit_once(':').ok_or(InvalidStaffList)?;
                let address = StaffAddress::parse(address.trim()).ok_or(InvalidStaffList)?;
                let role = Role::ALL
                    .into_iter()
                    .find(|known| known.as_str() == role.trim())
                    .ok_or(InvalidStaffList)?;
                Ok((address, role))
            })
            .collect::<Result<BTreeMap<_, _>, InvalidStaffList>>()?;
        if list.is_empty() {
            return Err(InvalidStaffList);
        }
        Ok(StaffList(list))
    }

    /// What somebody does, if they are of staff.
    pub fn role(&self, address: &StaffAddress) -> Option<Role> {
        self.0.get(address).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidStaffList, Role, StaffAddress, StaffList};

    #[test]
    fn a_list_names_people_and_what_they_do() {
        let list = StaffList::parse("Ana@Example.org:coordinator, ivan@example.org : reception,");
        let list = list.unwrap();
        let role = |typed: &str| list.role(&StaffAddress::parse(typed).unwrap());
        assert_eq!(role("ana@example.org"), Some(Role::Coordinator));
        assert_eq!(role(" IVAN@example.org "), Some(Role::Reception));
        assert_eq!(role("eve@example.org"), None);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in [
            "",
            ",",
            "ana@example.org",
            "ana:reception",
            "ana@example.org:boss",
        ] {
            assert_eq!(StaffList::parse(text), Err(InvalidStaffList), "{text}");
        }
    }
}
