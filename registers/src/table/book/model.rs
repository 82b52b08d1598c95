//! What the forms of workbooks have in common.

use super::cell::Numbers;
use super::strings::Strings;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xls,
    Xlsb,
    Ods,
}

impl Kind {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS",
            Self::Xlsb => "XLSB",
            Self::Ods => "ODS",
        }
    }
}

/// What all sheets of a workbook share. It is read once.
pub(super) struct Book {
    pub(super) kind: Kind,
    pub(super) sheets: Vec<Listed>,
    pub(super) strings: Strings,
    pub(super) numbers: Numbers,
    /// The records of an XLS.
    pub(super) stream: Vec<u8>,
}

/// A sheet, and where its cells are: in a part, or at a place of the one that all sheets share.
pub(super) struct Listed {
    pub(super) name: String,
    /// Whoever opens the workbook does not see it.
    pub(super) hidden: bool,
    pub(super) part: String,
    pub(super) at: usize,
}
