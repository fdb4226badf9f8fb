//! What a file is by its bytes, and the sheet of one that is text: CSV.

use std::collections::HashMap;

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE, UTF_8};

use crate::sheet::{finish, refusal, too_many_cells, Cell, Refusal, Rows, Sheet, COLUMNS_MAX, ROWS_MAX};

const SAVE: (&str, &str) = ("open it in a spreadsheet program and save it as .xlsx", "请用表格软件打开后另存为.xlsx");

/// Something else than a workbook or CSV. advice: what to do with it, "" where there is nothing.
pub fn found(what: &str, zh: &str, (advice, advice_zh): (&str, &str)) -> Refusal {
    let (said, said_zh) = if advice.is_empty() {
        (String::new(), String::new())
    } else {
        (format!(": {advice}"), format!("：{advice_zh}"))
    };
    refusal(
        "format",
        format!("found {what} where a workbook (.xlsx, .xls, .ods) or CSV is wanted{said}"),
        format!("应为工作簿（.xlsx、.xls、.ods）或CSV，而文件是{zh}{said_zh}"),
    )
}

const NOTHING: (&str, &str) = ("", "");

pub fn of_zip<'a>(names: impl Iterator<Item = &'a String> + Clone) -> Refusal {
    if names.clone().any(|name| name == "xl/workbook.bin") {
        return found("a binary workbook (.xlsb)", "二进制工作簿（.xlsb）", SAVE);
    }
    let others = [
        ("word/", "a Word document (.docx)", "Word文档（.docx）"),
        ("ppt/", "a presentation (.pptx)", "演示文稿（.pptx）"),
        ("content.xml", "an OpenDocument file that is no spreadsheet", "不是表格的OpenDocument文件"),
        ("index/", "a document of Numbers", "Numbers文档"),
    ];
    for (start, what, zh) in others {
        if names.clone().any(|name| name.starts_with(start)) {
            return found(what, zh, NOTHING);
        }
    }
    found("a ZIP archive of files", "ZIP压缩包", ("unpack it", "请先解压"))
}

