//! Signing in to the editor's page with GitHub, which gives a token only to who knows a secret: the page has none.
//!
//! `auth` sends the browser to GitHub with a state that it also keeps in a cookie; `callback` believes what comes back only
//! with that cookie, asks GitHub for the token and hands it to the page that opened the window. Nothing is kept here, and
//! nothing of it is logged. GitLab and Gitea need none of this: there the page proves by itself that it is the same one (PKCE).

mod forge;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header};
use axum::middleware;
use axum::response::IntoResponse;
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::app::App;
use crate::limits::RetryAfter;
use crate::pages::{self, Link, Message};
use crate::settings::EditorSettings;
use crate::store::Store;
use crate::token::SignInToken;
use crate::{request, response, routes};
use forge::{NoToken, Token};
use words::{Problem, choose};

const AUTH: &str = "/forms/editor/auth";
const CALLBACK: &str = "/forms/editor/callback";
const SCRIPT: &str = "/forms/editor/hand-over.js";

/// What the editor calls GitHub.
const PROVIDER: &str = "github";
/// What the editor asks for where it does not say.
const SCOPE: &str = "repo,user";
/// Bound to this very host by its name, and gone with the first answer.
const COOKIE: &str = "__Host-editor-sign-in";
/// The page that hands the token over runs one script of ours and does nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the two addresses need.
struct SignIn<S> {
    app: Arc<App<S>>,
    settings: EditorSettings,
}

/// The addresses by which one signs in to the editor's page.
pub fn router<S: Store>(app: Arc<App<S>>, settings: &EditorSettings) -> Router {
    let settings = settings.clone();
    Router::new()
        .route(AUTH, get(auth::<S>))
        .route(CALLBACK, get(callback::<S>))
        .route(SCRIPT, get(script))
        .layer(middleware::map_response(kept_open))
        .layer(middleware::map_response(response::with_common_headers))
        .layer(middleware::from_fn(routes::log))
        .with_state(Arc::new(SignIn { app, settings }))
}

/// Sends the browser to GitHub.
async fn auth<S: Store>(
    State(sign_in): State<Arc<SignIn<S>>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let SignIn { app, settings } = sign_in.as_ref();
    if request::is_from_elsewhere(&headers, &app.public_url) {
        return apology(app, &headers, Problem::FromElsewhere);
    }
    if asked(&uri, "provider").is_some_and(|provider| provider != PROVIDER) {
        return apology(app, &headers, Problem::OtherForge);
    }
    let token = SignInToken {
        state: URL_SAFE_NO_PAD.encode(app.random_bytes::<32>()),
        issued_at: app.now(),
    };
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", &settings.client_id)
        .append_pair("redirect_uri", &app.absolute(CALLBACK))
        .append_pair("scope", &scope(asked(&uri, "scope")))
        .append_pair("state", &token.state)
        .finish();
    let location = format!("{}/login/oauth/authorize?{query}", settings.url);
    let cookie = cookie(
        &token.seal(&app.keys.tokens),
        SignInToken::LIFETIME.as_secs(),
    );
    let headers = [(header::LOCATION, location), (header::SET_COOKIE, cookie)];
    (StatusCode::FOUND, headers).into_response()
}

/// Takes what GitHub sends back by the browser.
async fn callback<S: Store>(
    State(sign_in): State<Arc<SignIn<S>>>,
    request: Request,
) -> Response<Body> {
    let app = &sign_in.app;
    let code = code(&sign_in, &request);
    let (head, _) = request.into_parts();
    let headers = &head.headers;
    let token = match code {
        Ok(code) => token(&sign_in, code).await,
        Err(problem) => Err(problem),
    };
    let mut answer = match token {
        Ok(token) => {
            tracing::info!("signed in to the editor's page");
            handed_over(app, headers, &token)
        }
        Err(problem) => {
            tracing::info!(?problem, "not signed in to the editor's page");
            apology(app, headers, problem)
        }
    };
    // Once, however it went.
    if let Ok(gone) = HeaderValue::from_str(&cookie("", 0)) {
        answer.headers_mut().insert(header::SET_COOKIE, gone);
    }
    response::keep_address_secret(answer)
}

