//! Sheets of an .xlsx file: values by calamine, and what that does not tell by one walk through the sheet's XML.

use std::collections::{HashMap, HashSet};
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use quick_xml::events::BytesStart;

use crate::archive::{attribute, bare, Archive, Walker};
use crate::sheet::{
    damaged, filled, finish, has_room, is_percentage, length_of_time, locked, moment_of, name_of, percentage, place_of,
    put, serial, too_many_cells, too_many_sheets, too_much_text, Cell, Place, Range, Refusal, Rows, Sheet, COLUMNS_MAX,
    ROWS_MAX, SHEETS_MAX, TEXT_MAX,
};

pub const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
const RICH_VALUES: &str = "xl/richdata/rdrichvaluestructure.xml";

/// What a workbook says of all its sheets. parts: of each sheet's name, the part that has its cells, None where it is a
/// chart. percent: the numbers of the styles that show percentages. uncounted: whether the program that wrote it left
/// all formulas to be counted when it is opened, so that a stored 0 says nothing. pictures: whether a value of many
/// parts may be a picture.
struct Book {
    parts: HashMap<String, Option<String>>,
    hidden: HashSet<String>,
    from_1904: bool,
    uncounted: bool,
    percent: HashSet<String>,
    pictures: bool,
}

fn is_true(value: &str) -> bool {
    value == "1" || value == "true"
}

impl Book {
    fn new(archive: &mut Archive) -> Result<Self, Refusal> {
        let mut targets = HashMap::new();
        for relation in archive.elements(RELATIONS, &["Relationship"])? {
            let target = relation.get("Target");
            let path = match target.strip_prefix('/') {
                Some(rooted) => rooted.to_string(),
                None if target.starts_with("xl/") => target.to_string(),
                None => format!("xl/{target}"),
            };
            let kind = relation.get("Type").rsplit('/').next().unwrap_or("").to_string();
            if targets.insert(relation.get("Id").to_string(), (kind, path)).is_some() {
                return Err(damaged("a relationship is there twice"));
            }
        }
        let mut made = Book {
            parts: HashMap::new(),
            hidden: HashSet::new(),
            from_1904: false,
            uncounted: false,
            percent: HashSet::new(),
            pictures: false,
        };
        for one in archive.elements(WORKBOOK, &["sheet", "workbookPr", "calcPr"])? {
            match one.name.as_str() {
                "workbookPr" => made.from_1904 = is_true(one.get("date1904")),
                "calcPr" => made.uncounted = is_true(one.get("fullCalcOnLoad")),
                _ => {
                    let name = one.get("name").to_string();
                    if !matches!(one.get("state"), "" | "visible") {
                        made.hidden.insert(name.clone());
                    }
                    let part = targets.get(one.get("id")).filter(|(kind, _)| kind == "worksheet");
                    if made.parts.insert(name.clone(), part.map(|(_, path)| path.clone())).is_some() {
                        return Err(damaged(&format!("two sheets are called \"{name}\"")));
                    }
                }
            }
        }
        if made.parts.len() > SHEETS_MAX {
            return Err(too_many_sheets(made.parts.len()));
        }
        let styles = targets.values().find(|(kind, path)| kind == "styles" && archive.has(path)).cloned();
        if let Some((_, path)) = styles {
            made.percent = percentages(archive, &path)?;
        }
        if archive.has(RICH_VALUES) {
            made.pictures = archive.read(RICH_VALUES)?.windows(5).any(|five| five == b"Image");
        }
        Ok(made)
    }
}

