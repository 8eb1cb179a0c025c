//! What every store of registrations does, run on each of them.
//!
//! Each module down to `load` says it over any store; the list below instantiates them. `memory` is the plainest store, with
//! which `stories` compares the others; `control` breaks it on purpose, to show that the tests would notice.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod people;
mod behaviours;
mod conditions;
mod capacities;
mod cancellations;
mod queues;
mod duplicates;
mod histories;
mod messages;
mod documents;
mod personal_data;
mod races;
mod rounds;
mod deadlines;
mod relays;
mod workers;
mod worlds;
mod findings;
mod stories;
mod crashes;
mod load;

/// Every behaviour, as a test of the store that `$open` gives.
macro_rules! conforms {
    ($open:path) => {
        conforms! { $open, behaviours:
            a_registration_is_recorded_with_all_that_belongs_to_it
            the_same_request_again_gives_the_first_answer_and_no_second_mail
            a_replay_shows_the_registration_as_it_is_now
            a_key_with_other_answers_is_refused
            a_key_may_be_used_anew_after_a_day
            an_identity_used_twice_is_an_error_and_changes_nothing
            an_activity_without_registrations_has_all_its_places
            registrations_are_listed_as_they_came_in_pages_without_gaps
            what_was_announced_is_remembered
            which_keys_it_is_filled_with_is_remembered
            a_working_store_is_healthy
        }
        conforms! { $open, conditions:
            the_first_condition_that_does_not_hold_is_named
            a_claim_is_named_with_its_holder
            a_step_from_another_version_is_refused
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
            who_has_yet_to_confirm_the_address_holds_the_place
            who_does_not_confirm_the_address_gives_the_place_back_once
            whoever_is_approved_or_brought_back_needs_a_free_place
            a_party_grows_only_into_free_places_and_shrinks_at_once
            a_party_that_waits_does_not_grow_beyond_the_capacity
        }
        conforms! { $open, cancellations:
            cancelling_gives_the_places_back_once
            cancelling_a_place_in_the_queue_shortens_the_queue
            changing_what_is_unknown_changes_nothing
            twenty_cancellations_at_once_give_the_places_back_once
            places_given_back_and_taken_anew_are_counted_each_time
            an_event_that_is_cancelled_gives_every_place_back
        }
        conforms! { $open, queues:
            people_wait_in_the_order_in_which_they_came
            an_offer_holds_the_places_and_shortens_the_queue
            what_is_declined_or_runs_out_goes_back_once
            an_offer_accepted_at_the_last_moment_is_accepted_or_lapses_and_never_both
            staff_may_promote_out_of_order_and_the_history_says_why
            a_party_that_waits_may_change_its_size_and_keeps_its_place_in_the_queue
        }
        conforms! { $open, duplicates:
            a_second_registration_of_one_person_looks_alike_and_holds_no_place
            a_second_registration_of_a_full_activity_waits_and_holds_no_place
            a_full_activity_refuses_a_known_person_like_anybody
            the_owner_of_a_contact_hears_about_the_registration_there_is
            cancelling_a_duplicate_gives_nothing_back_and_tells_the_owner_what_stays
            a_person_who_cancelled_may_return
            nobody_is_brought_back_to_a_second_registration
            a_duplicate_outlives_the_earlier_registration_without_a_place
            one_person_may_come_to_two_activities
            one_person_fifty_times_at_once_holds_one_place
            whoever_is_on_the_list_waits_no_longer_for_the_answer
        }
        conforms! { $open, histories:
            every_change_leaves_one_event_that_says_who_did_what_and_why
            of_many_changes_at_once_each_has_a_version_of_its_own
            the_history_is_kept_for_two_years_and_then_forgotten
            consents_are_kept_in_order_beside_every_change
        }
        conforms! { $open, messages:
            messages_come_when_they_are_due_the_oldest_first
            a_message_is_taken_by_one_of_many
            a_settled_message_is_gone_and_its_delivery_is_remembered
            every_version_has_its_own_message_of_a_kind
            an_allowance_is_spent_as_often_as_it_says_and_no_more
        }
        conforms! { $open, documents:
            a_document_is_kept_and_found_until_it_is_discarded
            a_document_changes_only_for_whoever_knows_its_version
            of_many_who_keep_the_first_version_one_succeeds
            documents_come_in_order_from_either_end_in_pages
            collections_do_not_see_each_other
            a_document_is_forgotten_when_its_time_is_over
        }
        conforms! { $open, personal_data:
            a_part_that_is_purged_is_gone_and_the_others_stay
            after_the_last_part_nobody_is_found_and_everything_still_adds_up
            who_is_forgotten_before_the_event_holds_no_place
            who_never_confirmed_the_address_leaves_nothing_behind
            a_second_answer_to_one_request_seals_nothing
            every_registration_of_a_person_is_found_by_either_hash
            what_is_due_is_found_in_its_time
        }
        conforms! { $open, rounds:
            whoever_signs_up_from_an_earlier_edition_hears_the_news_as_well
            a_party_for_which_there_is_no_room_at_all_holds_up_nobody
            who_is_checked_in_twice_was_there_once
            staff_overtake_those_who_wait_only_with_a_reason
            staff_let_a_larger_party_come_only_with_a_reason_and_never_without_end
        }
        conforms! { $open, deadlines:
            no_mail_begins_that_may_not_finish
            what_is_over_is_forgotten_although_there_is_always_mail
            only_mail_that_is_late_waits
        }
        conforms! { $open, races:
            forty_places_go_to_forty_of_two_hundred
            mixed_parties_never_exceed_the_capacity
            fifty_posts_of_one_request_are_one_registration
            a_queue_that_forms_in_a_rush_counts_everybody_once
            places_given_back_in_a_rush_are_counted_once
        }
    };
    ($open:path, $effort:ident) => {
        conforms! { $open }
        conforms! { afresh $open, $effort, stories:
            stories_told_one_by_one_go_like_in_a_list
            stories_told_at_once_leave_everything_in_order
        }
        conforms! { afresh $open, $effort, crashes:
            wherever_the_program_dies_the_story_ends_the_same
        }
        conforms! { afresh $open, $effort, load:
            the_list_is_promoted_in_order_and_no_place_stays_empty
        }
    };
    (afresh $open:path, $effort:ident, $group:ident: $($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                let effort = $crate::conformance::stories::Effort::$effort;
                $crate::conformance::$group::$name($open, effort);
            }
        )*
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
mod flaws;
mod memory;
mod control;
#[cfg(feature = "dynamodb")]
mod dynamodb;
