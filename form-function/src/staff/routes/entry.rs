//! In and out.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use forms::ContactHash;
use jiff::ToSpan;

use super::{Asked, Segment, segment};
use crate::app::Delivery;
use crate::bundle::Texts;
use crate::keys::{Use, hexadecimal};
use crate::mail::Mailer;
use crate::mail::compose::sign_in_mail;
use crate::staff::guard::{self, BROWSER, Network, SESSION, Secret, SignedIn, Values};
use crate::staff::people::StaffAddress;
use crate::staff::session::{self, LONGEST, Ticket};
use crate::staff::sign_in::{self, Refused};
use crate::staff::{Staff, pages};
use crate::store::{Allowance, Answer, Documents, Mails, Store};
use crate::{request, response};

/// How many links are sent to one address on one day at the asking of one network. A stranger cannot use up those of others.
const LINKS_A_DAY_AND_NETWORK: u32 = 10;

/// How many are sent to it whoever asks.
const LINKS_A_DAY: u32 = 100;

pub(super) async fn sign_in_page<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
) -> Response<Body> {
    let texts = request::texts(&staff.app.bundle, None, &headers);
    let browser =
        guard::cookie(&headers, BROWSER).unwrap_or_else(|| Ticket::generate(&staff.app.random));
    let token = guard::form_token(&staff, &browser);
    let page = pages::sign_in(&staff, texts, &token, None);
    let answer = response::html(StatusCode::OK, page, texts);
    // Again each time, so that it lasts as long as the link that is asked for. Lax: a mail program on the web is another site,
    // and its link has to find the browser that asked.
    with_cookie(answer, BROWSER, Some(&browser), LONGEST.as_secs(), "Lax")
}

/// The answer is the same for everybody, and comes before anything is looked up.
pub(super) async fn ask<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    Extension(Secret(browser)): Extension<Secret>,
    Extension(network): Extension<Network>,
    Extension(values): Values,
) -> Response<Body> {
    let texts = request::texts(&staff.app.bundle, None, &headers);
    let typed = values.get("email");
    let Some(who) = StaffAddress::parse(typed) else {
        let token = guard::form_token(&staff, &browser);
        let page = pages::sign_in(&staff, texts, &token, Some(typed));
        return response::html(StatusCode::UNPROCESSABLE_ENTITY, page, texts);
    };
    let language = texts.language().clone();
    let sending = {
        let staff = Arc::clone(&staff);
        async move {
            let texts = staff.app.bundle.texts(&language);
            if let Err(error) = send_link(&staff, texts, &who, &browser, network).await {
                crate::logs::fault(&error);
            }
        }
    };
    match staff.app.delivery {
        Delivery::InBackground(_) => drop(tokio::spawn(sending)),
        #[cfg(feature = "embedded")]
        Delivery::AtOnce(..) => sending.await,
    }
    pages::message(&staff, texts, StatusCode::OK, "link_sent")
}

/// Sends a link to whoever is of staff, and nothing to anybody else.
async fn send_link<S: Store + Documents>(
    staff: &Staff<S>,
    texts: &Texts,
    who: &StaffAddress,
    browser: &Ticket,
    Network(network): Network,
) -> Answer<()> {
    if staff.list.role(who).is_none() {
        return Ok(());
    }
    let app = &staff.app;
    let now = app.now();
    let network = network.map_or_else(String::new, |network| network.to_string());
    for (network, limit) in [
        (network.as_str(), LINKS_A_DAY_AND_NETWORK),
        ("all", LINKS_A_DAY),
    ] {
        let allowance = allowance(staff, who, network, limit);
        if !app.store.spend(&allowance).await? {
            tracing::warn!("somebody of staff asked for too many links; none was sent");
            return Ok(());
        }
    }
    let link = Ticket::generate(&app.random);
    sign_in::ask(app.store.as_ref(), &link, browser, who, now).await?;
    let url = app.absolute(&format!("/staff/sign-in/{}", link.reveal()));
    match sign_in_mail(
        &app.bundle,
        texts,
        &app.public_url,
        who.as_str(),
        &url,
        &link.hash(),
        now,
    ) {
        Ok(mail) => {
            if let Err(error) = staff.mailer.send(&mail).await {
                tracing::error!(%error, "a link for staff could not be sent");
            }
        }
        Err(error) => tracing::error!(%error, "a link for staff could not be drawn"),
    }
    Ok(())
}

