//! The lines that edits change, before and after.

use std::ops::Range;

use super::Change;
use crate::diagnostic::{Edit, apply};
use crate::source::SourceFile;

/// What a group of edits changes, line by line.
pub(super) fn changed(code: &'static str, file: &SourceFile, edits: &[Edit]) -> Vec<Change> {
    let text = &file.text;
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort();
    let mut regions: Vec<(Range<usize>, Vec<Edit>)> = Vec::new();
    for edit in sorted {
        let lines = lines_around(text, edit);
        match regions.last_mut() {
            Some((region, inside)) if lines.start < region.end => {
                region.end = region.end.max(lines.end);
                inside.push(edit.clone());
            }
            _ => regions.push((lines, vec![edit.clone()])),
        }
    }
    let mut number = 1;
    let mut counted = 0;
    let mut changes = Vec::new();
    for (region, inside) in regions {
        number += text[counted..region.start].matches('\n').count();
        counted = region.start;
        let within = inside.into_iter().map(|edit| Edit {
            start: edit.start - region.start,
            end: edit.end - region.start,
            ..edit
        });
        let within: Vec<Edit> = within.collect();
        let before = &text[region];
        let after = apply(before, [within.as_slice()]).text;
        changes.push(Change {
            code,
            file: file.path.clone(),
            line: number,
            before: before.trim_end_matches(['\n', '\r']).to_owned(),
            after: after.trim_end_matches(['\n', '\r']).to_owned(),
        });
    }
    changes
}

/// The whole lines that an edit touches.
fn lines_around(text: &str, edit: &Edit) -> Range<usize> {
    let start = text[..edit.start].rfind('\n').map_or(0, |at| at + 1);
    // What ends with the end of a line does not touch the next one.
    let ends_line = text[edit.start..edit.end].ends_with('\n');
    let last = edit.end - usize::from(ends_line);
    let end = text[last..]
        .find('\n')
        .map_or(text.len(), |at| last + at + 1);
    start..end
}
