//! Files of offices as sheets of cells, told apart by their bytes and not by their names: workbooks (.xlsx, .xls, .ods)
//! and CSV. What cells mean is the library's; here is the form in which the call `import` takes them, so that a page
//! reads what the Python package reads.
//!
//! A page puts a file's bytes and its name into memory that `room` gives, calls `read`, and takes the JSON that lies
//! behind the length that it returns: a list of sheets, or `{"status","problems"}` as a refused call has them.
//! Whatever ends this reader (memory, a damaged file that calamine does not take) ends its instance, and a page makes a
//! new one.

mod archive;
mod json;
mod ods;
mod sheet;
mod text;
mod xls;
mod xlsx;

use archive::Archive;
use sheet::{Refusal, Sheet};

const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const SPREADSHEET: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// Room for size bytes, which `read` takes back.
#[no_mangle]
pub extern "C" fn room(size: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; size].into_boxed_slice()).cast()
}

/// The sheets of a file, or why it is not read: where four bytes with the length of the JSON lie, and the JSON behind.
///
/// # Safety
/// Both come from `room` with these sizes, and are its again.
#[no_mangle]
pub unsafe extern "C" fn read(data: *mut u8, size: usize, name: *mut u8, name_size: usize) -> *const u8 {
    let data = unsafe { Vec::from_raw_parts(data, size, size) };
    let name = unsafe { Vec::from_raw_parts(name, name_size, name_size) };
    let json = json::answer(&sheets(&data, &String::from_utf8_lossy(&name)));
    drop(data);
    let mut told = (json.len() as u32).to_le_bytes().to_vec();
    told.append(&mut json.into_bytes());
    told.leak().as_ptr()
}

fn sheets(data: &[u8], name: &str) -> Result<Vec<Sheet>, Refusal> {
    if data.starts_with(COMPOUND) {
        return xls::sheets(data);
    }
    if !data.starts_with(b"PK") {
        return Ok(vec![text::sheet(data, name)?]);
    }
    let mut archive = Archive::new(data)?;
    if archive.has(xlsx::WORKBOOK) {
        return xlsx::sheets(&mut archive, data);
    }
    if archive.has("mimetype") && archive.read("mimetype")?.starts_with(SPREADSHEET) {
        return ods::sheets(&mut archive);
    }
    Err(text::of_zip(archive.names()))
}

/// What a page has packed, of which it knows the size: where its bytes lie.
///
/// # Safety
/// As of `read`. The bytes are the instance's, which a page drops.
#[no_mangle]
pub unsafe extern "C" fn unpack(data: *mut u8, size: usize, unpacked: usize) -> *const u8 {
    let data = unsafe { Vec::from_raw_parts(data, size, size) };
    let mut made = vec![0; unpacked];
    flate2::Decompress::new(false)
        .decompress(&data, &mut made, flate2::FlushDecompress::Finish)
        .expect("it was packed whole");
    made.leak().as_ptr()
}
