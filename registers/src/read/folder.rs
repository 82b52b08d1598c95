//! What lies in a folder: tables, and what is none and was not opened.

use crate::intake::Unread;
use crate::table::{Magic, Source, file_name, is_table};
use crate::{ReadError, SheetFault};
use bansos::message::Cause;
use std::path::{Path, PathBuf};

/// Files that look like tables by their name, or by their first bytes whatever they are called; and the others, named.
pub(super) fn look(folder: &Path) -> Result<(Vec<PathBuf>, Vec<Unread>), ReadError> {
    let name = || file_name(folder);
    let cannot = |e: std::io::Error| ReadError::Io { file: name(), reason: Cause::from(e) };
    if !folder.is_dir() {
        return Err(ReadError::NoFolder { folder: name() });
    }
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        paths.push(entry.map_err(cannot)?.path());
    }
    paths.sort();
    let (mut tables, mut unread) = (Vec::new(), Vec::new());
    for path in paths {
        let file = file_name(&path);
        if let Some(reason) = no_data(&file) {
            unread.push(Unread { file, sheet: String::new(), rows: 0, reason });
            continue;
        }
        // a dot file is nobody's register
        if file.starts_with(['.', '~']) {
            continue;
        }
        let reason = match (path.is_dir(), is_table(&path)) {
            // our own example has its truth beside it
            (true, _) if file == "truth" && path.join("rows.csv").is_file() => continue,
            (true, _) => Some(SheetFault::Folder),
            // opening a pipe waits for whoever writes to it
            _ if std::fs::metadata(&path).is_ok_and(|m| !m.is_file()) => Some(SheetFault::NoFile),
            (false, true) => None,
            (false, false) => other(&path),
        };
        match reason {
            None => tables.push(path),
            Some(reason) => unread.push(Unread { file, sheet: String::new(), rows: 0, reason }),
        }
    }
    if tables.is_empty() { Err(ReadError::NoFiles { folder: name() }) } else { Ok((tables, unread)) }
}

/// What computers put beside files by themselves.
fn no_data(file: &str) -> Option<SheetFault> {
    if let Some(of) = file.strip_prefix("~$") {
        return Some(SheetFault::Lock { of: of.to_owned() });
    }
    let lower = file.to_ascii_lowercase();
    let system = matches!(lower.as_str(), "thumbs.db" | "ehthumbs.db" | "desktop.ini" | ".ds_store" | "__macosx");
    (system || lower.starts_with("._")).then_some(SheetFault::System)
}

/// Why a file with another ending is not read; nothing where its first bytes are those of a table.
fn other(path: &Path) -> Option<SheetFault> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "zip" | "rar" | "7z" | "gz" | "tar" => return Some(SheetFault::Archive),
        "docx" | "pptx" | "odt" | "odp" | "doc" | "ppt" => return Some(SheetFault::OtherForm),
        _ => {}
    }
    let head = Source::path(path).head().unwrap_or_default();
    let table = match Magic::read(&head) {
        Magic::Zip | Magic::Compound | Magic::Parquet => true,
        Magic::Text => matches!(ending.as_str(), "htm" | "html" | "dat" | "prn" | "asc" | "psv" | ""),
    };
    if table { None } else { Some(SheetFault::OtherForm) }
}
