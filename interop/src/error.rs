//! The one form of an error on every surface, and the codes for a request that cannot be read.

use bansos::codes;
use bansos::message::{Bilingual, Coded, Lang, Param, Value as Sentence};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a request's place should hold, in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A text.
    Text,
    /// An identifier: a text of digits.
    Identifier,
    /// A date, `YYYY-MM-DD`.
    Date,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// Yes or no.
    Boolean,
    /// A list.
    List,
    /// An object.
    Object,
    /// Nothing.
    Null,
    /// Something else.
    Other,
}

impl Kind {
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Text => ("text", "teks", "a text"),
            Self::Identifier => ("identifier", "nomor sebagai teks", "an identifier, as a text"),
            Self::Date => ("date", "tanggal YYYY-MM-DD sebagai teks", "a date as a text YYYY-MM-DD"),
            Self::Number => ("number", "angka", "a number"),
            Self::Whole => ("whole", "bilangan bulat dalam batasnya", "a whole number in its range"),
            Self::Boolean => ("boolean", "ya/tidak (true/false)", "true or false"),
            Self::List => ("list", "daftar", "a list"),
            Self::Object => ("object", "objek", "an object"),
            Self::Null => ("null", "kosong (null)", "null"),
            Self::Other => ("other", "nilai lain", "another value"),
        }
    }
}

impl Sentence for Kind {
    fn param(&self) -> Param {
        Param::Text(self.words().0.to_owned())
    }
    fn show(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => self.words().1,
            Lang::En => self.words().2,
        }
        .to_owned()
    }
}

/// What a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// Texts, or a dictionary of them.
    Text,
    /// Texts of digits; also sixteen bytes each.
    Identifier,
    /// Numbers of any kind: floats, whole numbers, decimals.
    Number,
    /// Whole numbers.
    Whole,
}

impl ColumnKind {
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Text => ("text", "teks", "text"),
            Self::Identifier => ("identifier", "nomor sebagai teks", "identifiers as text"),
            Self::Number => ("number", "angka", "numbers"),
            Self::Whole => ("whole", "bilangan bulat", "whole numbers"),
        }
    }

    /// The word used in data.
    pub const fn word(self) -> &'static str {
        self.words().0
    }
}

/// The kinds of which a column may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ColumnKinds(pub &'static [ColumnKind]);

impl Sentence for ColumnKinds {
    fn param(&self) -> Param {
        let words: Vec<_> = self.0.iter().map(|k| k.word()).collect();
        Param::Text(words.join(", "))
    }
    fn show(&self, lang: Lang) -> String {
        let (words, or): (Vec<_>, _) = match lang {
            Lang::Id => (self.0.iter().map(|k| k.words().1).collect(), " atau "),
            Lang::En => (self.0.iter().map(|k| k.words().2).collect(), " or "),
        };
        words.join(or)
    }
}

