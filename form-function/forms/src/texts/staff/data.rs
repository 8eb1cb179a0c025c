//! What the page of whoever answers for the data asks a strings file for.

/// Texts, and the places in them that are filled.
pub(super) const TEXTS: super::Texts = &[
    (
        &[
            "staff.menu.data",
            "staff.processing.heading",
            "staff.deed.data_find",
            "staff.deed.data_export",
            "staff.deed.data_erase",
            "staff.deed.request_open",
            "staff.deed.request_extend",
            "staff.deed.request_close",
            "staff.data.class.contact",
            "staff.data.class.answers",
            "staff.data.class.sensitive",
            "staff.data.class.place",
            "staff.data.fate.destroyed",
            "staff.data.fate.nothing",
            "staff.data.fate.held",
            "staff.data.fate.not_destroyed",
            "staff.data.fate.given_back",
            "staff.data.fate.as_before",
            "staff.data.kind.access",
            "staff.data.kind.rectification",
            "staff.data.kind.erasure",
            "staff.data.kind.restriction",
            "staff.data.kind.portability",
            "staff.data.kind.objection",
            "staff.data.outcome.done",
            "staff.data.outcome.refused",
            "staff.data.outcome.unidentified",
            "staff.data.said.open",
            "staff.data.said.extend",
            "staff.data.said.close",
            "staff.data.said.overtaken",
            "staff.data.said.unclear",
        ],
        &[],
    ),
    (&["staff.data.due"], &["date", "days"]),
    (&["staff.data.due_today"], &["date"]),
    (&["staff.data.overdue"], &["date", "days"]),
];

/// Lists of paragraphs.
pub(super) const LISTS: &[&str] = &["staff.data.stays"];
