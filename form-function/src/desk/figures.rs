//! What the site says in numbers, so that they are true: `content/data/figures.yaml`.

use std::collections::BTreeMap;
use std::fmt::Write;

use forms::{Registration, Slug, State};
use jiff::civil::Date;

use super::Desk;
use super::statistics::FEWEST;
use crate::store::{Documents, Store, StoreError};
use crate::walk_ins;

/// Numbers of people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figures {
    /// How many took up the services.
    pub consulted: u32,
    /// How many came to each event that is over, signed up or not.
    pub visitors: BTreeMap<Slug, u32>,
}

/// What there is in the store.
pub async fn figures<S: Store + Documents>(desk: &Desk<'_, S>) -> Result<Figures, StoreError> {
    let mut figures = Figures {
        consulted: 0,
        visitors: BTreeMap::new(),
    };
    for activity in desk.bundle.manifest.activities.values() {
        let mut all = desk.registrations(&activity.slug).await?;
        all.retain(|registration| registration.duplicate_of.is_none());
        let Some(session) = &activity.session else {
            let consulted = all.iter().filter(|one| was_consulted(one)).count();
            figures.consulted += u32::try_from(consulted).unwrap_or(u32::MAX);
            continue;
        };
        if session.when.is_over(&desk.bundle.zone) > desk.now {
            continue;
        }
        let came = all.iter().filter(|one| one.state == State::Attended);
        let came: u32 = came.map(|one| one.party_size.places()).sum();
        let walk_ins = walk_ins::all(desk.store, &activity.slug).await?;
        let visitors = came + walk_ins::people(&walk_ins);
        if visitors > 0 {
            figures.visitors.insert(activity.slug.clone(), visitors);
        }
    }
    Ok(figures)
}

fn was_consulted(registration: &Registration) -> bool {
    matches!(
        registration.state,
        State::Admitted | State::Active | State::Exited | State::FollowUpDue | State::Closed
    )
}

impl Figures {
    /// The file, as of a day. Numbers from which somebody could be told are not in it.
    pub fn to_yaml(&self, as_of: Date) -> String {
        let mut yaml = format!(
            "# Числата, които сайтът показва. Пише ги „form-server figures“; не ги променяйте на ръка.\nas_of: {as_of}\n"
        );
        // Writing to a text cannot fail.
        if self.consulted >= FEWEST {
            let _ = writeln!(yaml, "consulted: {}", self.consulted);
        }
        let shown = || {
            self.visitors
                .iter()
                .filter(|(_, visitors)| **visitors >= FEWEST)
        };
        if shown().next().is_some() {
            yaml.push_str("events:\n");
        }
        for (event, visitors) in shown() {
            let _ = writeln!(yaml, "  - {{ event: {event}, visitors: {visitors} }}");
        }
        yaml
    }
}
