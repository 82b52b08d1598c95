//! Any table by the names of some columns: for files that are no register.

use super::{file_name, readings, stream};
use crate::ReadError;
use crate::layout::normal;
use std::path::Path;

/// Reads the named columns of a CSV, XLSX or Parquet file, whatever stands above the header, in file order; each row comes
/// with its number (from 1, below the header). Column names are compared without case, blanks and punctuation.
///
/// ```
/// let dir = tempfile::tempdir()?;
/// let path = dir.path().join("hasil.csv");
/// std::fs::write(&path, "Hasil verivali\nID BDT;Hasil_Verivali;x\nR1;6;\n")?;
/// let mut rows = Vec::new();
/// bansos_registers::read_columns(&path, &["id_bdt", "hasil_verivali"], &mut |n, cells| rows.push((n, cells.to_vec())))?;
/// assert_eq!(rows, [(1, vec!["R1".to_owned(), "6".to_owned()])]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ReadError`], also where no row at the top names all the columns.
pub fn read_columns(path: &Path, columns: &[&str], sink: &mut dyn FnMut(u32, &[String])) -> Result<(), ReadError> {
    let wanted: Vec<String> = columns.iter().map(|c| normal(c)).collect();
    let mut nearest: (usize, Vec<&str>) = (0, columns.to_vec());
    for reading in readings(path)? {
        for (row, cells) in reading.top.iter().enumerate() {
            let names: Vec<String> = cells.iter().map(|c| normal(c)).collect();
            let at: Vec<Option<usize>> = wanted.iter().map(|w| names.iter().position(|n| n == w)).collect();
            let places: Vec<usize> = at.iter().flatten().copied().collect();
            if places.len() == wanted.len() {
                return stream(path, &reading.form, row + 1, cells.len(), &mut |chunk| {
                    for (n, record) in (chunk.first..).zip(&chunk.rows) {
                        let cell =
                            |i: &usize| String::from_utf8_lossy(record.get(*i).unwrap_or_default()).trim().to_owned();
                        sink(n, &places.iter().map(cell).collect::<Vec<_>>());
                    }
                    Ok(())
                });
            }
            let missing: Vec<&str> = columns.iter().zip(&at).filter(|(_, a)| a.is_none()).map(|(c, _)| *c).collect();
            if missing.len() < nearest.1.len() || nearest.0 == 0 {
                nearest = (cells.len(), missing);
            }
        }
    }
    Err(ReadError::UnknownHeader {
        file: file_name(path),
        columns: u32::try_from(nearest.0).unwrap_or(u32::MAX),
        nearest: columns.join(", "),
        missing: nearest.1.join(", "),
    })
}
