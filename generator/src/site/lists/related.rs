//! What a reader of one page may want to read next, from the indices of the lists.

use std::cmp::Reverse;

use forms::Language;
use jiff::civil::Date;

use super::Tagged;
use crate::site::{Entry, EntryKind, Site};

/// How many pages are shown.
const SHOWN: usize = 3;

/// How many neighbours in time are looked at, of each tag and on either side: what is further away is not near enough,
/// and a tag of ten thousand pages costs no more than one of a hundred.
const NEIGHBOURS: usize = 12;

/// How many services are looked at, of each tag.
const SERVICES: usize = 12;

/// What a shared tag counts at least; each halving of the pages that have it counts as much again.
const TAG: u64 = 1000;
/// What the same place, the same venue or the same service counts.
const COMMON: u64 = 600;
/// What it counts that one can still go there.
const UPCOMING: u64 = 800;
/// What the same day counts; every day between counts one less.
const SAME_DAY: u64 = 365;

impl Site {
    /// The pages most like an entry of news, events or services, the most alike first.
    pub fn related(&self, index: usize, language: &Language) -> Vec<usize> {
        let entry = &self.entries[index];
        let lists = self.lists.of(language);
        let day = self.lists.day(index);
        // A page without a day is near to what comes next, or to what is newest.
        let next = lists.upcoming.first().or(lists.news.first());
        let around = day.or_else(|| self.lists.day(*next?));
        let mut candidates: Vec<(usize, u64)> = Vec::with_capacity(64);
        for tag in &entry.tags {
            let Some(tagged) = lists.tags.get(tag) else {
                continue;
            };
            let worth = worth(self.entries.len(), tagged.entries.len());
            let others = self.candidates(tagged, around);
            candidates.extend(
                others
                    .filter(|other| *other != index)
                    .map(|other| (other, worth)),
            );
        }
        candidates.sort_unstable();
        let mut best: Vec<(Reverse<u64>, usize)> = candidates
            .chunk_by(|one, next| one.0 == next.0)
            .map(|tags| {
                let candidate = tags[0].0;
                let worth: u64 = tags.iter().map(|(_, worth)| worth).sum();
                let score = worth + self.likeness(index, day, candidate);
                (Reverse(score), candidate)
            })
            .collect();
        best.sort_unstable();
        best.truncate(SHOWN);
        best.into_iter().map(|(_, candidate)| candidate).collect()
    }

    /// Services of a tag, and of its news and events those around a day.
    fn candidates<'a>(
        &'a self,
        tagged: &'a Tagged,
        day: Option<Date>,
    ) -> impl Iterator<Item = usize> + 'a {
        let is_service =
            |index: &&'a usize| matches!(self.entries[**index].kind, EntryKind::Service { .. });
        // Services stand first.
        let services = tagged.entries.iter().take(SERVICES).take_while(is_service);
        let at = tagged
            .by_day
            .partition_point(|index| self.lists.day(*index) < day);
        let around = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS).min(tagged.by_day.len());
        let around = tagged.by_day[around].iter();
        services.chain(around).copied()
    }

    /// What two entries have in common besides their tags.
    fn likeness(&self, index: usize, day: Option<Date>, candidate: usize) -> u64 {
        let entry = &self.entries[index];
        let other = &self.entries[candidate];
        let mut likeness = 0;
        let names = |entry: &Entry, section, stem| entry.reference(section) == Some(stem);
        let mut shared = entry
            .references
            .iter()
            .map(|one| (one.section, one.stem.value.as_str()));
        if shared.any(|(section, stem)| names(other, section, stem))
            || self.lists.is_same_place(index, candidate)
        {
            likeness += COMMON;
        }
        if matches!(&other.kind, EntryKind::Event(event) if !event.over) {
            likeness += UPCOMING;
        }
        if let (Some(here), Some(there)) = (day, self.lists.day(candidate)) {
            let days = (here - there).get_days().unsigned_abs();
            likeness += SAME_DAY.saturating_sub(u64::from(days));
        }
        likeness
    }
}

/// What a shared tag counts: a rare one says more.
fn worth(entries: usize, with_tag: usize) -> u64 {
    let ratio = entries / with_tag.max(1);
    TAG * (1 + u64::from(ratio.max(1).ilog2()))
}
