use std::net::{IpAddr, Ipv4Addr};

use jiff::{SignedDuration, Timestamp};

use super::{ClientAddress, Limiter, MOST_ADDRESSES, RateLimits, RetryAfter};

fn limiter(per_minute_and_address: u32, per_second: u32) -> Limiter {
    let limits = RateLimits {
        per_minute_and_address: per_minute_and_address.try_into().unwrap(),
        per_second: per_second.try_into().unwrap(),
    };
    Limiter::new(Some(limits), ClientAddress::Peer)
}

fn after(milliseconds: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000).unwrap() + SignedDuration::from_millis(milliseconds)
}

fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}

/// Posts until it is refused.
fn taken(limiter: &Limiter, address: Option<IpAddr>, now: Timestamp) -> usize {
    (0..100_000)
        .take_while(|_| limiter.check(address, now).is_ok())
        .count()
}

#[test]
fn an_address_may_post_its_number_at_once_and_then_at_its_rate() {
    let limiter = limiter(60, 1_000);
    let school = address("192.0.2.1");
    assert_eq!(taken(&limiter, school, after(0)), 60);
    assert_eq!(limiter.check(school, after(0)), Err(RetryAfter(1)));
    assert_eq!(limiter.check(school, after(999)), Err(RetryAfter(1)));
    assert_eq!(taken(&limiter, school, after(1_000)), 1);
    assert_eq!(taken(&limiter, school, after(4_000)), 3);
    assert_eq!(taken(&limiter, school, after(64_000)), 60);
    assert_eq!(taken(&limiter, school, after(10_000_000)), 60);
}

#[test]
fn whoever_is_told_to_wait_waits_long_enough() {
    let limiter = limiter(1, 1_000);
    let visitor = address("192.0.2.1");
    assert_eq!(limiter.check(visitor, after(0)), Ok(()));
    assert_eq!(limiter.check(visitor, after(500)), Err(RetryAfter(60)));
    assert_eq!(limiter.check(visitor, after(60_500)), Ok(()));
}

#[test]
fn one_address_does_not_use_up_what_another_has() {
    let limiter = limiter(2, 1_000);
    assert_eq!(taken(&limiter, address("192.0.2.1"), after(0)), 2);
    assert_eq!(taken(&limiter, address("192.0.2.2"), after(0)), 2);
    assert_eq!(taken(&limiter, address("::ffff:192.0.2.2"), after(0)), 0);
}

#[test]
fn a_network_of_64_bits_is_one_address() {
    let limiter = limiter(2, 1_000);
    assert_eq!(taken(&limiter, address("2001:db8::1"), after(0)), 2);
    assert_eq!(
        taken(&limiter, address("2001:db8::ffff:0:0:1"), after(0)),
        0
    );
    assert_eq!(taken(&limiter, address("2001:db8:0:1::1"), after(0)), 2);
}

#[test]
fn all_together_have_a_limit_too_known_or_not() {
    let limiter = limiter(1_000, 10);
    assert_eq!(taken(&limiter, address("192.0.2.1"), after(0)), 10);
    assert_eq!(taken(&limiter, address("192.0.2.2"), after(0)), 0);
    assert_eq!(taken(&limiter, None, after(0)), 0);
    assert_eq!(taken(&limiter, None, after(500)), 5);
}

#[test]
fn who_is_refused_uses_up_nothing() {
    let limiter = limiter(5, 10);
    assert_eq!(taken(&limiter, address("192.0.2.1"), after(0)), 5);
    for _ in 0..100 {
        assert!(limiter.check(address("192.0.2.1"), after(0)).is_err());
    }
    assert_eq!(taken(&limiter, address("192.0.2.2"), after(0)), 5);
    // The whole is used up, and that costs this address nothing.
    assert_eq!(taken(&limiter, address("192.0.2.3"), after(0)), 0);
    assert_eq!(taken(&limiter, address("192.0.2.3"), after(1_000)), 5);
}

#[test]
fn a_clock_that_is_set_back_locks_nobody_out() {
    let limiter = limiter(60, 1_000);
    let visitor = address("192.0.2.1");
    assert_eq!(taken(&limiter, visitor, after(3_600_000)), 60);
    assert_eq!(taken(&limiter, visitor, after(0)), 0);
    assert_eq!(taken(&limiter, visitor, after(1_000)), 0);
    assert_eq!(limiter.check(visitor, after(0)), Err(RetryAfter(1)));
}

#[test]
fn memory_has_a_bound_and_the_busiest_are_remembered() {
    let limiter = limiter(2, 1_000_000);
    let busy = address("192.0.2.1");
    assert_eq!(taken(&limiter, busy, after(0)), 2);
    for number in 0..MOST_ADDRESSES + 100 {
        let stranger = Ipv4Addr::from_bits(0x0a00_0000 + u32::try_from(number).unwrap());
        limiter.check(Some(stranger.into()), after(0)).unwrap();
    }
    let kept = || limiter.buckets.lock().unwrap().by_address.len();
    assert_eq!(kept(), MOST_ADDRESSES);
    assert!(limiter.check(busy, after(0)).is_err());
    // Whoever has been quiet for long enough is forgotten.
    limiter.check(address("192.0.2.2"), after(60_000)).unwrap();
    assert_eq!(kept(), 1);
}

#[test]
fn without_limits_everything_is_taken() {
    let limiter = Limiter::new(None, ClientAddress::Peer);
    assert_eq!(taken(&limiter, address("192.0.2.1"), after(0)), 100_000);
}
