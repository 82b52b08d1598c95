//! What is wrong with a file that is no text, in our words: what a library says of it may quote the file.

use bansos::message::{Lang, Param, Value};

bansos::closed_list! {
    /// What is wrong with a workbook or Parquet file.
    #[non_exhaustive]
    pub enum Damage {
        /// The ZIP around the workbook.
        Zip = "zip", id: "susunan ZIP", en: "the ZIP structure";
        /// The compound file around an XLS.
        Compound = "compound", id: "susunan berkas majemuk", en: "the structure of the compound file";
        /// XML that is none, or in other text than UTF-8.
        Xml = "xml", id: "susunan XML", en: "the XML structure";
        /// A record that is cut or shorter than its kind.
        Record = "record", id: "susunan rekaman", en: "the record structure";
        /// The file ends too early.
        Cut = "cut", id: "berkas berakhir terlalu awal", en: "the file ends too early";
        /// A part that the others name is not there, or there is no sheet.
        Missing = "missing", id: "ada bagian yang tidak ditemukan", en: "a part is missing";
        /// A row or a column that Excel itself cannot have.
        Beyond = "beyond", id: "melampaui 1.048.576 baris atau 16.384 kolom", en: "beyond 1,048,576 rows or 16,384 columns";
        /// Rows or cells that go backwards, or stand there twice.
        Order = "order", id: "baris atau sel tidak berurutan", en: "rows or cells out of order";
        /// The place of a cell is none.
        Place = "place", id: "letak sel tidak sah", en: "the place of a cell is not valid";
        /// A cell whose shared text is not there.
        Strings = "strings", id: "teks bersama yang ditunjuk tidak ada", en: "a shared text is missing";
        /// An entity other than XML's own.
        Entity = "entity", id: "entitas XML yang tidak dikenal", en: "an unknown XML entity";
        /// A part unpacks to more than a workbook may have.
        Inflated = "inflated", id: "isi terlalu besar setelah dibuka", en: "unpacked, the content is too large";
        /// One cell, row or record holds more than the limit.
        Long = "long", id: "satu baris atau sel terlalu panjang", en: "one row or cell is too long";
        /// The cells of a sheet hold more text than the limit.
        Text = "text", id: "terlalu banyak teks dalam satu lembar", en: "too much text in one sheet";
        /// More sheets, tables or parts than the limit.
        Sheets = "sheets", id: "terlalu banyak lembar atau bagian", en: "too many sheets or parts";
        /// What stands inside, of a form that says no more.
        Content = "content", id: "isinya tidak dapat dibaca", en: "its content cannot be read";
    }
}

/// Where in a workbook, as far as it is known; zero where it is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// 1-based sheet.
    pub sheet: u32,
    /// The last row that was read.
    pub row: u32,
}

impl Spot {
    fn words(self, sheet: &str, after: &str) -> String {
        match self {
            Self { sheet: 0, .. } => String::new(),
            Self { sheet: number, row: 0 } => format!("; {sheet} {number}"),
            Self { sheet: number, row } => format!("; {sheet} {number}, {after} {row}"),
        }
    }
}

impl Value for Spot {
    fn param(&self) -> Param {
        Param::Text(match self.sheet {
            0 => String::new(),
            sheet => format!("{sheet}:{}", self.row),
        })
    }

    fn show(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => self.words("lembar", "setelah baris"),
            Lang::En => self.words("sheet", "after row"),
        }
    }
}
