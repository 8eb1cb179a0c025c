//! The way from one page of a list to the next.
//!
//! On a page of an archive stands nothing that a later entry could change: no number of all pages, and of the links ahead
//! only the next one.

use forms::Language;

use super::link;
use super::lists::{page_title, period_title};
use crate::render::view::{LinkView, NumberView, PagerView};
use crate::site::Site;
use crate::site::lists::ListPage;

/// How many pages before this one are shown by number.
const BEHIND: usize = 2;

/// The way to the other pages of a list; none where there are none.
pub(super) fn pager(site: &Site, page: &ListPage, language: &Language) -> Option<PagerView> {
    let (number, last) = (page.number(), site.last_page(page, language));
    let previous = if number > 1 {
        beside(site, page, number - 1, language)
    } else {
        year_before(site, page, language)
    };
    let next = if number < last {
        beside(site, page, number + 1, language)
    } else {
        year_after(site, page, language)
    };
    let pages = if last > 1 {
        numbers(site, page, last, language)
    } else {
        Vec::new()
    };
    let alone = previous.is_none() && next.is_none() && pages.is_empty();
    (!alone).then_some(PagerView {
        previous,
        next,
        pages,
    })
}

fn beside(site: &Site, page: &ListPage, number: usize, language: &Language) -> Option<LinkView> {
    let permalink = site.list_permalink(&page.at(number), language)?;
    Some(link(
        &page_title(site.strings(language), number),
        &permalink,
    ))
}

fn year_before(site: &Site, page: &ListPage, language: &Language) -> Option<LinkView> {
    let ListPage::Archive(section, year, _) = page else {
        return None;
    };
    let periods = &site.lists.of(language).archives.get(section)?.periods;
    let at = periods.iter().position(|period| period.year == *year)?;
    let before = periods.get(at.checked_sub(1)?)?;
    let last = site.period_pages(*section, before);
    let page = ListPage::Archive(*section, before.year, last);
    let permalink = site.list_permalink(&page, language)?;
    let title = period_title(site.strings(language), before.year);
    Some(link(&title, &permalink))
}

fn year_after(site: &Site, page: &ListPage, language: &Language) -> Option<LinkView> {
    let ListPage::Archive(section, year, _) = page else {
        return None;
    };
    let periods = &site.lists.of(language).archives.get(section)?.periods;
    let at = periods.iter().position(|period| period.year == *year)?;
    let after = periods.get(at + 1)?;
    let page = ListPage::Archive(*section, after.year, 1);
    let permalink = site.list_permalink(&page, language)?;
    let title = period_title(site.strings(language), after.year);
    Some(link(&title, &permalink))
}

/// The first page, those around this one and, where that cannot change what is full, the last.
fn numbers(site: &Site, page: &ListPage, last: usize, language: &Language) -> Vec<NumberView> {
    let here = page.number();
    let mut shown: Vec<usize> = vec![1];
    shown.extend(here.saturating_sub(BEHIND)..=(here + 1).min(last));
    if !matches!(page, ListPage::Archive(..)) {
        shown.push(last);
    }
    shown.retain(|number| *number > 0);
    shown.dedup();
    let mut before = 0;
    let mut numbers = Vec::new();
    for number in shown {
        if number <= before {
            continue;
        }
        let Some(permalink) = site.list_permalink(&page.at(number), language) else {
            continue;
        };
        numbers.push(NumberView {
            title: number.to_string(),
            label: page_title(site.strings(language), number),
            url: permalink.as_str().to_owned(),
            current: number == here,
            gap: number > before + 1,
        });
        before = number;
    }
    numbers
}
