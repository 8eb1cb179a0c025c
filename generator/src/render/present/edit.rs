//! Where a page leads whoever wants to change it.

use forms::{EDITOR, Language};

use crate::parse::settings::{EditLinks, ForgeKind, Storage};
use crate::site::{Entry, Site};

/// The address at which the page is changed, as it was written in a language; empty where pages lead nowhere.
pub(super) fn edit_link(site: &Site, entry: &Entry, language: &Language) -> String {
    let Some(admin) = &site.settings.admin else {
        return String::new();
    };
    let (folder, stem) = (entry.id.section.folder(), entry.id.stem.as_str());
    match (admin.edit_links, &admin.storage) {
        (None, _) | (Some(EditLinks::Repository), Storage::Local) => String::new(),
        (Some(EditLinks::Editor), _) => {
            format!("{EDITOR}#/collections/{folder}/entries/{stem}")
        }
        (Some(EditLinks::Repository), Storage::Forge(forge)) => {
            let edit = match forge.kind {
                ForgeKind::Github => "edit",
                ForgeKind::Gitlab => "-/edit",
                ForgeKind::Gitea => "_edit",
            };
            let main = site.languages().next() == Some(language);
            let ending = if main {
                String::new()
            } else {
                format!(".{language}")
            };
            let (website, repository) = (forge.website(), &forge.repository);
            let branch = &forge.branch;
            format!("{website}/{repository}/{edit}/{branch}/content/{folder}/{stem}{ending}.md")
        }
    }
}
