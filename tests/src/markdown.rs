//! Whatever somebody types, the page stays whole, and code stays as it was typed.

use std::sync::Arc;

use forms::Language;
use generator::parse::markdown::{Body, Piece};
use generator::pictures::Pictures;
use generator::site::Entry;
use generator::source::{Source, SourceFile};
use generator::{Options, load, plan};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::site_test::{NOW, SiteTest};

/// What the text of a page becomes; the source is read from the disk once.
fn body(text: &str) -> Arc<Body> {
    thread_local! {
        static SOURCE: std::cell::RefCell<Source> = std::cell::RefCell::new({
            let site = SiteTest::new();
            let mut source = load::source(&site.path(".")).unwrap();
            // Nothing is drawn here, and these take the longest to read.
            source.theme.templates.clear();
            source.theme.styles.clear();
            source.theme.statics.clear();
            source
        });
    }
    SOURCE.with_borrow_mut(|source| {
        source
            .documents
            .retain(|file| !file.path.ends_with("/tekst.md"));
        let text = format!("---\ntitle: Т\ndescription: О.\n---\n{text}\n");
        source
            .documents
            .push(SourceFile::new("content/pages/tekst.md", text.into_bytes()));
        let options = Options {
            now: NOW.parse::<Timestamp>().unwrap(),
            drafts: false,
            base_url: None,
        };
        let (plan, _) = plan(source, &Pictures::default(), &options);
        let entries = plan.unwrap().site.entries;
        let is_wanted = |entry: &&Arc<Entry>| entry.id.stem.as_str() == "tekst";
        let entry = entries.iter().find(is_wanted).unwrap();
        Arc::clone(&entry.versions[&Language::new("bg")].body)
    })
}

fn html(body: &Body) -> String {
    body.pieces
        .iter()
        .map(|piece| match piece {
            Piece::Html(html) => html.as_str(),
            _ => "",
        })
        .collect()
}

/// Every tag is closed where it must be.
fn is_whole(html: &str) -> bool {
    let mut open = Vec::new();
    for tag in html.split('<').skip(1) {
        let Some((tag, _)) = tag.split_once('>') else {
            return false;
        };
        let name = tag.split([' ', '\n']).next().unwrap();
        match name.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return false,
            Some(_) => {}
            None if ["br", "hr", "img"].contains(&name) => {}
            None => open.push(name),
        }
    }
    open.is_empty()
}

fn texts() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "\n",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n1. ",
        "\n    ",
        "\n  ",
        "> ",
        "- [ ] ",
        "## ",
        "\n#### Д {#д}\n",
        " {#ime}",
        "[!NOTE]\n",
        "[!ВАЖНО]",
        "[!Няма]",
        "*",
        "**",
        "~~",
        "`",
        "```\n",
        "\n```бутон\n",
        "text: Да\n",
        "link: /a.md\n",
        "\n```въпроси\nquestions:\n  - question: К?\n    answer: \"*да\"\n```\n",
        "Таблица: ",
        "\n| А | Б |\n| - | - |\n| а | б |\n",
        "[^a]",
        "\n[^a]: ",
        "[^b]",
        "Дума\n: ",
        "<kbd>",
        "</kbd>",
        "<sub>",
        "</sub>",
        "<abbr title=\"д\">",
        "</abbr>",
        "<b>",
        "\n<div>\n",
        "[тук](/pages/index.md)",
        "[",
        "](",
        ")",
        "![а](/media/а.png)",
        "https://a.bg/б_в",
        "\"",
        "'",
        " - ",
        "--",
        "\\",
        "&amp;",
        "&nbsp;",
        "&",
        "<",
        ">",
        "в ",
        "5 %",
        "дума ",
        "{{ x }}",
        "\r\n",
        "\t",
        "---\n",
        "===\n",
    ]);
    prop::collection::vec(parts, 0..30).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn a_text_never_breaks_its_page(text in texts()) {
        let html = html(&body(&text));
        prop_assert!(is_whole(&html), "{html}");
        prop_assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn code_stays_as_it_was_typed(code in "[a-zа-я \"'.%0-9-]{1,30}[a-z]") {
        let escaped = code.replace('"', "&quot;");
        let inline = html(&body(&format!("В `x{code}` и")));
        let expected = format!("<code>x{escaped}</code>");
        prop_assert!(inline.contains(&expected), "{inline}");
        let block = html(&body(&format!("```text\n{code}\n```")));
        let expected = format!("<code class=\"language-text\">{escaped}\n</code>");
        prop_assert!(block.contains(&expected), "{block}");
    }
}
