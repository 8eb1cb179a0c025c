//! What the templates of the staff area print. One struct per template; every text is ready for a reader.

mod card;
mod check_in;
mod data;
mod exports;
mod lists;
mod processing;
mod record;
mod service_users;
mod statistics;
mod today;

pub(super) use card::{CardPage, SheetForm, card, card_sheet};
pub(super) use check_in::{DoorList, Just, Show, check_in, door_list, heads, namesakes};
pub(super) use data::{DataPage, Found, data};
pub(super) use exports::mark;
pub(super) use lists::{EventRow, ListQuery, counted, event, events};
pub(super) use processing::processing;
pub(super) use record::{Action, Said, registration};
pub(super) use service_users::{CallBacks, service_users};
pub(super) use statistics::{statistics, statistics_sheet};
pub(super) use today::{ToDo, Undelivered, today};

use axum::body::Body;
use axum::http::{Response, StatusCode};
use forms::{Strings, international, moment_in_words};
use jiff::Timestamp;
use serde::Serialize;

use super::Staff;
use super::access::Access;
use super::audit::{Entry, Tampering};
use super::people::Role;
use crate::bundle::{Bundle, Texts, template};
use crate::pages::{Head, render};
use crate::response;

/// What every page shows, and whose it is.
pub(super) struct Context<'a> {
    pub(super) bundle: &'a Bundle,
    pub(super) texts: &'a Texts,
    pub(super) now: Timestamp,
    /// Who is signed in, and as what.
    pub(super) who: Option<(String, Role)>,
    /// What every form of the page carries.
    pub(super) token: String,
}

/// What a template gets beside the page's own.
#[derive(Serialize)]
struct View<'a, V> {
    /// Who is signed in; empty for nobody.
    who: &'a str,
    /// As what, in words.
    role: &'a str,
    /// Where one can go from here.
    menu: Vec<MenuEntry<'a>>,
    /// What every form carries.
    token: &'a str,
    #[serde(flatten)]
    own: &'a V,
}

#[derive(Serialize)]
struct MenuEntry<'a> {
    title: &'a str,
    url: &'static str,
}

/// The pages that are reached from everywhere, with what it takes to open them.
const MENU: [(&str, &str, Access); 6] = [
    ("staff.menu.today", "/staff/", Access::Staff),
    ("staff.menu.events", "/staff/events", Access::CheckIn),
    (
        "staff.menu.service_users",
        "/staff/service-users",
        Access::Registrations,
    ),
    (
        "staff.menu.statistics",
        "/staff/statistics",
        Access::Statistics,
    ),
    ("staff.menu.data", "/staff/data", Access::Requests),
    ("staff.menu.log", "/staff/audit", Access::Audit),
];

impl Context<'_> {
    fn strings(&self) -> &Strings {
        &self.texts.strings
    }

    /// An interface text.
    fn text(&self, path: &str) -> String {
        self.strings().text(path).to_owned()
    }

    /// An address, for whom it is; empty for others.
    fn if_given(&self, access: Access, url: String) -> String {
        let is_given = self
            .who
            .as_ref()
            .is_some_and(|(_, role)| access.is_given_to(*role));
        if is_given { url } else { String::new() }
    }

    /// A number to ring from anywhere (RFC 3966); empty for none.
    fn tel(&self, number: &str) -> String {
        if number.is_empty() {
            return String::new();
        }
        let calling_code = self.bundle.manifest.identity.calling_code.as_deref();
        format!("tel:{}", international(number, calling_code))
    }

    pub(super) fn moment(&self, at: Timestamp) -> String {
        moment_in_words(self.strings(), &at.to_zoned(self.bundle.zone.clone()))
    }

    fn render<V: Serialize>(
        &self,
        template: &str,
        title: &str,
        own: &V,
    ) -> tera::TeraResult<String> {
        let role = self.who.as_ref().map(|(_, role)| *role);
        let in_words = role.map(|role| self.text(&format!("staff.role.{}", role.as_str())));
        let allowed = MENU
            .iter()
            .filter(|(_, _, access)| role.is_some_and(|role| access.is_given_to(role)));
        let view = View {
            who: self.who.as_ref().map_or("", |(who, _)| who),
            role: in_words.as_deref().unwrap_or_default(),
            menu: allowed
                .map(|(path, url, _)| MenuEntry {
                    title: self.strings().text(path),
                    url,
                })
                .collect(),
            token: &self.token,
            own,
        };
        let head = Head {
            title,
            title_prefix: "",
            url: "",
            activity: None,
        };
        render(self.bundle, self.texts, template, &head, &view)
    }
}

