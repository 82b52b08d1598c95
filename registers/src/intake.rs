//! What comes out of reading: records, quarantined rows, and one report per file whose counts close.

use crate::{FileNote, ReadError, Receipt, RowFault, SheetFault};
use bansos::Text;
use bansos::household::FamilyRecord;
use bansos::person::PersonRecord;
use bansos::source::{Field, Source};

/// Everything read from a folder or a file.
#[derive(Debug, Default)]
pub struct Intake {
    /// One report per recognised file, of a workbook one per sheet, in the order of reading; `Origin::file` points here.
    pub files: Vec<FileReport>,
    /// Files that could not be read as a register, and why. Nothing of them is in the records.
    pub refused: Vec<Refused>,
    /// Sheets of workbooks that were not read while others were, with how many rows they have.
    pub unread: Vec<Unread>,
    /// Rows that stand for a person, in the order of files and rows.
    pub persons: Vec<PersonRecord>,
    /// Rows that describe a family, in the order of files and rows. A P3KE row stands in both lists.
    pub families: Vec<FamilyRecord>,
    /// What rows of lists of recipients say is received, in the order of files and rows.
    pub receipts: Vec<Receipt>,
    /// Rows that can stand for neither.
    pub quarantine: Vec<Quarantined>,
}

impl Intake {
    /// Rows read in all files.
    pub fn rows_read(&self) -> u64 {
        self.files.iter().map(|f| f.rows_read).sum()
    }

    /// Rows accepted in all files.
    pub fn accepted(&self) -> u64 {
        self.files.iter().map(|f| f.accepted).sum()
    }

    /// Rows quarantined in all files.
    pub fn quarantined(&self) -> u64 {
        self.files.iter().map(|f| f.quarantined).sum()
    }

    /// Whether accepted and quarantined rows add up to the rows read, in every file and in the records themselves.
    /// Reading guarantees it; a caller who filters the lists can ask again.
    pub fn closes(&self) -> bool {
        let mut seen = vec![(0u64, 0u64, 0u64); self.files.len()];
        let mut known = true;
        let mut count = |file: u16, slot: fn(&mut (u64, u64, u64)) -> &mut u64| match seen.get_mut(usize::from(file)) {
            Some(counts) => *slot(counts) += 1,
            None => known = false,
        };
        self.persons.iter().for_each(|p| count(p.origin.file, |c| &mut c.0));
        self.families.iter().for_each(|f| count(f.origin.file, |c| &mut c.1));
        self.quarantine.iter().for_each(|q| count(q.file, |c| &mut c.2));
        known
            && self.files.iter().zip(seen).all(|(f, (persons, families, quarantined))| {
                let units = match f.kind {
                    Kind::Persons => persons,
                    Kind::Families => families,
                    Kind::FamiliesWithHead if persons != families => return false,
                    Kind::FamiliesWithHead => persons,
                };
                f.rows_read == f.accepted + f.quarantined && f.accepted == units && f.quarantined == quarantined
            })
    }
}

/// A file that could not be read as a register.
#[derive(Debug)]
pub struct Refused {
    /// File name without its folder.
    pub file: String,
    /// Why.
    pub error: ReadError,
}

/// A sheet, or a whole file or folder, that was not read. Its rows are in no count.
#[derive(Clone, Debug)]
pub struct Unread {
    /// File name without its folder.
    pub file: String,
    /// The sheet; empty for a whole file.
    pub sheet: String,
    /// Rows of it that are not blank.
    pub rows: u64,
    /// Why.
    pub reason: SheetFault,
}

impl Unread {
    /// File name, with the sheet where it is one.
    pub fn name(&self) -> String {
        if self.sheet.is_empty() { self.file.clone() } else { format!("{} [{}]", self.file, self.sheet) }
    }
}

/// On which line of its file each row stands, as an editor or Excel shows it.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// From which row on, how many lines further down it stands; in order.
    steps: Vec<(u32, u32)>,
}

