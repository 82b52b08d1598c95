//! Why tables cannot be determined.

use bansos::Lang;
use bansos::message::{Param, Value};

/// The type that a column's name asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnType {
    /// `date32`.
    Date,
    /// Text, plain or dictionary.
    Text,
    /// Any whole number.
    Integer,
    /// Boolean.
    Boolean,
    /// A key: text or whole numbers, the same in both tables.
    Key,
}

impl Value for ColumnType {
    fn param(&self) -> Param {
        Param::Text(self.show(Lang::En))
    }
    fn show(&self, lang: Lang) -> String {
        let (id, en) = match self {
            Self::Date => ("tanggal (date32)", "date32"),
            Self::Text => ("teks", "text"),
            Self::Integer => ("bilangan bulat", "integer"),
            Self::Boolean => ("boolean", "boolean"),
            Self::Key => ("teks atau bilangan bulat, sama di kedua tabel", "text or integer, the same in both tables"),
        };
        match lang {
            Lang::Id => id,
            Lang::En => en,
        }
        .to_owned()
    }
}

bansos::codes! {
    /// Why tables cannot be determined.
    #[derive(thiserror::Error)]
    pub enum ColumnsError {
        /// A column has another type than its name asks for.
        Type { column: String, expected: ColumnType } = "columns.type", Error,
            id: "kolom {column} harus bertipe {expected}",
            en: "the column {column} must be {expected}";
        /// A text that the column's list of words does not have.
        Word { column: String, row: usize } = "columns.word", Error,
            id: "kolom {column} baris {row}: kata ini tidak ada dalam daftarnya",
            en: "column {column}, row {row}: this word is not in its list";
        /// Neither `family_row` in persons nor `family` in both tables.
        KeyMissing { table: &'static str } = "columns.key_missing", Error,
            id: "tabel {table} tidak mempunyai kolom family, dan persons tidak mempunyai family_row",
            en: "the table {table} has no column family, and persons has no family_row";
        /// A family without a key.
        KeyNull { row: usize } = "columns.key_null", Error,
            id: "keluarga baris {row} tidak mempunyai kunci",
            en: "the family in row {row} has no key";
        /// Two families with one key.
        KeyTwice { row: usize } = "columns.key_twice", Error,
            id: "kunci keluarga baris {row} sudah dipakai",
            en: "the key of the family in row {row} is used already";
        /// A person of a family that is not there.
        NoSuchFamily { row: usize } = "columns.no_such_family", Error,
            id: "orang baris {row} merujuk keluarga yang tidak ada",
            en: "the person in row {row} names a family that is not there";
        /// More rows than can be counted in one call.
        TooLong = "columns.too_long", Error,
            id: "tabel terlalu panjang untuk satu panggilan; bagi menurut wilayah",
            en: "the tables are too long for one call; split them by region";
    }
}

impl ColumnsError {
    /// The same fault, its row counted from the beginning of the table.
    pub(super) fn moved(self, first: usize) -> Self {
        match self {
            Self::Word { column, row } => Self::Word { column, row: row + first },
            other => other,
        }
    }
}
