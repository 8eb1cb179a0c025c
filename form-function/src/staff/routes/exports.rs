//! Lists to take away. What leaves here is out of our hands, so each is written down, and the full one says who took it and why.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::response::IntoResponse;
use forms::Activity;
use serde::Deserialize;

use super::{Asked, Segment, segment};
use crate::desk::sheet::{Separator, Sheet, Wording, to_csv, to_xlsx};
use crate::desk::{self, Attendee, Column};
use crate::personal::ReadError;
use crate::staff::access::Access;
use crate::staff::guard::{SignedIn, Values};
use crate::staff::{Staff, pages};
use crate::store::{Documents, Store};
use crate::walk_ins;

/// In which form a list is taken away.
#[derive(Clone, Copy, Deserialize, Default)]
pub(super) enum Format {
    #[default]
    #[serde(rename = "xlsx")]
    Xlsx,
    #[serde(rename = "csv")]
    Csv,
    #[serde(rename = "csv-comma")]
    CsvComma,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    format: Format,
}

/// Who has a place, with how to reach them.
pub(super) async fn attendance<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    name: Segment,
    asking: Result<Query<Asking>, QueryRejection>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let activity = match asked.door(&segment(name)) {
        Ok(activity) => activity,
        Err(refused) => return *refused,
    };
    let format = asking
        .map(|Query(asking)| asking.format)
        .unwrap_or_default();
    let sheet = async {
        asked
            .log("export_attendance", activity.slug.as_str(), None)
            .await?;
        let desk = asked.staff.desk();
        let mut attendees = desk::attendees(&desk, &activity.slug).await?;
        let context = asked.context();
        let walk_ins = walk_ins::all(desk.store, &activity.slug).await?;
        let places = walk_ins::people(&walk_ins);
        if places > 0 {
            attendees.push(Attendee {
                name: context.column("walk_in"),
                places,
                state: forms::State::Attended.as_str(),
                ..Attendee::default()
            });
        }
        let title = activity.title.text(asked.texts.language()).to_owned();
        // Who stands at the door has nobody to ring or to write to.
        let columns: &[Column] = if Access::Registrations.is_given_to(asked.who.role) {
            &Column::ALL
        } else {
            &Column::AT_THE_DOOR
        };
        Ok(desk::attendance_sheet(&attendees, title, columns, &context))
    };
    match sheet.await {
        Ok(sheet) => file(
            &asked,
            &format!("{}-attendance", activity.slug),
            format,
            &sheet,
        ),
        Err(error) => asked.unreadable(error),
    }
}

/// Everything that people wrote, for a reason.
pub(super) async fn full<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    name: Segment,
    Extension(values): Values,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let Some(activity) = asked.event(&segment(name)) else {
        return asked.not_found();
    };
    let reason = values.get("reason").trim();
    if reason.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return pages::message(asked.staff, asked.texts, status, "export_reason");
    }
    let format = match values.get("format") {
        "csv" => Format::Csv,
        "csv-comma" => Format::CsvComma,
        _ => Format::Xlsx,
    };
    match everything(&asked, activity, reason).await {
        Ok(sheet) => file(&asked, &format!("{}-full", activity.slug), format, &sheet),
        Err(error) => asked.unreadable(error),
    }
}

async fn everything<S: Store + Documents>(
    asked: &Asked<'_, S>,
    activity: &Activity,
    reason: &str,
) -> Result<Sheet, ReadError> {
    let slug = activity.slug.as_str();
    asked.log("export_full", slug, Some(reason)).await?;
    let context = asked.context();
    let desk = asked.staff.desk();
    let sheet = desk::full_sheet(&desk, activity, asked.texts.language(), &context).await?;
    Ok(Sheet {
        mark: pages::mark(&context, reason),
        ..sheet
    })
}

/// A list to take away, in a file whose name begins like this.
pub(super) fn file<S: Store + Documents>(
    asked: &Asked<'_, S>,
    name: &str,
    format: Format,
    sheet: &Sheet,
) -> Response<Body> {
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const CSV: &str = "text/csv; charset=utf-8";
    let app = &asked.staff.app;
    let now = app.now().to_zoned(app.bundle.zone.clone()).datetime();
    let (written, media_type, ending) = match format {
        Format::Xlsx => (to_xlsx(sheet, now), XLSX, "xlsx"),
        Format::Csv => (to_csv(sheet, Separator::Semicolon), CSV, "csv"),
        Format::CsvComma => (to_csv(sheet, Separator::Comma), CSV, "csv"),
    };
    match written {
        Ok(bytes) => {
            let name = format!("{name}-{}.{ending}", now.date());
            let disposition = format!("attachment; filename=\"{name}\"");
            let headers = [
                (header::CONTENT_TYPE, media_type.to_owned()),
                (header::CONTENT_DISPOSITION, disposition),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a list could not be written");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            pages::message(asked.staff, asked.texts, status, "unreadable")
        }
    }
}
