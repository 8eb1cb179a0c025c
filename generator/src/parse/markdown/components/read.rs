//! From the fields between the backticks to a [`Component`], as the set says.

use std::ops::Range;

use super::values::{Value, Values};
use super::{Component, ComponentContent as Content, ComponentKind, ComponentLink, ComponentName};
use super::{GalleryPicture, Parameter, ParameterKind, Question, TimetableRow};
use crate::diagnostic::{Diagnostic, Place, Text as Words, did_you_mean};
use crate::parse::fields::{Fields, Spanned};
use crate::parse::markdown::Piece;
use crate::parse::markdown::links::target;
use crate::parse::markdown::text::Text;
use crate::parse::markdown::writer::{self, Writer};
use crate::parse::yaml;

/// How many events are shown where nobody says how many.
const EVENTS: u32 = 3;

/// Reads a component: `word` is where it is named, `part` is what stands inside, both in the file.
pub(in crate::parse::markdown) fn read(
    writer: &mut Writer<'_, '_>,
    kind: &'static ComponentKind,
    word: &Range<usize>,
    part: Range<usize>,
) {
    let file = writer.text.file;
    let place = Place::span(file, word);
    let node = yaml::read(file, part, writer.diagnostics);
    let fields = Fields::of(file, &node, writer.diagnostics);
    let values = parameters(writer, kind.parameters, fields, &place);
    if let Some(content) = content(kind.name, values) {
        writer.close_piece();
        writer
            .pieces
            .push(Piece::Component(writer.body.components.len()));
        writer.body.components.push(Component { content, place });
    }
}

fn parameters(
    writer: &mut Writer<'_, '_>,
    parameters: &'static [Parameter],
    mut fields: Fields<'_>,
    place: &Place,
) -> Values {
    let mut values = Values::default();
    refuse_bulgarian_names(writer, parameters, &mut fields);
    for parameter in parameters {
        if parameter.required {
            require(writer, parameter, &mut fields, place);
        }
        if let Some(value) = value(writer, parameter, &mut fields) {
            values.add(parameter.name, value);
        }
    }
    fields.finish(writer.diagnostics);
    values
}

/// A parameter that must be there; what is said of a missing one says what it is for.
fn require(
    writer: &mut Writer<'_, '_>,
    parameter: &'static Parameter,
    fields: &mut Fields<'_>,
    place: &Place,
) {
    let in_bulgarian = |key: &str| key.to_lowercase() == parameter.bulgarian;
    if fields.all().iter().any(|(key, _)| in_bulgarian(&key.text)) {
        return;
    }
    let before = writer.diagnostics.len();
    fields.require(parameter.name, writer.diagnostics);
    if writer.diagnostics.len() > before
        && let Some(missing) = writer.diagnostics.last_mut()
    {
        let (name, [bg, en]) = (parameter.name, parameter.help);
        missing.hint = Some(Words::new(
            format!("добавете ред  {name}: …  ({bg})"),
            format!("add a line  {name}: …  ({en})"),
        ));
        if fields.all().is_empty() {
            missing.place = place.clone();
        }
    }
}

/// Names of fields are English everywhere; who writes one in Bulgarian is told the English one.
fn refuse_bulgarian_names(
    writer: &mut Writer<'_, '_>,
    parameters: &'static [Parameter],
    fields: &mut Fields<'_>,
) {
    for (key, _) in fields.all() {
        let typed = key.text.to_lowercase();
        let meant = parameters
            .iter()
            .find(|parameter| parameter.bulgarian == typed);
        if let Some(parameter) = meant {
            let (bulgarian, name) = (parameter.bulgarian, parameter.name);
            writer.diagnostics.push(
                Diagnostic::error(
                    "V01",
                    Place::span(fields.file, &key.span),
                    Words::new(
                        format!("имената на полетата са на английски: „{bulgarian}“ е {name}"),
                        format!("the names of fields are English: “{bulgarian}” is {name}"),
                    ),
                )
                .hint(did_you_mean(&format!("{name}: …"))),
            );
            fields.known(bulgarian);
        }
    }
}

