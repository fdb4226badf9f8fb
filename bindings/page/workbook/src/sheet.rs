//! A workbook's sheets as cells, and what no file may ask for.

use std::collections::HashMap;

pub const UNPACKED_MAX: u64 = 1 << 29; // bytes of all parts of one, unpacked
pub const SHEETS_MAX: usize = 1000;
pub const ROWS_MAX: usize = 1_048_576; // of a sheet, as Excel has them
pub const COLUMNS_MAX: usize = 16384;
pub const CELLS_MAX: usize = 20_000_000; // of all sheets, with the blank ones between
pub const TEXT_MAX: usize = 1 << 30; // bytes of all cells

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Blank,
    Text(String),
    Number(f64),
    Day(i64), // since 1970-01-01
    Bool(bool),
    Error(String),
    /// A formula without a stored value, where it is known.
    Formula(Option<String>),
    /// In a merged range, and not its first cell: rows and columns from that.
    Merged(usize, usize),
    Picture,
}

pub type Rows = Vec<Vec<Cell>>;
pub type Place = (usize, usize); // row and column, from 0

pub struct Sheet {
    pub name: String,
    pub rows: Rows,
    pub hidden: bool,
    pub hidden_rows: usize,
    pub from_1904: bool,
}

/// From 0, its ends included.
#[derive(Clone, Copy)]
pub struct Range {
    pub top: usize,
    pub left: usize,
    pub bottom: usize,
    pub right: usize,
}

/// Why a file is not read. status: as pilot_status_name has it. place: a sheet, where it is one's; line: of a text.
pub struct Refusal {
    pub status: &'static str,
    pub place: String,
    pub line: usize,
    pub zh: String,
    pub en: String,
}

pub fn refusal(status: &'static str, en: impl Into<String>, zh: impl Into<String>) -> Refusal {
    Refusal { status, place: String::new(), line: 0, zh: zh.into(), en: en.into() }
}

pub fn damaged(what: &str) -> Refusal {
    let said = what.lines().next().unwrap_or("");
    let (en, zh) =
        if said.is_empty() { (String::new(), String::new()) } else { (format!(" ({said})"), format!("（{said}）")) };
    refusal(
        "format",
        format!("the file is damaged or was not written to its end{en}: open it in a spreadsheet program and save it"),
        format!("文件已损坏或不完整{zh}：请用表格软件打开后另存"),
    )
}

pub fn locked() -> Refusal {
    refusal(
        "format",
        "the workbook is protected by a password: take the password off and save it again",
        "工作簿设有密码：请取消密码后重新保存",
    )
}

pub fn too_many_cells(sheet: &str, row: usize, column: usize) -> Refusal {
    let name = name_of(row, column);
    let mut made = refusal(
        "limit",
        format!(
            "the cells reach {name}, which with those of the other sheets are more than the {CELLS_MAX} that are read: \
             clear what lies far out"
        ),
        format!("单元格一直到{name}，连同其他工作表超过可读的{CELLS_MAX}个：请清除远处的内容"),
    );
    made.place = sheet.to_string();
    made
}

pub fn too_many_sheets(count: usize) -> Refusal {
    refusal(
        "limit",
        format!("found {count} sheets where at most {SHEETS_MAX} are read"),
        format!("有{count}个工作表，最多可读{SHEETS_MAX}个"),
    )
}

pub fn too_large() -> Refusal {
    let most = UNPACKED_MAX >> 20;
    refusal(
        "limit",
        format!("what is packed in the file is more than {most} MiB, which no workbook of an office has"),
        format!("文件解压后超过{most} MiB，不是办公所用的工作簿"),
    )
}

pub fn too_much_text() -> Refusal {
    let most = TEXT_MAX >> 20;
    refusal(
        "limit",
        format!("the texts of all cells are more than {most} MiB together"),
        format!("各单元格的文字合计超过{most} MiB"),
    )
}

/// D7 of (6, 3).
pub fn name_of(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(b'A' + ((left - 1) % 26) as u8);
        left = (left - 1) / 26;
    }
    letters.reverse();
    format!("{}{}", String::from_utf8_lossy(&letters), row + 1)
}

