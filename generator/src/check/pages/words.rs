//! What is said of each fault of a page.

use super::faults::{Fault, FaultKind};
use crate::diagnostic::Text;

/// The code of a fault, what is wrong, and what to do.
pub(super) fn in_words(fault: &Fault<'_>) -> (&'static str, Text, Text) {
    let detail = &fault.detail;
    let said = |bg: String, en: String| Text::new(bg, en);
    let plain = |bg: &str, en: &str| Text::new(bg, en);
    match fault.kind {
        FaultKind::NoLanguage => (
            "H01",
            plain(
                "страницата не казва на какъв език е",
                "the page does not say its language",
            ),
            plain(
                "напишете  <html lang=\"{{ page.lang }}\">",
                "write  <html lang=\"{{ page.lang }}\">",
            ),
        ),
        FaultKind::NoTitle => (
            "H01",
            plain(
                "страницата няма заглавие за раздела на браузъра",
                "the page has no title for the tab of the browser",
            ),
            plain(
                "напишете  <title>{{ page.head_title }}</title>",
                "write  <title>{{ page.head_title }}</title>",
            ),
        ),
        FaultKind::MainHeadings => (
            "H01",
            said(
                format!("страницата има {detail} главни заглавия (h1), а трябва да има едно"),
                format!("the page has {detail} main headings (h1), and should have one"),
            ),
            plain(
                "оставете само <h1>{{ page.title }}</h1>",
                "leave <h1>{{ page.title }}</h1> alone",
            ),
        ),
        FaultKind::SkippedHeading => (
            "H02",
            said(
                format!("след заглавие {detail} е прескочено едно ниво"),
                format!("a level of headings is left out after {detail}"),
            ),
            plain(
                "използвайте следващото ниво; видът се задава в стиловете",
                "use the next level; looks are set in style sheets",
            ),
        ),
        FaultKind::EmptyHeading => (
            "H02",
            plain("заглавието е празно", "the heading is empty"),
            plain("напишете го или го изтрийте", "write it, or delete it"),
        ),
        FaultKind::NoAlternative => (
            "H03",
            plain("картинката няма описание", "the picture has no description"),
            plain(
                "добавете alt: какво се вижда; alt=\"\", ако само украсява",
                "add alt: what can be seen; alt=\"\" if it only decorates",
            ),
        ),
        FaultKind::NoSize => (
            "H03",
            plain(
                "картинката няма размер и ще размести страницата, докато се зарежда",
                "the picture has no size, and moves the page about while it is loaded",
            ),
            plain("добавете width и height", "add width and height"),
        ),
        FaultKind::NoWords => (
            "H04",
            plain(
                "връзката или бутонът няма думи, които да се прочетат на глас",
                "the link or button has no words that can be read out",
            ),
            plain(
                "напишете текст или aria-label",
                "write a text, or an aria-label",
            ),
        ),
        FaultKind::NoLabel => (
            "H05",
            plain("полето няма етикет", "the field has no label"),
            plain(
                "добавете  <label for=\"…\">  с неговия id",
                "add a  <label for=\"…\">  with its id",
            ),
        ),
        FaultKind::RepeatedId => (
            "H06",
            said(
                format!("„{detail}“ се повтаря: id е само за едно нещо на страницата"),
                format!("“{detail}” is there twice: an id is for one thing on a page"),
            ),
            plain("сменете единия", "change one of the two"),
        ),
        FaultKind::MissingId => (
            "H06",
            said(
                format!("на страницата няма нищо с id „{detail}“"),
                format!("nothing on the page has the id “{detail}”"),
            ),
            plain(
                "поправете името или добавете id",
                "mend the name, or add the id",
            ),
        ),
        FaultKind::NoHeaderCells => (
            "H07",
            plain(
                "таблицата няма заглавни клетки",
                "the table has no header cells",
            ),
            plain(
                "първият ред или първата колона са от <th>",
                "the first row or the first column is made of <th>",
            ),
        ),
        FaultKind::Blocked => (
            "H08",
            said(
                format!(
                    "браузърите няма да изпълнят това („{detail}“): страниците нямат стил и скрипт в себе си и не зареждат нищо от чужди сайтове"
                ),
                format!(
                    "browsers will not carry this out (“{detail}”): pages have no style or script in themselves, and load nothing from other sites"
                ),
            ),
            plain(
                "преместете го във файл в css или static на темата",
                "move it into a file in css or static of the theme",
            ),
        ),
        FaultKind::LeadsNowhere => (
            "H09",
            said(
                format!("„{detail}“ не води до нищо на сайта"),
                format!("“{detail}” leads to nothing on the site"),
            ),
            plain("поправете адреса", "mend the address"),
        ),
        FaultKind::NotClosed => (
            "H10",
            said(
                format!("„{detail}“ не се затваря на мястото, където се отваря"),
                format!("“{detail}” is not closed where it was opened"),
            ),
            plain(
                "всеки елемент свършва в онзи, в който е започнал",
                "every element ends inside the one in which it began",
            ),
        ),
    }
}
