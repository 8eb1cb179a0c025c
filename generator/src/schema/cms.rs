//! The configuration of Sveltia CMS, from the model: a form for every kind, with labels and help.
//!
//! What the form cannot know (rules between fields, links, addresses that are taken) is found by `centre check` afterwards.

mod components;
mod fields;

use serde_json::{Map, Value, json};

use super::vocabulary::Vocabulary;
use crate::model::{HOME, KINDS, Kind, Section};
use crate::parse::settings::{Admin, Forge, ForgeKind, Storage};
pub(super) use components::components;
use fields::{field_named, fields};

/// More bytes than this are no picture for a page.
const LARGEST_FILE: u32 = 20_000_000;
/// No page shows a picture wider than this, in pixels.
const WIDEST_PICTURE: u32 = 2400;

/// Where one begins to sign in with GitHub, below the address of the site.
const SIGN_IN: &str = "forms/editor/auth";

/// The text of `config.yml`.
pub(super) fn config(vocabulary: &Vocabulary<'_>) -> String {
    let kinds = KINDS.into_iter().filter(|kind| *kind != &HOME);
    let collections: Vec<Value> = kinds.map(|kind| collection(kind, vocabulary)).collect();
    let config = json!({
        "backend": backend(vocabulary),
        "site_url": vocabulary.base_url,
        "app_title": vocabulary.name,
        "logo": { "src": vocabulary.icon, "show_in_header": true },
        "media_folder": "content/media",
        "public_folder": "/media",
        "media_libraries": { "default": { "config": {
            "max_file_size": LARGEST_FILE,
            "slugify_filename": true,
            // What a telephone writes into a picture, such as where it was taken, does not get into the repository.
            "transformations": { "raster_image": {
                "format": "webp", "quality": 90, "width": WIDEST_PICTURE, "height": WIDEST_PICTURE,
            } },
        } } },
        "i18n": {
            "structure": "multiple_files",
            "locales": vocabulary.languages,
            "default_locale": vocabulary.languages.first(),
            "initial_locales": "default",
            "omit_default_locale_from_file_path": true,
        },
        "slug": { "encoding": "ascii", "clean_accents": true },
        "output": { "omit_empty_optional_fields": true, "yaml": { "quote": "double" } },
        // Beside the form it would show a page that looks like none of ours.
        "editor": { "preview": false },
        "collections": collections,
    });
    // JSON is YAML, and needs no rules for quotes.
    format!("{config:#}\n")
}

/// Where content is kept. The folder of one's own computer is no server of its own: the editor offers it beside any server, and here
/// the server is only a name.
fn backend(vocabulary: &Vocabulary<'_>) -> Value {
    let Some(Admin {
        storage: Storage::Forge(forge),
        ..
    }) = vocabulary.admin
    else {
        let name = vocabulary.name.replace(['/', ':'], " ");
        return json!({ "name": "github", "repo": format!("local/{name}"), "auth_methods": [] });
    };
    let Forge {
        kind,
        repository,
        branch,
        base_url,
        app_id,
    } = forge;
    let mut backend = Map::new();
    let mut say = |name: &str, value: &str| {
        if !value.is_empty() {
            backend.insert(name.to_owned(), value.into());
        }
    };
    say("name", kind.name());
    say("repo", repository);
    say("branch", branch);
    if *kind == ForgeKind::Github && base_url.is_empty() {
        // Where the form function sees to it, see form-function/README.md.
        say("base_url", vocabulary.base_url);
        say("auth_endpoint", SIGN_IN);
    } else {
        say("base_url", base_url);
    }
    say("app_id", app_id);
    if !base_url.is_empty() {
        match kind {
            ForgeKind::Github => {}
            ForgeKind::Gitlab => say("api_root", &format!("{base_url}/api/v4")),
            ForgeKind::Gitea => say("api_root", &format!("{base_url}/api/v1")),
        }
    }
    if !app_id.is_empty() && *kind == ForgeKind::Gitlab {
        say("auth_type", "pkce");
    }
    Value::Object(backend)
}

fn collection(kind: &Kind, vocabulary: &Vocabulary<'_>) -> Value {
    let section = kind.section;
    let singular = vocabulary.say(kind.singular);
    let label = vocabulary.sections.get(&section).copied();
    let has = |name: &str| field_named(kind, name).is_some();
    let mut collection = json!({
        "name": section.folder(),
        "label": label.map_or_else(|| capital(vocabulary.many(section)), str::to_owned),
        "label_singular": singular,
        "icon": icon(section),
        "folder": format!("content/{}", section.folder()),
        "create": true,
        "i18n": true,
        // The name of the file; what it is made of follows our rules for letters.
        "slug": {
            "template": "{{title}}",
            "editable": ["create"],
            "hint": vocabulary.choose(
                "Последната част от адреса на страницата и името на файла. Прави се от заглавието; може да го напишете и сами.",
                "The last part of the page’s address, and the name of the file. It is made of the title; you can also write it yourself.",
            ),
            "pattern": [fields::ADDRESS, vocabulary.choose(
                "Само малки латински букви, цифри и дефис.",
                "Only small Latin letters, digits and hyphens.",
            )],
        },
        "fields": fields(kind, vocabulary),
    });
    let time = ["starts_at", "date"].into_iter().find(|name| has(name));
    if let Some(time) = time {
        collection["summary"] = format!("{{{{title}}}} – {{{{{time} | date('D.M.YYYY')}}}}").into();
        collection["sortable_fields"] = json!({
            "fields": [time, "title"],
            "default": { "field": time, "direction": "descending" },
        });
    }
    if has("image") {
        collection["thumbnail"] = "image.src".into();
    }
    if has("draft") {
        collection["view_filters"] = json!([{
            "label": vocabulary.choose("Чернови", "Drafts"), "field": "draft", "pattern": true,
        }]);
    }
    if section == HOME.section {
        collection["index_file"] = json!({
            "name": "index",
            "label": vocabulary.say(HOME.singular),
            "icon": "home",
            "fields": fields(&HOME, vocabulary),
        });
    }
    collection
}

/// A sign of `icons.woff2`.
fn icon(section: Section) -> &'static str {
    match section {
        Section::Pages => "article",
        Section::Services => "volunteer_activism",
        Section::News => "newspaper",
        Section::Events => "event",
        Section::People => "group",
        Section::Documents => "description",
        Section::Venues => "location_on",
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
