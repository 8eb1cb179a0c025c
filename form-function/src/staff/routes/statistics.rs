//! How many people there are of what sort, on a page and to take away.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Response, StatusCode};
use serde::Deserialize;

use super::Asked;
use super::exports::{Format, file};
use crate::desk::statistics::statistics;
use crate::response;
use crate::staff::guard::SignedIn;
use crate::staff::{Staff, pages};
use crate::store::{Documents, Store};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    /// In which form it is taken away; absent for the page.
    format: Option<Format>,
}

pub(super) async fn page<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    asking: Result<Query<Asking>, QueryRejection>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let format = asking
        .map(|Query(asking)| asking.format)
        .unwrap_or_default();
    let action = match format {
        None => "read_statistics",
        Some(_) => "export_statistics",
    };
    let tables = async {
        asked.log(action, "statistics", None).await?;
        statistics(&asked.staff.desk(), asked.texts.language()).await
    };
    let tables = match tables.await {
        Ok(tables) => tables,
        Err(error) => return asked.unreadable(error),
    };
    let context = asked.context();
    match format {
        None => {
            let page = pages::statistics(&context, &tables);
            response::html(StatusCode::OK, page, asked.texts)
        }
        Some(format) => {
            let sheet = pages::statistics_sheet(&context, &tables);
            file(&asked, "statistics", format, &sheet)
        }
    }
}
