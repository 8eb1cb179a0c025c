//! Fields that several kinds have.

use super::words::words;
use super::{Field, Relation, Rule, Said, ValueKind};

/// The title.
pub(super) const TITLE: Field = Field::new(
    "title",
    ValueKind::Text,
    words("Заглавие", "Title"),
    words(
        "Как се казва страницата. До 65 знака се показват цели в търсачките.",
        "What the page is called. Up to 65 characters are shown whole in search results.",
    ),
    "\"Нова възможност за стаж\"",
)
.required()
.at_most(65);

/// One sentence on the page.
pub(super) const DESCRIPTION: Field = Field::new(
    "description",
    ValueKind::Text,
    words("Описание", "Description"),
    words(
        "Едно изречение за списъците и за търсачките, до 160 знака.",
        "One sentence for lists and for search results, up to 160 characters.",
    ),
    "\"Разказваме накратко за новата възможност.\"",
)
.required()
.at_most(160);

/// An address other than the file's name, and those of old.
pub(super) const ADDRESS: [Field; 2] = [
    Field::new(
        "slug",
        ValueKind::Address,
        words("Адрес", "Address"),
        words(
            "Последната част от адреса на страницата, ако не е името на файла: малки латински букви, цифри и дефис.",
            "The last part of the page’s address, if it is not the file’s name: small Latin letters, digits and hyphens.",
        ),
        "nova-vazmozhnost",
    ),
    Field::new(
        "aliases",
        ValueKind::Paths,
        words("Стари адреси", "Old addresses"),
        words(
            "Стари адреси на тази страница, които да водят към новия.",
            "Old addresses of this page, which shall lead to the new one.",
        ),
        "[/novini/staro-ime/]",
    ),
];

const IMAGE_FIELDS: &[Field] = &[
    Field::new(
        "src",
        ValueKind::Media,
        words("Файл", "File"),
        words(
            "Файл от папката content/media.",
            "A file in the folder content/media.",
        ),
        "/media/ekip.jpg",
    )
    .required()
    .once(),
    Field::new(
        "alt",
        ValueKind::Text,
        words("Описание на снимката", "Description of the picture"),
        words(
            "Какво се вижда на снимката, за хора, които не я виждат.",
            "What can be seen in the picture, for people who do not see it.",
        ),
        "\"Двама консултанти на гишето\"",
    ),
    Field::new(
        "decorative",
        ValueKind::YesNo,
        words("Само за украса", "Only decoration"),
        words(
            "true, ако снимката не казва нищо, което го няма в текста; тогава няма описание.",
            "true if the picture says nothing that the text does not say; it then has no description.",
        ),
        "false",
    )
    .once(),
];

/// The picture.
pub(super) const IMAGE: Field = Field::new(
    "image",
    ValueKind::Map(IMAGE_FIELDS),
    words("Снимка", "Picture"),
    words("Снимката на страницата.", "The picture of the page."),
    "",
);

/// The topics.
pub(super) const TAGS: Field = Field::new(
    "tags",
    ValueKind::Tags,
    words("Теми", "Topics"),
    words(
        "Теми от списъка в content/site.yaml.",
        "Topics from the list in content/site.yaml.",
    ),
    "[rabota]",
)
.once();

/// Whether it is meant for visitors.
pub(super) const STATE: [Field; 3] = [
    Field::new(
        "sample",
        ValueKind::YesNo,
        words("Пример", "Sample"),
        words(
            "true за измислено съдържание, с което се пробва сайтът.",
            "true for invented content, to try the site with.",
        ),
        "false",
    )
    .once(),
    Field::new(
        "draft",
        ValueKind::YesNo,
        words("Чернова", "Draft"),
        words(
            "true за чернова, която не се публикува. Изтрийте реда, когато е готова.",
            "true for a draft, which is not published. Delete the line when it is ready.",
        ),
        "false",
    ),
    Field::new(
        "translated_from",
        ValueKind::Text,
        words("Преведено от", "Translated from"),
        words(
            "Кой текст е преведен, в осем знака, които програмата пише: по тях се вижда, че основната страница е променена след превода.",
            "Which text was translated, in eight signs that the program writes: they show when the main page has changed since.",
        ),
        "5f0c2a91",
    )
    .in_translations(),
];

/// From when to when it is shown, and when it changed.
pub(super) const PUBLISHED: [Field; 3] = [
    Field::new(
        "publish_at",
        ValueKind::Moment,
        words("Показва се от", "Shown from"),
        words(
            "От този ден и час страницата се вижда.",
            "From this day and time the page can be seen.",
        ),
        "2027-03-15T09:00",
    )
    .once(),
    Field::new(
        "expires_at",
        ValueKind::Moment,
        words("Показва се до", "Shown until"),
        words(
            "От този ден и час страницата вече не е в списъците и в търсенето.",
            "From this day and time the page is no longer in lists and in the search.",
        ),
        "2027-06-30T18:00",
    )
    .once(),
    Field::new(
        "updated",
        ValueKind::Moment,
        words("Променена на", "Changed on"),
        words(
            "Кога за последно се промени нещо важно, напр. денят на събитие. Абонираните го научават, а календарите приемат промяната.",
            "When something important last changed, for example the day of an event. Subscribers are told, and calendars take the change over.",
        ),
        "2027-04-01T12:00",
    )
    .once(),
];

/// Whether only those come who know the address or follow a link.
pub(super) const NOINDEX: Field = Field::new(
    "noindex",
    ValueKind::YesNo,
    words("Не се намира с търсене", "Not found by search"),
    words(
        "true, ако страницата не бива да излиза в търсачките и в търсенето на сайта. В списъците и менютата остава.",
        "true if neither search engines nor the search of the site shall find the page. It stays in lists and menus.",
    ),
    "false",
)
.once();

/// The place in the list.
pub(super) const ORDER: Field = Field::new(
    "order",
    ValueKind::Whole { min: 0 },
    words("Място в списъка", "Place in the list"),
    words(
        "Число: по-малките са по-напред в списъка.",
        "A number: the smaller ones come first in the list.",
    ),
    "1",
)
.once();

/// The rule of pages that are shown for a time.
pub(super) const PUBLISHED_RULES: &[Rule] = &[Rule {
    code: "X03",
    field: "expires_at",
    relation: Relation::After,
    other: "publish_at",
    message: words(
        "страницата изчезва, преди да се е появила",
        "the page disappears before it has appeared",
    ),
    hint: Some(words("трябва да е след {}", "it must be after {}")),
}];

/// The rule of pictures.
pub(super) const IMAGE_RULES: &[Rule] = &[Rule {
    code: "L05",
    field: "image.alt",
    relation: Relation::Or,
    other: "image.decorative",
    message: words("снимката няма описание", "the picture has no description"),
    hint: Some(words(
        "добавете ред  alt: …  с това, което се вижда, или  decorative: true, ако снимката е само за украса",
        "add a line  alt: …  with what can be seen, or  decorative: true  if the picture is only decoration",
    )),
}];

const _: () = assert!(
    matches!(IMAGE.said, Said::PerLanguage),
    "each language says its own `alt`"
);
