//! Style sheet and static files.

mod names;
mod stylesheet;
mod tokens;

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha384};

use crate::diagnostic::Diagnostic;
use crate::fingerprint::fingerprint;
use crate::output::OutputFile;
use crate::source::Source;

/// The addresses of a theme's files, and the files.
#[derive(Debug, Default)]
pub struct Assets {
    named: BTreeMap<String, AssetView>,
    /// The files below `dist/site/`.
    pub files: Vec<OutputFile>,
}

/// A file of the theme, as pages call it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AssetView {
    /// Its address, which changes with its content.
    pub url: String,
    /// What a browser compares its content with, for `integrity`: whoever puts another file in its place is not believed.
    pub integrity: String,
}

impl Assets {
    /// The address of the style sheet (`main.css`) or of a static file; empty when the theme has none.
    pub fn address(&self, name: &str) -> &str {
        self.named.get(name).map_or("", |asset| &asset.url)
    }

    /// Every file of the theme by its name in `static/`, and the style sheet as `main.css`.
    pub fn named(&self) -> &BTreeMap<String, AssetView> {
        &self.named
    }

    /// Gives an address to a file that is made only when somebody asks for it.
    pub(crate) fn name_only(&mut self, name: &str) {
        let view = AssetView {
            url: format!("/assets/{name}"),
            integrity: String::new(),
        };
        self.named.insert(name.to_owned(), view);
    }

    /// Names a file by its content, and keeps it.
    pub(crate) fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let path = fingerprinted(name, &bytes);
        let view = AssetView {
            url: format!("/{path}"),
            integrity: format!("sha384-{}", STANDARD.encode(Sha384::digest(&bytes))),
        };
        self.named.insert(name.to_owned(), view);
        self.files.push(OutputFile { path, bytes });
    }
}

/// Joins the style sheets, names every file of the theme by its content.
pub(crate) fn assets(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Assets {
    let mut assets = Assets::default();
    for asset in &source.theme.statics {
        assets.add(&asset.path, asset.bytes.clone());
    }
    // The style sheet comes last, because it names the others.
    if let Some(css) = stylesheet::stylesheet(&source.theme, &assets, diagnostics) {
        assets.add(stylesheet::MAIN, css.into_bytes());
    }
    assets
}

/// `assets/main.1a2b3c4d.css`: another content is another address, so that a browser may keep it for good.
pub(crate) fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let hash = fingerprint::<4>(bytes);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash}.{ending}"),
        None => format!("assets/{name}.{hash}"),
    }
}
