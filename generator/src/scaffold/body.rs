//! The text of a new page: the headings that such a page has, and below each what is to be written there.

use crate::diagnostic::MessageLanguage;
use crate::model::Kind;
use crate::parse::settings::PLACEHOLDER;

/// A heading in both languages, and what belongs below it. The first part of a text may have none.
type Part = ([&'static str; 2], [&'static str; 2]);

const NO_HEADING: [&str; 2] = ["", ""];

/// The parts of the text of a kind of page.
fn parts(kind: &Kind) -> &'static [Part] {
    match kind.name {
        "event" => &[
            (
                ["Какво ще се случи", "What happens"],
                [
                    "програмата, с часовете, и кой я води",
                    "the programme with its times, and who leads it",
                ],
            ),
            (
                ["За кого е", "For whom"],
                [
                    "кой може да дойде и какво да носи",
                    "who may come, and what to bring",
                ],
            ),
            (
                ["Как да стигнеш", "How to get there"],
                [
                    "пътят, входът и дали е без стъпала",
                    "the way, the entrance, and whether it has steps",
                ],
            ),
        ],
        "news" => &[
            (
                NO_HEADING,
                [
                    "какво е станало, кога и къде, в две изречения",
                    "what happened, when and where, in two sentences",
                ],
            ),
            (
                ["Какво следва", "What comes next"],
                [
                    "какво може да направи читателят и докога",
                    "what readers can do, and until when",
                ],
            ),
        ],
        "service" => &[
            (
                ["Какво получаваш", "What you get"],
                [
                    "с какво помагаме, с прости думи",
                    "how we help, in plain words",
                ],
            ),
            (
                ["За кого е", "For whom"],
                [
                    "за кого е услугата и за кого не е",
                    "for whom the service is, and for whom it is not",
                ],
            ),
            (
                ["Какво да носиш", "What to bring"],
                [
                    "документите, ако са нужни",
                    "the documents, if any are needed",
                ],
            ),
        ],
        "page" => &[(
            NO_HEADING,
            [
                "най-важното, в две изречения; после подзаглавия с ##",
                "what matters most, in two sentences; then headings with ##",
            ],
        )],
        "venue" => &[(
            ["Как да стигнеш", "How to get there"],
            [
                "спирките наблизо, входът и етажът",
                "the stops nearby, the entrance and the floor",
            ],
        )],
        _ => &[],
    }
}

/// The text, to be written below the fields.
pub(super) fn body(kind: &Kind, language: MessageLanguage) -> String {
    let number = match language {
        MessageLanguage::Bg => 0,
        MessageLanguage::En => 1,
    };
    let parts = parts(kind).iter().map(|(heading, prompt)| {
        let heading = match heading[number] {
            "" => String::new(),
            heading => format!("## {heading}\n\n"),
        };
        format!("{heading}{PLACEHOLDER}{}\n", prompt[number])
    });
    parts.collect::<Vec<_>>().join("\n")
}
