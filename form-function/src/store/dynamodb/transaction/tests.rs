use aws_sdk_dynamodb::types::error::TransactionCanceledException;

use super::*;

const PARTS: [Action; 3] = [Action::Request, Action::Counters, Action::Claim];

fn cancelled_for(codes: [&str; 3]) -> Verdict {
    let reasons = codes.map(|code| CancellationReason::builder().code(code).build());
    let cancelled = TransactionCanceledException::builder()
        .set_cancellation_reasons(Some(reasons.to_vec()))
        .build();
    verdict(
        &PARTS,
        &SdkError::service_error(Error::TransactionCanceledException(cancelled), ()),
    )
}

#[test]
fn a_known_request_comes_before_a_full_activity() {
    let verdict = cancelled_for([
        "ConditionalCheckFailed",
        "ConditionalCheckFailed",
        "ConditionalCheckFailed",
    ]);
    assert!(
        matches!(verdict, Verdict::Refused(Action::Request, None)),
        "{verdict:?}"
    );
}

#[test]
fn a_full_activity_comes_before_a_known_person() {
    let verdict = cancelled_for(["None", "ConditionalCheckFailed", "ConditionalCheckFailed"]);
    assert!(
        matches!(verdict, Verdict::Refused(Action::Counters, None)),
        "{verdict:?}"
    );
}

#[test]
fn a_conflict_over_the_request_leaves_everything_open() {
    let verdict = cancelled_for(["TransactionConflict", "ConditionalCheckFailed", "None"]);
    assert!(matches!(verdict, Verdict::Again), "{verdict:?}");
}

#[test]
fn throttling_is_waited_out() {
    let verdict = cancelled_for(["None", "ThrottlingError", "None"]);
    assert!(matches!(verdict, Verdict::Again), "{verdict:?}");
}

#[test]
fn a_reason_that_is_not_known_is_a_failure() {
    let verdict = cancelled_for(["None", "ItemCollectionSizeLimitExceeded", "None"]);
    assert!(matches!(verdict, Verdict::Failed), "{verdict:?}");
}

#[test]
fn pauses_grow_and_end_within_three_seconds() {
    let pauses = |token: &str| {
        (1..TRIES)
            .map(|attempt| pause(token, attempt))
            .collect::<Vec<_>>()
    };
    for token in ["00000000", "ffffffff", "0f0f0f0f", "f0f0f0f0"] {
        let pauses = pauses(token);
        assert!(pauses.is_sorted(), "{token}: {pauses:?}");
        assert!(
            pauses.iter().sum::<Duration>() < Duration::from_secs(3),
            "{token}: {pauses:?}"
        );
    }
    assert_ne!(pauses("01234567"), pauses("07654321"));
}
