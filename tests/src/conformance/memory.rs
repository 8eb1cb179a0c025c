//! The contract of a store in its plainest form: lists in memory behind one lock. The other stores are compared with it;
//! and with a flaw built in on purpose it shows that the tests would notice such a flaw.

mod documents;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use form_function::seal::Sealed;
use form_function::store::{
    Allowance, AnsweredRequest, Applied, AuditEvent, Claim, Collection, ConsentRecord, Delivery,
    Document, From, ListPlace, MessageId, OutboxMessage, QueueMove, Refusal, Step, Store,
    StoreError,
};
use forms::{Availability, ContactHash, Part, PartySize, Registration, RegistrationId, Slug};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::flaws::Flaw;
use super::people::Opened;

/// Lists in memory.
#[derive(Default)]
pub(super) struct MemoryStore {
    lists: Mutex<Lists>,
    flaw: Option<Flaw>,
}

type Id = RegistrationId;

#[derive(Default)]
struct Lists {
    registrations: BTreeMap<Id, Registration>,
    due: BTreeSet<(Timestamp, Id)>,
    counters: BTreeMap<Slug, (i64, i64)>,
    claims: BTreeMap<(Slug, ContactHash), Id>,
    queue: BTreeSet<(Slug, Timestamp, Id)>,
    requests: BTreeMap<String, AnsweredRequest>,
    sealed: BTreeMap<(Id, Part), Sealed>,
    people: BTreeSet<(ContactHash, Id)>,
    outbox: BTreeMap<MessageId, OutboxMessage>,
    deliveries: BTreeMap<(Id, MessageId), Delivery>,
    history: BTreeMap<(Id, u32), AuditEvent>,
    consents: BTreeMap<(Id, Timestamp, String), ConsentRecord>,
    allowances: BTreeMap<(ContactHash, &'static str, Date), (u32, Timestamp)>,
    announced: BTreeMap<Slug, String>,
    keys: Option<String>,
    documents: BTreeMap<(Collection, String), Document>,
}

type Answer<T> = Result<T, StoreError>;

impl MemoryStore {
    /// A store with a flaw.
    pub(super) fn with(flaw: Flaw) -> MemoryStore {
        MemoryStore {
            lists: Mutex::default(),
            flaw: Some(flaw),
        }
    }

