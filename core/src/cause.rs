//! Why a system or a library refused, in our own words: what it says itself may quote a file, and is in one language.

use crate::message::{Lang, Param, Value};
use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind};

crate::closed_list! {
    /// What a refusal comes down to.
    pub enum CauseKind {
        /// Nothing of that name.
        NotFound = "not_found", id: "berkas atau folder itu tidak ada", en: "there is no such file or folder";
        /// The rights are missing.
        Denied = "denied", id: "tidak ada izin", en: "no permission";
        /// A folder where a file should be.
        IsFolder = "is_folder", id: "itu folder, bukan berkas", en: "that is a folder and no file";
        /// A file where a folder should be.
        NotFolder = "not_folder", id: "bagian dari letaknya bukan folder", en: "a part of the path is no folder";
        /// Something has the name already.
        Exists = "exists", id: "nama itu sudah ada", en: "the name is taken already";
        /// No room.
        Full = "full", id: "tempat penyimpanan penuh", en: "the storage is full";
        /// A place that takes nothing.
        ReadOnly = "read_only", id: "tempat itu hanya dapat dibaca", en: "the place can only be read";
        /// A name that the system cannot have.
        Name = "name", id: "nama itu terlalu panjang atau tidak sah", en: "the name is too long or not valid";
        /// Somebody else is using it.
        Busy = "busy", id: "sedang dipakai proses lain", en: "another process is using it";
        /// Content that stops too early.
        Cut = "cut", id: "isinya berakhir terlalu awal", en: "the content ends too early";
        /// Bytes that are no UTF-8.
        NotText = "not_text", id: "isinya bukan teks UTF-8", en: "the content is no UTF-8 text";
        /// Whoever was to take it has gone.
        Closed = "closed", id: "penerimanya sudah menutup", en: "the receiver has closed";
        /// Not enough memory.
        Memory = "memory", id: "memori tidak cukup", en: "not enough memory";
        /// Whatever else a system refuses.
        System = "system", id: "sistem menolak", en: "the system refused";
        /// TOML or JSON that is none.
        Syntax = "syntax", id: "susunannya salah", en: "the syntax is wrong";
        /// A field that has to be there.
        Missing = "missing", id: "ada isian wajib yang tidak diisi", en: "a required field is missing";
        /// A field or a word that is not provided for.
        Unknown = "unknown", id: "ada isian atau kata yang tidak dikenal", en: "a field or a word is not known";
        /// A field twice.
        Doubled = "doubled", id: "ada isian yang ditulis dua kali", en: "a field is given twice";
        /// Text where a number should be, and the like.
        Type = "type", id: "jenis nilainya tidak sesuai", en: "the value is of another type";
        /// The right type, and still no value that can be.
        Unfit = "unfit", id: "nilainya tidak dapat dipakai", en: "the value cannot be used";
        /// Lists within lists.
        Deep = "deep", id: "isinya terlalu bertingkat", en: "the content is nested too deeply";
        /// A database that is damaged, or a file that is none.
        Database = "database", id: "basis datanya rusak, atau bukan basis data", en: "the database is damaged, or is none";
        /// A rule of the database's own, such as a trigger or a key.
        Rule = "rule", id: "aturan basis data itu menolak", en: "a rule of the database refuses";
        /// Content that cannot be used, of a library that says no more.
        Content = "content", id: "isinya tidak dapat dipakai", en: "the content cannot be used";
    }
}

/// What a system or a library refused, as it may be shown and logged: a [kind](CauseKind), a place in the text, the
/// system's own number, or the name of a field of ours. Nothing of a file, and no foreign word, is in it.
///
/// ```
/// use bansos::message::{Cause, CauseKind, Lang, Value};
/// use std::io::{Error, ErrorKind};
/// let cause = Cause::from(Error::from(ErrorKind::PermissionDenied));
/// assert_eq!(cause.kind(), CauseKind::Denied);
/// assert_eq!(cause.show(Lang::Id), "tidak ada izin");
/// let cause = Cause::from_serde(r#"invalid type: string "SITI AMINAH", expected u64"#).at(3, 12);
/// assert_eq!(cause.to_string(), "the value is of another type; line 3, column 12");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cause {
    kind: CauseKind,
    /// A field that our own types have.
    field: Option<Box<str>>,
    /// 1-based line and column; zero where unknown.
    at: (u64, u64),
    system: Option<i32>,
}

impl Cause {
    /// A kind alone.
    pub const fn new(kind: CauseKind) -> Self {
        Self { kind, field: None, at: (0, 0), system: None }
    }

    /// The same at a 1-based line and column; 0 where unknown.
    #[must_use]
    pub const fn at(mut self, line: u64, column: u64) -> Self {
        self.at = (line, column);
        self
    }

    /// What it comes down to.
    pub const fn kind(&self) -> CauseKind {
        self.kind
    }

