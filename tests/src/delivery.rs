//! What the site says to servers and browsers beside its pages: `_headers`, `_redirects`, and that every page keeps to it.

use std::collections::BTreeMap;
use std::fs;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use generator::cli::Status;
use scraper::{Html, Selector};
use sha2::{Digest, Sha384};

use crate::photographs::jpeg;
use crate::site_test::{SiteTest, repository};

const NEWS: &str =
    "---\ntitle: Новина\ndescription: Описание.\ndate: 2026-05-12\nALIASES---\n\nТекст.\n";

fn news(aliases: &str) -> String {
    NEWS.replace("ALIASES", &format!("aliases: {aliases}\n"))
}

/// The rules of `_headers` by what they fit.
fn rules(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut rules = BTreeMap::new();
    let mut last = String::new();
    for line in text.lines() {
        match line.strip_prefix("  ") {
            None => line.clone_into(&mut last),
            // Taken back where another rule says it, and said anew below.
            Some(header) if header.starts_with("! ") => {}
            Some(header) => {
                let (name, value) = header.split_once(": ").unwrap();
                let rule: &mut BTreeMap<_, _> = rules.entry(last.clone()).or_default();
                assert!(rule.insert(name.to_owned(), value.to_owned()).is_none());
            }
        }
    }
    rules
}

/// Whether a rule of `_headers` fits an address; a star stands for anything.
fn fits(rule: &str, path: &str) -> bool {
    let Some((before, after)) = rule.split_once('*') else {
        return rule == path;
    };
    path.len() >= before.len() + after.len() && path.starts_with(before) && path.ends_with(after)
}

#[test]
fn the_policy_lets_pages_do_what_they_need_and_nothing_else() {
    let site = SiteTest::new().build();
    let rules = rules(&site.output("site/_headers"));
    let all = &rules["/*"];
    let policy = &all["content-security-policy"];
    let parts: BTreeMap<&str, &str> = policy
        .split("; ")
        .map(|part| part.split_once(' ').unwrap())
        .collect();
    for (name, sources) in &parts {
        assert!(matches!(*sources, "'self'" | "'none'"), "{name} {sources}");
    }
    for closed in ["default-src", "base-uri", "frame-ancestors"] {
        assert_eq!(parts[closed], "'none'");
    }
    assert_eq!(parts["form-action"], "'self'");
    for header in [
        "strict-transport-security",
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
    ] {
        assert!(all.contains_key(header), "{header}");
    }
}

#[test]
fn no_file_has_two_values_of_one_header_since_hosts_would_join_them() {
    let site = SiteTest::from_content(&repository().join("content")).build();
    let rules = rules(&site.output("site/_headers"));
    let text = site.output("site/_headers");
    let taken_back: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("  ! "))
        .collect();
    for (path, _) in site.files("dist/site") {
        let path = format!("/{}", path.trim_end_matches("index.html"));
        let mut seen = BTreeMap::new();
        for (rule, headers) in rules.iter().filter(|(rule, _)| fits(rule, &path)) {
            for name in headers.keys() {
                if rule == "/admin/*" && taken_back.contains(&name.as_str()) {
                    continue;
                }
                let other = seen.insert(name, rule);
                assert!(other.is_none(), "{path}: {name} of {rule} and {other:?}");
            }
        }
    }
}

#[test]
fn what_is_kept_for_good_is_named_by_its_content() {
    let site = SiteTest::from_content(&repository().join("content")).build();
    let rules = rules(&site.output("site/_headers"));
    for (rule, headers) in &rules {
        let kept = headers.get("cache-control").map_or("", String::as_str);
        assert_eq!(kept.contains("immutable"), rule == "/assets/*", "{rule}");
    }
    let assets = site.files("dist/site/assets");
    assert!(!assets.is_empty());
    for (path, _) in assets {
        let is_hash =
            |part: &str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        // A picture that was made says after the hash which one it is.
        let mut parts = path.split('.').skip(1);
        let hashes = |part: &str| part.split('-').next().is_some_and(is_hash);
        assert!(parts.any(hashes), "{path}");
    }
}

#[test]
fn pictures_that_were_made_are_kept_for_good_and_files_under_their_own_names_are_not() {
    let site = SiteTest::new().file(
        "content/pages/proba.md",
        "---\ntitle: Проба\ndescription: Проба.\n---\n![Екипът](/media/ekip.jpg)\n",
    );
    site.change("content/media/ekip.jpg", &jpeg(400, 300));
    let site = site.build();
    let page = Html::parse_document(&site.output("site/proba/index.html"));
    let shown = page.select(&Selector::parse("main img").unwrap()).next();
    let shown = shown.unwrap().attr("src").unwrap();
    assert!(forms::kept(shown).contains("immutable"), "{shown}");
    assert!(site.path(&format!("dist/site{shown}")).exists());
    let media: Vec<String> = site
        .files("dist/site/media")
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    assert_eq!(media, ["ekip.jpg"]);
    assert!(!forms::kept("/media/ekip.jpg").contains("immutable"));
}

