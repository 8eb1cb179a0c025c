//! Style sheet, static files and media.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::fingerprint::fingerprint;
use crate::output::OutputFile;
use crate::source::{Source, SourceFile};

/// The addresses of a theme's files, and the files.
#[derive(Debug, Default)]
pub struct Assets {
    addresses: BTreeMap<String, String>,
    /// The files below `dist/site/`.
    pub files: Vec<OutputFile>,
}

impl Assets {
    /// The address of the style sheet (`main.css`) or of a static file; empty when the theme has none.
    pub fn address(&self, name: &str) -> &str {
        self.addresses.get(name).map_or("", String::as_str)
    }

    /// Names a file by its content, and keeps it.
    pub(crate) fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let path = fingerprinted(name, &bytes);
        self.addresses.insert(name.to_owned(), format!("/{path}"));
        self.files.push(OutputFile { path, bytes });
    }
}

/// Joins the style sheets, names every file of the theme by its content, and passes media through.
pub(crate) fn assets(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Assets {
    let mut assets = Assets::default();
    let style = source
        .theme
        .styles
        .iter()
        .find(|file| file.path.ends_with("/css/main.css"));
    let css = style.map(|main| join_styles(main, &source.theme.styles, diagnostics));
    let statics = source
        .theme
        .statics
        .iter()
        .map(|asset| (asset.path.as_str(), asset.bytes.clone()));
    let named = css
        .map(|css| ("main.css", css.into_bytes()))
        .into_iter()
        .chain(statics);
    for (name, bytes) in named {
        assets.add(name, bytes);
    }
    let media = source.media.iter();
    assets.files.extend(media.map(|asset| OutputFile {
        path: format!("media/{}", asset.path),
        bytes: asset.bytes.clone(),
    }));
    assets
}

/// `assets/main.1a2b3c4d.css`: another content is another address, so that a browser may keep it for good.
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let hash = fingerprint::<4>(bytes);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash}.{ending}"),
        None => format!("assets/{name}.{hash}"),
    }
}

/// Turns every `@import "x.css" layer(y);` of the table of contents into a `@layer y { … }` block, in its order.
fn join_styles(
    main: &SourceFile,
    styles: &[SourceFile],
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let folder = main.path.trim_end_matches("main.css");
    let mut css = String::new();
    let mut at = 0;
    for line in main.text.split_inclusive('\n') {
        let span = at..at + line.trim_end().len();
        at += line.len();
        let Some((name, layer)) = import(line) else {
            css.push_str(line);
            continue;
        };
        let path = format!("{folder}{name}");
        match styles.iter().find(|file| file.path == path) {
            Some(file) => css.push_str(&format!(
                "@layer {layer} {{\n{}\n}}\n",
                file.text.trim_end()
            )),
            None => diagnostics.push(Diagnostic::error(
                "E03",
                Place::span(main, &span),
                Text::new(
                    format!("няма файл {path}"),
                    format!("there is no file {path}"),
                ),
            )),
        }
    }
    css
}

fn import(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.trim().strip_prefix("@import \"")?.split_once('"')?;
    let (layer, _) = rest.trim().strip_prefix("layer(")?.split_once(')')?;
    Some((name, layer))
}
