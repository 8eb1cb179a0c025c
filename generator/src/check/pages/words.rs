//! What is said of each fault of a page.

use super::faults::{Fault, FaultKind};
use crate::diagnostic::Text;

/// Of each fault its code, then what is wrong and what to do, each in Bulgarian and in English. `{}` is what it is about.
const WORDS: &[(FaultKind, &str, [&str; 4])] = &[
    (
        FaultKind::NoLanguage,
        "H01",
        [
            "страницата не казва на какъв език е",
            "the page does not say its language",
            "напишете  <html lang=\"{{ page.lang }}\">",
            "write  <html lang=\"{{ page.lang }}\">",
        ],
    ),
    (
        FaultKind::NoTitle,
        "H01",
        [
            "страницата няма заглавие за раздела на браузъра",
            "the page has no title for the tab of the browser",
            "напишете  <title>{{ page.head_title }}</title>",
            "write  <title>{{ page.head_title }}</title>",
        ],
    ),
    (
        FaultKind::MainHeadings,
        "H01",
        [
            "страницата има {} главни заглавия (h1), а трябва да има едно",
            "the page has {} main headings (h1), and should have one",
            "оставете само  <h1>{{ page.title }}</h1>",
            "leave  <h1>{{ page.title }}</h1>  alone",
        ],
    ),
    (
        FaultKind::SkippedHeading,
        "H02",
        [
            "след заглавие {} е прескочено едно ниво",
            "a level of headings is left out after {}",
            "използвайте следващото ниво; видът се задава в стиловете",
            "use the next level; looks are set in style sheets",
        ],
    ),
    (
        FaultKind::EmptyHeading,
        "H02",
        [
            "заглавието е празно",
            "the heading is empty",
            "напишете го или го изтрийте",
            "write it, or delete it",
        ],
    ),
    (
        FaultKind::NoAlternative,
        "H03",
        [
            "картинката няма описание",
            "the picture has no description",
            "добавете alt: какво се вижда; alt=\"\", ако само украсява",
            "add alt: what can be seen; alt=\"\" if it only decorates",
        ],
    ),
    (
        FaultKind::NoSize,
        "H03",
        [
            "картинката няма размер и ще размести страницата, докато се зарежда",
            "the picture has no size, and moves the page about while it is loaded",
            "добавете width и height",
            "add width and height",
        ],
    ),
    (
        FaultKind::NoWords,
        "H04",
        [
            "връзката или бутонът няма думи, които да се прочетат на глас",
            "the link or button has no words that can be read out",
            "напишете текст или aria-label",
            "write a text, or an aria-label",
        ],
    ),
    (
        FaultKind::NoLabel,
        "H05",
        [
            "полето няма етикет",
            "the field has no label",
            "добавете  <label for=\"…\">  с неговия id",
            "add a  <label for=\"…\">  with its id",
        ],
    ),
    (
        FaultKind::RepeatedId,
        "H06",
        [
            "„{}“ се повтаря: id е само за едно нещо на страницата",
            "“{}” is there twice: an id is for one thing on a page",
            "сменете единия",
            "change one of the two",
        ],
    ),
    (
        FaultKind::MissingId,
        "H06",
        [
            "на страницата няма нищо с id „{}“",
            "nothing on the page has the id “{}”",
            "поправете името или добавете id",
            "mend the name, or add the id",
        ],
    ),
    (
        FaultKind::NoHeaderCells,
        "H07",
        [
            "таблицата няма заглавни клетки",
            "the table has no header cells",
            "първият ред или първата колона са от <th>",
            "the first row or the first column is made of <th>",
        ],
    ),
    (
        FaultKind::Blocked,
        "H08",
        [
            "браузърите няма да изпълнят това („{}“): страниците нямат стил и скрипт в себе си и не зареждат нищо от чужди сайтове",
            "browsers will not carry this out (“{}”): pages have no style or script in themselves, and load nothing from other sites",
            "преместете го във файл в css или static на темата",
            "move it into a file in css or static of the theme",
        ],
    ),
    (
        FaultKind::LeadsNowhere,
        "H09",
        [
            "„{}“ не води до нищо на сайта",
            "“{}” leads to nothing on the site",
            "поправете адреса",
            "mend the address",
        ],
    ),
    (
        FaultKind::NotClosed,
        "H10",
        [
            "„{}“ не се затваря на мястото, където се отваря",
            "“{}” is not closed where it was opened",
            "всеки елемент свършва в онзи, в който е започнал",
            "every element ends inside the one in which it began",
        ],
    ),
];

/// The code of a fault, what is wrong, and what to do.
pub(super) fn in_words(fault: &Fault<'_>) -> Option<(&'static str, Text, Text)> {
    let mut words = WORDS.iter();
    let (_, code, [bg, en, do_bg, do_en]) = words.find(|(kind, ..)| *kind == fault.kind)?;
    let said = |words: &str| words.replace("{}", &fault.detail);
    Some((
        code,
        Text::new(said(bg), said(en)),
        Text::new(*do_bg, *do_en),
    ))
}