/// Whatever the policy would block, and every host but the site's own.
pub(crate) fn keeps_to_the_policy(site: &SiteTest) {
    let all = |page: &Html, selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).map(|found| found.html()).collect()
    };
    let mut pages = 0;
    for (path, bytes) in site.files("dist/site") {
        if !path.ends_with(".html") {
            continue;
        }
        pages += 1;
        let page = Html::parse_document(&String::from_utf8(bytes).unwrap());
        let blocked = "style, [style], iframe, object, embed, base, frame, \
                       script:not([src]):not([type='application/ld+json'])";
        assert_eq!(all(&page, blocked), [""; 0], "{path}");
        for element in page.tree.values().filter_map(|node| node.as_element()) {
            for (name, value) in element.attrs() {
                assert!(!name.starts_with("on"), "{path}: {name}");
                let is_loaded = match name {
                    "src" | "srcset" | "poster" | "data" | "action" | "formaction" => true,
                    "href" => element.name() == "link" && !is_only_said(element.attr("rel")),
                    _ => false,
                };
                let is_foreign = value.contains("//") || value.starts_with("data:");
                assert!(!(is_loaded && is_foreign), "{path}: {name}={value}");
            }
        }
    }
    assert!(pages > 0);
    for (path, bytes) in site.files("dist/site") {
        // The editor's page is a program of its own; a browser test sees whom it asks.
        if path.starts_with("assets/admin/") {
            continue;
        }
        if path.ends_with(".css") || path.ends_with(".js") {
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.contains("://") && !text.contains("@import"), "{path}");
        }
    }
}

/// Links of the head that a browser does not follow by itself.
fn is_only_said(rel: Option<&str>) -> bool {
    matches!(rel, Some("canonical" | "alternate"))
}

#[test]
fn every_page_keeps_to_the_policy() {
    keeps_to_the_policy(&SiteTest::from_content(&repository().join("content")).build());
    for case in ["markdown", "form-kinds", "lists", "events"] {
        keeps_to_the_policy(&SiteTest::case(case).build());
    }
}

#[test]
fn a_former_address_leads_to_the_page() {
    let site = SiteTest::new()
        .file(
            "content/news/novina.md",
            &news("[/novini/staro, /новини/старо/, /old.php]"),
        )
        .file(
            "content/news/novina.en.md",
            "---\ntitle: News\ndescription: Words.\naliases: [/en/news/old/]\n---\n\nText.\n",
        )
        .build();
    assert_eq!(
        site.output("site/_redirects"),
        "/en/news/old/ /en/news/novina/ 301\n\
         /en/news/old /en/news/novina/ 301\n\
         /novini/staro/ /novini/novina/ 301\n\
         /novini/staro /novini/novina/ 301\n\
         /old.php /novini/novina/ 301\n\
         /%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/%D1%81%D1%82%D0%B0%D1%80%D0%BE/ /novini/novina/ 301\n\
         /%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/%D1%81%D1%82%D0%B0%D1%80%D0%BE /novini/novina/ 301\n"
    );
}

#[test]
fn a_former_address_that_is_none_is_refused_with_the_reason() {
    let site = SiteTest::new()
        .file("content/news/a.md", &news("[/novini/staro]"))
        .file(
            "content/news/b.md",
            &news("[/novini/staro/, /novini/a, /novini/b/, \"https://example.org/b\", /404.html, /forms/b]"),
        );
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, Status::Refused);
    for message in [
        "error[P04]: the address /novini/staro/ leads elsewhere already: content/news/a.md, line 5",
        "error[P04]: there is another page at the address /novini/a/",
        "error[P04]: /novini/b/ is the address that this page has now",
        "error[P03]: an old address is written like /news/old-name/, without the name of the site",
        "error[P03]: “/forms/b” is no former address of a page of the site",
        "error[P04]: there is another page at the address /404.html",
    ] {
        assert!(
            ran.messages.contains(message),
            "{message}\n{}",
            ran.messages
        );
    }
    assert_eq!(ran.messages.matches("error[P0").count(), 6);
}

#[test]
fn a_browser_can_tell_whether_the_style_sheet_is_ours() {
    let site = SiteTest::new().build();
    let (page, link) = (
        Html::parse_document(&site.output("site/index.html")),
        "link[integrity]",
    );
    let link = page.select(&Selector::parse(link).unwrap()).next().unwrap();
    let href = link.attr("href").unwrap();
    let bytes = fs::read(site.path(&format!("dist/site{href}"))).unwrap();
    let hash = STANDARD.encode(Sha384::digest(bytes));
    assert_eq!(link.attr("integrity").unwrap(), format!("sha384-{hash}"));
}