/// So many links for this address at the asking of this network today.
fn allowance<S>(staff: &Staff<S>, who: &StaffAddress, network: &str, limit: u32) -> Allowance {
    let app = &staff.app;
    let today = app.now().to_zoned(app.bundle.zone.clone()).date();
    let fields: [&[u8]; 3] = [b"staff", who.as_str().as_bytes(), network.as_bytes()];
    let person = app.keys.index.hash(Use::Contacts, &fields);
    let end = today
        .saturating_add(2.days())
        .to_zoned(app.bundle.zone.clone());
    Allowance {
        person: ContactHash(hexadecimal(&person)),
        of: Mails::SignIn,
        day: today,
        limit,
        expires_at: end.map_or(app.now(), |end| end.timestamp()),
    }
}

/// What the link in the mail opens. Lets nobody in: programs open links in mail.
pub(super) async fn link_page<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    link: Segment,
) -> Response<Body> {
    let texts = request::texts(&staff.app.bundle, None, &headers);
    let Some(link) = Ticket::parse(&segment(link)) else {
        return pages::message(&staff, texts, StatusCode::NOT_FOUND, "link_over");
    };
    let Some(browser) = guard::cookie(&headers, BROWSER) else {
        return pages::message(&staff, texts, StatusCode::FORBIDDEN, "other_browser");
    };
    let token = guard::form_token(&staff, &browser);
    let page = pages::link(&staff, texts, &token, link.reveal());
    response::html(StatusCode::OK, page, texts)
}

pub(super) async fn redeem<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    link: Segment,
) -> Response<Body> {
    let texts = request::texts(&staff.app.bundle, None, &headers);
    match let_in(&staff, &headers, &segment(link)).await {
        Ok(Ok(ticket)) => with_cookie(
            response::see_other("/staff/"),
            SESSION,
            Some(&ticket),
            LONGEST.as_secs(),
            "Strict",
        ),
        Ok(Err(Refused::Over)) => pages::message(&staff, texts, StatusCode::GONE, "link_over"),
        Ok(Err(Refused::OtherBrowser)) => {
            pages::message(&staff, texts, StatusCode::FORBIDDEN, "other_browser")
        }
        Err(error) => response::unavailable_page(&staff.app, texts, None, &error),
    }
}

async fn let_in<S: Store + Documents>(
    staff: &Staff<S>,
    headers: &HeaderMap,
    link: &str,
) -> Answer<Result<Ticket, Refused>> {
    let app = &staff.app;
    let Some(link) = Ticket::parse(link) else {
        return Ok(Err(Refused::Over));
    };
    let browser = guard::cookie(headers, BROWSER);
    let now = app.now();
    let who = match sign_in::redeem(app.store.as_ref(), &link, browser.as_ref(), now).await? {
        Ok(who) => who,
        Err(refused) => return Ok(Err(refused)),
    };
    // Whoever was taken off the list in the meantime stays outside.
    let Some(role) = staff.list.role(&who) else {
        return Ok(Err(Refused::Over));
    };
    let deed = crate::staff::audit::Deed {
        at: now,
        who: &who,
        role,
        action: "sign_in",
        about: "",
        reason: None,
    };
    crate::staff::audit::write(app.store.as_ref(), &app.keys.index, &deed).await?;
    let ticket = Ticket::generate(&app.random);
    session::open(app.store.as_ref(), &ticket, &who, now).await?;
    Ok(Ok(ticket))
}

pub(super) async fn sign_out<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let closed = session::close(staff.app.store.as_ref(), &asked.who.ticket).await;
    out(&asked, closed)
}

pub(super) async fn sign_out_everywhere<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let closed = session::close_all(staff.app.store.as_ref(), &asked.who.who).await;
    out(&asked, closed)
}

fn out<S: Store + Documents>(asked: &Asked<'_, S>, closed: Answer<()>) -> Response<Body> {
    match closed {
        Ok(()) => {
            let answer = pages::message(asked.staff, asked.texts, StatusCode::OK, "goodbye");
            with_cookie(answer, SESSION, None, 0, "Strict")
        }
        Err(error) => asked.unavailable(&error),
    }
}

/// Sets a cookie that only this host gets back, and only over TLS (RFC 6265bis, 4.1); or takes it away.
fn with_cookie(
    mut answer: Response<Body>,
    name: &str,
    value: Option<&Ticket>,
    seconds: i64,
    same_site: &str,
) -> Response<Body> {
    let value = value.map_or("", Ticket::reveal);
    let cookie = format!(
        "{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite={same_site}"
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}