    fn has(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    fn lists(&self) -> MutexGuard<'_, Lists> {
        self.lists.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    async fn apply(&self, step: &Step) -> Answer<Applied> {
        let mut lists = self.lists();
        if let Some(refusal) = lists.refusal(step, self.flaw) {
            return Ok(Applied::Refused(refusal));
        }
        lists.write(step, self.flaw);
        Ok(Applied::Done)
    }

    async fn request(&self, key: &str, now: Timestamp) -> Answer<Option<AnsweredRequest>> {
        let lists = self.lists();
        let known = lists.requests.get(key);
        Ok(known.filter(|known| known.expires_at > now).cloned())
    }

    async fn registration(&self, id: &Id) -> Answer<Option<Registration>> {
        Ok(self.lists().registrations.get(id).cloned())
    }

    async fn sealed(&self, id: &Id, part: Part) -> Answer<Option<Sealed>> {
        Ok(self.lists().sealed.get(&(id.clone(), part)).cloned())
    }

    async fn history(&self, id: &Id) -> Answer<Vec<AuditEvent>> {
        Ok(of(&self.lists().history, |(of, _)| of == id))
    }

    async fn consents(&self, id: &Id) -> Answer<Vec<ConsentRecord>> {
        Ok(of(&self.lists().consents, |(of, _, _)| of == id))
    }

    async fn deliveries(&self, id: &Id) -> Answer<Vec<Delivery>> {
        Ok(of(&self.lists().deliveries, |(of, _)| of == id))
    }

    async fn availability(&self, activity: &Slug) -> Answer<Availability> {
        Ok(self.lists().availability(activity))
    }

    async fn holder(&self, activity: &Slug, person: &ContactHash) -> Answer<Option<Id>> {
        if self.has(Flaw::IgnoresClaims) {
            return Ok(None);
        }
        let claim = (activity.clone(), person.clone());
        Ok(self.lists().claims.get(&claim).cloned())
    }

    async fn queue(&self, activity: &Slug, limit: u32) -> Answer<Vec<Id>> {
        let lists = self.lists();
        let waiting = lists.queue.iter().filter(|(of, _, _)| of == activity);
        let mut waiting: Vec<Id> = waiting.map(|(_, _, id)| id.clone()).collect();
        if self.has(Flaw::TurnsTheQueueRound) {
            waiting.reverse();
        }
        waiting.truncate(limit as usize);
        Ok(waiting)
    }

    async fn due(&self, now: Timestamp, limit: u32) -> Answer<Vec<Id>> {
        let lists = self.lists();
        let due = lists.due.iter().take_while(|(at, _)| *at <= now);
        Ok(due.take(limit as usize).map(|(_, id)| id.clone()).collect())
    }

    async fn registrations(
        &self,
        activity: &Slug,
        after: Option<&ListPlace>,
        limit: u32,
    ) -> Answer<Vec<Registration>> {
        let mut listed = of(&self.lists().registrations, |_| true);
        listed.retain(|it| it.activity == *activity);
        listed.retain(|it| after.is_none_or(|after| ListPlace::of(it) > *after));
        listed.sort_by_key(ListPlace::of);
        listed.truncate(limit as usize);
        Ok(listed)
    }

    async fn registrations_of(&self, person: &ContactHash) -> Answer<Vec<Id>> {
        let lists = self.lists();
        let found = lists.people.iter().filter(|(of, _)| of == person);
        Ok(found.map(|(_, id)| id.clone()).collect())
    }

    async fn announced(&self, activity: &Slug) -> Answer<Option<String>> {
        Ok(self.lists().announced.get(activity).cloned())
    }

    async fn announce(&self, activity: &Slug, fingerprint: &str) -> Answer<()> {
        let mut lists = self.lists();
        lists
            .announced
            .insert(activity.clone(), fingerprint.to_owned());
        Ok(())
    }

    async fn noted_keys(&self) -> Answer<Option<String>> {
        Ok(self.lists().keys.clone())
    }

    async fn note_keys(&self, keys: &str) -> Answer<()> {
        self.lists().keys = Some(keys.to_owned());
        Ok(())
    }

    async fn outbox(&self, now: Timestamp, limit: u32) -> Answer<Vec<OutboxMessage>> {
        let mut due = of(&self.lists().outbox, |_| true);
        due.retain(|message| message.due_at <= now);
        due.sort_by(|one, other| (one.due_at, &one.id).cmp(&(other.due_at, &other.id)));
        due.truncate(limit as usize);
        Ok(due)
    }

    async fn postpone(
        &self,
        message: &OutboxMessage,
        due_at: Timestamp,
        attempts: u32,
    ) -> Answer<bool> {
        let mut lists = self.lists();
        let waiting = lists.outbox.get_mut(&message.id);
        let Some(waiting) = waiting.filter(|waiting| waiting.due_at == message.due_at) else {
            return Ok(false);
        };
        waiting.due_at = due_at;
        waiting.attempts = attempts;
        Ok(true)
    }

    async fn settle(&self, about: &Id, delivery: &Delivery) -> Answer<()> {
        let mut lists = self.lists();
        lists.outbox.remove(&delivery.id);
        let key = (about.clone(), delivery.id.clone());
        lists.deliveries.insert(key, delivery.clone());
        Ok(())
    }

    async fn spend(&self, allowance: &Allowance) -> Answer<bool> {
        let mut lists = self.lists();
        let key = (
            allowance.person.clone(),
            allowance.of.as_str(),
            allowance.day,
        );
        let (spent, _) = lists
            .allowances
            .entry(key)
            .or_insert((0, allowance.expires_at));
        let is_left = *spent < allowance.limit;
        *spent += u32::from(is_left);
        Ok(is_left)
    }

    async fn forget_expired(&self, now: Timestamp) -> Answer<()> {
        const NINETY_DAYS: SignedDuration = SignedDuration::from_hours(90 * 24);
        const TWO_YEARS: SignedDuration = SignedDuration::from_hours(2 * 366 * 24);
        let mut lists = self.lists();
        lists.requests.retain(|_, it| it.expires_at > now);
        lists.deliveries.retain(|_, it| it.at + NINETY_DAYS > now);
        lists.history.retain(|_, it| it.at + TWO_YEARS > now);
        lists
            .allowances
            .retain(|_, (_, expires_at)| *expires_at > now);
        lists
            .documents
            .retain(|_, it| it.expires_at.is_none_or(|at| at > now));
        Ok(())
    }

    async fn health(&self) -> Answer<()> {
        Ok(())
    }
}

/// The values whose keys are wanted, in the order of the keys.
fn of<K, V: Clone>(list: &BTreeMap<K, V>, wanted: impl Fn(&K) -> bool) -> Vec<V> {
    let found = list.iter().filter(|(key, _)| wanted(key));
    found.map(|(_, value)| value.clone()).collect()
}

impl Lists {
    fn availability(&self, activity: &Slug) -> Availability {
        let (taken, waiting) = self.counters.get(activity).copied().unwrap_or_default();
        Availability {
            taken: taken.try_into().unwrap_or_default(),
            waiting: waiting.try_into().unwrap_or_default(),
        }
    }

