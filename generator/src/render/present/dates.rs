//! Dates for readers and for machines.

use forms::{Language, Moment, span_in_words};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::render::view::DateView;
use crate::site::{Occurrence, Site};

/// The times that an event takes place.
pub(super) fn dates(
    site: &Site,
    occurrences: Vec<&Occurrence>,
    language: &Language,
) -> Vec<DateView> {
    occurrences
        .into_iter()
        .map(|date| DateView {
            iso: iso(site, date.when.starts),
            when: span_in_words(
                site.strings_for(date.when.starts.date().year(), language),
                &date.when,
            ),
        })
        .collect()
}

/// An instant with the offset that the zone has then.
pub(crate) fn instant_iso(site: &Site, at: Timestamp) -> String {
    at.to_zoned(site.settings.zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// A moment for `datetime` attributes: a day, or an instant with its offset; without a year when that is only supposed.
pub(crate) fn iso(site: &Site, moment: Moment) -> String {
    match moment {
        Moment::At(at) | Moment::Second(at, _) if !site.is_supposed(at.year()) => {
            instant_iso(site, moment.begins(&site.settings.zone))
        }
        moment => day_iso(site, moment.date()),
    }
}

/// A day for `datetime` attributes (HTML, 2.3.5: a date, or a yearless date).
pub(super) fn day_iso(site: &Site, day: Date) -> String {
    if site.is_supposed(day.year()) {
        day.strftime("%m-%d").to_string()
    } else {
        day.to_string()
    }
}