fn value(
    writer: &mut Writer<'_, '_>,
    parameter: &'static Parameter,
    fields: &mut Fields<'_>,
) -> Option<Value> {
    let name = parameter.name;
    if let ParameterKind::Rows(columns) = parameter.kind {
        let rows = fields.maps(name, writer.diagnostics);
        let rows = rows
            .into_iter()
            .map(|row| {
                let place = row.place();
                parameters(writer, columns, row, &place)
            })
            .collect();
        return Some(Value::Rows(rows));
    }
    if let ParameterKind::Number = parameter.kind {
        return fields
            .number(name, 1, writer.diagnostics)
            .map(Value::Number);
    }
    let Spanned { value, span } = fields.text(name, writer.diagnostics)?;
    let written = Place::span(fields.file, &span);
    let exact = (fields.file.slice(&span) == value).then(|| span.clone());
    let target = |writer: &Writer<'_, '_>| target(&value, &writer.text.file.path);
    match parameter.kind {
        ParameterKind::Text => Some(Value::Text(
            writer.locale.typography.set(&value),
            Box::new(written),
        )),
        ParameterKind::Markdown => {
            let text = Text::value(fields.file, &value, &span);
            Some(Value::Markdown(writer::write_inside(
                text,
                writer.locale,
                writer.body,
                writer.diagnostics,
            )))
        }
        ParameterKind::Link => Some(Value::Link(match target(writer) {
            Some(target) => ComponentLink::Here(writer.add_link(target, written)),
            None => {
                writer.check_address(&value, written, exact);
                ComponentLink::Elsewhere(value)
            }
        })),
        ParameterKind::Elsewhere => {
            if !value.starts_with("https://") && !value.starts_with("http://") {
                writer.refuse_link(&value, written, exact);
            }
            Some(Value::Link(ComponentLink::Elsewhere(value)))
        }
        ParameterKind::File | ParameterKind::Page => {
            let is_file = matches!(parameter.kind, ParameterKind::File);
            let found = target(writer).filter(|target| {
                if is_file {
                    target.path.starts_with("media/")
                } else {
                    target.path.ends_with(".md")
                }
            });
            match found {
                Some(target) => Some(Value::File(writer.add_link(target, written))),
                None => {
                    writer.diagnostics.push(not_there(parameter, written));
                    None
                }
            }
        }
        ParameterKind::Number | ParameterKind::Rows(_) => None,
    }
}

fn not_there(parameter: &Parameter, place: Place) -> Diagnostic {
    let [bg, en] = parameter.help;
    Diagnostic::error(
        "L15",
        place,
        Words::new(
            format!("„{}“ е път на файл при нас, в content", parameter.name),
            format!(
                "“{}” is the path of a file of ours, in content",
                parameter.name
            ),
        ),
    )
    .hint(Words::new(bg, en))
}

/// The component, if everything is there that it needs. What is missing was reported.
fn content(name: ComponentName, mut values: Values) -> Option<Content> {
    Some(match name {
        ComponentName::Button => Content::Button {
            text: values.text("text")?,
            link: values.link("link")?,
        },
        ComponentName::Gallery => Content::Gallery {
            pictures: values.rows("pictures", |row| {
                Some(GalleryPicture {
                    file: row.file("file")?,
                    alt: row.text("alt")?,
                    caption: row.text("caption").unwrap_or_default(),
                })
            }),
        },
        ComponentName::Contact => Content::Contact,
        ComponentName::Map => Content::Map {
            address: values.text("address")?,
            link: values.link("link")?,
        },
        ComponentName::Download => Content::Download {
            title: values.text("title")?,
            file: values.file("file")?,
        },
        ComponentName::Timetable => Content::Timetable {
            title: values.text("title").unwrap_or_default(),
            rows: values.rows("rows", |row| {
                Some(TimetableRow {
                    time: row.text("time")?,
                    what: row.text("what")?,
                    place: row.text("place").unwrap_or_default(),
                })
            }),
        },
        ComponentName::Questions => Content::Questions {
            questions: values.rows("questions", |row| {
                Some(Question {
                    question: row.text("question")?,
                    answer: row.markdown("answer")?,
                })
            }),
        },
        ComponentName::Events => Content::Events {
            count: usize::try_from(values.number("count").unwrap_or(EVENTS)).ok()?,
            topic: values.placed("topic"),
        },
        ComponentName::Video => Content::Video {
            title: values.text("title")?,
            link: values.link("link")?,
            length: values.text("length").unwrap_or_default(),
        },
        ComponentName::Form => Content::Form {
            page: values.file("page")?,
        },
        ComponentName::PersonalData => Content::PersonalData,
    })
}
