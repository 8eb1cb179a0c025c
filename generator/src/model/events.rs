//! What will happen.

use super::shared::{
    ADDRESS, DESCRIPTION, IMAGE, IMAGE_RULES, NOINDEX, PUBLISHED, PUBLISHED_RULES, STATE, TAGS,
    TITLE,
};
use super::words::words;
use super::{Choice, Field, Kind, Relation, Rule, Section, ValueKind};

/// An event.
pub const EVENT: Kind = Kind {
    name: "event",
    section: Section::Events,
    singular: words("събитие", "event"),
    body: Some(words(
        "за кого е събитието, каква е програмата и какво да носи човек",
        "for whom the event is, its programme and what to bring",
    )),
    groups: &[
        &[TITLE, DESCRIPTION],
        WHEN,
        &[PLACE],
        WHO,
        &[SIGN_UP, TAGS, IMAGE],
        &PUBLISHED,
        &ADDRESS,
        &[NOINDEX],
        &STATE,
    ],
    rules: &[IMAGE_RULES, PUBLISHED_RULES, RULES],
};

const PLACE: Field = Field::new(
    "place",
    ValueKind::Text,
    words("Място", "Place"),
    words(
        "Къде е събитието, с думи. Ако мястото е описано в content/venues, напишете venue вместо place.",
        "Where the event is, in words. If the place is described in content/venues, write venue instead of place.",
    ),
    "\"Зала 3\"",
);

const SIGN_UP: Field = Field::new(
    "registration",
    ValueKind::Map(REGISTRATION),
    words("Записване", "Sign-up"),
    words(
        "Записване за събитието. Без него входът е свободен.",
        "Sign-up for the event. Without it nobody needs to sign up.",
    ),
    "",
)
.once();

const WHEN: &[Field] = &[
    Field::new(
        "starts_at",
        ValueKind::Moment,
        words("Начало", "Beginning"),
        words(
            "Кога започва: ден и час. Само ден, ако е през целия ден.",
            "When it begins: day and time. The day alone if it lasts all day.",
        ),
        "2027-06-21T09:00",
    )
    .required()
    .once(),
    Field::new(
        "ends_at",
        ValueKind::Moment,
        words("Край", "End"),
        words("Кога свършва.", "When it ends."),
        "2027-06-21T17:00",
    )
    .once(),
    Field::new(
        "status",
        ValueKind::OneOf(&[
            Choice {
                value: "scheduled",
                label: words("ще се състои", "takes place"),
            },
            Choice {
                value: "cancelled",
                label: words("отменено", "cancelled"),
            },
            Choice {
                value: "postponed",
                label: words("отложено", "postponed"),
            },
        ]),
        words("Състояние", "Status"),
        words("Дали ще се състои.", "Whether it takes place."),
        "cancelled",
    )
    .once(),
    Field::new(
        "repeats",
        ValueKind::Map(REPEATS),
        words("Повторение", "Repetition"),
        words(
            "Ако събитието се повтаря, например всяка седмица.",
            "If the event takes place again and again, such as every week.",
        ),
        "",
    )
    .once(),
];

const REPEATS: &[Field] = &[
    Field::new(
        "every",
        ValueKind::OneOf(&[
            Choice {
                value: "day",
                label: words("всеки ден", "every day"),
            },
            Choice {
                value: "week",
                label: words("всяка седмица", "every week"),
            },
            Choice {
                value: "month",
                label: words("всеки месец", "every month"),
            },
        ]),
        words("Колко често", "How often"),
        words("Колко често се повтаря.", "How often it takes place."),
        "week",
    )
    .required(),
    Field::new(
        "until",
        ValueKind::Day,
        words("До", "Until"),
        words(
            "Последният ден, в който може да се състои.",
            "The last day on which it may take place.",
        ),
        "2027-07-30",
    )
    .required(),
    Field::new(
        "except",
        ValueKind::Days,
        words("Освен на", "Except on"),
        words(
            "Дни, в които няма да се състои.",
            "Days on which it does not take place.",
        ),
        "[2027-06-28]",
    ),
];

const WHO: &[Field] = &[
    Field::new(
        "venue",
        ValueKind::Reference(Section::Venues),
        words("Място от списъка", "Venue"),
        words(
            "Къде е събитието: името на файл от content/venues, без .md.",
            "Where the event is: the name of a file in content/venues, without .md.",
        ),
        "ime-na-myasto",
    )
    .once(),
    Field::new(
        "service",
        ValueKind::Reference(Section::Services),
        words("Услуга", "Service"),
        words(
            "Към коя услуга е събитието: името на файл от content/services, без .md.",
            "Which service the event belongs to: the name of a file in content/services, without .md.",
        ),
        "ime-na-usluga",
    )
    .once(),
    Field::new(
        "organiser",
        ValueKind::Reference(Section::People),
        words("Организатор", "Organiser"),
        words(
            "Кой отговаря за събитието: името на файл от content/people, без .md.",
            "Who is in charge of the event: the name of a file in content/people, without .md.",
        ),
        "ime-na-konsultant",
    )
    .once(),
];

