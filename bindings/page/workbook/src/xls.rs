//! Sheets of an .xls file (Excel 97 and later), by calamine.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use crate::sheet::{
    damaged, finish, length_of_time, locked, put, refusal, serial, too_many_sheets, Cell, Range, Refusal, Rows, Sheet,
    SHEETS_MAX,
};

const LAST_COLUMN: u32 = 255;

fn refused(error: XlsError) -> Refusal {
    match error {
        XlsError::Password => locked(),
        other => damaged(&other.to_string()),
    }
}

pub fn sheets(data: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    if contains_name(data, "EncryptedPackage") {
        return Err(locked());
    }
    if !contains_name(data, "Workbook") {
        let (what, zh) = if contains_name(data, "Book") {
            ("a workbook of Excel 95 or before", "Excel 95或更早版本的工作簿")
        } else {
            ("a document of an older Office that is no workbook", "旧版Office文档，不是工作簿")
        };
        return Err(refusal("format", format!("found {what}: save it as .xlsx"), format!("这是{zh}：请另存为.xlsx")));
    }
    let mut workbook: Xls<_> = Xls::new(Cursor::new(data)).map_err(refused)?;
    let from_1904 = workbook.has_1904_epoch();
    let about = workbook.sheets_metadata().to_vec();
    if about.is_empty() {
        return Err(if is_locked(data) { locked() } else { damaged("") });
    }
    if about.len() > SHEETS_MAX {
        return Err(too_many_sheets(about.len()));
    }
    let mut made = Vec::new();
    let mut cells = 0;
    for sheet in about.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let range = workbook.worksheet_range(&sheet.name).map_err(refused)?;
        let (top, left) = range.start().unwrap_or((0, 0));
        if range.end().is_some_and(|(_, column)| column > LAST_COLUMN) {
            return Err(damaged(""));
        }
        let mut rows = Rows::new();
        for (row, column, value) in range.used_cells() {
            let value = match value {
                Data::Empty => continue,
                Data::Int(value) => Cell::Number(*value as f64),
                Data::Float(value) => Cell::Number(*value),
                Data::String(value) | Data::DateTimeIso(value) | Data::DurationIso(value) => {
                    Cell::Text(value.replace('\0', ""))
                }
                Data::Bool(value) => Cell::Bool(*value),
                Data::DateTime(value) if value.is_duration() => length_of_time(value.as_f64()),
                Data::DateTime(value) => serial(value.as_f64(), from_1904),
                Data::Error(value) => Cell::Error(value.to_string()),
            };
            if value != Cell::Text(String::new()) {
                put(&mut rows, (row + top as usize, column + left as usize), value);
            }
        }
        let merged: Vec<Range> = workbook
            .merge_cells_by_sheet_name(&sheet.name)
            .unwrap_or_default()
            .iter()
            .map(|one| Range {
                top: one.start.0 as usize,
                left: one.start.1 as usize,
                bottom: one.end.0 as usize,
                right: one.end.1 as usize,
            })
            .collect();
        finish(&mut rows, HashMap::new(), &merged, &sheet.name, cells)?;
        cells += rows.len() * rows.first().map_or(0, Vec::len);
        made.push(Sheet {
            name: sheet.name.clone(),
            rows,
            hidden: sheet.visible != SheetVisible::Visible,
            hidden_rows: 0, // which calamine does not tell
            from_1904,
        });
    }
    Ok(made)
}

/// Whether the directory of a compound file has a stream of this name.
fn contains_name(data: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    data.chunks_exact(128).any(|entry| entry.starts_with(&wide))
}

/// Whether what begins the workbook is followed by how it was encrypted, which calamine takes for a book without sheets.
fn is_locked(data: &[u8]) -> bool {
    const BEGIN: &[u8] = &[0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00];
    const ENCRYPTED: [u8; 2] = [0x2f, 0x00];
    let begun = data.windows(BEGIN.len()).position(|part| part == BEGIN);
    begun.and_then(|at| data.get(at + 20..at + 22)).is_some_and(|kind| kind == ENCRYPTED)
}
