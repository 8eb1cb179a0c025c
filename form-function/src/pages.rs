//! What the templates of the function print, and the pages they make.
//!
//! In: a bundle, texts of one language, and what there is to say. Out: HTML. One struct per template; every text is ready
//! for a reader.

use forms::{
    Activity, ActivityStatus, FieldError, FormValues, FormView, Registration, Session, Strings,
    SummaryRow, form_view, posted_again, retention_in_words, span_in_words, summary_rows,
};
use serde::Serialize;
use serde_json::Value;

use crate::bundle::{Bundle, Texts, template};
use crate::outcome::{Again, Check};
use crate::register::Asked;

mod receipt;

pub(crate) use receipt::{ReceiptLinks, receipt_page, verify_page};

/// What every page says about itself.
pub(crate) struct Head<'a> {
    pub(crate) title: &'a str,
    /// Stands before the title in the window's name only.
    pub(crate) title_prefix: &'a str,
    /// Empty for a page whose address is a secret.
    pub(crate) url: &'a str,
    pub(crate) activity: Option<&'a Activity>,
}

/// A place to go to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Link {
    pub(crate) title: String,
    pub(crate) url: String,
}

/// When and where an activity is; empty texts for the services.
pub(crate) struct Occasion {
    pub(crate) when: String,
    pub(crate) place: String,
}

/// A message to a visitor.
pub(crate) struct Message {
    pub(crate) heading: String,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) links: Vec<Link>,
}

#[derive(Serialize)]
struct FormPage {
    form: FormView,
    back: Link,
    when: String,
    place: String,
}

#[derive(Serialize)]
struct CheckPage<'a> {
    rows: Vec<SummaryRow>,
    hidden: Vec<HiddenInput>,
    token: &'a str,
    confirm_action: String,
    edit_action: String,
    submit: &'a str,
    title: &'a str,
    when: String,
    place: String,
    notice: &'a str,
    retention: String,
    warning: &'a str,
    warning_text: &'a str,
}

#[derive(Serialize)]
struct HiddenInput {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct MessagePage<'a> {
    heading: &'a str,
    paragraphs: &'a [String],
    links: &'a [Link],
}

/// The form again, with the answers so far and the faults in them.
pub(crate) fn form_page(
    bundle: &Bundle,
    asked: Asked<'_>,
    values: &FormValues,
    errors: &[FieldError],
) -> tera::TeraResult<String> {
    let Occasion { when, place } = occasion(asked.activity, &asked.texts.strings);
    let form = view_of_form(asked, values, errors);
    let title = form.title.clone();
    let head = Head {
        title: &title,
        title_prefix: if errors.is_empty() {
            ""
        } else {
            asked.texts.strings.text("form.error_prefix")
        },
        url: &form_path(asked.activity),
        activity: Some(asked.activity),
    };
    let view = FormPage {
        form,
        back: back(asked.activity, asked.texts),
        when,
        place,
    };
    render(bundle, asked.texts, template::FORM, &head, &view)
}

/// The answers, to be looked at before they count.
pub(crate) fn check_page(
    bundle: &Bundle,
    asked: Asked<'_>,
    check: &Check,
) -> tera::TeraResult<String> {
    let strings = &asked.texts.strings;
    let language = asked.texts.language();
    let Occasion { when, place } = occasion(asked.activity, strings);
    let rows = summary_rows(
        asked.definition,
        asked.max_party(),
        &check.submission,
        strings,
    );
    let (warning, warning_text) = match (check.again, check.waits) {
        (Some(Again::Expired), _) => ("message.expired.text", ""),
        (Some(Again::TooFast), _) => ("check.too_fast", ""),
        (None, true) => ("form.will_wait", "form.will_wait_text"),
        (None, false) => ("", ""),
    };
    let view = CheckPage {
        rows,
        hidden: hidden_inputs(asked, &check.values),
        token: &check.token,
        confirm_action: format!("{}/confirm", form_path(asked.activity)),
        edit_action: form_path(asked.activity),
        submit: if check.waits {
            strings.text("form.join_waitlist")
        } else {
            asked.definition.submit.text(language)
        },
        title: asked.activity.title.text(language),
        when,
        place,
        notice: asked.definition.notice.text(language),
        retention: retention_in_words(asked.definition, asked.activity, strings),
        warning: strings.text(warning),
        warning_text: strings.text(warning_text),
    };
    let head = Head {
        title: strings.text("form.check_title"),
        title_prefix: "",
        url: &view.confirm_action,
        activity: Some(asked.activity),
    };
    render(bundle, asked.texts, template::CHECK_ANSWERS, &head, &view)
}

