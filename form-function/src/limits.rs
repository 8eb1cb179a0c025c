//! How many posts are taken: from one address, and in all. Addresses are kept in memory only, and never logged.
//!
//! The generic cell rate algorithm (ITU-T I.371, annex A), which is a token bucket in one number: of each address only the
//! moment is kept at which its bucket is full again. Our own, because the crates for it bring locks, clocks and maps that
//! have no bound.

mod client_address;
mod refusal;

pub use client_address::ClientAddress;
pub(crate) use refusal::refuse_too_many;

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// How many posts are taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RateLimits {
    /// From one address within a minute: a school or a telephone company may share one.
    pub per_minute_and_address: NonZeroU32,
    /// From all addresses within a second.
    pub per_second: NonZeroU32,
}

impl RateLimits {
    /// The limits where none were set.
    pub const DEFAULT: RateLimits = RateLimits {
        per_minute_and_address: NonZeroU32::new(60).expect("it is not zero"),
        per_second: NonZeroU32::new(200).expect("it is not zero"),
    };
}

/// Too many posts: after so many seconds, at least one, there is room again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RetryAfter(pub u64);

/// Counts the posts of this process.
pub struct Limiter {
    rates: Option<Rates>,
    buckets: Mutex<Buckets>,
    /// Where the address of a visitor is found.
    pub client_address: ClientAddress,
}

/// Microseconds since 1970.
type Moment = i64;

#[derive(Clone, Copy)]
struct Rates {
    address: Rate,
    all: Rate,
}

#[derive(Clone, Copy)]
struct Rate {
    /// The time that one post takes to be forgotten, in microseconds.
    interval: i64,
    /// The time that a full bucket takes.
    period: i64,
}

#[derive(Default)]
struct Buckets {
    /// When the bucket of an address is full again.
    by_address: HashMap<IpAddr, Moment>,
    all: Moment,
}

/// How many addresses are kept: about half a megabyte.
const MOST_ADDRESSES: usize = 10_000;

impl Limiter {
    /// A limiter with these limits, or without any.
    pub fn new(limits: Option<RateLimits>, client_address: ClientAddress) -> Limiter {
        let rates = limits.map(|limits| Rates {
            address: Rate::new(limits.per_minute_and_address, 60_000_000),
            all: Rate::new(limits.per_second, 1_000_000),
        });
        Limiter {
            rates,
            buckets: Mutex::default(),
            client_address,
        }
    }

    /// Whether anything is limited: where nothing is, programs may also be as fast as they like.
    pub fn is_on(&self) -> bool {
        self.rates.is_some()
    }

    /// Counts a post from an address, or from one that is not known, unless it is one too many.
    pub fn check(&self, address: Option<IpAddr>, now: Timestamp) -> Result<(), RetryAfter> {
        let Some(rates) = self.rates else {
            return Ok(());
        };
        let now = now.as_microsecond();
        // The numbers in poisoned buckets are whole: each is replaced in one step.
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let all = rates.all.after_one_more(buckets.all, now)?;
        if let Some(address) = address.map(block) {
            let full = buckets.by_address.get(&address).copied();
            let full = rates.address.after_one_more(full.unwrap_or(now), now)?;
            buckets.make_room_for(address, now);
            buckets.by_address.insert(address, full);
        }
        buckets.all = all;
        Ok(())
    }
}

impl Rate {
    fn new(posts: NonZeroU32, period: i64) -> Rate {
        Rate {
            interval: period / i64::from(posts.get()),
            period,
        }
    }

    /// When the bucket is full again after one more post.
    fn after_one_more(self, full: Moment, now: Moment) -> Result<Moment, RetryAfter> {
        // Not later than after a whole period: the clock may have been set back.
        let after = full.clamp(now, now + self.period) + self.interval;
        let wait = after - (now + self.period);
        match u64::try_from(wait) {
            Ok(microseconds @ 1..) => Err(RetryAfter(microseconds.div_ceil(1_000_000))),
            _ => Ok(after),
        }
    }
}

impl Buckets {
    /// Forgets full buckets, and when all are in use the one that is fullest, before there are too many.
    fn make_room_for(&mut self, address: IpAddr, now: Moment) {
        if self.by_address.len() < MOST_ADDRESSES || self.by_address.contains_key(&address) {
            return;
        }
        self.by_address.retain(|_, full| *full > now);
        if self.by_address.len() >= MOST_ADDRESSES {
            let fullest = self.by_address.iter().min_by_key(|(_, full)| **full);
            if let Some(address) = fullest.map(|(address, _)| *address) {
                self.by_address.remove(&address);
            }
        }
    }
}

/// What one customer of a network usually has: an IPv4 address, or the first 64 bits of an IPv6 address.
pub(crate) fn block(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests;
