//! What the card of a participant and the statistics ask a strings file for.

/// Texts, and the places in them that are filled.
pub(super) const TEXTS: super::Texts = &[
    (
        &[
            "privacy.kept_for_programme",
            "staff.menu.statistics",
            "staff.deed.read_card",
            "staff.deed.change_card",
            "staff.deed.read_statistics",
            "staff.deed.export_statistics",
            "staff.message.no_participant.heading",
            "staff.card.heading",
            "staff.card.not_begun",
            "staff.card.complete",
            "staff.card.incomplete",
            "staff.card.change",
            "staff.card.begin",
            "staff.card.reply.refused",
            "staff.card.reply.unknown",
            "staff.card.reply.not_asked",
            "staff.card.without.answered",
            "staff.card.without.refused",
            "staff.card.without.unknown",
            "staff.card.without.not_asked",
            "staff.statistics.table",
            "staff.statistics.sort",
            "staff.statistics.people",
            "staff.statistics.whole",
            "staff.statistics.hidden",
            "staff.statistics.other_answer",
        ],
        &[],
    ),
    (&["staff.card.changed"], &["moment", "who"]),
    (&["staff.statistics.note"], &["moment", "from", "to"]),
    (&["staff.statistics.age"], &["from", "to"]),
    (&["staff.statistics.age_to"], &["to"]),
    (&["staff.statistics.age_from"], &["from"]),
];

/// Lists of paragraphs.
pub(super) const LISTS: &[&str] = &["staff.message.no_participant.text"];
