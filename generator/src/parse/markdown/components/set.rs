//! The set of components: names, parameters, what each is for. The reader, its messages and the editor's help follow it.

use super::ComponentName::{
    self, Button, Contact, Download, Events, Form, Gallery, Map, PersonalData, Questions,
    Timetable, Video,
};

/// A kind of component.
#[derive(Debug)]
pub struct ComponentKind {
    /// What it is.
    pub name: ComponentName,
    /// The words that name it, the Bulgarian one first, then the English one.
    pub words: &'static [&'static str],
    /// What it is for, in Bulgarian and English.
    pub help: [&'static str; 2],
    /// What may stand in it.
    pub parameters: &'static [Parameter],
}

/// What may stand in a component.
#[derive(Debug)]
pub struct Parameter {
    /// The name of the field.
    pub name: &'static str,
    /// What somebody may call it in Bulgarian, who is then told its name.
    pub bulgarian: &'static str,
    /// What it takes.
    pub kind: ParameterKind,
    /// Whether it must be there.
    pub required: bool,
    /// What it is for, in Bulgarian and English.
    pub help: [&'static str; 2],
}

/// What a parameter takes.
#[derive(Debug)]
pub enum ParameterKind {
    /// A text in one line, without markup.
    Text,
    /// A text in Markdown.
    Markdown,
    /// An address: a page or a file of the site, or another site.
    Link,
    /// An address of another site.
    Elsewhere,
    /// A page of the site.
    Page,
    /// A file in `content/media`.
    File,
    /// A whole number from 1 on.
    Number,
    /// A list of fields.
    Rows(&'static [Parameter]),
}

const fn required(
    name: &'static str,
    bulgarian: &'static str,
    kind: ParameterKind,
    help: [&'static str; 2],
) -> Parameter {
    Parameter {
        name,
        bulgarian,
        kind,
        required: true,
        help,
    }
}

const fn optional(
    name: &'static str,
    bulgarian: &'static str,
    kind: ParameterKind,
    help: [&'static str; 2],
) -> Parameter {
    Parameter {
        name,
        bulgarian,
        kind,
        required: false,
        help,
    }
}

/// Every component.
pub const COMPONENTS: &[ComponentKind] = &[
    ComponentKind {
        name: Button,
        words: &["бутон", "button"],
        help: [
            "бутон, който води към страница",
            "a button that leads to a page",
        ],
        parameters: &[
            required(
                "text",
                "текст",
                ParameterKind::Text,
                ["какво пише на бутона", "what the button says"],
            ),
            required(
                "link",
                "връзка",
                ParameterKind::Link,
                [
                    "накъде води, напр. /pages/registratsia.md",
                    "where it leads, for example /pages/registratsia.md",
                ],
            ),
        ],
    },
    ComponentKind {
        name: Gallery,
        words: &["галерия", "gallery"],
        help: [
            "няколко снимки една до друга",
            "several pictures beside one another",
        ],
        parameters: &[required(
            "pictures",
            "снимки",
            ParameterKind::Rows(&[
                required(
                    "file",
                    "файл",
                    ParameterKind::File,
                    [
                        "снимката, напр. /media/otkrivane.jpg",
                        "the picture, for example /media/opening.jpg",
                    ],
                ),
                required(
                    "alt",
                    "описание",
                    ParameterKind::Text,
                    [
                        "какво се вижда, за хората, които не виждат снимката",
                        "what it shows, for people who cannot see the picture",
                    ],
                ),
                optional(
                    "caption",
                    "надпис",
                    ParameterKind::Text,
                    ["какво пише под снимката", "what stands under the picture"],
                ),
            ]),
            ["списък от снимки", "a list of pictures"],
        )],
    },
    ComponentKind {
        name: Contact,
        words: &["контакти", "contact"],
        help: [
            "контактите от настройките на сайта",
            "the contacts from the settings of the site",
        ],
        parameters: &[],
    },
    ComponentKind {
        name: Map,
        words: &["карта", "map"],
        help: ["адрес и връзка към карта", "an address and a link to a map"],
        parameters: &[
            required(
                "address",
                "адрес",
                ParameterKind::Text,
                ["адресът с думи", "the address in words"],
            ),
            required(
                "link",
                "връзка",
                ParameterKind::Elsewhere,
                [
                    "адресът на картата, с https://",
                    "the address of the map, with https://",
                ],
            ),
        ],
    },
    ComponentKind {
        name: Download,
        words: &["документ", "download"],
        help: [
            "документ за изтегляне; видът и размерът се показват сами",
            "a document to download; its type and size are shown by themselves",
        ],
        parameters: &[
            required(
                "title",
                "заглавие",
                ParameterKind::Text,
                ["какъв е документът", "what the document is"],
            ),
            required(
                "file",
                "файл",
                ParameterKind::File,
                [
                    "файлът, напр. /media/programa.pdf",
                    "the file, for example /media/programme.pdf",
                ],
            ),
        ],
    },
    ComponentKind {
        name: Timetable,
        words: &["програма", "timetable"],
        help: ["кога какво се случва", "what happens when"],
        parameters: &[
            optional(
                "title",
                "заглавие",
                ParameterKind::Text,
                ["на какво е програмата", "what it is the timetable of"],
            ),
            required(
                "rows",
                "редове",
                ParameterKind::Rows(&[
                    required(
                        "time",
                        "час",
                        ParameterKind::Text,
                        ["кога, напр. 9:00 – 9:30", "when, for example 9:00 – 9:30"],
                    ),
                    required("what", "какво", ParameterKind::Text, ["какво", "what"]),
                    optional("place", "място", ParameterKind::Text, ["къде", "where"]),
                ]),
                ["списък от часове", "a list of times"],
            ),
        ],
    },
    ComponentKind {
        name: Questions,
        words: &["въпроси", "faq"],
        help: ["често задавани въпроси", "frequently asked questions"],
        parameters: &[required(
            "questions",
            "въпроси",
            ParameterKind::Rows(&[
                required(
                    "question",
                    "въпрос",
                    ParameterKind::Text,
                    ["въпросът", "the question"],
                ),
                required(
                    "answer",
                    "отговор",
                    ParameterKind::Markdown,
                    ["отговорът, с Markdown", "the answer, in Markdown"],
                ),
            ]),
            ["списък от въпроси", "a list of questions"],
        )],
    },
    ComponentKind {
        name: Events,
        words: &["събития", "events"],
        help: ["предстоящите събития", "the next events"],
        parameters: &[
            optional(
                "count",
                "брой",
                ParameterKind::Number,
                [
                    "най-много колко събития; ако не пише, три",
                    "how many events at most; three if it does not say",
                ],
            ),
            optional(
                "topic",
                "тема",
                ParameterKind::Text,
                [
                    "само събитията по тази тема",
                    "only the events on this topic",
                ],
            ),
        ],
    },
    ComponentKind {
        name: Video,
        words: &["видео", "video"],
        help: [
            "връзка към видео в друг сайт",
            "a link to a video on another site",
        ],
        parameters: &[
            required(
                "title",
                "заглавие",
                ParameterKind::Text,
                ["какво показва видеото", "what the video shows"],
            ),
            required(
                "link",
                "връзка",
                ParameterKind::Elsewhere,
                [
                    "адресът на видеото, с https://",
                    "the address of the video, with https://",
                ],
            ),
            optional(
                "length",
                "времетраене",
                ParameterKind::Text,
                [
                    "колко трае, напр. 3 мин.",
                    "how long it is, for example 3 min",
                ],
            ),
        ],
    },
    ComponentKind {
        name: Form,
        words: &["формуляр", "form"],
        help: [
            "формулярът за записване от друга страница",
            "the sign-up form of another page",
        ],
        parameters: &[required(
            "page",
            "страница",
            ParameterKind::Page,
            [
                "страницата, напр. /events/den.md",
                "the page, for example /events/day.md",
            ],
        )],
    },
    ComponentKind {
        name: PersonalData,
        words: &["данни", "personal-data"],
        help: [
            "какво питат формулярите на сайта и защо, за страницата за личните данни",
            "what the forms of the site ask and why, for the privacy notice",
        ],
        parameters: &[],
    },
];
