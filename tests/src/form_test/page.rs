//! Pages and their forms, read as a browser reads them.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html, Selector};

/// A page.
pub(crate) struct Page(Html);

/// The one form that the main part of a page has.
#[derive(Clone)]
pub(crate) struct Form {
    /// Where it is posted.
    pub(crate) action: String,
    /// What is sent along and not asked.
    pub(crate) hidden: Answers,
    /// What is asked, in order.
    pub(crate) questions: Vec<Question>,
    /// Controls that no person sees.
    pub(crate) unseen: Vec<String>,
}

/// One question and the controls that answer it.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// Whether it says that one may leave it out.
    pub(crate) optional: bool,
    /// Its controls; those that share a name are one.
    pub(crate) controls: Vec<Control>,
    /// The message at the question, as far as one sees it.
    pub(crate) error: Option<Error>,
}

/// A message at a question.
#[derive(Clone, Debug)]
pub(crate) struct Error {
    pub(crate) text: String,
    /// Whether every control, or the group they are in, is described by it.
    pub(crate) describes: bool,
}

/// One name of a form.
#[derive(Clone, Debug)]
pub(crate) struct Control {
    /// The id of the first element.
    pub(crate) id: String,
    pub(crate) name: String,
    /// `text`, `email`, `tel`, `radio`, `checkbox`, `textarea` or `select`.
    pub(crate) kind: String,
    /// What fills it in automatically.
    pub(crate) autocomplete: String,
    /// What a browser sends when nobody touches it; nothing for boxes that are not ticked.
    pub(crate) values: Vec<String>,
    /// What there is to choose from.
    pub(crate) choices: Vec<String>,
    pub(crate) max_length: Option<usize>,
    /// Whether it says that its value is wrong.
    pub(crate) invalid: bool,
}

/// Names and values to post.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Answers(pub(crate) Vec<(String, String)>);

impl Answers {
    pub(crate) fn of(answers: &[(&str, &str)]) -> Answers {
        Answers(
            answers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    /// The same answers with another value for a name.
    pub(crate) fn with(&self, name: &str, value: &str) -> Answers {
        self.with_all(name, &[value])
    }

    /// The same answers with these values for a name.
    pub(crate) fn with_all(&self, name: &str, values: &[impl AsRef<str>]) -> Answers {
        let mut answers = self.without(name);
        let values = values.iter().map(|value| value.as_ref().to_owned());
        answers
            .0
            .extend(values.map(|value| (name.to_owned(), value)));
        answers
    }

    /// The same answers without a name.
    pub(crate) fn without(&self, name: &str) -> Answers {
        Answers(
            self.0
                .iter()
                .filter(|(other, _)| other != name)
                .cloned()
                .collect(),
        )
    }

    /// The same answers without any of the controls of these questions.
    pub(crate) fn without_question(&self, question: &Question) -> Answers {
        question
            .controls
            .iter()
            .fold(self.clone(), |answers, control| {
                answers.without(&control.name)
            })
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// As a browser writes them into a body.
    pub(crate) fn encoded(&self) -> String {
        // Line ends are those of the network (HTML, 4.10.21.5).
        let typed = self
            .0
            .iter()
            .map(|(name, value)| (name, value.replace("\r\n", "\n").replace('\n', "\r\n")));
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(typed)
            .finish()
    }

    /// As a program writes them: a name with several values has a list.
    pub(crate) fn as_json(&self) -> serde_json::Value {
        let mut values: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, value) in &self.0 {
            values.entry(name.clone()).or_default().push(value);
        }
        let value = |values: Vec<&str>| match values.as_slice() {
            [one] => (*one).into(),
            several => several.into(),
        };
        let values = values.into_iter();
        values
            .map(|(name, values)| (name, value(values)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }
}

impl Page {
    pub(crate) fn read(html: &str) -> Page {
        Page(Html::parse_document(html))
    }

    /// The name of the window.
    pub(crate) fn title(&self) -> String {
        self.text("title")
    }

    /// The heading of the page; there must be one.
    pub(crate) fn heading(&self) -> String {
        let headings = self.texts("h1");
        assert_eq!(headings.len(), 1, "headings of the page");
        headings[0].clone()
    }

    /// The language that the page says it is in.
    pub(crate) fn language(&self) -> String {
        self.attributes("html", "lang").remove(0)
    }

    /// The text of the first such element; empty when there is none.
    pub(crate) fn text(&self, selector: &str) -> String {
        self.texts(selector).into_iter().next().unwrap_or_default()
    }

    /// The texts of all such elements.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.0.select(&css(selector)).map(text_of).collect()
    }

    /// An attribute of all such elements that have it.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = css(selector);
        self.0
            .select(&selector)
            .filter_map(|element| Some(element.attr(name)?.to_owned()))
            .collect()
    }

    pub(crate) fn has(&self, selector: &str) -> bool {
        self.0.select(&css(selector)).next().is_some()
    }

    /// The words of the main part.
    pub(crate) fn words(&self) -> String {
        self.text("main")
    }

    /// The one form of the main part.
    pub(crate) fn form(&self) -> Form {
        let mut forms: Vec<Form> = self.forms();
        assert_eq!(forms.len(), 1, "forms on the page: {}", self.words());
        forms.remove(0)
    }

    /// The form of the main part whose address ends so, such as `cancel`.
    pub(crate) fn form_for(&self, end: &str) -> Form {
        let mut forms = self.forms().into_iter();
        let found = forms.find(|form| form.action.ends_with(&format!("/{end}")));
        found.unwrap_or_else(|| panic!("nothing to {end}: {}", self.words()))
    }

    /// Every form of the main part.
    pub(crate) fn forms(&self) -> Vec<Form> {
        self.0
            .select(&css("main form[method=post]"))
            .map(read_form)
            .collect()
    }
}

impl Form {
    /// What a browser sends when nobody touches the form.
    pub(crate) fn sent_untouched(&self) -> Answers {
        let values = self.controls().flat_map(|control| {
            let values = control.values.iter();
            values.map(|value| (control.name.clone(), value.clone()))
        });
        Answers(self.hidden.0.iter().cloned().chain(values).collect())
    }

    /// What a browser sends when one person has answered every question they see.
    pub(crate) fn sample(&self) -> Answers {
        self.controls()
            .fold(self.sent_untouched(), |answers, control| {
                answers.with_all(&control.name, &control.sample())
            })
    }

    /// Every control that a person sees.
    pub(crate) fn controls(&self) -> impl Iterator<Item = &Control> {
        self.questions
            .iter()
            .flat_map(|question| &question.controls)
    }

    /// The names of the controls, in order.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.controls()
            .map(|control| control.name.as_str())
            .collect()
    }

    /// The question that a control of this name answers.
    pub(crate) fn question(&self, name: &str) -> &Question {
        let asks =
            |question: &&Question| question.controls.iter().any(|control| control.name == name);
        self.questions
            .iter()
            .find(asks)
            .unwrap_or_else(|| panic!("the form does not ask for {name}"))
    }
}

impl Control {
    /// An answer of its kind: one value, or every box of a group.
    fn sample(&self) -> Vec<String> {
        let typed = match (self.kind.as_str(), self.autocomplete.as_str()) {
            ("text", "name") => "Ана-Мария О’Нийл",
            ("text", "bday-day") => "5",
            ("text", "bday-month") => "11",
            ("text", "bday-year") => "2005",
            ("email", _) => "ana.maria@example.org",
            ("tel", _) => "0888 123 456",
            ("textarea", _) => "Идвам с количка.\r\nАко може, без стълби.",
            ("select", _) => self.choices.last().unwrap(),
            ("radio", _) => self.choices.first().unwrap(),
            ("checkbox", _) => return self.choices.clone(),
            ("text", _) => "Нещо друго",
            other => panic!("nobody knows how to fill in {other:?}"),
        };
        vec![typed.to_owned()]
    }
}

fn read_form(form: ElementRef<'_>) -> Form {
    let hidden = |input: ElementRef<'_>| {
        let part = |name: &str| input.attr(name).unwrap_or_default().to_owned();
        (part("name"), part("value"))
    };
    Form {
        action: form.attr("action").unwrap().to_owned(),
        hidden: Answers(
            form.select(&css("input[type=hidden]"))
                .map(hidden)
                .collect(),
        ),
        questions: form.select(&css(".field")).map(question).collect(),
        unseen: form
            .select(&css("[aria-hidden=true] [name]"))
            .map(|input| input.attr("name").unwrap().to_owned())
            .collect(),
    }
}

