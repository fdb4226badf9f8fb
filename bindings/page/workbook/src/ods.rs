//! Sheets of an .ods file, from its content.xml: calamine reads of it the values alone, and merged ranges, percentages
//! and hidden rows are not among them.

use std::collections::{HashMap, HashSet};

use quick_xml::events::BytesStart;

use crate::archive::{Archive, Walker};
use crate::sheet::{
    damaged, filled, finish, has_room, locked, moment_of, percentage, put, too_many_cells, too_many_sheets, Cell,
    Range, Refusal, Rows, Sheet, COLUMNS_MAX, ROWS_MAX, SHEETS_MAX,
};

const MANIFEST: &str = "meta-inf/manifest.xml";

pub fn sheets(archive: &mut Archive) -> Result<Vec<Sheet>, Refusal> {
    if archive.has(MANIFEST) {
        let manifest = archive.read(MANIFEST)?;
        if manifest.windows(15).any(|part| part == b"encryption-data") {
            return Err(locked());
        }
    }
    let mut reader = Reader::default();
    archive.walk("content.xml", &mut reader)?;
    Ok(reader.sheets)
}

/// The value of an attribute, whose name has its prefix here.
fn of(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    quick_xml::escape::unescape(&found.value).ok().map(|value| value.into_owned())
}

fn times(tag: &BytesStart, name: &str, most: usize) -> Result<usize, Refusal> {
    let Some(text) = of(tag, name) else { return Ok(1) };
    match text.parse::<usize>() {
        Ok(count) if text.len() <= 9 => Ok(count.clamp(1, most + 1)),
        _ => Err(damaged(&format!("\"{text}\" is no number of times"))),
    }
}

/// A cell as its tag has it. down, across: over so many rows and columns.
#[derive(Default)]
struct Tag {
    times: usize,
    down: usize,
    across: usize,
    kind: String,
    formula: String,
    is_error: bool,
    value: String,
    date: String,
    truth: bool,
    text: Option<String>,
}

#[derive(Default)]
struct Reader {
    sheets: Vec<Sheet>,
    unseen: HashSet<String>, // styles of tables that are not shown
    style: String,
    from_1904: bool,
    cells: usize,
    beside: usize, // how deep in what is not the text of a cell
    in_cell: bool,
    in_paragraph: bool,
    paragraphs: Vec<String>,
    tag: Tag,
    table: String,
    hidden: bool,
    rows: Rows,
    row: usize,
    widest: usize,
    merged: Vec<Range>,
    hidden_rows: Vec<usize>,
    repeated: usize,
    is_hidden: bool,
    cells_of: Vec<Cell>,
    column: usize,
}

/// What stands in a cell and is not its text: a remark, how a word is read, a drawing, another table.
fn is_beside(name: &str) -> bool {
    matches!(name, "office:annotation" | "text:ruby-text" | "draw:frame" | "draw:custom-shape" | "table:table")
}