fn outside<'a, S>(staff: &'a Staff<S>, texts: &'a Texts, token: &str) -> Context<'a> {
    Context {
        bundle: &staff.app.bundle,
        texts,
        now: staff.app.now(),
        who: None,
        token: token.to_owned(),
    }
}

#[derive(Serialize)]
struct SignInPage<'a> {
    /// Whether what was typed is no address.
    is_wrong: bool,
    /// What was typed; empty at first.
    typed: &'a str,
    /// Where the form goes; empty for the page that asks for an address.
    action: String,
}

/// The page that asks for an address; with what was typed, where it was none.
pub(super) fn sign_in<S>(
    staff: &Staff<S>,
    texts: &Texts,
    token: &str,
    refused: Option<&str>,
) -> tera::TeraResult<String> {
    let view = SignInPage {
        is_wrong: refused.is_some(),
        typed: refused.unwrap_or_default(),
        action: String::new(),
    };
    let context = outside(staff, texts, token);
    context.render(
        template::STAFF_SIGN_IN,
        texts.strings.text("staff.sign_in.heading"),
        &view,
    )
}

/// The page that a link opens: its button lets in.
pub(super) fn link<S>(
    staff: &Staff<S>,
    texts: &Texts,
    token: &str,
    link: &str,
) -> tera::TeraResult<String> {
    let view = SignInPage {
        is_wrong: false,
        typed: "",
        action: format!("/staff/sign-in/{link}"),
    };
    let context = outside(staff, texts, token);
    context.render(
        template::STAFF_SIGN_IN,
        texts.strings.text("staff.sign_in.heading"),
        &view,
    )
}

#[derive(Serialize)]
struct MessagePage {
    heading: String,
    paragraphs: Vec<String>,
}

/// A message, with the way to sign in.
pub(super) fn message<S>(
    staff: &Staff<S>,
    texts: &Texts,
    status: StatusCode,
    name: &str,
) -> Response<Body> {
    let strings = &texts.strings;
    let view = MessagePage {
        heading: strings
            .text(&format!("staff.message.{name}.heading"))
            .to_owned(),
        paragraphs: strings.fill_list(&format!("staff.message.{name}.text"), &[]),
    };
    let context = outside(staff, texts, "");
    let page = context.render(template::STAFF_MESSAGE, &view.heading, &view);
    response::html(status, page, texts)
}

#[derive(Serialize)]
struct LogPage {
    /// How the check of the whole log ended, in words; empty for earlier pages.
    checked: String,
    is_whole: bool,
    rows: Vec<LogRow>,
    /// Where the entries before these are; empty where there are none.
    earlier: String,
}

#[derive(Serialize)]
struct LogRow {
    number: u64,
    /// To be compared with one that was kept elsewhere.
    hash: String,
    at: String,
    who: String,
    what: String,
    about: String,
    reason: String,
}

/// The log of what staff did.
pub(super) fn log(
    context: &Context<'_>,
    entries: &[Entry],
    checked: Option<&Result<u64, Tampering>>,
) -> tera::TeraResult<String> {
    let strings = context.strings();
    let rows = entries.iter().map(|entry| LogRow {
        number: entry.number,
        hash: entry.hash.clone(),
        at: context.moment(entry.at),
        who: entry.who.to_string(),
        what: strings
            .text(&format!("staff.deed.{}", entry.action))
            .to_owned(),
        about: entry.about.clone(),
        reason: entry.reason.clone().unwrap_or_default(),
    });
    let number = |number: &u64| number.to_string();
    let view = LogPage {
        checked: match checked {
            None => String::new(),
            Some(Ok(entries)) => strings.fill("staff.log.whole", &[("n", &number(entries))]),
            Some(Err(Tampering::Changed(entry) | Tampering::Missing(entry))) => {
                strings.fill("staff.log.broken", &[("n", &number(entry))])
            }
        },
        is_whole: checked.is_none_or(Result::is_ok),
        rows: rows.collect(),
        earlier: entries
            .last()
            .filter(|entry| entry.number > 1)
            .map_or_else(String::new, |entry| {
                format!("/staff/audit?before={}", entry.number)
            }),
    };
    context.render(
        template::STAFF_LOG,
        strings.text("staff.log.heading"),
        &view,
    )
}
