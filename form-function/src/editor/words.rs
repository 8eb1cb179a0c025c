//! What is said to who signs in: editors are told everything in Bulgarian or English, whatever the site speaks.

use axum::http::StatusCode;

/// Why somebody is not signed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Problem {
    /// A page of somebody else opened the window.
    FromElsewhere,
    /// The editor's page wants to sign in with another forge.
    OtherForge,
    /// It was not this browser that began, or it was long ago, or the answer was used already.
    NotOurs,
    /// Whoever was asked said no.
    Cancelled,
    /// GitHub does not answer.
    Unreachable,
    /// GitHub knows our page under another name, secret or address.
    SetUp,
    /// Somebody tries too often.
    TooMany,
}

/// A text in Bulgarian and English.
pub(super) type Both = [&'static str; 2];

/// The text in Bulgarian for whom the site speaks so, and else in English.
pub(super) fn choose([bulgarian, english]: Both, language: &str) -> &'static str {
    if language == "bg" { bulgarian } else { english }
}

/// Where one begins again.
pub(super) const TRY_AGAIN: Both = ["Опитайте отново", "Try again"];
/// The way to the editor's page.
pub(super) const TO_EDITOR: Both = ["Към страницата за редактиране", "To the editor’s page"];
/// The heading of the page that hands the token over.
pub(super) const SIGNED_IN: Both = ["Влязохте", "You are signed in"];
/// What it says, for as long as it is there.
pub(super) const CLOSES: Both = [
    "Този прозорец се затваря сам. Ако остане отворен, затворете го и влезте отново от страницата за редактиране.",
    "This window closes by itself. If it stays open, close it and sign in again from the editor’s page.",
];

impl Problem {
    /// The status of the answer.
    pub(super) fn status(self) -> StatusCode {
        match self {
            // Not 403, which CloudFront takes for a page that is not there.
            Problem::FromElsewhere
            | Problem::NotOurs
            | Problem::Cancelled
            | Problem::OtherForge => StatusCode::BAD_REQUEST,
            Problem::Unreachable | Problem::SetUp => StatusCode::BAD_GATEWAY,
            Problem::TooMany => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// Whether it helps to begin again from this very window.
    pub(super) fn may_try_again(self) -> bool {
        !matches!(self, Problem::FromElsewhere | Problem::OtherForge)
    }

    /// What happened.
    pub(super) fn heading(self) -> Both {
        match self {
            Problem::FromElsewhere => [
                "Влиза се от страницата за редактиране",
                "One signs in from the editor’s page",
            ],
            Problem::OtherForge => [
                "Тук се влиза само с GitHub",
                "One signs in with GitHub only",
            ],
            Problem::NotOurs => [
                "Този вход вече не важи",
                "This sign-in is not valid any more",
            ],
            Problem::Cancelled => ["Отказахте входа", "You declined to sign in"],
            Problem::Unreachable => ["GitHub не отговаря", "GitHub does not answer"],
            Problem::SetUp => [
                "Входът не е настроен докрай",
                "Signing in is not set up properly",
            ],
            Problem::TooMany => ["Твърде много опити", "Too many attempts"],
        }
    }

    /// What to do.
    pub(super) fn text(self) -> Both {
        match self {
            Problem::FromElsewhere => [
                "Този прозорец беше отворен от друг сайт. Никой не е получил достъп. Затворете го и влезте от страницата за редактиране.",
                "Another site opened this window. Nobody was given access. Close it and sign in from the editor’s page.",
            ],
            Problem::OtherForge => [
                "С GitLab и с Gitea се влиза направо от страницата за редактиране: кажете на човека, който поддържа сайта, да напише app_id в content/site.yaml.",
                "With GitLab and Gitea one signs in directly from the editor’s page: ask whoever looks after the site to write app_id into content/site.yaml.",
            ],
            Problem::NotOurs => [
                "Минали са повече от десет минути, този адрес е отварян вече веднъж или входът е започнат в друг браузър. Никой не е получил достъп. Започнете отново.",
                "More than ten minutes have passed, this address was opened before, or the sign-in began in another browser. Nobody was given access. Begin again.",
            ],
            Problem::Cancelled => [
                "GitHub не ни даде достъп, защото отказахте. Нищо не се е променило. Може да опитате отново или да затворите прозореца.",
                "GitHub gave us no access, because you declined. Nothing has changed. You can try again, or close this window.",
            ],
            Problem::Unreachable => [
                "Опитайте отново след малко. Написаното на страницата за редактиране не е изгубено.",
                "Try again in a moment. What is written on the editor’s page is not lost.",
            ],
            Problem::SetUp => [
                "GitHub не позна тази страница. Кажете на човека, който поддържа сайта: причината е записана в дневника на сървъра.",
                "GitHub did not know this page. Tell whoever looks after the site: the reason is in the log of the server.",
            ],
            Problem::TooMany => [
                "Изчакайте една минута и опитайте отново.",
                "Wait for a minute and try again.",
            ],
        }
    }
}