fn of_bytes(data: &[u8]) -> Option<Refusal> {
    let starts = |marks: &[&[u8]]| marks.iter().any(|mark| data.starts_with(mark));
    if data.is_empty() {
        return Some(found("an empty file", "空文件", NOTHING));
    }
    if starts(&[b"\x09\0\x06\0", b"\x09\x02\x06\0", b"\x09\x04\x06\0", b"\x09\0\x04\0"]) {
        return Some(found("a workbook of Excel 4 or before", "Excel 4或更早版本的工作簿", NOTHING));
    }
    let others: [(&[&[u8]], &str, &str); 4] = [
        (&[b"%PDF"], "a PDF document", "PDF文档"),
        (&[b"PAR1"], "a Parquet file", "Parquet文件"),
        (&[b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf"], "an archive of files", "压缩包"),
        (&[b"\x89PNG", b"\xff\xd8\xff"], "a picture", "图片"),
    ];
    others.iter().find(|(marks, _, _)| starts(marks)).map(|(_, what, zh)| found(what, zh, NOTHING))
}

/// A text that has no table. text: trimmed at its start.
fn of_text(text: &str) -> Option<Refusal> {
    let lower = text.chars().take(4096).collect::<String>().to_ascii_lowercase();
    let tags = ["!doctype html", "html", "head", "body", "table", "meta", "style", "div"];
    let is_tag = |tag: &&str| {
        lower
            .strip_prefix('<')
            .and_then(|rest| rest.strip_prefix(*tag))
            .is_some_and(|rest| !rest.chars().next().is_some_and(|next| next.is_alphanumeric() || next == '_'))
    };
    if text.starts_with("<?xml") && (text.contains("Excel.Sheet") || text.contains("office:spreadsheet")) {
        return Some(found("a workbook as XML", "XML表格", SAVE));
    }
    if tags.iter().any(|tag| is_tag(tag)) {
        return Some(found("a page (HTML)", "网页（HTML）", SAVE));
    }
    if lower.starts_with("mime-version:") {
        return Some(found("a page with its pictures (MHTML)", "网页存档（MHTML）", SAVE));
    }
    if text.starts_with("{\\rtf") {
        return Some(found("a text with formats (RTF)", "RTF文档", SAVE));
    }
    if text.starts_with('<') {
        return Some(found("XML", "XML", SAVE));
    }
    text.starts_with(['[', '{']).then(|| found("JSON", "JSON", NOTHING))
}

/// name: of the file, after which the sheet is called.
pub fn sheet(data: &[u8], name: &str) -> Result<Sheet, Refusal> {
    if let Some(other) = of_bytes(data) {
        return Err(other);
    }
    let text = decoded(data)?;
    if text.contains('\0') {
        return Err(found("binary data", "二进制数据", NOTHING));
    }
    if let Some(other) = of_text(text.trim_start()) {
        return Err(other);
    }
    let mut rows = records(&text)?;
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    if rows.len() > ROWS_MAX || width > COLUMNS_MAX {
        return Err(too_many_cells("", rows.len() - 1, width - 1));
    }
    finish(&mut rows, HashMap::new(), &[], "", 0)?;
    let base = name.rsplit(['/', '\\']).next().unwrap_or("");
    let stem = base.rfind('.').filter(|&at| at > 0).map_or(base, |at| &base[..at]);
    Ok(Sheet { name: stem.to_string(), rows, hidden: false, hidden_rows: 0, from_1904: false })
}

/// By a byte order mark, or else UTF-8 where all of it is, or GB18030.
fn decoded(data: &[u8]) -> Result<String, Refusal> {
    let marked = Encoding::for_bom(data);
    let rest = &data[marked.map_or(0, |(_, length)| length)..];
    if marked.is_none() && data.iter().take(4096).any(|&byte| byte == 0) {
        return Err(found("binary data", "二进制数据", NOTHING)); // which GB18030 may be and text is not
    }
    let tried = match marked {
        Some((encoding, _)) => vec![encoding],
        None => vec![UTF_8, GB18030],
    };
    let mut last = 0;
    for encoding in tried {
        match encoding.decode_without_bom_handling_and_without_replacement(rest) {
            Some(text) => return Ok(text.into_owned()),
            None => last = valid_until(encoding, rest),
        }
    }
    let (said, zh) = match marked {
        None => ("neither UTF-8 nor GB18030".to_string(), "既不是UTF-8也不是GB18030".to_string()),
        Some((encoding, _)) => {
            let name = match encoding {
                one if one == UTF_16LE => "UTF-16-LE",
                one if one == UTF_16BE => "UTF-16-BE",
                _ => "UTF-8",
            };
            (format!("not {name}, as the file says"), format!("不是文件所标明的{name}"))
        }
    };
    let mut made = refusal("encoding", format!("the text of this line is {said}"), format!("此行文字{zh}"));
    made.line = data[..last.min(data.len())].iter().filter(|&&byte| byte == b'\n').count() + 1;
    Err(made)
}

/// How many bytes are good.
fn valid_until(encoding: &'static Encoding, data: &[u8]) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut room = vec![0; 1 << 16];
    let mut at = 0;
    loop {
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(&data[at..], &mut room, true);
        at += read;
        match result {
            encoding_rs::DecoderResult::Malformed(bad, behind) => return at - (bad + behind) as usize,
            encoding_rs::DecoderResult::InputEmpty => return at,
            encoding_rs::DecoderResult::OutputFull => {}
        }
    }
}

const SEPARATORS: [char; 3] = [',', '\t', ';'];
const FIRST: usize = 20; // records that tell the separator: a title may stand above the header

fn records(text: &str) -> Result<Rows, Refusal> {
    // sep=; in the first line, which Excel takes for no row.
    let said = text.strip_prefix("sep=").and_then(|rest| {
        let separator = rest.chars().next().filter(|&c| c != '\n')?;
        let behind = &rest[separator.len_utf8()..];
        let behind = behind.strip_prefix("\r\n").or_else(|| behind.strip_prefix('\n'))?;
        Some((separator, behind))
    });
    let (separator, text) = said.unwrap_or_else(|| (separator(text), text));
    let strict = text.matches('"').count() % 2 == 1;
    let mut made = Rows::new();
    for record in Records::new(text, separator, strict) {
        let cells = record?.into_iter().map(|cell| {
            // ="0012" is how programs keep digits as they are.
            let kept = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
            match kept.filter(|kept| !kept.contains('"')).unwrap_or(&cell) {
                "" => Cell::Blank,
                said => Cell::Text(said.to_string()),
            }
        });
        made.push(cells.collect());
    }
    Ok(made)
}

/// The one that most of the first records agree about, and of such the one that makes most cells.
fn separator(text: &str) -> char {
    let agreed = |separator: char| {
        let mut widths: Vec<(usize, usize)> = Vec::new(); // how many, of which width
        for record in Records::new(text, separator, false).take(FIRST).flatten() {
            match widths.iter_mut().find(|(_, width)| *width == record.len()) {
                Some((count, _)) => *count += 1,
                None if record.len() > 1 => widths.push((1, record.len())),
                None => {}
            }
        }
        widths.into_iter().max().unwrap_or((0, 0))
    };
    let mut best = SEPARATORS[0];
    for other in SEPARATORS {
        if agreed(other) > agreed(best) {
            best = other;
        }
    }
    best
}

/// The records of a CSV. strict: a quote that closes has to stand before a separator or the line's end, and the last
/// one has to close.
struct Records<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    strict: bool,
    line: usize,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char, strict: bool) -> Self {
        Records { rest: text.chars().peekable(), separator, strict, line: 1 }
    }

    fn end_line(&mut self, c: char) {
        if c == '\r' {
            self.rest.next_if_eq(&'\n');
        }
        self.line += 1;
    }
}

