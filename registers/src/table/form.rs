//! What a file is by its first bytes, not by its name: offices call a CSV `.xlsx` and a workbook `.csv`.

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Magic {
    /// A ZIP: XLSX, XLSB or ODS.
    Zip,
    /// A compound file: XLS, or a workbook with a password.
    Compound,
    Parquet,
    Text,
}

impl Magic {
    pub(crate) fn read(head: &[u8]) -> Self {
        match head {
            [b'P', b'K', 3, 4, ..] => Self::Zip,
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Self::Compound,
            [b'P', b'A', b'R', b'1', ..] => Self::Parquet,
            _ => Self::Text,
        }
    }
}

pub(super) fn is_text(head: &[u8]) -> bool {
    Magic::read(head) == Magic::Text
}

/// Whether a text is a web page, or a workbook of Excel 2003 in XML: markup in place of the first row.
pub(super) fn is_markup(head: &[u8]) -> bool {
    let plain: Vec<u8> = head.iter().copied().filter(|b| *b != 0).take(4096).collect();
    let text = String::from_utf8_lossy(&plain).to_ascii_lowercase();
    let top = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{fffd}'));
    let after = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
    let tag = |name: &&str| top.strip_prefix(*name).is_some_and(after);
    TAGS.iter().any(tag)
        || is_parts(head)
        // a portal's line of text, or a warning of its program, before the table
        || top.find("<table").is_some_and(|at| top.get(at + 6..).is_some_and(after) && ["<tr", "<td", "<th"].iter().any(|tag| top.contains(tag)))
}

/// Whether a text is a page with its pictures in one file, part by part (MHTML).
pub(super) fn is_parts(head: &[u8]) -> bool {
    head.trim_ascii_start().get(..13).is_some_and(|top| top.eq_ignore_ascii_case(b"mime-version:"))
}

/// Tags that a page begins with, where it is only a part of one too.
const TAGS: [&str; 28] = [
    "<html",
    "<!doctype",
    "<table",
    "<thead",
    "<tbody",
    "<tr",
    "<head",
    "<title",
    "<body",
    "<meta",
    "<link",
    "<style",
    "<script",
    "<div",
    "<center",
    "<p",
    "<br",
    "<b",
    "<font",
    "<span",
    "<h1",
    "<h2",
    "<h3",
    "<h4",
    "<h5",
    "<?xml",
    "<!--",
    "<workbook",
];

/// How the text of a file is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8, with or without a byte-order mark; a cell that is none is read as Windows-1252.
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        }
    }

    /// By the byte-order mark, and without one by where the zeros stand: text of our letters has one in every second byte.
    pub(super) fn of(head: &[u8]) -> Self {
        match head {
            [0xFF, 0xFE, ..] => Self::Utf16Le,
            [0xFE, 0xFF, ..] => Self::Utf16Be,
            _ => {
                let top = head.get(..512).unwrap_or(head);
                let pairs = top.len() / 2;
                let zeros = |at: usize| top.iter().skip(at).step_by(2).filter(|b| **b == 0).count();
                match (zeros(0) * 10 > pairs * 7, zeros(1) * 10 > pairs * 7) {
                    (true, false) => Self::Utf16Be,
                    (false, true) => Self::Utf16Le,
                    _ => Self::Utf8,
                }
            }
        }
    }

    pub(super) fn rules(self) -> Option<&'static encoding_rs::Encoding> {
        match self {
            Self::Utf8 => None,
            Self::Utf16Le => Some(encoding_rs::UTF_16LE),
            Self::Utf16Be => Some(encoding_rs::UTF_16BE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_no_table() {
        let le: Vec<u8> = "<HTML><table>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for page in [b"\xef\xbb\xbf\r\n <html xmlns>".as_slice(), b"<TABLE border=1>", b"<?xml version", &le] {
            assert!(is_markup(page));
        }
        for table in [b"nik;nama".as_slice(), b"<3 kali;nama", b"", b"<metadata>;x"] {
            assert!(!is_markup(table));
        }
    }

    #[test]
    fn utf_16_is_recognised_without_its_mark() {
        let le: Vec<u8> = "nik;nama\n1;SITI".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "nik;nama\n1;SITI".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!((Encoding::of(&le), Encoding::of(&be)), (Encoding::Utf16Le, Encoding::Utf16Be));
        assert_eq!(
            (Encoding::of(b"nik;nama"), Encoding::of(b"n"), Encoding::of(b"")),
            (Encoding::Utf8, Encoding::Utf8, Encoding::Utf8)
        );
    }
}
