//! New keys, as settings write them.

use std::fmt;

use forms::Group;

use super::{IndexKey, Keyring, Secret, TokenKeys};
use crate::app::Random;
use crate::seal::{Opener, OpeningKey, Sealer};

/// A whole set of new keys. Printing it gives the lines of an environment file, secrets included.
pub struct GeneratedKeys {
    tokens: Secret,
    index: Secret,
    opening: [OpeningKey; 3],
}

/// Makes a whole set of new keys.
pub fn generate(random: &Random) -> GeneratedKeys {
    GeneratedKeys {
        tokens: Secret::generate(random),
        index: Secret::generate(random),
        opening: [(); 3].map(|()| OpeningKey::generate(random)),
    }
}

impl GeneratedKeys {
    /// What the public function holds of them.
    pub fn keyring(&self) -> Keyring {
        Keyring {
            tokens: TokenKeys::new(&self.tokens, None),
            index: IndexKey::new(&self.index),
            sealer: Sealer::new(self.opening.each_ref().map(OpeningKey::sealing_key)),
        }
    }

    /// What opens every group.
    pub fn opener(&self) -> Opener {
        let opener = Opener::default();
        self.by_group().fold(opener, |opener, (group, key)| {
            opener.with(group, key.clone(), None)
        })
    }

    fn by_group(&self) -> impl Iterator<Item = (Group, &OpeningKey)> {
        Group::ALL.into_iter().zip(&self.opening)
    }
}

impl fmt::Display for GeneratedKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |value: &dyn Fn(&OpeningKey) -> String| {
            let entries = self
                .by_group()
                .map(|(group, key)| format!("{group}={}", value(key)));
            entries.collect::<Vec<_>>().join(",")
        };
        writeln!(
            f,
            "# Signs tokens. To rotate: a new secret, a comma, and the one before it."
        )?;
        writeln!(f, "TOKEN_KEYS={}", self.tokens.to_hexadecimal())?;
        writeln!(f, "# Recognises people and requests. Never rotates.")?;
        writeln!(f, "INDEX_KEY={}", self.index.to_hexadecimal())?;
        writeln!(f, "# Seals personal data. Public.")?;
        writeln!(
            f,
            "SEALING_KEYS={}",
            listed(&|key| key.sealing_key().to_base64())
        )?;
        writeln!(
            f,
            "# Opens personal data; whoever loses it loses the data. To rotate: a new key, `+`, and the one before it."
        )?;
        writeln!(f, "OPENING_KEYS={}", listed(&OpeningKey::to_base64))
    }
}
