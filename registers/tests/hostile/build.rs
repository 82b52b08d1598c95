//! Small builders of files that lie: a ZIP whose directory may say anything, the parts of workbooks, a compound file.

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write as _;

/// A part of a ZIP.
pub struct Part {
    pub name: String,
    method: u16,
    data: Vec<u8>,
    crc: u32,
    /// What the directory says of the unpacked size.
    pub stated: u32,
}

impl Part {
    pub fn stored(name: &str, data: impl Into<Vec<u8>>) -> Self {
        let data = data.into();
        Self { name: name.to_owned(), method: 0, crc: crc(&data), stated: data.len() as u32, data }
    }

    /// `before`, then `block` so many times, then `after`: packed without ever being whole. Its checksum is wrong.
    pub fn bomb(name: &str, before: &str, block: &[u8], times: usize, after: &str) -> Self {
        let packed = |bytes: &[u8]| {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.flush().unwrap();
            encoder.get_ref().clone()
        };
        let (middle, mut data) = (packed(block), packed(before.as_bytes()));
        (0..times).for_each(|_| data.extend_from_slice(&middle));
        let mut last = DeflateEncoder::new(Vec::new(), Compression::best());
        last.write_all(after.as_bytes()).unwrap();
        data.extend(last.finish().unwrap());
        let size = before.len() + block.len() * times + after.len();
        Self { name: name.to_owned(), method: 8, data, crc: 0, stated: u32::try_from(size).unwrap_or(u32::MAX - 1) }
    }

    pub fn saying(mut self, size: u32) -> Self {
        self.stated = size;
        self
    }
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// A ZIP as it stands in a file.
pub fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut all, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let at = all.len() as u32;
        let head = |out: &mut Vec<u8>| {
            out.extend([20, 0, 0, 0]);
            out.extend(part.method.to_le_bytes());
            out.extend([0, 0, 0x21, 0x58]);
            [part.crc, part.data.len() as u32, part.stated].iter().for_each(|n| out.extend(n.to_le_bytes()));
            out.extend((part.name.len() as u16).to_le_bytes());
            out.extend([0, 0]);
        };
        all.extend(b"PK\x03\x04");
        head(&mut all);
        all.extend(part.name.as_bytes());
        all.extend(&part.data);
        directory.extend(b"PK\x01\x02\x14\x00");
        head(&mut directory);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(part.name.as_bytes());
    }
    let at = all.len() as u32;
    let count = (parts.len().min(0xffff) as u16).to_le_bytes();
    all.extend(&directory);
    all.extend(b"PK\x05\x06\0\0\0\0");
    all.extend(count);
    all.extend(count);
    all.extend((directory.len() as u32).to_le_bytes());
    all.extend(at.to_le_bytes());
    all.extend([0, 0]);
    all
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of an XLSX around its sheets.
pub fn xlsx_around(sheets: usize, properties: &str) -> Vec<Part> {
    let listed: String =
        (1..=sheets).map(|n| format!("<sheet name=\"L{n}\" sheetId=\"{n}\" r:id=\"r{n}\"/>")).collect();
    let parts: String = (1..=sheets)
        .map(|n| {
            format!("<Relationship Id=\"r{n}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>")
        })
        .collect();
    vec![
        Part::stored(
            "_rels/.rels",
            format!(
                "<Relationships><Relationship Id=\"m\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        Part::stored("xl/workbook.xml", format!("<workbook>{properties}<sheets>{listed}</sheets></workbook>")),
        Part::stored("xl/_rels/workbook.xml.rels", format!("<Relationships>{parts}</Relationships>")),
    ]
}

/// A sheet of an XLSX.
pub fn sheet(rows: &str) -> Part {
    Part::stored("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"))
}

/// An XLSX of one sheet and what else it has.
pub fn xlsx(rows: &str, more: Vec<Part>) -> Vec<u8> {
    let mut parts = xlsx_around(1, "");
    parts.push(sheet(rows));
    parts.extend(more);
    zip(&parts)
}

/// A row of texts.
pub fn row(at: u64, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|cell| format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>")).collect();
    format!("<row r=\"{at}\">{cells}</row>")
}

/// An ODS whose content part is given.
pub fn ods_of(content: Part) -> Vec<u8> {
    zip(&[
        Part::stored("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        content,
        Part::stored("META-INF/manifest.xml", "<manifest:manifest/>"),
    ])
}

pub const BEFORE: &str = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"L1\">";
pub const AFTER: &str = "</table:table></office:spreadsheet></office:body></office:document-content>";

pub fn ods(rows: &str) -> Vec<u8> {
    ods_of(Part::stored("content.xml", format!("{BEFORE}{rows}{AFTER}")))
}

/// A row of texts of an ODS, with attributes of its own.
pub fn ods_row(attributes: &str, cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|cell| {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>")
        })
        .collect();
    format!("<table:table-row {attributes}>{cells}</table:table-row>")
}

/// A record of an XLS.
pub fn biff(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

/// A text cell of an XLS.
pub fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let head = [row, column, 0, text.len() as u16].iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>();
    biff(0x0204, &[&head[..], &[0], text.as_bytes()].concat())
}

/// The stream of an XLS of one sheet: records of the workbook, and of the sheet.
pub fn workbook(globals: &[u8], cells: &[u8]) -> Vec<u8> {
    let begin = biff(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
    let end = biff(0x000A, &[]);
    let bound = |at: u32| biff(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 2, 0], b"L1"].concat());
    let at = (begin.len() + globals.len() + bound(0).len() + end.len()) as u32;
    [&begin[..], globals, &bound(at), &end, &begin, cells, &end].concat()
}