fn wrong(line: usize, en: &str, zh: &str) -> Refusal {
    let mut made = refusal("format", en, zh);
    made.line = line;
    made
}

impl Iterator for Records<'_> {
    type Item = Result<Vec<String>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest.peek()?;
        let begun = self.line;
        let mut cells = Vec::new();
        let mut cell = String::new();
        let mut quoted = false; // within quotes
        let mut fresh = true; // nothing of the cell has been read
        while let Some(c) = self.rest.next() {
            let ends = c == '\r' || c == '\n';
            if quoted {
                if c != '"' {
                    cell.push(c);
                    if c == '\n' || (c == '\r' && self.rest.peek() != Some(&'\n')) {
                        self.line += 1;
                    }
                } else if self.rest.next_if_eq(&'"').is_some() {
                    cell.push('"');
                } else {
                    quoted = false;
                    let next = self.rest.peek();
                    if self.strict && next.is_some_and(|&c| c != self.separator && c != '\r' && c != '\n') {
                        let en = format!("the line cannot be read: '{}' expected after '\"'", self.separator);
                        return Some(Err(wrong(begun, &en, "此行无法读取")));
                    }
                }
            } else if c == '"' && fresh {
                quoted = true;
                fresh = false;
            } else if c == self.separator || ends {
                if ends {
                    self.end_line(c);
                    if !(fresh && cells.is_empty()) {
                        cells.push(cell);
                    }
                    return Some(Ok(cells));
                }
                cells.push(std::mem::take(&mut cell));
                fresh = true;
            } else {
                cell.push(c);
                fresh = false;
            }
        }
        if quoted && self.strict {
            return Some(Err(wrong(begun, "a quote that opens here is not closed", "此处的引号没有结束")));
        }
        cells.push(cell);
        Some(Ok(cells))
    }
}