/// A message instead of a form.
pub(crate) fn message_page(
    bundle: &Bundle,
    texts: &Texts,
    activity: Option<&Activity>,
    message: &Message,
) -> tera::TeraResult<String> {
    let head = Head {
        title: &message.heading,
        title_prefix: "",
        url: "",
        activity,
    };
    let view = MessagePage {
        heading: &message.heading,
        paragraphs: &message.paragraphs,
        links: &message.links,
    };
    render(bundle, texts, template::MESSAGE, &head, &view)
}

/// When and where an activity is, and for how many: what one may show of a registration to whoever has its link.
pub(crate) fn facts(
    registration: &Registration,
    activity: Option<&Activity>,
    strings: &Strings,
) -> Vec<SummaryRow> {
    let Some((activity, session)) =
        activity.and_then(|activity| Some((activity, activity.session.as_ref()?)))
    else {
        return Vec::new();
    };
    let Occasion { when, place } = occasion(activity, strings);
    let row = |label: &str, value: String| SummaryRow {
        label: strings.text(label).to_owned(),
        value,
    };
    // The date that was announced first is true no more, and there is no other yet.
    let when = match session.status {
        ActivityStatus::Postponed => strings.text("form.when_unknown").to_owned(),
        ActivityStatus::Scheduled | ActivityStatus::Cancelled => when,
    };
    let mut rows = vec![row("form.when", when), row("form.where", place)];
    if session.max_party.places() > 1 {
        rows.push(row(
            "form.party",
            strings.count("form.places", registration.party_size.places()),
        ));
    }
    rows
}

/// When and where an activity is, in words.
pub(crate) fn occasion(activity: &Activity, strings: &Strings) -> Occasion {
    let words = |session: &Session| Occasion {
        when: span_in_words(strings, &session.when),
        place: session.place.text(&strings.language).to_owned(),
    };
    activity.session.as_ref().map_or_else(
        || Occasion {
            when: String::new(),
            place: String::new(),
        },
        words,
    )
}

/// The page of an activity.
pub(crate) fn back(activity: &Activity, texts: &Texts) -> Link {
    let language = texts.language();
    Link {
        title: activity.title.text(language).to_owned(),
        url: activity.page.text(language).to_owned(),
    }
}

/// The home page.
pub(crate) fn home(texts: &Texts) -> Link {
    Link {
        title: texts.site_name.clone(),
        url: texts.home.clone(),
    }
}

fn form_path(activity: &Activity) -> String {
    format!("/forms/{}", activity.slug)
}

fn view_of_form(asked: Asked<'_>, values: &FormValues, errors: &[FieldError]) -> FormView {
    form_view(
        asked.definition,
        asked.activity,
        &asked.texts.strings,
        values,
        errors,
    )
}

/// The answers for the next post: what the form asks and nothing else that came along.
fn hidden_inputs(asked: Asked<'_>, values: &FormValues) -> Vec<HiddenInput> {
    let language = asked.texts.language().as_str();
    posted_again(asked.definition, asked.max_party(), values)
        .into_iter()
        .chain([("_language".to_owned(), language.to_owned())])
        .map(|(name, value)| HiddenInput { name, value })
        .collect()
}

/// A page of the theme.
pub(crate) fn render<V: Serialize>(
    bundle: &Bundle,
    texts: &Texts,
    template: &str,
    head: &Head<'_>,
    view: &V,
) -> tera::TeraResult<String> {
    let mut context = tera::Context::from_serialize(view)?;
    context.insert_value("t", texts.t.clone());
    context.insert_value("site", texts.site.clone());
    context.insert_value("page", page(texts, head)?);
    bundle.templates.render(template, &context)
}

fn page(texts: &Texts, head: &Head<'_>) -> tera::TeraResult<tera::Value> {
    let path = head
        .activity
        .map_or("", |activity| activity.page.text(texts.language()));
    let mut page = texts.page.clone();
    let own: [(&str, Value); 9] = [
        ("title", head.title.into()),
        (
            "head_title",
            format!("{}{} – {}", head.title_prefix, head.title, texts.site_name).into(),
        ),
        ("description", "".into()),
        ("url", head.url.into()),
        ("canonical", "".into()),
        ("section_url", section_url(texts, path).into()),
        ("is_home", false.into()),
        ("noindex", true.into()),
        ("breadcrumbs", Value::Array(Vec::new())),
    ];
    page.extend(own.map(|(name, value)| (name.to_owned(), value)));
    tera::Value::try_from_serializable(&page)
}

/// The entry of the navigation under which a page stands.
fn section_url<'a>(texts: &'a Texts, path: &str) -> &'a str {
    let urls = texts.navigation.iter().map(|entry| entry.url.as_str());
    urls.filter(|url| *url != texts.home && path.starts_with(url))
        .max_by_key(|url| url.len())
        .unwrap_or_default()
}