impl Walker for Reader {
    fn begin(&mut self, tag: &BytesStart) -> Result<(), Refusal> {
        let name = tag.name();
        let name = name.as_ref();
        if self.beside > 0 || (self.in_cell && is_beside(name)) {
            self.beside += 1;
            return Ok(());
        }
        match name {
            "style:style" => self.style = of(tag, "style:name").unwrap_or_default(),
            "style:table-properties" if of(tag, "table:display").as_deref() == Some("false") => {
                self.unseen.insert(self.style.clone());
            }
            "table:null-date" => {
                self.from_1904 = of(tag, "table:date-value").unwrap_or_default().starts_with("1904");
            }
            "table:table" => {
                if self.sheets.len() >= SHEETS_MAX {
                    return Err(too_many_sheets(self.sheets.len() + 1));
                }
                self.table = of(tag, "table:name").unwrap_or_default();
                self.hidden = of(tag, "table:style-name").is_some_and(|style| self.unseen.contains(&style));
                (self.row, self.widest) = (0, 0);
            }
            "table:table-row" => {
                self.repeated = times(tag, "table:number-rows-repeated", ROWS_MAX)?;
                self.is_hidden = of(tag, "table:visibility").is_some_and(|one| one != "visible");
                self.cells_of.clear();
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => self.begin_cell(tag)?,
            "text:p" if self.in_cell => {
                self.in_paragraph = true;
                self.paragraphs.push(String::new());
            }
            "text:s" => self.text(&" ".repeat(times(tag, "text:c", 1000)?)),
            "text:tab" => self.text("\t"),
            "text:line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        if self.beside > 0 {
            self.beside -= 1;
            return Ok(());
        }
        match name {
            "table:table" => self.end_table()?,
            "table:table-row" => self.end_row()?,
            "table:table-cell" | "table:covered-table-cell" => self.end_cell()?,
            "text:p" => self.in_paragraph = false,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.in_paragraph && self.beside == 0 {
            if let Some(last) = self.paragraphs.last_mut() {
                *last += text;
            }
        }
    }
}

impl Reader {
    fn begin_cell(&mut self, tag: &BytesStart) -> Result<(), Refusal> {
        self.in_cell = true;
        self.paragraphs.clear();
        self.tag = Tag {
            times: times(tag, "table:number-columns-repeated", COLUMNS_MAX)?,
            down: times(tag, "table:number-rows-spanned", ROWS_MAX)?,
            across: times(tag, "table:number-columns-spanned", COLUMNS_MAX)?,
            kind: of(tag, "office:value-type").unwrap_or_default(),
            formula: of(tag, "table:formula").unwrap_or_default(),
            is_error: of(tag, "calcext:value-type").as_deref() == Some("error"),
            value: of(tag, "office:value").unwrap_or_default(),
            date: of(tag, "office:date-value").unwrap_or_default(),
            truth: of(tag, "office:boolean-value").as_deref() == Some("true"),
            text: of(tag, "office:string-value"),
        };
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        self.in_cell = false;
        let value = self.value()?;
        let Tag { times, down, across, .. } = self.tag;
        if down > 1 || across > 1 {
            let (top, left) = (self.row, self.column);
            self.merged.push(Range { top, left, bottom: top + down - 1, right: left + across - 1 });
        }
        if value != Cell::Blank {
            if self.column + times > COLUMNS_MAX {
                return Err(too_many_cells(&self.table, self.row, self.column + times - 1));
            }
            self.cells_of.resize(self.column, Cell::Blank);
            self.cells_of.resize(self.column + times, value);
        }
        self.column += times;
        Ok(())
    }

    fn value(&self) -> Result<Cell, Refusal> {
        let tag = &self.tag;
        let shown = self.paragraphs.join("\n");
        if tag.formula.contains("DISPIMG(") {
            return Ok(Cell::Picture);
        }
        if tag.is_error || (!tag.formula.is_empty() && is_error(&shown)) {
            return Ok(Cell::Error(shown));
        }
        if !tag.formula.is_empty() && tag.kind.is_empty() && shown.is_empty() {
            let begins = tag.formula.find('=').unwrap_or(0);
            return Ok(Cell::Formula(Some(tag.formula[begins..].to_string())));
        }
        let text = |said: String| if said.is_empty() { Cell::Blank } else { Cell::Text(said) };
        Ok(match tag.kind.as_str() {
            "float" | "currency" | "percentage" => {
                let value = tag.value.parse().map_err(|_| damaged(""))?;
                if tag.kind == "percentage" {
                    Cell::Text(percentage(value))
                } else {
                    Cell::Number(value)
                }
            }
            "date" => moment_of(&tag.date).unwrap_or_else(|| text(shown)),
            "boolean" => Cell::Bool(tag.truth),
            "string" => text(tag.text.clone().unwrap_or(shown)),
            _ => text(shown),
        })
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        let last = self.row + self.repeated;
        if !self.cells_of.is_empty() {
            self.widest = self.widest.max(self.cells_of.len());
            if last > ROWS_MAX || !has_room(self.cells, last, self.widest) {
                return Err(too_many_cells(&self.table, last - 1, self.widest - 1));
            }
            for row in self.row..last {
                put(&mut self.rows, (row, 0), Cell::Blank);
                self.rows[row] = self.cells_of.clone();
                if self.is_hidden {
                    self.hidden_rows.push(row);
                }
            }
        }
        self.row = last;
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Refusal> {
        let mut rows = std::mem::take(&mut self.rows);
        finish(&mut rows, HashMap::new(), &self.merged, &self.table, self.cells)?;
        self.cells += rows.len() * rows.first().map_or(0, Vec::len);
        self.merged.clear();
        self.sheets.push(Sheet {
            name: std::mem::take(&mut self.table),
            hidden: self.hidden,
            hidden_rows: filled(&rows, &std::mem::take(&mut self.hidden_rows)),
            rows,
            from_1904: self.from_1904,
        });
        Ok(())
    }
}

/// #N/A or Err:502, as programs show them in their languages.
fn is_error(shown: &str) -> bool {
    if matches!(shown, "#N/A" | "#REF!" | "#DIV/0!" | "#VALUE!" | "#NAME?" | "#NUM!" | "#NULL!") {
        return true;
    }
    let number = ["Err", "错误"].iter().find_map(|word| shown.strip_prefix(word)?.strip_prefix([':', '：']));
    number.is_some_and(|rest| {
        let digits = rest.strip_prefix(char::is_whitespace).unwrap_or(rest);
        digits.len() == 3 && digits.bytes().all(|c| c.is_ascii_digit())
    })
}
