//! The folders of content.

/// A folder of content, and with it the kind of what is in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Section {
    /// Pages that stand alone, at the root of the site.
    Pages,
    /// What the centre does.
    Services,
    /// What happened.
    News,
    /// What will happen.
    Events,
    /// Who works here.
    People,
    /// Files that visitors may need.
    Documents,
    /// Where things take place.
    Venues,
}

impl Section {
    /// Every section.
    pub const ALL: [Section; 7] = [
        Section::Pages,
        Section::Services,
        Section::News,
        Section::Events,
        Section::People,
        Section::Documents,
        Section::Venues,
    ];

    /// Every section that can have a list.
    pub const LISTED: [Section; 6] = [
        Section::Services,
        Section::News,
        Section::Events,
        Section::People,
        Section::Documents,
        Section::Venues,
    ];

    /// The name of the folder.
    pub fn folder(self) -> &'static str {
        match self {
            Section::Pages => "pages",
            Section::Services => "services",
            Section::News => "news",
            Section::Events => "events",
            Section::People => "people",
            Section::Documents => "documents",
            Section::Venues => "venues",
        }
    }

    /// Whether what is in it has pages of its own; otherwise it is only a row of its list.
    pub fn has_pages(self) -> bool {
        !matches!(self, Section::People | Section::Documents)
    }

    /// The section of a folder.
    pub fn of_folder(folder: &str) -> Option<Section> {
        Section::ALL
            .into_iter()
            .find(|section| section.folder() == folder)
    }
}
