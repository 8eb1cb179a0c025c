//! The secret part of the address of a registration's own page.

use forms::RegistrationId;

use crate::keys::TokenKeys;

/// The secret part of the address of a registration's own page: always the same for one registration and epoch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ManageToken {
    /// The registration.
    pub registration: RegistrationId,
    /// How often the links of the registration were revoked; a link of an earlier epoch is for the caller to refuse.
    pub epoch: u32,
}

pub(super) const PURPOSE: &str = "manage.2";

impl ManageToken {
    /// The token as text.
    pub fn seal(&self, keys: &TokenKeys) -> String {
        let fields = [self.registration.as_str(), &self.epoch.to_string()];
        super::seal(keys, PURPOSE, &fields)
    }

    /// The token that this text is, if it is ours.
    pub fn open(keys: &TokenKeys, text: &str) -> Option<ManageToken> {
        let [registration, epoch] = super::open(keys, PURPOSE, text)?;
        Some(ManageToken {
            registration: RegistrationId::from_stored(&registration),
            epoch: epoch.parse().ok()?,
        })
    }
}
