//! `admin` in the settings: the editor's page, and where it keeps what is written.

use super::is_origin;
use crate::diagnostic::{Diagnostic, Text};
use crate::parse::fields::Fields;

/// The editor's page.
#[derive(Debug)]
pub struct Admin {
    /// Where content is kept.
    pub storage: Storage,
    /// Where pages lead whoever wants to change them; published pages lead nowhere unless it is said.
    pub edit_links: Option<EditLinks>,
}

/// Where content is kept.
#[derive(Debug)]
pub enum Storage {
    /// In a folder of the editor's own computer.
    Local,
    /// In a repository on a server.
    Forge(Forge),
}

/// A repository on a server.
#[derive(Debug)]
pub struct Forge {
    /// What kind of server.
    pub kind: ForgeKind,
    /// Owner and name, such as `obshtina/sayt`.
    pub repository: String,
    /// The branch that is published.
    pub branch: String,
    /// The server; of GitHub, where one signs in. Empty where it is the usual one.
    pub base_url: String,
    /// As what the server knows the editor's page; may be empty.
    pub app_id: String,
}

/// A kind of server for repositories.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ForgeKind {
    /// github.com.
    Github,
    /// `GitLab`, wherever it is.
    Gitlab,
    /// Gitea or Forgejo.
    Gitea,
}

/// Where pages lead whoever wants to change them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EditLinks {
    /// To the editor's page.
    Editor,
    /// To the file in the repository.
    Repository,
}

impl ForgeKind {
    /// What settings and the editor call it.
    pub fn name(self) -> &'static str {
        match self {
            ForgeKind::Github => "github",
            ForgeKind::Gitlab => "gitlab",
            ForgeKind::Gitea => "gitea",
        }
    }
}

impl super::Settings {
    /// Lets every page lead to the editor, where there is one, unless pages lead to the repository.
    pub(crate) fn lead_to_editor(&mut self) {
        if let Some(admin) = &mut self.admin {
            admin.edit_links.get_or_insert(EditLinks::Editor);
        }
    }
}

impl Forge {
    /// Where the server is that people visit.
    pub fn website(&self) -> &str {
        match self.kind {
            ForgeKind::Github => "https://github.com",
            ForgeKind::Gitlab if self.base_url.is_empty() => "https://gitlab.com",
            ForgeKind::Gitea if self.base_url.is_empty() => "https://gitea.com",
            ForgeKind::Gitlab | ForgeKind::Gitea => &self.base_url,
        }
    }
}

pub(super) fn admin(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Admin> {
    let mut inside = fields.inside("admin", diagnostics)?;
    let kinds = [
        ("local", None),
        ("github", Some(ForgeKind::Github)),
        ("gitlab", Some(ForgeKind::Gitlab)),
        ("gitea", Some(ForgeKind::Gitea)),
    ];
    let kind = inside.one_of("backend", &kinds, diagnostics).flatten();
    let storage = kind.map_or(Storage::Local, |kind| {
        Storage::Forge(forge(kind, &mut inside, diagnostics))
    });
    let targets = [
        ("editor", EditLinks::Editor),
        ("repository", EditLinks::Repository),
    ];
    let place = inside.node("edit_links").map(|node| node.span.clone());
    let mut edit_links = inside.one_of("edit_links", &targets, diagnostics);
    if let (Storage::Local, Some(EditLinks::Repository), Some(span)) = (&storage, edit_links, place)
    {
        edit_links = None;
        let message = Text::new(
            "няма хранилище, към което да водят връзките",
            "there is no repository that the links could lead to",
        );
        let hint = Text::new(
            "напишете backend: github (или gitlab, gitea) и repository: …",
            "write backend: github (or gitlab, gitea) and repository: …",
        );
        inside.report("S13", &span, message, Some(hint), diagnostics);
    }
    inside.finish(diagnostics);
    Some(Admin {
        storage,
        edit_links,
    })
}

fn forge(kind: ForgeKind, inside: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Forge {
    let text = |found: Option<crate::parse::fields::Spanned<String>>| {
        found.map(|found| found.value).unwrap_or_default()
    };
    let repository = inside.required_text("repository", diagnostics);
    if let Some(repository) = &repository {
        let parts: Vec<&str> = repository.value.split('/').collect();
        let odd = |part: &&str| part.is_empty() || part.contains([' ', ':', '?', '#']);
        if parts.len() < 2 || parts.iter().any(odd) {
            let message = Text::new(
                "хранилището се пише като sobstvenik/ime",
                "the repository is written like owner/name",
            );
            inside.report("S13", &repository.span, message, None, diagnostics);
        }
    }
    let base_url = inside.text("base_url", diagnostics);
    if let Some(url) = base_url.as_ref().filter(|url| !is_origin(&url.value)) {
        let message = Text::new(
            "адресът на сървъра се пише като https://git.primer.bg, без нищо след името",
            "the address of the server is written like https://git.example.org, with nothing after the name",
        );
        inside.report("S13", &url.span, message, None, diagnostics);
    }
    Forge {
        kind,
        repository: text(repository),
        branch: inside
            .text("branch", diagnostics)
            .map_or_else(|| "main".to_owned(), |branch| branch.value),
        base_url: text(base_url),
        app_id: text(inside.text("app_id", diagnostics)),
    }
}