fn percentages(archive: &mut Archive, path: &str) -> Result<HashSet<String>, Refusal> {
    let mut formats = HashSet::from(["9".to_string(), "10".to_string()]);
    let mut styles = Vec::new();
    let mut within = String::new();
    for one in archive.elements(path, &["numFmt", "cellStyleXfs", "cellXfs", "xf"])? {
        match one.name.as_str() {
            "xf" if within == "cellXfs" => styles.push(one.get("numFmtId").to_string()),
            "xf" => {}
            "numFmt" => {
                if is_percentage(one.get("formatCode")) {
                    formats.insert(one.get("numFmtId").to_string());
                }
            }
            _ => within = one.name,
        }
    }
    let shown = styles.iter().enumerate().filter(|(_, format)| formats.contains(*format));
    Ok(shown.map(|(number, _)| number.to_string()).collect())
}

/// The walk through a sheet.
struct Walk<'a> {
    book: &'a Book,
    special: HashMap<Place, Cell>,
    percent: Vec<Place>,
    merged: Vec<Range>,
    hidden: Vec<usize>,
    row: Option<usize>,
    column: Option<usize>,
    inside: Inside,
    kind: String,
    style: String,
    rich: bool,
    has_formula: bool,
    has_text: bool,
    formula: String,
    value: String,
}

#[derive(PartialEq)]
enum Inside {
    Nothing,
    Formula,
    Value,
    Text,
}

impl<'a> Walk<'a> {
    fn new(book: &'a Book) -> Self {
        Walk {
            book,
            special: HashMap::new(),
            percent: Vec::new(),
            merged: Vec::new(),
            hidden: Vec::new(),
            row: None,
            column: None,
            inside: Inside::Nothing,
            kind: String::new(),
            style: String::new(),
            rich: false,
            has_formula: false,
            has_text: false,
            formula: String::new(),
            value: String::new(),
        }
    }

    fn begin_cell(&mut self, tag: &BytesStart) -> Result<(), Refusal> {
        if let Some(name) = attribute(tag, "r") {
            let (row, column) = place_of(&name)?;
            (self.row, self.column) = (Some(row), Some(column));
        } else {
            self.column = Some(self.column.map_or(0, |column| column + 1));
        }
        self.kind = attribute(tag, "t").unwrap_or_default();
        self.style = attribute(tag, "s").unwrap_or_default();
        self.rich = attribute(tag, "vm").is_some();
        self.inside = Inside::Nothing;
        (self.has_formula, self.has_text) = (false, false);
        self.formula.clear();
        self.value.clear();
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        if !(self.has_formula || self.has_text || !self.value.is_empty()) {
            return Ok(());
        }
        let place = (self.row.unwrap_or(0), self.column.unwrap_or(0));
        if place.0 >= ROWS_MAX || place.1 >= COLUMNS_MAX {
            return Err(damaged(&format!("it has a cell {}", name_of(place.0, place.1))));
        }
        let value = self.value.trim();
        if (self.rich && self.book.pictures) || self.formula.contains("DISPIMG(") {
            self.special.insert(place, Cell::Picture);
        } else if self.has_formula && self.kind != "str" && (value.is_empty() || (value == "0" && self.book.uncounted))
        {
            let text = (!self.formula.is_empty()).then(|| format!("={}", self.formula));
            self.special.insert(place, Cell::Formula(text));
        } else if self.kind == "e" {
            self.special.insert(place, Cell::Error(value.to_string()));
        } else if self.book.percent.contains(&self.style) {
            self.percent.push(place);
        }
        Ok(())
    }
}