/// A compound file with one stream. `next` may change the table of chains.
pub fn compound(name: &str, stream: &[u8], next: impl Fn(&mut Vec<u32>)) -> Vec<u8> {
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let sectors = stream.len() / 512;
    let tables = (sectors + 2).div_ceil(127) as u32;
    // tables first, then the directory, then the stream
    let (directory, first) = (tables, tables + 1);
    let mut chains: Vec<u32> = vec![0xFFFF_FFFD; tables as usize];
    chains.push(0xFFFF_FFFE);
    chains.extend((1..sectors as u32).map(|n| first + n));
    chains.push(0xFFFF_FFFE);
    next(&mut chains);
    chains.resize(tables as usize * 128, 0xFFFF_FFFF);
    let mut all = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    all.extend([0; 16]);
    [0x3Eu16, 3, 0xFFFE, 9, 6].iter().for_each(|n| all.extend(n.to_le_bytes()));
    all.extend([0; 10]);
    [tables, directory, 0, 4096, 0xFFFF_FFFE, 0, 0xFFFF_FFFE, 0].iter().for_each(|n| all.extend(n.to_le_bytes()));
    (0..109).for_each(|n| all.extend(if n < tables { n } else { 0xFFFF_FFFF }.to_le_bytes()));
    chains.iter().for_each(|n| all.extend(n.to_le_bytes()));
    for (name, kind, start, length) in [("Root Entry", 5u8, 0xFFFF_FFFE, 0), (name, 2, first, stream.len() as u32)] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend((name.len() as u16 * 2 + 2).to_le_bytes());
        entry.push(kind);
        entry.resize(116, 0);
        entry.extend(u32::to_le_bytes(start));
        entry.extend(u64::to_le_bytes(length.into()));
        all.extend(entry);
    }
    all.resize(all.len().next_multiple_of(512), 0);
    all.extend(stream);
    all
}

pub fn xls(globals: &[u8], cells: &[u8]) -> Vec<u8> {
    compound("Workbook", &workbook(globals, cells), |_| {})
}

/// A record of an XLSB.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut all = match kind {
        0..128 => vec![kind as u8],
        _ => vec![kind as u8 & 0x7f | 0x80, (kind >> 7) as u8],
    };
    all.extend(length(data.len() as u32));
    all.extend(data);
    all
}

/// A length as XLSB writes it, seven bits a byte.
pub fn length(mut n: u32) -> Vec<u8> {
    let mut all = Vec::new();
    loop {
        let more = n >= 128;
        all.push(n as u8 & 0x7f | if more { 0x80 } else { 0 });
        n >>= 7;
        if !more {
            return all;
        }
    }
}

/// A text as XLSB writes it.
pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&(units.len() as u32 / 2).to_le_bytes()[..], &units].concat()
}

/// A text cell of an XLSB.
pub fn text_cell(column: u32, text: &str) -> Vec<u8> {
    record(6, &[&column.to_le_bytes()[..], &[0; 4], &wide(text)].concat())
}

/// An XLSB of one sheet: properties of the workbook, records of the sheet, other parts.
pub fn xlsb(properties: &[u8], cells: &[u8], more: Vec<Part>) -> Vec<u8> {
    let sheet = record(156, &[&[0; 4][..], &[1, 0, 0, 0], &wide("r1"), &wide("L1")].concat());
    let mut parts = vec![
        Part::stored(
            "_rels/.rels",
            format!(
                "<Relationships><Relationship Id=\"m\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>"
            ),
        ),
        Part::stored("xl/workbook.bin", [properties, &sheet].concat()),
        Part::stored(
            "xl/_rels/workbook.bin.rels",
            format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.bin\"/></Relationships>"
            ),
        ),
        Part::stored("xl/worksheets/sheet1.bin", [&record(145, &[])[..], cells, &record(146, &[])].concat()),
    ];
    parts.extend(more);
    zip(&parts)
}
