//! `dist/forms/`: what the form function reads at its start.

use forms::{Identity, Language, MANIFEST_VERSION, Manifest};
use serde::Serialize;

use crate::output::OutputFile;
use crate::render::assets::Assets;
use crate::render::present::{self, Head};
use crate::render::view::{PageView, SiteView};
use crate::site::Site;
use crate::source::{Theme, template_name};

/// The base of every page that the function draws in a language.
#[derive(Serialize)]
struct Frame {
    site: SiteView,
    page: PageView,
}

/// The manifest, the strings, the frames and the templates.
pub(crate) fn bundle(site: &Site, assets: &Assets, theme: &Theme) -> Vec<OutputFile> {
    let mut files = vec![json("manifest.json", &manifest(site))];
    for strings in site.strings.iter() {
        let language = &strings.language;
        files.push(json(&format!("strings/{language}.json"), strings.tree()));
        files.push(json(
            &format!("frames/{language}.json"),
            &frame(site, assets, language),
        ));
    }
    files.extend(theme.templates.iter().map(|file| OutputFile {
        path: format!("templates/{}", template_name(&file.path)),
        bytes: file.text.clone().into_bytes(),
    }));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn manifest(site: &Site) -> Manifest {
    let funding = site.settings.funding.as_ref();
    Manifest {
        version: MANIFEST_VERSION,
        identity: Identity {
            name: site.settings.name.clone(),
            base_url: site.settings.base_url.clone(),
            mail_from: site.settings.mail_from.clone(),
            funding: funding
                .map(|funding| funding.statement.clone())
                .unwrap_or_default(),
            calling_code: site.settings.calling_code.clone(),
        },
        languages: site.languages().cloned().collect(),
        zone: site.settings.zone_name.clone(),
        forms: (*site.forms).clone(),
        activities: (*site.activities).clone(),
    }
}

fn frame(site: &Site, assets: &Assets, language: &Language) -> Frame {
    let head = Head {
        title: "",
        description: "",
        permalink: None,
        section: None,
        between: Vec::new(),
        elsewhere: &|_| None,
        otherwise: &|_| None,
    };
    Frame {
        site: present::site_view(site, assets, language),
        page: present::page_view(site, language, &head),
    }
}

fn json<T: Serialize>(path: &str, value: &T) -> OutputFile {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    OutputFile {
        path: path.to_owned(),
        bytes,
    }
}