impl Lines {
    pub(crate) fn add(&mut self, row: u32, line: u64) {
        let ahead = u32::try_from(line.saturating_sub(row.into())).unwrap_or(u32::MAX);
        if self.steps.last().is_none_or(|(_, last)| *last != ahead) {
            self.steps.push((row, ahead));
        }
    }

    /// The 1-based line of a 1-based row.
    pub fn of(&self, row: u32) -> u64 {
        let after = self.steps.partition_point(|(from, _)| *from <= row);
        let ahead = after.checked_sub(1).and_then(|at| self.steps.get(at)).map_or(0, |(_, ahead)| *ahead);
        u64::from(row) + u64::from(ahead)
    }
}

bansos::closed_list! {
    /// What one row of a file stands for.
    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Kind {
        /// A person.
        Persons = "persons", id: "orang", en: "person";
        /// A family, or a household.
        Families = "families", id: "keluarga", en: "family";
        /// A family and at the same time its head as a person (P3KE).
        FamiliesWithHead = "families_with_head", id: "keluarga dan kepalanya", en: "family and its head";
    }
}

impl Kind {
    /// Whether its rows stand for persons in the crosswalk.
    pub const fn has_persons(self) -> bool {
        !matches!(self, Self::Families)
    }
}

/// How one file was read.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// File name without its folder.
    pub path: String,
    /// The register it belongs to.
    pub source: Source,
    /// The layout that fitted its header.
    pub layout: String,
    /// What a row stands for.
    pub kind: Kind,
    /// Data rows read: accepted + quarantined, always.
    pub rows_read: u64,
    /// Rows that became records.
    pub accepted: u64,
    /// Rows set aside.
    pub quarantined: u64,
    /// `UTF-8`, `UTF-16LE`, `UTF-16BE`, `windows-1252`, `spreadsheet`, `html` or `parquet`.
    pub encoding: &'static str,
    /// Delimiter of a CSV.
    pub delimiter: Option<char>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Whether it is a list of recipients, and no register.
    pub recipients: bool,
    /// Whether other sheets of the same workbook were read too.
    pub one_of_several: bool,
    /// Where its rows stand.
    pub lines: Lines,
    /// 1-based line (CSV) or row (workbook) of the header; 0 for Parquet.
    pub header_row: u32,
    /// What became of each column, in the order of the file.
    pub columns: Vec<ColumnUse>,
    /// Title rows, columns not known, columns missing.
    pub notes: Vec<FileNote>,
}

/// What became of one column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnUse {
    /// What stands over it, trimmed; of a header of several rows, all of it. Empty where that may be somebody's data.
    pub name: String,
    /// How it is understood.
    pub meaning: ColumnMeaning,
}

/// How a column is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnMeaning {
    /// Read as these fields: one cell may serve two.
    Fields(Vec<Field>),
    /// Read as an answer about housing and assets, by the name of its variable.
    Welfare(Text),
    /// Read as a part of what a recipient gets: programme, amount, time, whether it was paid.
    Receipt,
    /// Known to the layout, which reads nothing from it.
    PassedOver,
    /// Not known, and not read.
    Unknown,
}

impl ColumnMeaning {
    /// Its word in data.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Fields(_) => "field",
            Self::Welfare(_) => "welfare",
            Self::Receipt => "receipt",
            Self::PassedOver => "passed_over",
            Self::Unknown => "unknown",
        }
    }
}

impl FileReport {
    /// File name; with the sheet where other sheets of the file were read too.
    pub fn name(&self) -> String {
        match &self.sheet {
            Some(sheet) if self.one_of_several => format!("{} [{sheet}]", self.path),
            _ => self.path.clone(),
        }
    }
}

/// A row set aside, with where and why. It never repeats a value of the row.
#[derive(Clone, Debug)]
pub struct Quarantined {
    /// Index into [`Intake::files`].
    pub file: u16,
    /// The register.
    pub source: Source,
    /// 1-based data row of the file, after title and header rows.
    pub row: u32,
    /// The column as the file names it, where one is to blame.
    pub column: Option<String>,
    /// Why; code and sentences through [`bansos::Coded`].
    pub reason: RowFault,
}
