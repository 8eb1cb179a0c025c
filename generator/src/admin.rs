//! The editor's page, `/admin/`: Sveltia CMS as `generator/admin/` has it, with what our content model says of the forms.
//!
//! It is a program of its own, apart from the theme and from the site: no page asks for any of it, and only a link for whoever
//! works here leads to it.

use crate::diagnostic::MessageLanguage;
use crate::output::OutputFile;
use crate::parse::markdown::escaped;
use crate::parse::settings::{Admin, ForgeKind, Storage};
use crate::render::assets::fingerprinted;
use crate::schema;
use crate::site::Site;

const EDITOR: &[u8] = include_bytes!("../admin/sveltia-cms.js");
const ICONS: &[u8] = include_bytes!("../admin/icons.woff2");
const ADDRESS: &[u8] = include_bytes!("../admin/address.js");
const BOOT: &[u8] = include_bytes!("../admin/boot.js");
const COMPONENTS: &[u8] = include_bytes!("../admin/components.js");
const LICENCES: &[u8] = include_bytes!("../admin/LICENSES.txt");

/// The files of the page; none where the settings have no `admin`.
pub(crate) fn files(site: &Site, icon: &str) -> Vec<OutputFile> {
    let Some(admin) = &site.settings.admin else {
        return Vec::new();
    };
    let mut files = Vec::new();
    let mut add = |name: &str, bytes: &[u8]| {
        let path = fingerprinted(name, bytes);
        let address = format!("/{path}");
        files.push(OutputFile {
            path,
            bytes: bytes.to_vec(),
        });
        address
    };
    let scripts = Scripts {
        editor: add("admin/sveltia-cms.js", EDITOR),
        icons: add("admin/icons.woff2", ICONS),
        address: add("admin/address.js", ADDRESS),
        boot: add("admin/boot.js", BOOT),
        components: add("admin/components.js", COMPONENTS),
        licences: add("admin/licences.txt", LICENCES),
    };
    let language = told_in(site);
    let page = page(site, admin, &scripts, icon, language);
    let config = schema::config(site, icon, language);
    for (path, text) in [
        ("admin/index.html", page),
        ("admin/config.yml", config),
        ("admin/components.json", schema::components(site, language)),
    ] {
        files.push(OutputFile {
            path: path.to_owned(),
            bytes: text.into_bytes(),
        });
    }
    files
}

/// Where the scripts are.
struct Scripts {
    editor: String,
    icons: String,
    address: String,
    boot: String,
    components: String,
    licences: String,
}

/// The language of the forms: that of the site, where messages are in it.
fn told_in(site: &Site) -> MessageLanguage {
    match site.languages().next().map(forms::Language::as_str) {
        Some("bg") => MessageLanguage::Bg,
        _ => MessageLanguage::En,
    }
}

fn page(
    site: &Site,
    admin: &Admin,
    scripts: &Scripts,
    icon: &str,
    language: MessageLanguage,
) -> String {
    let Scripts {
        editor,
        icons,
        address,
        boot,
        components,
        licences,
    } = scripts;
    let (code, title, script_needed) = match language {
        MessageLanguage::Bg => (
            "bg",
            "Редактиране",
            "Тази страница работи само с JavaScript. Пуснете го в настройките на браузъра.",
        ),
        MessageLanguage::En => (
            "en",
            "Editing",
            "This page needs JavaScript. Switch it on in the settings of your browser.",
        ),
    };
    let main = site.languages().next();
    let name = main.map_or("", |language| site.settings.name.text(language));
    let name = escaped(name);
    let policy = policy(admin);
    let local = match admin.storage {
        Storage::Local => " data-local",
        Storage::Forge(_) => "",
    };
    format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n  <meta charset=\"utf-8\">\n  \
         <meta http-equiv=\"content-security-policy\" content=\"{policy}\">\n  \
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n  \
         <meta name=\"robots\" content=\"noindex\">\n  \
         <title>{title} – {name}</title>\n  \
         <link rel=\"icon\" type=\"image/svg+xml\" href=\"{icon}\">\n  \
         <link rel=\"license\" href=\"{licences}\">\n  \
         <script type=\"module\" src=\"{boot}\" data-editor=\"{editor}\" data-icons=\"{icons}\" data-address=\"{address}\" \
         data-components=\"{components}\" \
         data-config=\"/admin/config.yml\" data-language=\"{code}\"{local}></script>\n\
         </head>\n<body>\n<noscript>\n  <p>{script_needed}</p>\n</noscript>\n</body>\n</html>\n"
    )
}

/// The policy of servers (`forms::EDITOR_POLICY`) lets the page talk to any server; this one to those it has to do with.
fn policy(admin: &Admin) -> String {
    let server = match &admin.storage {
        Storage::Local => "",
        Storage::Forge(forge) if forge.kind == ForgeKind::Github => " https://api.github.com",
        Storage::Forge(forge) => return format!("{OWN} {}", forge.website()),
    };
    format!("{OWN}{server}")
}

/// Where the page may look beside that server.
const OWN: &str = "connect-src 'self' blob: data:";
