//! What every store of registrations does, run on each of them.
//!
//! Each module down to `races` says it over any store; the list below instantiates them. `scripts` tells random
//! stories, and `control` breaks a store on purpose, to show that the races would notice.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod people;
mod behaviours;
mod capacities;
mod cancellations;
mod duplicates;
mod races;

/// Every behaviour, as a test of the store that `$open` gives.
macro_rules! conforms {
    ($open:path) => {
        conforms! { $open, behaviours:
            a_registration_is_recorded_with_its_first_message
            the_same_request_again_gives_the_first_answer_again
            a_replay_shows_the_registration_as_it_is_now
            a_key_with_other_answers_is_refused
            an_identity_used_twice_is_an_error_and_changes_nothing
            messages_come_oldest_first_until_they_are_delivered
            an_activity_without_registrations_has_all_its_places
            a_working_store_is_healthy
        }
        conforms! { $open, capacities:
            a_full_activity_refuses_and_records_nothing
            a_known_request_keeps_its_answer_when_the_activity_is_full
            a_party_fits_as_a_whole_or_not_at_all
            a_party_larger_than_the_capacity_may_not_even_wait
            a_full_activity_with_a_waiting_list_lets_people_wait
            nobody_jumps_the_queue_while_anybody_waits
            without_a_capacity_there_is_no_limit
            a_lowered_capacity_refuses_and_takes_nothing_back
        }
        conforms! { $open, cancellations:
            cancelling_gives_the_places_back_once
            cancelling_a_place_in_the_queue_shortens_the_queue
            cancelling_what_is_unknown_changes_nothing
            twenty_cancellations_at_once_give_the_places_back_once
        }
        conforms! { $open, duplicates:
            a_second_registration_of_one_person_looks_alike_and_holds_no_place
            a_second_registration_of_a_full_activity_waits_and_holds_no_place
            a_full_activity_refuses_a_known_person_like_anybody
            the_owner_of_a_contact_hears_about_the_registration_there_is
            cancelling_a_duplicate_gives_nothing_back_and_tells_nobody
            a_person_who_cancelled_may_return
            a_duplicate_outlives_the_earlier_registration_without_a_place
            one_person_may_come_to_two_activities
            one_person_fifty_times_at_once_holds_one_place
        }
        conforms! { $open, races:
            forty_places_go_to_forty_of_two_hundred
            mixed_parties_never_exceed_the_capacity
            fifty_posts_of_one_request_are_one_registration
            a_queue_that_forms_in_a_rush_counts_everybody_once
            places_given_back_in_a_rush_are_counted_once
        }
    };
    ($open:path, $group:ident: $($name:ident)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let opened = $open().await;
                $crate::conformance::$group::$name(&opened.store).await;
            }
        )*
    };
}

mod sqlite;
mod scripts;
mod control;
#[cfg(feature = "dynamodb")]
mod dynamodb;
