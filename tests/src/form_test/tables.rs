//! What is in the file of a store, row by row.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

/// Makes a registration unreadable, as another program or a damaged disk might.
pub(crate) fn damage(file: &Path, registration: &str) {
    let connection = Connection::open(file).unwrap();
    let damaged = connection
        .execute(
            "UPDATE registrations SET value = json_remove(value, '$.heard') WHERE id = ?1",
            [registration],
        )
        .unwrap();
    assert_eq!(damaged, 1);
}

/// Makes what a person wrote unreadable: nothing opens it any more.
pub(crate) fn damage_sealed(file: &Path, registration: &str) {
    let connection = Connection::open(file).unwrap();
    let damaged = connection
        .execute(
            "UPDATE sealed SET content = zeroblob(length(content)) WHERE registration = ?1",
            [registration],
        )
        .unwrap();
    assert!(damaged > 0);
}

/// Every row of every table of a file.
pub(crate) fn dump(file: &Path) -> BTreeMap<String, Vec<String>> {
    let connection = Connection::open(file).unwrap();
    let mut tables = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .unwrap();
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    tables
        .into_iter()
        .map(|table| (table.clone(), rows(&connection, &table)))
        .collect()
}

fn rows(connection: &Connection, table: &str) -> Vec<String> {
    let mut query = connection
        .prepare(&format!("SELECT * FROM {table} ORDER BY 1"))
        .unwrap();
    let columns = query.column_count();
    let row = |row: &rusqlite::Row<'_>| {
        let values = (0..columns).map(|column| row.get::<_, rusqlite::types::Value>(column));
        Ok(format!("{:?}", values.collect::<Result<Vec<_>, _>>()?))
    };
    query
        .query_map([], row)
        .unwrap()
        .map(Result::unwrap)
        .collect()
}
