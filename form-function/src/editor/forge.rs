//! SHELL: GitHub is asked for a token, by the only call that this program makes to anybody but its store.

use std::time::Duration;

use serde::Deserialize;
use ureq::Agent;

use crate::settings::EditorSettings;

/// Whoever waits looks at a small window.
const PATIENCE: Duration = Duration::from_secs(10);
/// More than any answer of a forge has.
const LARGEST_ANSWER: u64 = 64 * 1024;

/// What lets the editor's page write into the repository. It has no `Debug`, so that it gets into no log.
pub(super) struct Token(String);

/// Why there is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum NoToken {
    /// The forge does not answer, or not as it should.
    Unreachable(String),
    /// The code was used before, or is too old.
    Spent,
    /// It knows our page under another name, secret or address. Its word for that.
    SetUp(String),
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    access_token: String,
    error: String,
}

impl Token {
    /// The token, if this is what one looks like: it goes into a page as it is.
    fn read(text: String) -> Option<Token> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
        (!text.is_empty() && text.bytes().all(fits)).then_some(Token(text))
    }

    /// The text, which needs no escapes in a page.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

/// Exchanges what the forge sent by the browser for a token. Waits for the answer.
pub(super) fn exchange(
    settings: &EditorSettings,
    code: &str,
    redirect: &str,
) -> Result<Token, NoToken> {
    let unreachable = |error: ureq::Error| NoToken::Unreachable(error.to_string());
    let agent = Agent::new_with_config(
        Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .build(),
    );
    let mut answer = agent
        .post(format!("{}/login/oauth/access_token", settings.url))
        .header("accept", "application/json")
        .send_form([
            ("client_id", settings.client_id.as_str()),
            ("client_secret", settings.client_secret.as_str()),
            ("code", code),
            ("redirect_uri", redirect),
        ])
        .map_err(unreachable)?;
    let status = answer.status();
    let body = answer.body_mut().with_config().limit(LARGEST_ANSWER);
    let body = body.read_to_vec().map_err(unreachable)?;
    read(status.as_u16(), &body)
}

/// What an answer says. GitHub says what is wrong under status 200, other versions of it under 4xx.
fn read(status: u16, body: &[u8]) -> Result<Token, NoToken> {
    let odd = || NoToken::Unreachable(format!("status {status}, and no answer to the question"));
    let Answer {
        access_token,
        error,
    } = serde_json::from_slice(body).map_err(|_| odd())?;
    match error.as_str() {
        "" => Token::read(access_token).ok_or_else(odd),
        "bad_verification_code" => Err(NoToken::Spent),
        _ => Err(NoToken::SetUp(name(&error))),
    }
}

/// A word of the forge, fit for a log.
pub(super) fn name(word: &str) -> String {
    let fits = |letter: &char| letter.is_ascii_lowercase() || *letter == '_';
    word.chars().filter(fits).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::{NoToken, read};

    #[test]
    fn an_answer_is_a_token_or_says_why_there_is_none() {
        let said = |status, body: &str| read(status, body.as_bytes()).map(|token| token.0).err();
        assert_eq!(
            said(200, r#"{"access_token":"gho_16C7e","scope":"repo"}"#),
            None
        );
        assert_eq!(
            said(200, r#"{"error":"bad_verification_code"}"#),
            Some(NoToken::Spent)
        );
        assert_eq!(
            said(401, r#"{"error":"incorrect_client_credentials\n<b>"}"#),
            Some(NoToken::SetUp("incorrect_client_credentialsb".to_owned()))
        );
        for odd in [
            "",
            "<html>",
            "{}",
            r#"{"access_token":""}"#,
            r#"{"access_token":"\"><script>"}"#,
        ] {
            assert!(
                matches!(said(200, odd), Some(NoToken::Unreachable(_))),
                "{odd}"
            );
        }
    }
}