#[test]
fn files_that_the_style_sheet_names_are_found_under_their_new_names() {
    let css = "@font-face { src: url(\"../static/fonts/a.woff2\") format(\"woff2\"); }\n\
               /* url(never.svg) */\n\
               .a { background: url( icon.svg ) , url('data:image/svg+xml,<svg/>'); }\n";
    let site = SiteTest::new();
    site.change("themes/centre/css/utilities.css", css.as_bytes());
    site.change("themes/centre/static/fonts/a.woff2", b"font");
    let site = site.build();
    let files = site.files("dist/site/assets");
    let main = files
        .iter()
        .find(|(path, _)| path.starts_with("main."))
        .unwrap();
    let css = String::from_utf8(main.1.clone()).unwrap();
    for (name, ending) in [("fonts/a.", "woff2"), ("icon.", "svg")] {
        let mut paths = files.iter().map(|(path, _)| path);
        let path = paths.find(|path| path.starts_with(name) && path.ends_with(ending));
        assert!(
            css.contains(&format!("url(/assets/{})", path.unwrap())),
            "{css}"
        );
    }
    assert!(css.contains("url('data:image/svg+xml,<svg/>')") && !css.contains("never"));
}

#[test]
fn a_file_that_the_style_sheet_names_and_nobody_has_is_found_with_its_line() {
    let site = SiteTest::new();
    site.change(
        "themes/centre/css/utilities.css",
        b".a {\n  background: url(icno.svg);\n}\n",
    );
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, Status::Refused);
    let message = "error[E03]: there is no file icno.svg\n --> themes/centre/css/utilities.css:2:15\n\
                   2 |   background: url(icno.svg);\n  |               ^^^^^^^^^^^^^\n  = help: did you mean  icon.svg\n";
    assert!(ran.messages.contains(message), "{}", ran.messages);
}

#[test]
fn every_feed_has_its_content_type_also_that_of_the_site() {
    let site = SiteTest::case("feeds").build();
    let rules = rules(&site.output("site/_headers"));
    for (path, _) in site.files("dist/site") {
        let path = format!("/{path}");
        let ends = ["/feed.xml", "/feed.json", ".ics"];
        if !ends.iter().any(|end| path.ends_with(end)) {
            continue;
        }
        let mut said = rules.iter().filter(|(rule, _)| fits(rule, &path));
        let said = said.find_map(|(_, headers)| headers.get("content-type"));
        assert_eq!(
            said.map(String::as_str),
            forms::content_type(&path),
            "{path}"
        );
    }
}

/// What a host sends with an address: the rules in order, each header with its value, or taken back.
fn sent(text: &str, path: &str, knows_to_take_back: bool) -> BTreeMap<String, String> {
    let (mut sent, mut fit) = (BTreeMap::<String, String>::new(), false);
    for line in text.lines() {
        let Some(header) = line.strip_prefix("  ") else {
            fit = fits(line, path);
            continue;
        };
        if !fit {
            continue;
        }
        match (header.strip_prefix("! "), header.split_once(": ")) {
            (Some(name), _) if knows_to_take_back => {
                sent.remove(name);
            }
            // Cloudflare joins what several rules say.
            (None, Some((name, value))) if knows_to_take_back => {
                let said = sent.entry(name.to_owned()).or_default();
                if !said.is_empty() {
                    said.push_str(", ");
                }
                said.push_str(value);
            }
            // Netlify passes over the other line, and lets the last rule count.
            (None, Some((name, value))) => {
                sent.insert(name.to_owned(), value.to_owned());
            }
            _ => {}
        }
    }
    sent
}

#[test]
fn the_editor_has_its_own_policy_on_hosts_that_join_rules_and_on_hosts_where_the_last_one_counts() {
    let site = SiteTest::new();
    let settings = fs::read_to_string(site.path("content/site.yaml")).unwrap();
    let site = site
        .file(
            "content/site.yaml",
            &format!("{settings}admin: {{ backend: local }}\n"),
        )
        .build();
    let text = site.output("site/_headers");
    for joins in [true, false] {
        for path in ["/admin/", "/admin/config.yml", "/admin/components.json"] {
            let sent = sent(&text, path, joins);
            assert_eq!(sent["content-security-policy"], forms::EDITOR_POLICY);
            for (name, value) in forms::EDITOR_HEADERS {
                assert_eq!(sent[name], value, "{path}");
            }
            assert_eq!(sent["x-content-type-options"], "nosniff");
        }
        for path in ["/", "/en/", "/assets/admin/boot.js", "/administration/"] {
            let sent = sent(&text, path, joins);
            assert_eq!(
                sent["content-security-policy"],
                forms::CONTENT_SECURITY_POLICY,
                "{path}"
            );
            assert_eq!(sent["cross-origin-opener-policy"], "same-origin");
            assert!(!sent.contains_key("x-robots-tag"));
        }
    }
}