const REGISTRATION: &[Field] = &[
    Field::new(
        "form",
        ValueKind::Form,
        words("Формуляр", "Form"),
        words(
            "Името на файла на формуляра в content/forms, без .yaml.",
            "The name of the form’s file in content/forms, without .yaml.",
        ),
        "rsvp",
    )
    .required(),
    Field::new(
        "capacity",
        ValueKind::Whole { min: 1 },
        words("Места", "Places"),
        words(
            "Колко души могат да дойдат. Без този ред местата са неограничени.",
            "How many people may come. Without this line there is no limit.",
        ),
        "40",
    ),
    Field::new(
        "max_party",
        ValueKind::Whole { min: 1 },
        words("Най-голяма група", "Largest party"),
        words(
            "За колко души може да се запише един човек.",
            "For how many people one person may sign up.",
        ),
        "4",
    ),
    Field::new(
        "waitlist",
        ValueKind::YesNo,
        words("Списък на чакащите", "Waiting list"),
        words(
            "true, ако при пълна зала може да се чака за място.",
            "true if people may wait for a place when it is full.",
        ),
        "true",
    ),
    Field::new(
        "approval",
        ValueKind::YesNo,
        words("С одобрение", "With approval"),
        words(
            "true, ако всяко записване се преглежда от екипа.",
            "true if staff look at each registration.",
        ),
        "false",
    ),
    Field::new(
        "opens_at",
        ValueKind::DateTime,
        words("Записване от", "Sign-up from"),
        words(
            "Откога може да се записва човек.",
            "From when one may sign up.",
        ),
        "2027-05-21T09:00",
    ),
    Field::new(
        "closes_at",
        ValueKind::DateTime,
        words("Записване до", "Sign-up until"),
        words(
            "Докога може да се записва човек. Без този ред – до началото.",
            "Until when one may sign up. Without this line, until it begins.",
        ),
        "2027-06-20T17:00",
    ),
];

const RULES: &[Rule] = &[
    Rule {
        code: "V03",
        field: "place",
        relation: Relation::Or,
        other: "venue",
        message: words("липсва полето „place“", "the field “place” is missing"),
        hint: Some(words(
            "добавете ред  place: …  с думи или  venue: …  с място от content/venues",
            "add a line  place: …  in words, or  venue: …  with a place from content/venues",
        )),
    },
    Rule {
        code: "X01",
        field: "ends_at",
        relation: Relation::After,
        other: "starts_at",
        message: words("краят е преди началото", "the end is before the beginning"),
        hint: Some(words("трябва да е след {}", "it must be after {}")),
    },
    Rule {
        code: "X02",
        field: "registration.closes_at",
        relation: Relation::NotAfter,
        other: "starts_at",
        message: words(
            "записването свършва след началото на събитието",
            "sign-up closes after the event begins",
        ),
        hint: None,
    },
    Rule {
        code: "X02",
        field: "registration.opens_at",
        relation: Relation::Before,
        other: "registration.closes_at",
        message: words(
            "записването започва, след като е свършило",
            "sign-up opens after it has closed",
        ),
        hint: None,
    },
    Rule {
        code: "X02",
        field: "registration.opens_at",
        relation: Relation::Before,
        other: "starts_at",
        message: words(
            "записването започва след началото на събитието",
            "sign-up opens after the event begins",
        ),
        hint: None,
    },
    Rule {
        code: "X02",
        field: "registration.max_party",
        relation: Relation::AtMost,
        other: "registration.capacity",
        message: words(
            "една група не може да е по-голяма от местата",
            "a party cannot be larger than the number of places",
        ),
        hint: None,
    },
    Rule {
        code: "X04",
        field: "registration.waitlist",
        relation: Relation::Needs,
        other: "registration.capacity",
        message: words(
            "за списък на чакащите е нужен и брой на местата",
            "a waiting list needs a number of places",
        ),
        hint: Some(words(
            "добавете ред  capacity: …  или изтрийте този",
            "add a line  capacity: …  or delete this one",
        )),
    },
    Rule {
        code: "X01",
        field: "repeats.until",
        relation: Relation::After,
        other: "starts_at",
        message: words(
            "повторенията свършват преди началото",
            "the repetition ends before the beginning",
        ),
        hint: Some(words("трябва да е след {}", "it must be after {}")),
    },
];
