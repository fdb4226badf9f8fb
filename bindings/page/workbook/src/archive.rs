//! The ZIP archive that a workbook is, read part by part, and its XML.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::Reader;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use crate::sheet::{damaged, locked, too_large, Refusal, UNPACKED_MAX};

const SMALL_MAX: u64 = 1 << 25; // bytes of a part that is read whole

/// Names are compared without regard to case, as calamine does.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    parts: HashMap<String, usize>,
}

impl<'a> Archive<'a> {
    pub fn new(data: &'a [u8]) -> Result<Self, Refusal> {
        let mut zip = ZipArchive::new(Cursor::new(data)).map_err(of_zip)?;
        let mut parts = HashMap::new();
        let mut unpacked = 0;
        for number in 0..zip.len() {
            let part = zip.by_index_raw(number).map_err(of_zip)?;
            let own_name = part.name().map_err(of_zip)?;
            if part.encrypted() {
                return Err(locked());
            }
            if !matches!(part.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
                return Err(damaged(&format!("{own_name} is packed in an unusual way")));
            }
            let name = own_name.to_lowercase();
            if name.ends_with(".xml") || name.ends_with(".rels") {
                unpacked += part.size();
            }
            if parts.insert(name, number).is_some() {
                return Err(damaged(&format!("{own_name} is there twice")));
            }
        }
        if unpacked > UNPACKED_MAX {
            return Err(too_large());
        }
        Ok(Archive { zip, parts })
    }

    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&name.to_lowercase())
    }

    /// In lower case.
    pub fn names(&self) -> impl Iterator<Item = &String> + Clone {
        self.parts.keys()
    }

    fn part(&mut self, name: &str) -> Result<impl BufRead + use<'_, 'a>, Refusal> {
        let number = *self.parts.get(&name.to_lowercase()).ok_or_else(|| damaged(&format!("{name} is missing")))?;
        let part = self.zip.by_index(number).map_err(of_zip)?;
        let size = part.size(); // no part is longer than it says
        Ok(BufReader::with_capacity(1 << 16, part.take(size)))
    }

    /// A small part, whole.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let mut read = Vec::new();
        let mut part = self.part(name)?.take(SMALL_MAX + 1);
        part.read_to_end(&mut read).map_err(|error| damaged(&error.to_string()))?;
        if read.len() as u64 > SMALL_MAX {
            return Err(too_large());
        }
        Ok(read)
    }

    /// Walks the elements and texts of a part.
    pub fn walk(&mut self, name: &str, walker: &mut impl Walker) -> Result<(), Refusal> {
        let mut reader = Reader::from_reader(self.part(name)?);
        let mut room = Vec::new();
        loop {
            room.clear();
            match reader.read_event_into(&mut room).map_err(|error| damaged(&error.to_string()))? {
                Event::Start(tag) => walker.begin(&tag)?,
                Event::Empty(tag) => {
                    walker.begin(&tag)?;
                    walker.end(tag.name().as_ref())?;
                }
                Event::End(tag) => walker.end(tag.name().as_ref())?,
                Event::Text(text) => walker.text(&text),
                Event::CData(text) => walker.text(&text),
                Event::GeneralRef(entity) => {
                    let named = quick_xml::escape::resolve_predefined_entity(&entity);
                    match (entity.resolve_char_ref(), named) {
                        (Ok(Some(one)), _) => walker.text(one.encode_utf8(&mut [0; 4])),
                        (_, Some(one)) => walker.text(one),
                        _ => return Err(damaged("its XML has an entity that is not known")),
                    }
                }
                Event::DocType(_) => return Err(damaged("its XML has a document type")),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// The elements of these names in order, with their attributes, without the prefixes that namespaces have: the
    /// namespaces of the strict form are others.
    pub fn elements(&mut self, name: &str, wanted: &'static [&'static str]) -> Result<Vec<Element>, Refusal> {
        let mut found = Elements { wanted, found: Vec::new() };
        self.walk(name, &mut found)?;
        Ok(found.found)
    }
}

fn of_zip(error: ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => locked(),
        other => damaged(&other.to_string()),
    }
}

/// What is done at the tags and texts of a part.
pub trait Walker {
    fn begin(&mut self, tag: &BytesStart) -> Result<(), Refusal>;
    fn end(&mut self, name: &str) -> Result<(), Refusal>;
    fn text(&mut self, text: &str);
}

/// A name without the prefix that its namespace has.
pub fn bare(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The value of an attribute; name is without its prefix.
pub fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    tag.attributes().with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name).map(|one| {
        match quick_xml::escape::unescape(&one.value) {
            Ok(value) => value.into_owned(),
            Err(_) => one.value.to_string(),
        }
    })
}

pub struct Element {
    pub name: String,
    of: HashMap<String, String>,
}

impl Element {
    /// "" where it has none of that name.
    pub fn get(&self, name: &str) -> &str {
        self.of.get(name).map_or("", String::as_str)
    }
}

struct Elements {
    wanted: &'static [&'static str],
    found: Vec<Element>,
}

impl Walker for Elements {
    fn begin(&mut self, tag: &BytesStart) -> Result<(), Refusal> {
        let name = tag.local_name();
        if self.wanted.contains(&name.as_ref()) {
            let mut of = HashMap::new();
            for one in tag.attributes().with_checks(false).flatten() {
                let value = quick_xml::escape::unescape(&one.value).map(|value| value.into_owned());
                of.insert(one.key.local_name().as_ref().to_string(), value.unwrap_or_default());
            }
            self.found.push(Element { name: name.as_ref().to_string(), of });
        }
        Ok(())
    }

    fn end(&mut self, _: &str) -> Result<(), Refusal> {
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}
