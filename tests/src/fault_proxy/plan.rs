//! What goes wrong when.

use serde_json::Value;

use super::Fault;
use crate::chance;

/// One call that came to the proxy.
pub(crate) struct Call {
    /// Its place among all calls, from 1.
    pub(crate) number: u64,
    /// `GetItem`, `TransactWriteItems` and so on.
    pub(crate) operation: String,
    /// The `ClientRequestToken`; empty where there is none.
    pub(crate) token: String,
    /// How many actions a transaction has; 0 for anything else.
    pub(crate) actions: usize,
    /// Everything it says.
    pub(crate) asked: Value,
    /// How often this very call has come, from 1.
    pub(crate) attempt: usize,
}

/// Decides what goes wrong with a call.
pub(crate) type Plan = Box<dyn Fn(&Call) -> Option<Fault> + Send + Sync>;

/// How many of a hundred calls go wrong in each way. `lost` is of those that the others have left.
#[derive(Clone, Copy, Default)]
pub(crate) struct Rates {
    pub(crate) conflict: u64,
    pub(crate) throttled: u64,
    pub(crate) error: u64,
    pub(crate) silence: u64,
    pub(crate) lost: u64,
}

impl Call {
    /// Whether it changes items, by itself or in a transaction.
    pub(crate) fn changes_items(&self) -> bool {
        [
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "TransactWriteItems",
            "BatchWriteItem",
        ]
        .contains(&self.operation.as_str())
    }

    /// Whether it changes or reads items.
    pub(super) fn is_about_items(&self) -> bool {
        let reads = [
            "GetItem",
            "Query",
            "Scan",
            "BatchGetItem",
            "TransactGetItems",
        ];
        self.changes_items() || reads.contains(&self.operation.as_str())
    }
}

/// The n-th call goes wrong, or not, as the n-th number of the sequence says. Which call is the n-th one is up to those
/// who call.
pub(crate) fn seeded(seed: u64, rates: Rates) -> Plan {
    Box::new(move |call| {
        let drawn = chance::nth(seed, call.number);
        let mut chance = drawn % 100;
        let mut falls_to = |rate: u64| {
            let falls = chance < rate;
            chance = chance.wrapping_sub(rate);
            falls
        };
        if falls_to(rates.conflict) {
            Some(Fault::Conflict)
        } else if falls_to(rates.throttled) {
            Some(if drawn >> 63 == 0 {
                Fault::Throttled
            } else {
                Fault::ThroughputExceeded
            })
        } else if falls_to(rates.error) {
            Some(Fault::InternalError)
        } else if falls_to(rates.silence) {
            Some(Fault::Silence)
        } else {
            ((drawn >> 32) % 100 < rates.lost).then_some(Fault::LostReply)
        }
    })
}
