//! How many people there are of what sort, in words and figures.

use forms::SummaryRow;
use serde::Serialize;

use super::Context;
use crate::bundle::template;
use crate::desk::sheet::Sheet;
use crate::desk::statistics::{FEWEST, Label, Table, Title};

#[derive(Serialize)]
struct StatisticsPage {
    tables: Vec<TableView>,
    /// Why some figures are not shown.
    note: String,
}

#[derive(Serialize)]
struct TableView {
    title: String,
    rows: Vec<SummaryRow>,
    whole: String,
}

/// The page.
pub(in crate::staff) fn statistics(
    context: &Context<'_>,
    tables: &[Table],
) -> tera::TeraResult<String> {
    let view = StatisticsPage {
        tables: tables
            .iter()
            .map(|table| table_view(context, table))
            .collect(),
        note: note(context),
    };
    let title = context.strings().text("staff.menu.statistics");
    context.render(template::STAFF_STATISTICS, title, &view)
}

/// The list to take away.
pub(in crate::staff) fn statistics_sheet(context: &Context<'_>, tables: &[Table]) -> Sheet {
    let rows = tables.iter().map(|table| table_view(context, table));
    let rows = rows.flat_map(|table| {
        let whole = SummaryRow {
            label: context.text("staff.statistics.whole"),
            value: table.whole,
        };
        let rows = table.rows.into_iter().chain([whole]);
        let title = table.title;
        let rows = rows.map(move |row| vec![title.clone(), row.label, row.value]);
        rows.collect::<Vec<_>>()
    });
    Sheet {
        title: context.text("staff.menu.statistics"),
        columns: ["table", "sort", "people"]
            .map(|column| context.text(&format!("staff.statistics.{column}")))
            .to_vec(),
        rows: rows.collect(),
        mark: note(context),
    }
}

fn note(context: &Context<'_>) -> String {
    let at = context.moment(context.now);
    let [from, to] = [1, FEWEST - 1].map(|count| count.to_string());
    let fields = [
        ("from", from.as_str()),
        ("to", to.as_str()),
        ("moment", at.as_str()),
    ];
    context.strings().fill("staff.statistics.note", &fields)
}

fn table_view(context: &Context<'_>, table: &Table) -> TableView {
    let figure = |count: Option<u32>| match count {
        Some(count) => count.to_string(),
        None => context.text("staff.statistics.hidden"),
    };
    let occasion = |occasion: forms::Occasion| {
        let mut forms = context.bundle.manifest.forms.values();
        let form = forms.find(|form| form.name.as_str() == occasion.form());
        let language = &context.strings().language;
        form.map_or_else(String::new, |form| form.title.text(language).to_owned())
    };
    TableView {
        title: match &table.title {
            Title::Event(title) => title.clone(),
            Title::ServiceUsers => context.text("staff.menu.service_users"),
            Title::Completeness(of) => occasion(*of),
            Title::Question(of, question) => format!("{} – {question}", occasion(*of)),
        },
        rows: table
            .rows
            .iter()
            .map(|(label, count)| SummaryRow {
                label: in_words(context, label),
                value: figure(*count),
            })
            .collect(),
        whole: figure(table.whole),
    }
}

fn in_words(context: &Context<'_>, label: &Label) -> String {
    let path = match label {
        Label::State(state) => return context.text(&format!("staff.state.{state}")),
        Label::Answer(answer) => return answer.clone(),
        Label::Age(from, to) => {
            let path = match (from, to) {
                (None, _) => "staff.statistics.age_to",
                (_, None) => "staff.statistics.age_from",
                (Some(_), Some(_)) => "staff.statistics.age",
            };
            let [from, to] = [from, to].map(|age| age.unwrap_or_default().to_string());
            let fields = [("from", from.as_str()), ("to", to.as_str())];
            return context.strings().fill(path, &fields);
        }
        Label::WalkIn => "staff.export.walk_in",
        Label::OtherAnswer => "staff.statistics.other_answer",
        Label::Refused => "staff.card.reply.refused",
        Label::Unknown => "staff.card.reply.unknown",
        Label::NotAsked => "staff.card.reply.not_asked",
        Label::Complete => "staff.card.complete",
        Label::Incomplete => "staff.card.incomplete",
    };
    context.text(path)
}