    /// The first condition that does not hold.
    fn refusal(&self, step: &Step, flaw: Option<Flaw>) -> Option<Refusal> {
        let asked = step.request.as_ref();
        let known = asked.and_then(|asked| self.requests.get(&asked.key));
        let known = known.filter(|known| known.expires_at > step.audit.at);
        if let (Some(known), false) = (known, flaw == Some(Flaw::ForgetsRequests)) {
            return Some(Refusal::Request(known.clone()));
        }
        let blind = flaw == Some(Flaw::IgnoresCounters);
        let activity = &step.registration.activity;
        let Availability { taken, waiting } = self.availability(activity);
        if !blind && !step.counters.condition.holds(taken, waiting) {
            return Some(Refusal::Counters);
        }
        let holder = |person: &ContactHash| {
            let holder = self.claims.get(&(activity.clone(), person.clone()));
            holder.cloned()
        };
        let claimed = match &step.claim {
            Claim::Take(person) => holder(person).map(|holder| Refusal::Claim(Some(holder))),
            Claim::HeldBy(person, supposed) => {
                let holder = holder(person);
                (holder.as_ref() != Some(supposed)).then_some(Refusal::Claim(holder))
            }
            Claim::Keep | Claim::Release(_) => None,
        };
        if let (Some(refusal), false) = (claimed, flaw == Some(Flaw::IgnoresClaims)) {
            return Some(refusal);
        }
        let version = self
            .registrations
            .get(&step.registration.id)
            .map(|registration| registration.version);
        let expected = match step.from {
            From::Nothing => None,
            From::Version(version) => Some(version),
        };
        let careless = (flaw == Some(Flaw::IgnoresVersions)) && version.is_some();
        (version != expected && !careless).then_some(Refusal::Version)
    }

    fn write(&mut self, step: &Step, flaw: Option<Flaw>) {
        let registration = &step.registration;
        let id = &registration.id;
        let activity = &registration.activity;
        let (taken, waiting) = self.counters.entry(activity.clone()).or_default();
        if !((flaw == Some(Flaw::KeepsPlaces)) && step.counters.taken < 0) {
            *taken += step.counters.taken;
        }
        *waiting += step.counters.waiting;
        let mut written = registration.clone();
        if flaw == Some(Flaw::SwellsParties) && written.is_queued() {
            written.party_size = PartySize::new(20).unwrap_or(written.party_size);
        }
        self.registrations.insert(id.clone(), written);
        self.due.retain(|(_, of)| of != id);
        let due_at = step
            .due_at
            .filter(|_| flaw != Some(Flaw::LosesAppointments));
        self.due.extend(due_at.map(|at| (at, id.clone())));
        match &step.claim {
            Claim::Keep | Claim::HeldBy(..) => {}
            Claim::Take(person) => {
                self.claims
                    .insert((activity.clone(), person.clone()), id.clone());
            }
            Claim::Release(_) if flaw == Some(Flaw::KeepsClaims) => {}
            Claim::Release(person) => {
                self.claims.remove(&(activity.clone(), person.clone()));
            }
        }
        let place = (activity.clone(), registration.submitted_at, id.clone());
        match step.queue {
            QueueMove::Keep => {}
            QueueMove::Join => drop(self.queue.insert(place)),
            QueueMove::Leave => drop(self.queue.remove(&place)),
        }
        if let Some(request) = &step.request {
            self.requests.insert(request.key.clone(), request.clone());
        }
        self.write_personal_data(step, flaw);
        let lost = flaw == Some(Flaw::LosesMessages) && registration.version > 0;
        if let (Some(message), false) = (&step.message, lost) {
            self.outbox.insert(message.id.clone(), message.clone());
        }
        if !(flaw == Some(Flaw::LosesHistory)) || registration.version == 0 {
            let key = (id.clone(), registration.version);
            self.history.insert(key, step.audit.clone());
        }
    }

    fn write_personal_data(&mut self, step: &Step, flaw: Option<Flaw>) {
        let id = &step.registration.id;
        if step.from == From::Nothing {
            for person in &step.registration.people {
                self.people.insert((person.clone(), id.clone()));
            }
        }
        for (part, sealed) in &step.sealed {
            self.sealed.insert((id.clone(), *part), sealed.clone());
        }
        for consent in &step.consents {
            let key = (id.clone(), consent.at, consent.purpose.to_string());
            self.consents.insert(key, consent.clone());
        }
        if !(flaw == Some(Flaw::KeepsPersonalData)) {
            for part in &step.shredded {
                self.sealed.remove(&(id.clone(), *part));
            }
        }
        if !(flaw == Some(Flaw::KeepsHashes)) {
            for person in &step.forgotten {
                self.people.remove(&(person.clone(), id.clone()));
            }
        }
    }
}

conforms!(super::memory::open, Whole);

/// A store without a flaw.
pub(super) async fn open() -> Opened<MemoryStore, ()> {
    Opened {
        store: Arc::default(),
        keep: (),
    }
}