codes! {
    /// Why a request cannot be read.
    pub enum InputError {
        /// Not JSON: also a number that JSON does not know (NaN, Infinity) or text that is not Unicode.
        Json { line: u64, column: u64 } = "input.json", Error,
            id: "permintaan bukan JSON yang sah (baris {line}, kolom {column})",
            en: "the request is not valid JSON (line {line}, column {column})";
        /// An object that names a member twice: which of the two is meant, nobody knows.
        MemberTwice { line: u64, column: u64 } = "input.member_twice", Error,
            id: "sebuah isian ditulis dua kali dalam objek yang sama (baris {line}, kolom {column})",
            en: "a member is written twice in one object (line {line}, column {column})";
        /// No operation has this name.
        Operation = "input.operation", Error,
            id: "tidak ada operasi dengan nama itu; lihat daftar operasi",
            en: "no operation has that name; see the list of operations";
        /// A number where an identifier belongs.
        IdentifierNumber = "input.identifier_number", Error,
            id: "nomor (NIK, KK, kode) harus berupa teks: sebagai angka, nol di depan hilang dan nilai di atas 2^53 berubah tanpa terlihat",
            en: "an identifier (NIK, family card, code) must be a text: as a number it loses leading zeros, and above 2^53 it changes unseen";
        /// A value of another kind.
        Type { expected: Kind, found: Kind } = "input.type", Error,
            id: "di sini diperlukan {expected}, bukan {found}",
            en: "{expected} belongs here, not {found}";
        /// A member that the operation needs is absent.
        Missing { field: String } = "input.missing", Error,
            id: "isian {field} belum ada",
            en: "the member {field} is missing";
        /// A member that the operation does not know.
        FieldUnknown { field: String } = "input.field_unknown", Error,
            id: "isian {field} tidak dikenal di sini",
            en: "the member {field} is not known here";
        /// A word outside the list.
        Word { expected: String } = "input.word", Error,
            id: "pilih salah satu dari: {expected}",
            en: "this must be one of: {expected}";
        /// A text that is not a date.
        Date = "input.date", Error,
            id: "tanggal harus ditulis YYYY-MM-DD dan ada di kalender",
            en: "a date must be written YYYY-MM-DD and be in the calendar";
        /// A value outside what is allowed.
        Range { expected: String } = "input.range", Error,
            id: "nilai ini di luar batas: {expected}",
            en: "this value is out of range: {expected}";
        /// Arrays or objects nested too deep, or in a circle.
        Depth = "input.depth", Error,
            id: "data bersarang terlalu dalam, atau menunjuk dirinya sendiri",
            en: "the data is nested too deep, or contains itself";
        /// A text that is not Unicode: a lone surrogate, or bytes that are not UTF-8.
        Unicode = "input.unicode", Error,
            id: "teks ini bukan Unicode yang sah (UTF-8)",
            en: "this text is not valid Unicode (UTF-8)";
        /// NaN or an infinity.
        NotFinite = "input.not_finite", Error,
            id: "NaN dan tak hingga bukan angka di sini; pakai null untuk nilai yang tidak diketahui",
            en: "NaN and infinity are no numbers here; use null for what is unknown";
        /// Bytes that are no Arrow IPC stream with a column.
        Ipc = "input.ipc", Error,
            id: "bita ini bukan aliran Arrow IPC yang berisi satu kolom",
            en: "these bytes are not an Arrow IPC stream with a column";
        /// A column whose bytes are not what they are said to be: text that is no UTF-8, offsets that cut a letter or run back.
        ColumnDamaged { column: String, row: u64 } = "input.column_damaged", Error,
            id: "kolom {column} rusak di baris {row} (dihitung dari 0): teksnya bukan UTF-8, atau batas selnya keliru; baca ulang berkasnya dengan pengodean yang benar",
            en: "the column {column} is damaged at row {row} (counted from 0): its text is no UTF-8, or the bounds of its cells are wrong; read the file again with the right encoding";
        /// A column whose cells are of several kinds, so that its own library cannot give it as one.
        ColumnMixed { column: String, kinds: String } = "input.column_mixed", Error,
            id: "kolom {column} berisi nilai yang tidak sejenis ({kinds}); samakan dulu jenisnya (NIK, No. KK, dan kode: teks)",
            en: "the column {column} holds values of several kinds ({kinds}); make them one kind first (NIK, No. KK and codes: text)";
        /// A column of another kind than the operation reads there.
        ColumnType { column: String, expected: ColumnKinds, found: String } = "input.column_type", Error,
            id: "kolom {column} harus berisi {expected}; jenis datanya {found}",
            en: "the column {column} must hold {expected}; its type is {found}";
        /// Columns of one table with different numbers of rows.
        ColumnLength { column: String, expected: u64, found: u64 } = "input.column_length", Error,
            id: "kolom {column} berisi {found} baris, seharusnya {expected}",
            en: "the column {column} has {found} rows, not {expected}";
        /// The caller stopped the work before it was done.
        Stopped = "input.stopped", Error,
            id: "pekerjaan dihentikan sebelum selesai",
            en: "the work was stopped before it was done";
        /// A value of the host that has no place in data (a function, a socket).
        Host = "input.host", Error,
            id: "nilai sejenis ini tidak dapat menjadi data",
            en: "a value of this type cannot be data";
    }
}

impl InputError {
    /// The error of a code that needs no parameters: what a host finds before anything is asked (a circle, NaN, text that is not
    /// Unicode). Any other code stands for a value that cannot be data.
    pub fn from_word(code: &str) -> Self {
        match code {
            "input.depth" => Self::Depth,
            "input.not_finite" => Self::NotFinite,
            "input.identifier_number" => Self::IdentifierNumber,
            "input.unicode" => Self::Unicode,
            _ => Self::Host,
        }
    }
}

codes! {
    /// Faults of the library itself.
    pub enum InternalError {
        /// A bug. Please report it, with the operation's name and without any person's data.
        Fault = "internal.fault", Error,
            id: "kesalahan di dalam pustaka ini; mohon dilaporkan (tanpa data pribadi)",
            en: "a fault inside this library; please report it (without personal data)";
    }
}

/// An error as every surface shows it. It never repeats a person's value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Error {
    /// Stable code, `area.what`.
    pub code: String,
    /// Where in the request, as an RFC 6901 pointer; empty when it is not about one place.
    pub path: String,
    /// The code's parameters.
    pub params: Params,
    /// The sentence in both languages.
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::TwoTexts"))]
    pub message: Bilingual,
}

/// Parameters of a code: whole numbers and words.
pub type Params = BTreeMap<String, Scalar>;

/// A whole number or a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Scalar {
    /// A whole number.
    Int(i64),
    /// A word, a code or an ISO date.
    Text(String),
}

/// A code's parameters as plain data.
pub(crate) fn params(of: &dyn Coded) -> Params {
    of.params()
        .into_iter()
        .map(|(name, value)| {
            let value = match value {
                Param::Int(n) => Scalar::Int(n),
                Param::Text(t) => Scalar::Text(t),
            };
            (name.to_owned(), value)
        })
        .collect()
}

impl Error {
    /// A code at a place of the request.
    pub fn at(path: impl Into<String>, code: &dyn Coded) -> Self {
        Self { code: code.code().to_owned(), path: path.into(), params: params(code), message: code.messages() }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message.en)
    }
}

impl std::error::Error for Error {}