/// (6, 3) of D7 or $D$7.
pub fn place_of(name: &str) -> Result<Place, Refusal> {
    let wrong = || damaged(&format!("\"{name}\" is no cell"));
    let bare = name.strip_prefix('$').unwrap_or(name);
    let digits = bare.find(|c: char| !c.is_ascii_alphabetic()).ok_or_else(wrong)?;
    let (letters, rest) = bare.split_at(digits);
    let rest = rest.strip_prefix('$').unwrap_or(rest);
    if !(1..=3).contains(&letters.len()) || !(1..=7).contains(&rest.len()) || !rest.bytes().all(|c| c.is_ascii_digit())
    {
        return Err(wrong());
    }
    let column = letters.bytes().fold(0, |sum, c| sum * 26 + (c.to_ascii_uppercase() - b'A') as usize + 1);
    let row: usize = rest.parse().map_err(|_| wrong())?;
    if row == 0 {
        return Err(wrong());
    }
    Ok((row - 1, column - 1))
}

/// 0.57999999999999996 is 58%, 0.125 is 12.5%: of the 15 digits that a workbook keeps.
pub fn percentage(stored: f64) -> String {
    let scientific = format!("{stored:.14e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |bare| ("-", bare));
    let digits = mantissa.replace('.', "");
    let point = exponent.parse::<i32>().unwrap_or(0) + 3;
    let (whole, part) = if point <= 0 {
        ("0".to_string(), "0".repeat(point.unsigned_abs() as usize) + &digits)
    } else if point as usize >= digits.len() {
        (digits.clone() + &"0".repeat(point as usize - digits.len()), String::new())
    } else {
        (digits[..point as usize].to_string(), digits[point as usize..].to_string())
    };
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    format!("{sign}{whole}{}{part}%", if part.is_empty() { "" } else { "." })
}

/// What a number's format says beside what it shows as it stands: in quotes, behind a backslash, in brackets.
fn bare_format(format: &str) -> String {
    let mut made = String::new();
    let mut characters = format.chars();
    while let Some(c) = characters.next() {
        let close = match c {
            '"' => Some('"'),
            '[' => Some(']'),
            _ => None,
        };
        if let Some(close) = close {
            let rest = characters.as_str();
            match rest.find(close) {
                Some(at) => characters = rest[at + 1..].chars(),
                None => made.push(c),
            }
        } else if matches!(c, '\\' | '_' | '*') && !characters.as_str().is_empty() {
            characters.next();
        } else {
            made.push(c);
        }
    }
    made
}

pub fn is_percentage(format: &str) -> bool {
    bare_format(format).contains('%')
}

pub const LAST_SERIAL: f64 = 2958465.0; // 9999-12-31
const DAY_SECONDS: i64 = 86400;

/// A count of seconds as what is left of days, 13:45:00.
fn clock(seconds: i64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A day, or a text where it has a time of day other than midnight.
pub fn moment(days: i64, seconds: i64) -> Cell {
    if seconds == 0 {
        Cell::Day(days)
    } else {
        Cell::Text(format!("{} {}", day_text(days), clock(seconds)))
    }
}

/// 2019-12-05, of days since 1970-01-01.
pub fn day_text(days: i64) -> String {
    // Years begin in March, so that the day that some years have more is their last.
    let since = days + 719_468;
    let era = since.div_euclid(146_097);
    let of_era = since.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + later)
}

/// Days since 1970-01-01 of 2019-12-05; None of what is no day.
pub fn day_of(text: &str) -> Option<i64> {
    let mut parts = text
        .splitn(3, '-')
        .map(|part| part.bytes().all(|c| c.is_ascii_digit()).then(|| part.parse::<i64>().ok()).flatten());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if text.len() != 10 || !(1..=12).contains(&month) || year < 1 {
        return None;
    }
    let (shifted, of_march) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let of_year = (153 * of_march + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    (day_text(days) == text).then_some(days)
}

/// 2019-12-05T13:45:00, with or without a time and parts of its seconds; None of what is none.
pub fn moment_of(text: &str) -> Option<Cell> {
    let text = text.split('.').next().unwrap_or("");
    let Some((day, time)) = text.split_once(['T', ' ']) else {
        return day_of(text).map(Cell::Day);
    };
    let parts: Option<Vec<i64>> = time.split(':').map(|part| part.parse().ok()).collect();
    match *parts?.as_slice() {
        [h, m, s] if (0..24).contains(&h) && (0..60).contains(&m) && (0..60).contains(&s) => {
            Some(moment(day_of(day)?, h * 3600 + m * 60 + s))
        }
        [h, m] if (0..24).contains(&h) && (0..60).contains(&m) => Some(moment(day_of(day)?, h * 3600 + m * 60)),
        _ => None,
    }
}

/// A length of time in days: 36:00:00.
pub fn length_of_time(days: f64) -> Cell {
    let seconds = (days * DAY_SECONDS as f64).round() as i64;
    let (minutes, second) = (seconds.div_euclid(60), seconds.rem_euclid(60));
    Cell::Text(format!("{}:{:02}:{second:02}", minutes.div_euclid(60), minutes.rem_euclid(60)))
}

/// A number that is shown as a day, a time of day or both; that of no day, as it is.
pub fn serial(value: f64, from_1904: bool) -> Cell {
    if !(0.0..=LAST_SERIAL).contains(&value) {
        return Cell::Number(value);
    }
    let seconds = (value * DAY_SECONDS as f64).round() as i64;
    if value < 1.0 {
        return Cell::Text(clock(seconds % DAY_SECONDS));
    }
    if !from_1904 && value.floor() == 60.0 {
        return Cell::Text("1900-02-29".to_string()); // which Excel has, and no calendar
    }
    let first = match (from_1904, value < 60.0) {
        (true, _) => -24107,
        (false, true) => -25568,
        (false, false) => -25569,
    };
    moment(first + seconds / DAY_SECONDS, seconds % DAY_SECONDS)
}

/// Whether so many rows and columns may be had beside the cells of other sheets. What a file claims is more than 32 bits
/// hold.
pub fn has_room(others: usize, rows: usize, columns: usize) -> bool {
    others as u64 + rows as u64 * columns as u64 <= CELLS_MAX as u64
}

/// Puts a cell where it belongs, with blank ones before it.
pub fn put(rows: &mut Rows, (row, column): Place, cell: Cell) {
    if rows.len() <= row {
        rows.resize_with(row + 1, Vec::new);
    }
    if rows[row].len() <= column {
        rows[row].resize(column + 1, Cell::Blank);
    }
    rows[row][column] = cell;
}

/// The rows with the special cells put in, cut behind the last value and made of one length. Merged ranges reach as far
/// as values do. others: how many cells other sheets have.
pub fn finish(
    rows: &mut Rows,
    special: HashMap<Place, Cell>,
    merged: &[Range],
    sheet: &str,
    others: usize,
) -> Result<(), Refusal> {
    for (place, cell) in special {
        put(rows, place, cell);
    }
    let last = |row: &Vec<Cell>| row.iter().rposition(|cell| *cell != Cell::Blank).map_or(0, |at| at + 1);
    while rows.last().is_some_and(|row| last(row) == 0) {
        rows.pop();
    }
    let width = rows.iter().map(last).max().unwrap_or(0);
    if !has_room(others, rows.len(), width) {
        return Err(too_many_cells(sheet, rows.len() - 1, width - 1));
    }
    for row in rows.iter_mut() {
        row.resize(width, Cell::Blank);
    }
    cover(rows, width, merged)
}

fn cover(rows: &mut Rows, width: usize, merged: &[Range]) -> Result<(), Refusal> {
    let mut covered = 0;
    for &Range { top, left, bottom, right } in merged {
        let (end, side) = (rows.len().min(bottom + 1), width.min(right + 1));
        covered += end.saturating_sub(top) * side.saturating_sub(left);
        if covered > rows.len() * width {
            return Err(damaged("merged ranges lie over each other"));
        }
        for (down, row) in rows.iter_mut().enumerate().take(end).skip(top) {
            for (across, cell) in row.iter_mut().enumerate().take(side).skip(left) {
                if *cell == Cell::Blank && (down, across) != (top, left) {
                    *cell = Cell::Merged(down - top, across - left);
                }
            }
        }
    }
    Ok(())
}

/// How many of these rows have something.
pub fn filled(rows: &Rows, among: &[usize]) -> usize {
    among
        .iter()
        .filter(|&&row| rows.get(row).is_some_and(|cells| cells.iter().any(|cell| *cell != Cell::Blank)))
        .count()
}