/// What GitHub can be asked with, if this is the answer to a question of ours, in the browser that asked it.
fn code<S>(sign_in: &SignIn<S>, request: &Request) -> Result<String, Problem> {
    let app = &sign_in.app;
    let uri = request.uri();
    let begun = kept(request.headers())
        .and_then(|text| SignInToken::open(&app.keys.tokens, text))
        .filter(|begun| !begun.is_stale(app.now()))
        .ok_or(Problem::NotOurs)?;
    if asked(uri, "state").is_none_or(|state| state != begun.state) {
        return Err(Problem::NotOurs);
    }
    if let Some(error) = asked(uri, "error") {
        if error == "access_denied" {
            return Err(Problem::Cancelled);
        }
        tracing::warn!(
            error = forge::name(&error),
            "GitHub refuses the editor's page"
        );
        return Err(Problem::SetUp);
    }
    let code = asked(uri, "code").ok_or(Problem::NotOurs)?;
    // Each of these is a question to GitHub.
    let address = app.limiter.client_address.of(request);
    let counted = app.limiter.check(address, app.now());
    counted.map_err(|RetryAfter(_)| Problem::TooMany)?;
    Ok(code)
}

/// What GitHub gives for it.
async fn token<S>(sign_in: &SignIn<S>, code: String) -> Result<Token, Problem> {
    let SignIn { app, settings } = sign_in;
    let (settings, redirect) = (settings.clone(), app.absolute(CALLBACK));
    let exchanged =
        tokio::task::spawn_blocking(move || forge::exchange(&settings, &code, &redirect));
    let exchanged = exchanged
        .await
        .unwrap_or_else(|error| Err(NoToken::Unreachable(error.to_string())));
    exchanged.map_err(|reason| {
        tracing::warn!(?reason, "GitHub gives no token");
        match reason {
            NoToken::Unreachable(_) => Problem::Unreachable,
            NoToken::Spent => Problem::NotOurs,
            NoToken::SetUp(_) => Problem::SetUp,
        }
    })
}

async fn script() -> Response<Body> {
    let script = include_str!("editor/hand-over.js");
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        script,
    )
        .into_response()
}

/// The page that hands the token to the one that opened the window.
fn handed_over<S>(app: &App<S>, headers: &HeaderMap, token: &Token) -> Response<Body> {
    let language = language(app, headers);
    let [heading, text, back] =
        [words::SIGNED_IN, words::CLOSES, words::TO_EDITOR].map(|both| choose(both, language));
    let (token, editor) = (token.text(), forms::EDITOR);
    let page = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n  <meta charset=\"utf-8\">\n  \
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n  \
         <meta name=\"robots\" content=\"noindex\">\n  <title>{heading}</title>\n  \
         <script src=\"{SCRIPT}\" data-provider=\"{PROVIDER}\" data-token=\"{token}\" defer></script>\n\
         </head>\n<body>\n<main>\n  <h1>{heading}</h1>\n  <p>{text}</p>\n  \
         <p><a href=\"{editor}\">{back}</a></p>\n</main>\n</body>\n</html>\n"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, page).into_response()
}

/// A page that says why nobody is signed in, and what to do.
fn apology<S>(app: &App<S>, headers: &HeaderMap, problem: Problem) -> Response<Body> {
    let texts = request::texts(&app.bundle, None, headers);
    let say = |both| choose(both, texts.language().as_str()).to_owned();
    let mut links = vec![Link {
        title: say(words::TO_EDITOR),
        url: forms::EDITOR.to_owned(),
    }];
    if problem.may_try_again() {
        let again = Link {
            title: say(words::TRY_AGAIN),
            url: AUTH.to_owned(),
        };
        links.insert(0, again);
    }
    let message = Message {
        heading: say(problem.heading()),
        paragraphs: vec![say(problem.text())],
        links,
    };
    let page = pages::message_page(&app.bundle, texts, None, &message);
    response::html(problem.status(), page, texts)
}

/// The language of the page that is ours alone.
fn language<S>(app: &App<S>, headers: &HeaderMap) -> &'static str {
    match request::texts(&app.bundle, None, headers)
        .language()
        .as_str()
    {
        "bg" => "bg",
        _ => "en",
    }
}

/// Lets the window keep the one that opened it: the policy of all other pages would part them on the way.
async fn kept_open(mut answer: Response<Body>) -> Response<Body> {
    let policy = HeaderValue::from_static("unsafe-none");
    let name = header::HeaderName::from_static("cross-origin-opener-policy");
    answer.headers_mut().insert(name, policy);
    answer
}

/// What the editor asks for, if it is one of the things that it may ask for.
fn scope(asked: Option<String>) -> String {
    const KNOWN: [&str; 3] = ["public_repo", "repo", "user"];
    let known = |scope: &String| scope.split(',').all(|part| KNOWN.contains(&part));
    asked.filter(known).unwrap_or_else(|| SCOPE.to_owned())
}

/// The first value of this name in an address.
fn asked(uri: &Uri, name: &str) -> Option<String> {
    let query = uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes())
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

/// What the browser kept.
fn kept(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).into_iter();
    let mut pairs = cookies
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

fn cookie(value: &str, seconds: i64) -> String {
    // Lax: it has to come along when GitHub sends the browser back.
    format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax")
}
