//! One file of a page read again, in a site that is otherwise as it was: what a preview shows at once after a save, before
//! everything is made again.
//!
//! Out comes what a whole build would make of that page. What other pages, lists and menus make of it follows later.

use crate::Options;
use crate::check;
use crate::diagnostic::{self, Diagnostic};
use crate::parse::memory::{Memory, Read, Reader};
use crate::site::Site;
use crate::site::assemble::with_page;
use crate::source::SourceFile;

/// What became of a page.
#[derive(Debug)]
pub enum Again {
    /// It can be published.
    Fresh {
        /// The site with the page as it is now.
        site: Site,
        /// What that was made of.
        memory: Memory,
        /// What is good to know of the page.
        found: Vec<Diagnostic>,
    },
    /// Why the page cannot be published as it is.
    Faulty(Vec<Diagnostic>),
    /// It is not only this page that became another one: everything has to be made again first.
    Wider,
}

/// Reads one file again that `memory` knows, which holds what `site` was made of.
pub fn again(site: &Site, memory: &Memory, file: &SourceFile, options: &Options) -> Again {
    let read = Reader::new(&site.settings, &site.strings).read(file);
    if diagnostic::has_errors(&read.diagnostics) {
        return Again::Faulty(read.diagnostics);
    }
    let Read {
        document: Some(document),
        diagnostics: mut found,
    } = read.clone()
    else {
        return Again::Wider;
    };
    let others = memory.documents_of(&document.id);
    let others = others.filter(|(path, _)| *path != file.path);
    let mut documents: Vec<_> = others.map(|(_, other)| other.clone()).collect();
    documents.push(document);
    let Some((site, page)) = with_page(site, documents, options, &mut found) else {
        return Again::Wider;
    };
    check::pages_resolve(&site, &[&site.entries[page]], &mut found);
    if diagnostic::has_errors(&found) {
        return Again::Faulty(found);
    }
    let memory = memory.with(file, read);
    Again::Fresh {
        site,
        memory,
        found,
    }
}
