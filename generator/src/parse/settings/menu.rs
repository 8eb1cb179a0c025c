//! The menus: what they lead to, one level deep, for all languages together or for each by itself.

use std::collections::BTreeMap;

use forms::Language;

use crate::diagnostic::{Diagnostic, Placed, Text};
use crate::parse::document::{DocumentId, Section};
use crate::parse::fields::{Fields, Spanned};
use crate::parse::yaml::{Node, Value};

/// A menu in every language.
#[derive(Debug, Default)]
pub struct Menu {
    /// The menu of languages that have none of their own.
    shared: Vec<MenuItem>,
    own: BTreeMap<Language, Vec<MenuItem>>,
}

/// An entry of a menu.
#[derive(Clone, Debug)]
pub struct MenuItem {
    /// Where it leads.
    pub target: Placed<MenuTarget>,
    /// The entries under it.
    pub children: Vec<Placed<MenuTarget>>,
}

/// What an entry of a menu leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MenuTarget {
    /// A list.
    Section(Section),
    /// The list of tags.
    Tags,
    /// The list of all pages by letter.
    AToZ,
    /// A page.
    Document(DocumentId),
}

impl MenuTarget {
    fn parse(text: &str) -> Option<MenuTarget> {
        let section = |section: &Section| section.folder() == text;
        match text {
            "tags" => Some(MenuTarget::Tags),
            "a_z" => Some(MenuTarget::AToZ),
            _ => match Section::LISTED.into_iter().find(section) {
                Some(section) => Some(MenuTarget::Section(section)),
                None => DocumentId::parse(text).map(MenuTarget::Document),
            },
        }
    }

    /// As it is written in the settings.
    pub fn name(&self) -> String {
        match self {
            MenuTarget::Section(section) => section.folder().to_owned(),
            MenuTarget::Tags => "tags".to_owned(),
            MenuTarget::AToZ => "a_z".to_owned(),
            MenuTarget::Document(id) => format!("{}/{}", id.section.folder(), id.stem),
        }
    }
}

impl Menu {
    /// The menu of a language.
    pub fn of(&self, language: &Language) -> &[MenuItem] {
        self.own.get(language).unwrap_or(&self.shared)
    }

    /// The entries of the menu that languages without one of their own have.
    pub fn shared(&self) -> impl Iterator<Item = &Placed<MenuTarget>> {
        targets(&self.shared)
    }

    /// The entries that one language alone has.
    pub fn own(&self) -> impl Iterator<Item = (&Language, &Placed<MenuTarget>)> {
        let menus = self.own.iter();
        menus.flat_map(|(language, items)| targets(items).map(move |target| (language, target)))
    }
}

fn targets(items: &[MenuItem]) -> impl Iterator<Item = &Placed<MenuTarget>> {
    items
        .iter()
        .flat_map(|item| std::iter::once(&item.target).chain(&item.children))
}

/// Reads a menu: a list of targets, or such a list for each language.
pub(super) fn menu(
    fields: &mut Fields<'_>,
    name: &'static str,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Menu {
    let Some(Node {
        value: Value::Map(_),
        ..
    }) = fields.node(name)
    else {
        return Menu {
            shared: items(fields, name, diagnostics),
            own: BTreeMap::new(),
        };
    };
    let Some(inside) = fields.inside(name, diagnostics) else {
        return Menu::default();
    };
    let own = inside.all().iter().filter_map(|(key, node)| {
        let Some(language) = languages.iter().find(|known| known.as_str() == key.text) else {
            let known: Vec<&str> = languages.iter().map(Language::as_str).collect();
            inside.report(
                "S02",
                &key.span,
                Text::new(
                    format!("„{}“ не е език на сайта", key.text),
                    format!("“{}” is not a language of the site", key.text),
                ),
                Some(Text::new(
                    format!("меню може да има за: {}", known.join(", ")),
                    format!("there can be a menu for: {}", known.join(", ")),
                )),
                diagnostics,
            );
            return None;
        };
        Some((language.clone(), items_of(&inside, node, diagnostics)))
    });
    Menu {
        shared: Vec::new(),
        own: own.collect(),
    }
}

fn items(
    fields: &mut Fields<'_>,
    name: &'static str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<MenuItem> {
    let node = fields.node(name);
    node.map_or_else(Vec::new, |node| items_of(fields, node, diagnostics))
}

fn items_of(fields: &Fields<'_>, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<MenuItem> {
    let nodes = match &node.value {
        Value::List(nodes) => nodes.as_slice(),
        Value::Empty => &[],
        _ => std::slice::from_ref(node),
    };
    let items = nodes.iter().filter_map(|node| match &node.value {
        Value::Map(_) => nested(fields, node, diagnostics),
        _ => Some(MenuItem {
            target: target_of(fields, node, diagnostics)?,
            children: Vec::new(),
        }),
    });
    items.collect()
}

/// `{ page: …, inside: [ … ] }`
fn nested(fields: &Fields<'_>, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<MenuItem> {
    let mut item = Fields::of(fields.file, node, diagnostics);
    let page = item.required_text("page", diagnostics);
    let children = item.texts("inside", diagnostics);
    item.finish(diagnostics);
    let children = children
        .into_iter()
        .filter_map(|child| target(fields, child, diagnostics));
    let children = children.collect();
    Some(MenuItem {
        target: target(fields, page?, diagnostics)?,
        children,
    })
}

fn target_of(
    fields: &Fields<'_>,
    node: &Node,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Placed<MenuTarget>> {
    let text = match &node.value {
        Value::Text(text) => text.trim_end(),
        _ => "",
    };
    let text = Spanned {
        value: text.to_owned(),
        span: node.span.clone(),
    };
    target(fields, text, diagnostics)
}

/// What a text of the settings leads to.
pub(super) fn target(
    fields: &Fields<'_>,
    text: Spanned<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Placed<MenuTarget>> {
    let target = MenuTarget::parse(&text.value);
    if target.is_none() {
        fields.report(
            "S02",
            &text.span,
            Text::new(
                format!("„{}“ не е раздел или страница", text.value),
                format!("“{}” is not a section or a page", text.value),
            ),
            Some(Text::new(
                "пишете напр. news или pages/kontakti",
                "write for example news or pages/kontakti",
            )),
            diagnostics,
        );
    }
    Some(fields.placed(Spanned {
        value: target?,
        span: text.span,
    }))
}