impl Walker for Walk<'_> {
    fn begin(&mut self, tag: &BytesStart) -> Result<(), Refusal> {
        match tag.local_name().as_ref() {
            "c" => self.begin_cell(tag)?,
            "row" => {
                self.row = match attribute(tag, "r") {
                    Some(number) => Some(place_of(&format!("A{number}"))?.0),
                    None => Some(self.row.map_or(0, |row| row + 1)),
                };
                self.column = None;
                if attribute(tag, "hidden").is_some_and(|one| is_true(&one)) {
                    self.hidden.extend(self.row);
                }
            }
            "f" => (self.inside, self.has_formula) = (Inside::Formula, true),
            "v" => self.inside = Inside::Value,
            "t" => self.inside = Inside::Text,
            "mergeCell" => {
                let range = attribute(tag, "ref").unwrap_or_default();
                let (first, last) = range.split_once(':').unwrap_or((&range, &range));
                let ((top, left), (bottom, right)) = (place_of(first)?, place_of(last)?);
                self.merged.push(Range { top, left, bottom, right });
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match bare(name) {
            "f" | "v" | "t" => self.inside = Inside::Nothing,
            "c" => self.end_cell()?,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        match self.inside {
            Inside::Formula => self.formula += text,
            Inside::Value => self.value += text,
            Inside::Text => self.has_text = true,
            Inside::Nothing => {}
        }
    }
}

pub fn refused(error: XlsxError) -> Refusal {
    match error {
        XlsxError::Password => locked(),
        other => damaged(&other.to_string()),
    }
}

/// Of a workbook whose archive data is.
pub fn sheets(archive: &mut Archive, data: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let book = Book::new(archive)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(data)).map_err(refused)?;
    let mut made = Vec::new();
    let mut cells = 0;
    let mut text = 0;
    for name in workbook.sheet_names() {
        let Some(Some(path)) = book.parts.get(&name) else { continue };
        let mut walk = Walk::new(&book);
        archive.walk(path, &mut walk)?;
        let mut rows = values(&mut workbook, &name, &mut text)?;
        for &(row, column) in &walk.percent {
            if let Some(cell) = rows.get_mut(row).and_then(|cells| cells.get_mut(column)) {
                if let Cell::Number(value) = *cell {
                    *cell = Cell::Text(percentage(value));
                }
            }
        }
        finish(&mut rows, walk.special, &walk.merged, &name, cells)?;
        cells += rows.len() * rows.first().map_or(0, Vec::len);
        made.push(Sheet {
            hidden: book.hidden.contains(&name),
            hidden_rows: filled(&rows, &walk.hidden),
            name,
            rows,
            from_1904: book.from_1904,
        });
    }
    Ok(made)
}

/// text: bytes of all cells so far: each takes its own copy of a text that many share.
fn values(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, text: &mut usize) -> Result<Rows, Refusal> {
    let from_1904 = workbook.has_1904_epoch();
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(refused)?;
    let mut rows = Rows::new();
    let mut widest = 0;
    while let Some(cell) = reader.next_cell().map_err(refused)? {
        let (row, column) = cell.get_position();
        let value = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::Int(value) => Cell::Number(*value as f64),
            DataRef::Float(value) => Cell::Number(*value),
            DataRef::String(value) => said(value),
            DataRef::SharedString(value) => said(value),
            DataRef::Bool(value) => Cell::Bool(*value),
            DataRef::DateTime(value) if value.is_duration() => length_of_time(value.as_f64()),
            DataRef::DateTime(value) => serial(value.as_f64(), from_1904),
            DataRef::DateTimeIso(value) => moment_of(value).unwrap_or_else(|| said(value)),
            DataRef::DurationIso(value) => said(value),
            DataRef::Error(value) => Cell::Error(value.to_string()),
        };
        if value == Cell::Blank {
            continue;
        }
        if let Cell::Text(value) = &value {
            *text += value.len();
            if *text > TEXT_MAX {
                return Err(too_much_text());
            }
        }
        let place = (row as usize, column as usize);
        widest = widest.max(place.1 + 1);
        if !has_room(0, place.0 + 1, widest) {
            return Err(too_many_cells(sheet, place.0, widest - 1));
        }
        put(&mut rows, place, value);
    }
    Ok(rows)
}

/// Without the NULs that some writers leave in texts.
fn said(text: &str) -> Cell {
    let text = if text.contains('\0') { text.replace('\0', "") } else { text.to_string() };
    if text.is_empty() {
        Cell::Blank
    } else {
        Cell::Text(text)
    }
}
