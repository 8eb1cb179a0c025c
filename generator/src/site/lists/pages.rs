//! The pages of lists: which there are, and their addresses.

use forms::{Language, Slug};

use super::Period;
use crate::parse::document::Section;
use crate::site::{Permalink, Site};

/// A page of a list. Pages of one list are numbered from 1.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum ListPage {
    /// A section. Its first page shows what is new; further pages only what has no archive.
    Section(Section, usize),
    /// A year of a section, or what has no year.
    Archive(Section, Option<i16>, usize),
    /// The list of tags.
    Tags,
    /// What has a tag.
    Tag(Slug, usize),
    /// Every page of the site by its first letter.
    AToZ,
}

impl ListPage {
    /// Its number within its list.
    pub fn number(&self) -> usize {
        match self {
            ListPage::Section(_, page) | ListPage::Archive(_, _, page) | ListPage::Tag(_, page) => {
                *page
            }
            ListPage::Tags | ListPage::AToZ => 1,
        }
    }

    /// Another page of the same list.
    #[must_use]
    pub fn at(&self, number: usize) -> ListPage {
        match self {
            ListPage::Section(section, _) => ListPage::Section(*section, number),
            ListPage::Archive(section, year, _) => ListPage::Archive(*section, *year, number),
            ListPage::Tag(tag, _) => ListPage::Tag(tag.clone(), number),
            ListPage::Tags | ListPage::AToZ => self.clone(),
        }
    }
}

/// The part of a list that stands on a page.
pub fn part(list: &[usize], page: usize, per_page: usize) -> &[usize] {
    list.chunks(per_page).nth(page - 1).unwrap_or_default()
}

impl Site {
    /// Every page of every list in a language.
    pub fn list_pages(&self, language: &Language) -> Vec<ListPage> {
        let lists = self.lists.of(language);
        let mut pages = Vec::new();
        for section in self.settings.sections.keys().copied() {
            let numbers = 1..=self.section_pages(section, language);
            pages.extend(numbers.map(|page| ListPage::Section(section, page)));
            let archive = lists.archives.get(&section);
            for period in archive.iter().flat_map(|archive| &archive.periods) {
                let numbers = 1..=self.period_pages(section, period);
                let page = |page| ListPage::Archive(section, period.year, page);
                pages.extend(numbers.map(page));
            }
        }
        if self.tags(language).is_some() {
            pages.push(ListPage::Tags);
            for tag in lists.tags.keys() {
                let numbers = 1..=self.tag_pages(tag, language);
                pages.extend(numbers.map(|page| ListPage::Tag(tag.clone(), page)));
            }
        }
        if self.settings.a_z.is_some() {
            pages.push(ListPage::AToZ);
        }
        pages
    }

    /// The address of a list's page.
    pub fn list_permalink(&self, page: &ListPage, language: &Language) -> Option<Permalink> {
        match page {
            ListPage::Section(section, page) => Some(self.section(*section, language)?.page(*page)),
            ListPage::Archive(section, year, page) => {
                let yearless = || self.lists.of(language).yearless.clone();
                let period = year.map_or_else(yearless, |year| year.to_string());
                Some(self.section(*section, language)?.below(&period).page(*page))
            }
            ListPage::Tags => self.tags(language),
            ListPage::Tag(tag, page) => Some(self.tag(tag, language)?.page(*page)),
            ListPage::AToZ => {
                let settings = self.settings.a_z.as_ref()?;
                let path = settings.path.get(language)?;
                Some(Permalink::of(&[self.prefix(language), path]))
            }
        }
    }

    /// The address of the same page in another language, where that language has it.
    ///
    /// A page of an archive is the same when the same entries stand on it: what may be only similar today would be
    /// another page tomorrow, and pages of archives do not change.
    pub fn list_elsewhere(
        &self,
        page: &ListPage,
        language: &Language,
        other: &Language,
    ) -> Option<Permalink> {
        let there = match page {
            ListPage::Section(section, page) => *page <= self.section_pages(*section, other),
            ListPage::Archive(section, year, page) => {
                let entries = |language| self.archive_part(*section, *year, *page, language);
                entries(language) == entries(other)
            }
            ListPage::Tag(tag, page) => *page <= self.tag_pages(tag, other),
            ListPage::Tags | ListPage::AToZ => true,
        };
        self.list_permalink(page, other).filter(|_| there)
    }

    /// The number of the last page of a list.
    pub fn last_page(&self, page: &ListPage, language: &Language) -> usize {
        match page {
            ListPage::Section(section, _) => self.section_pages(*section, language),
            ListPage::Archive(section, year, _) => {
                let archive = self.lists.of(language).archives.get(section);
                let period = archive.and_then(|archive| archive.period(*year));
                period.map_or(1, |period| self.period_pages(*section, period))
            }
            ListPage::Tag(tag, _) => self.tag_pages(tag, language),
            ListPage::Tags | ListPage::AToZ => 1,
        }
    }

    /// The list that the pages of a section show.
    pub fn section_list(&self, section: Section, language: &Language) -> &[usize] {
        let lists = self.lists.of(language);
        match section {
            Section::Services => &lists.services,
            Section::News => &lists.news,
            Section::Events => &lists.upcoming,
            Section::Venues => &lists.venues,
            // A list that shows everything on one page.
            Section::Pages | Section::People | Section::Documents => &[],
        }
    }

    /// How many pages a section has, its archive apart.
    pub fn section_pages(&self, section: Section, language: &Language) -> usize {
        match section {
            // What is not new stands in the archive.
            Section::News => 1,
            _ => page_count(self.section_list(section, language), self.per_page(section)),
        }
    }

    /// How many entries of a section stand on a page.
    pub fn per_page(&self, section: Section) -> usize {
        let settings = self.settings.sections.get(&section);
        settings.map_or(usize::MAX, |settings| settings.per_page)
    }

    /// How many pages a year of a section has.
    pub fn period_pages(&self, section: Section, period: &Period) -> usize {
        page_count(&period.entries, self.per_page(section))
    }

    /// How many pages a tag has.
    pub fn tag_pages(&self, tag: &Slug, language: &Language) -> usize {
        let tagged = self.lists.of(language).tags.get(tag);
        tagged.map_or(0, |tagged| {
            page_count(&tagged.entries, self.settings.tags.per_page)
        })
    }

    /// What stands on a page of an archive.
    pub fn archive_part(
        &self,
        section: Section,
        year: Option<i16>,
        page: usize,
        language: &Language,
    ) -> &[usize] {
        let archive = self.lists.of(language).archives.get(&section);
        let period = archive.and_then(|archive| archive.period(year));
        period.map_or(&[], |period| {
            part(&period.entries, page, self.per_page(section))
        })
    }

    /// Whether an address right below a section is kept for its lists: a year, a page's number, or what has no year.
    pub fn is_kept_for_lists(&self, segment: &str, language: &Language) -> bool {
        segment.bytes().all(|byte| byte.is_ascii_digit())
            || segment == self.lists.of(language).yearless
    }
}

/// An empty list has one page, which says so.
fn page_count(list: &[usize], per_page: usize) -> usize {
    list.len().div_ceil(per_page).max(1)
}