fn question(field: ElementRef<'_>) -> Question {
    let mut controls: Vec<Control> = Vec::new();
    for element in field.select(&css("input, textarea, select")) {
        let control = control(element);
        match controls.iter_mut().find(|other| other.name == control.name) {
            Some(other) => {
                other.choices.extend(control.choices);
                other.values.extend(control.values);
            }
            None => controls.push(control),
        }
    }
    let error = field.select(&css(".field__error")).next().map(|error| {
        let id = error.attr("id").unwrap_or("none");
        let described = |element: ElementRef<'_>| {
            let names = element.attr("aria-describedby").unwrap_or_default();
            names.split_whitespace().any(|name| name == id)
        };
        let all = || field.select(&css("input, textarea, select")).all(described);
        Error {
            text: text_of(error),
            describes: described(field) || all(),
        }
    });
    Question {
        optional: field.select(&css(".field__optional")).next().is_some(),
        controls,
        error,
    }
}

fn control(element: ElementRef<'_>) -> Control {
    let attribute = |name: &str| element.attr(name).unwrap_or_default().to_owned();
    let options: Vec<ElementRef<'_>> = element.select(&css("option")).collect();
    let posted = |option: &ElementRef<'_>| {
        option
            .attr("value")
            .map_or_else(|| text_of(*option), str::to_owned)
    };
    let kind = match element.value().name() {
        "input" => element.attr("type").unwrap_or("text").to_owned(),
        name => name.to_owned(),
    };
    let is_box = matches!(kind.as_str(), "radio" | "checkbox");
    let chosen = options
        .iter()
        .find(|option| option.attr("selected").is_some())
        .or(options.first());
    let value = match kind.as_str() {
        "radio" | "checkbox" => element.attr("checked").map(|_| attribute("value")),
        "select" => chosen.map(posted),
        "textarea" => Some(element.text().collect::<String>().replace('\n', "\r\n")),
        _ => Some(attribute("value")),
    };
    Control {
        id: attribute("id"),
        name: attribute("name"),
        autocomplete: attribute("autocomplete"),
        choices: if is_box {
            vec![attribute("value")]
        } else {
            options.iter().map(posted).collect()
        },
        max_length: element
            .attr("maxlength")
            .map(|length| length.parse().unwrap()),
        invalid: element.attr("aria-invalid") == Some("true"),
        kind,
        values: value.into_iter().collect(),
    }
}

/// The words of an element as one sees them, without what only screen readers read.
fn text_of(element: ElementRef<'_>) -> String {
    let hidden: Vec<_> = element
        .select(&css(".visually-hidden"))
        .flat_map(|hidden| hidden.descendants())
        .map(|node| node.id())
        .collect();
    let words = element
        .descendants()
        .filter(|node| !hidden.contains(&node.id()))
        .filter_map(|node| Some(node.value().as_text()?.to_string()));
    words
        .collect::<Vec<_>>()
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}
