//! A list of sheets as the call `import` takes them, or a refusal as calls give it.

use std::fmt::Write;

use crate::sheet::{day_text, Cell, Refusal, Sheet};

pub fn answer(made: &Result<Vec<Sheet>, Refusal>) -> String {
    let mut out = String::new();
    match made {
        Ok(sheets) => {
            out.push('[');
            for (number, sheet) in sheets.iter().enumerate() {
                out += if number > 0 { "," } else { "" };
                add_sheet(&mut out, sheet);
            }
            out.push(']');
        }
        Err(refusal) => add_refusal(&mut out, refusal),
    }
    out
}

fn add_refusal(out: &mut String, refusal: &Refusal) {
    *out += "{\"status\":";
    add_text(out, refusal.status);
    *out += ",\"problem_count\":1,\"problems\":[{\"status\":";
    add_text(out, refusal.status);
    if !refusal.place.is_empty() {
        *out += ",\"place\":";
        add_text(out, &refusal.place);
    }
    if refusal.line > 0 {
        let _ = write!(out, ",\"line\":{}", refusal.line);
    }
    *out += ",\"zh\":";
    add_text(out, &refusal.zh);
    *out += ",\"en\":";
    add_text(out, &refusal.en);
    *out += "}]}";
}

fn add_sheet(out: &mut String, sheet: &Sheet) {
    *out += "{\"name\":";
    add_text(out, &sheet.name);
    if sheet.hidden {
        *out += ",\"hidden\":true";
    }
    if sheet.hidden_rows > 0 {
        let _ = write!(out, ",\"hidden_rows\":{}", sheet.hidden_rows);
    }
    if sheet.from_1904 {
        *out += ",\"from_1904\":true";
    }
    let columns = sheet.rows.first().map_or(1, Vec::len);
    let _ = write!(out, ",\"columns\":{columns},\"cells\":[");
    for (number, cell) in sheet.rows.iter().flatten().enumerate() {
        *out += if number > 0 { "," } else { "" };
        add_cell(out, cell);
    }
    *out += "]}";
}

fn add_cell(out: &mut String, cell: &Cell) {
    match cell {
        Cell::Blank => *out += "{}",
        Cell::Text(text) => {
            *out += "{\"text\":";
            add_text(out, text);
            out.push('}');
        }
        Cell::Number(value) => add_kind(out, "number", Some(&number_text(*value))),
        Cell::Day(days) => {
            let _ = write!(out, "{{\"kind\":\"day\",\"day\":\"{}\"}}", day_text(*days));
        }
        Cell::Bool(value) => {
            let _ = write!(out, "{{\"kind\":\"bool\",\"truth\":{value}}}");
        }
        Cell::Error(text) => add_kind(out, "error", Some(text)),
        Cell::Formula(text) => add_kind(out, "formula", text.as_deref()),
        Cell::Merged(above, left) => {
            let _ = write!(out, "{{\"kind\":\"merged\",\"above\":{above},\"left\":{left}}}");
        }
        Cell::Picture => add_kind(out, "picture", None),
    }
}

fn add_kind(out: &mut String, kind: &str, text: Option<&str>) {
    *out += "{\"kind\":\"";
    *out += kind;
    out.push('"');
    if let Some(text) = text {
        *out += ",\"text\":";
        add_text(out, text);
    }
    out.push('}');
}

/// The shortest digits that the file's number has, as the Python package writes them.
fn number_text(value: f64) -> String {
    if value.abs() < 1e15 && value == value.trunc() {
        return format!("{}", value as i64);
    }
    if value == 0.0 || (1e-4..1e16).contains(&value.abs()) {
        return format!("{value}");
    }
    let shortest = format!("{value:e}");
    let (digits, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

fn add_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => *out += "\\\"",
            '\\' => *out += "\\\\",
            '\n' => *out += "\\n",
            '\r' => *out += "\\r",
            '\t' => *out += "\\t",
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
