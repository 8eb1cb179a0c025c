//! What the list at the door asks a strings file for.

/// Texts, and the places in them that are filled.
pub(super) const TEXTS: super::Texts = &[
    (
        &[
            "staff.deed.walk_in",
            "staff.deed.walk_in_undone",
            "staff.check_in.show.expected",
            "staff.check_in.show.here",
            "staff.check_in.show.all",
            "staff.check_in.done.walk_in",
            "staff.check_in.done.walk_in_undone",
            "staff.check_in.done.walk_in_unclear",
            "staff.door_list.heading",
            "staff.export.walk_in",
        ],
        &[],
    ),
    (&["staff.check_in.heads"], &["there", "expected"]),
    (
        &["staff.check_in.heads_with_walk_ins"],
        &["there", "expected", "n"],
    ),
    (&["staff.check_in.more"], &["n"]),
    (&["staff.check_in.since"], &["time"]),
    (&["staff.check_in.number_ends"], &["digits"]),
    (&["staff.check_in.walk_in.row"], &["n", "time"]),
    (&["staff.check_in.done.attend"], &["name"]),
    (&["staff.check_in.done.attended_before"], &["name"]),
    (&["staff.check_in.done.undo_attendance"], &["name"]),
    (&["staff.check_in.done.not_now"], &["name"]),
];