    /// The system's refusal beneath a library's error; [`CauseKind::Content`] where no system refused.
    pub fn beneath(error: &(dyn Error + 'static)) -> Self {
        let chain = || std::iter::successors(Some(error), |e| (*e).source());
        // a coded error of ours may carry a cause already
        if let Some(ours) = chain().find_map(|e| e.downcast_ref::<Self>()) {
            return ours.clone();
        }
        let refusals = || chain().filter_map(|e| e.downcast_ref::<io::Error>());
        let Some(first) = refusals().next() else { return Self::new(CauseKind::Content) };
        Self { system: refusals().find_map(io::Error::raw_os_error), ..Self::new(of_system(first.kind())) }
    }

    /// What serde says of a value, told by how its sentence begins. Only the name of a field that is missing or doubled is kept
    /// of it: that is a name of the type that was to be read.
    pub fn from_serde(said: &str) -> Self {
        let begins = |start: &str| said.starts_with(start);
        let field = |start| said.strip_prefix(start)?.split('`').next().map(Into::into);
        if let Some(name) = field("missing field `") {
            return Self { field: Some(name), ..Self::new(CauseKind::Missing) };
        }
        if let Some(name) = field("duplicate field `") {
            return Self { field: Some(name), ..Self::new(CauseKind::Doubled) };
        }
        Self::new(match () {
            () if begins("unknown ") => CauseKind::Unknown,
            () if begins("duplicate ") => CauseKind::Doubled,
            () if begins("invalid type") || begins("data did not match any") => CauseKind::Type,
            () if begins("invalid value") || begins("invalid length") => CauseKind::Unfit,
            () if begins("EOF") => CauseKind::Cut,
            () if begins("recursion limit") => CauseKind::Deep,
            () => CauseKind::Content,
        })
    }
}

const fn of_system(kind: ErrorKind) -> CauseKind {
    use ErrorKind as E;
    match kind {
        E::NotFound => CauseKind::NotFound,
        E::PermissionDenied => CauseKind::Denied,
        E::IsADirectory => CauseKind::IsFolder,
        E::NotADirectory => CauseKind::NotFolder,
        E::AlreadyExists | E::DirectoryNotEmpty => CauseKind::Exists,
        E::StorageFull | E::QuotaExceeded | E::FileTooLarge | E::WriteZero => CauseKind::Full,
        E::ReadOnlyFilesystem => CauseKind::ReadOnly,
        E::InvalidFilename => CauseKind::Name,
        E::ResourceBusy | E::ExecutableFileBusy | E::WouldBlock => CauseKind::Busy,
        E::UnexpectedEof => CauseKind::Cut,
        E::InvalidData => CauseKind::NotText,
        E::BrokenPipe => CauseKind::Closed,
        E::OutOfMemory => CauseKind::Memory,
        _ => CauseKind::System,
    }
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Self {
        Self::beneath(&error)
    }
}

impl From<CauseKind> for Cause {
    fn from(kind: CauseKind) -> Self {
        Self::new(kind)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.show(Lang::En))
    }
}

impl Error for Cause {}

impl Value for Cause {
    /// `kind`, and behind colons the field, the line and the column, as far as they are known.
    fn param(&self) -> Param {
        let mut text = self.kind.word().to_owned();
        let (line, column) = self.at;
        text.extend(self.field.iter().map(|name| format!(":{name}")));
        text.extend((line > 0).then(|| format!(":{line}:{column}")));
        Param::Text(text)
    }

    fn show(&self, lang: Lang) -> String {
        let name = self.field.as_deref().unwrap_or_default();
        let mut text = match (self.kind, name, lang) {
            (CauseKind::Missing, name, Lang::Id) if !name.is_empty() => format!("isian `{name}` tidak ada"),
            (CauseKind::Missing, name, Lang::En) if !name.is_empty() => format!("the field `{name}` is missing"),
            (CauseKind::Doubled, name, Lang::Id) if !name.is_empty() => format!("isian `{name}` ditulis dua kali"),
            (CauseKind::Doubled, name, Lang::En) if !name.is_empty() => format!("the field `{name}` is given twice"),
            (kind, ..) => kind.label(lang).to_owned(),
        };
        if let Some(number) = self.system {
            text += &format!("; {} {number}", lang.choose("kesalahan sistem", "system error"));
        }
        if let (line @ 1.., column) = self.at {
            text += &format!("; {} {line}, {} {column}", lang.choose("baris", "line"), lang.choose("kolom", "column"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("at path /home/siti")]
    struct Around(#[source] io::Error);

    #[test]
    fn the_systems_number_stays_and_its_words_do_not() {
        let cause = Cause::beneath(&io::Error::new(ErrorKind::NotFound, Around(io::Error::from_raw_os_error(2))));
        assert_eq!(cause.show(Lang::Id), "berkas atau folder itu tidak ada; kesalahan sistem 2");
        assert_eq!(cause.param(), Param::Text("not_found".to_owned()));
        assert_eq!(Cause::beneath(&Around(io::Error::other("SITI"))).to_string(), "the system refused");
        assert_eq!(Cause::beneath(&fmt::Error).kind(), CauseKind::Content);
    }

    #[test]
    fn serde_is_told_by_its_beginnings_and_quoted_nowhere() {
        let said = |text| Cause::from_serde(text).at(2, 5).to_string();
        assert_eq!(said("missing field `basis`"), "the field `basis` is missing; line 2, column 5");
        assert_eq!(said("duplicate field `id` at line 1 column 2"), "the field `id` is given twice; line 2, column 5");
        for (text, kind) in [
            ("unknown variant `SITI`, expected `a`", CauseKind::Unknown),
            ("unknown field `3508`, expected one of", CauseKind::Unknown),
            ("invalid type: string \"SITI\", expected u64", CauseKind::Type),
            ("invalid value: integer `3508`, expected", CauseKind::Unfit),
            ("EOF while parsing a value", CauseKind::Cut),
            ("SITI", CauseKind::Content),
        ] {
            let cause = Cause::from_serde(text);
            assert_eq!((cause.kind(), cause.to_string()), (kind, kind.label(Lang::En).to_owned()));
        }
    }
}
