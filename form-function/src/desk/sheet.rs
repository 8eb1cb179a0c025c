//! Lists as spreadsheets open them: XLSX, whose cells are texts and nothing else, and CSV, with a guard against formulas.

use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// A list with a head, all of texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// What it is of.
    pub title: String,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The cells, row by row.
    pub rows: Vec<Vec<String>>,
    /// Who took it away, when and why: stands below the rows and on every printed page. Empty for none.
    pub mark: String,
}

/// How the words of a list are said: for a program by their names, for people in their language.
pub trait Wording: Sync {
    /// A column, by its name.
    fn column(&self, name: &str) -> String;
    /// A state, by its name.
    fn state(&self, name: &str) -> String;
    /// A moment.
    fn moment(&self, at: Timestamp) -> String;
}

/// A list that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// As CSV.
    #[error("the list cannot be written as CSV")]
    Csv(#[from] csv::Error),
    /// As XLSX.
    #[error("the list cannot be written as XLSX")]
    Xlsx(#[from] XlsxError),
}

/// What stands between the cells of a CSV file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Separator {
    /// As spreadsheets in Bulgarian expect it, since the comma is in their numbers.
    Semicolon,
    /// As the others do (RFC 4180).
    Comma,
}

/// The list as Office Open XML (ECMA-376). Every cell is a text, so that `+359…` stays what it is and nothing is reckoned.
/// `made_at` is the wall time that the file says it was made at.
pub fn to_xlsx(sheet: &Sheet, made_at: DateTime) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    let day = made_at.date();
    let created = ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or(1900),
        u8::try_from(day.month()).unwrap_or(1),
        u8::try_from(day.day()).unwrap_or(1),
    )?;
    book.set_properties(
        &DocProperties::new()
            .set_title(&sheet.title)
            .set_creation_datetime(&created),
    );
    let page = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, name) in (0_u16..).zip(&sheet.columns) {
        page.write_string_with_format(0, column, name, &bold)?;
    }
    let mut next = 1;
    for row in &sheet.rows {
        for (column, cell) in (0_u16..).zip(row) {
            page.write_string(next, column, cell)?;
        }
        next += 1;
    }
    if !sheet.mark.is_empty() {
        page.write_string(next + 1, 0, &sheet.mark)?;
        // `&` begins a code in the foot of a page, where 255 characters have room.
        let foot: String = sheet.mark.replace('&', "&&").chars().take(240).collect();
        page.set_footer(format!("&L{foot}"));
    }
    page.set_freeze_panes(1, 0)?;
    page.autofit();
    Ok(book.save_to_buffer()?)
}

/// The list as comma-separated values (RFC 4180), with a byte order mark, without which spreadsheets take Cyrillic for
/// something else.
pub fn to_csv(sheet: &Sheet, separator: Separator) -> Result<Vec<u8>, SheetError> {
    const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
    let mut writer = csv::WriterBuilder::new()
        .delimiter(match separator {
            Separator::Semicolon => b';',
            Separator::Comma => b',',
        })
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    let mark = [sheet.mark.clone()];
    let marks = (!sheet.mark.is_empty()).then_some(&mark[..]);
    let rows = [sheet.columns.as_slice()].into_iter();
    for row in rows
        .chain(sheet.rows.iter().map(Vec::as_slice))
        .chain(marks)
    {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()).into())
}

/// A text that no spreadsheet takes for a formula: before one that could begin such stands an apostrophe. Nothing is taken
/// away, so that `+359…` stays a number to call. A spreadsheet of another country may cut a cell in two at the other
/// separator, so what follows one is looked at, too.
fn harmless(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 1);
    let mut before = ';';
    for sign in text.chars() {
        let begins_cell = matches!(before, ';' | ',' | '\t' | '\r' | '\n');
        let begins_formula = matches!(sign, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\'');
        if begins_cell && begins_formula {
            written.push('\'');
        }
        written.push(sign);
        // Who cuts at the wrong place may take a quotation mark for the mark of a cell, and drop it.
        if sign != '"' {
            before = sign;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sheet(name: &str, telephone: &str) -> Sheet {
        Sheet {
            title: "Списък".to_owned(),
            columns: ["reference", "name", "telephone"]
                .map(str::to_owned)
                .to_vec(),
            rows: vec![["7K3M9QXB", name, telephone].map(str::to_owned).to_vec()],
            mark: String::new(),
        }
    }

    /// The cells of a list as a program reads them that takes this for the separator.
    fn read(list: &[u8], separator: u8) -> Vec<Vec<String>> {
        let list = list.strip_prefix("\u{feff}".as_bytes()).unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .from_reader(list);
        let records = reader.records().map(|record| record.unwrap());
        records
            .map(|record| record.iter().map(str::to_owned).collect())
            .collect()
    }

    fn written(sheet: &Sheet) -> Vec<Vec<String>> {
        read(&to_csv(sheet, Separator::Semicolon).unwrap(), b';')
    }

    #[test]
    fn a_list_is_read_as_it_was_written_and_numbers_can_be_called() {
        let cells = written(&sheet("Ана „Ани“; Петрова", "+359888123456"));
        let expected = ["7K3M9QXB", "Ана „Ани“; Петрова", "'+359888123456"];
        assert_eq!(cells, [expected.map(str::to_owned).to_vec()]);
    }

    #[test]
    fn a_quotation_mark_hides_no_formula() {
        let cells = written(&sheet("\n\"=1+1", "\"+359"));
        assert_eq!(cells[0][1..], ["'\n\"'=1+1", "\"'+359"].map(str::to_owned));
    }

    proptest! {
        #[test]
        fn no_cell_begins_a_formula_whoever_cuts_the_line_and_no_letter_is_lost(
            name in "([-+=@';,]|[^\u{0}]){0,12}",
            telephone in "[-+=@']?.{0,9}",
        ) {
            let sheet = sheet(&name, &telephone);
            for (separator, right, wrong) in [
                (Separator::Semicolon, b';', b','),
                (Separator::Comma, b',', b';'),
            ] {
                let list = to_csv(&sheet, separator).unwrap();
                for cell in read(&list, right).concat() {
                    prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
                }
                for cell in read(&list, wrong).concat() {
                    // What is cut at the wrong place may begin with the end of a line or with a mark of a cell.
                    let seen = cell.trim_start_matches(['\r', '\n', '\t', '"']);
                    prop_assert!(!seen.starts_with(['=', '+', '-', '@']), "{cell:?}");
                }
            }
            let cells = written(&sheet);
            let without = |text: &str| text.replace('\'', "");
            for (cell, text) in [(&cells[0][1], &name), (&cells[0][2], &telephone)] {
                prop_assert_eq!(without(cell), without(text));
            }
        }
    }
}
