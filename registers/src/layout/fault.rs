//! What is wrong with a layout or a set of code lists.

use bansos::message::{Cause, Lang, Param, Value};
use bansos::source::CodeListError;
use bansos::{Coded, closed_list, codes};

closed_list! {
    /// What a word of a layout should name.
    pub enum LayoutWord {
        /// A register.
        Source = "source", id: "sumber", en: "source";
        /// A numbering of regions.
        Scheme = "scheme", id: "skema kode wilayah", en: "scheme of region codes";
        /// A field of the model.
        Field = "field", id: "isian", en: "field";
        /// A set of code lists.
        CodeSet = "code_set", id: "himpunan daftar kode", en: "code set";
        /// A code list.
        CodeList = "code_list", id: "daftar kode", en: "code list";
        /// A programme.
        Programme = "programme", id: "program", en: "programme";
    }
}

codes! {
    /// Why a layout cannot be used.
    #[derive(thiserror::Error)]
    pub enum LayoutFault {
        /// No TOML, or TOML of something else.
        Text { #[source] why: Cause } = "layout.text", Error,
            id: "{why}",
            en: "{why}";
        /// A word that names nothing.
        UnknownWord { what: LayoutWord, word: String } = "layout.unknown_word", Error,
            id: "{what} `{word}` tidak dikenal",
            en: "the {what} `{word}` is not known";
        /// A code list that is no good.
        Codes { #[source] why: CodeListError } = "layout.codes", Error,
            id: "{why}",
            en: "{why}";
        /// A required field without a column.
        NoColumn = "layout.no_column", Error,
            id: "ada isian wajib yang tidak mempunyai kolom",
            en: "a required field has no column";
        /// A column that goes by no name.
        NoName = "layout.no_name", Error,
            id: "ada kolom tanpa nama",
            en: "a column has no name";
        /// Two columns of one name.
        NameTwice { name: String } = "layout.name_twice", Error,
            id: "nama kolom `{name}` ditulis dua kali",
            en: "the column name `{name}` occurs twice";
        /// A coded field without codes.
        NeedsCodes { field: String } = "layout.needs_codes", Error,
            id: "isian `{field}` memerlukan daftar kode",
            en: "the field `{field}` needs a code list";
        /// A code that stands for a word which the field does not have.
        NoWord { list: String, word: String, field: String } = "layout.no_word", Error,
            id: "daftar `{list}`: `{word}` bukan kata untuk isian `{field}`",
            en: "list `{list}`: `{word}` is no word of the field `{field}`";
    }
}

impl LayoutFault {
    pub(super) fn unknown(what: LayoutWord, word: &str) -> Self {
        Self::UnknownWord { what, word: word.to_owned() }
    }
}

impl From<CodeListError> for LayoutFault {
    fn from(why: CodeListError) -> Self {
        Self::Codes { why }
    }
}

impl Value for LayoutFault {
    fn param(&self) -> Param {
        Param::Text(self.code().to_owned())
    }

    fn show(&self, lang: Lang) -> String {
        self.message(lang)
    }
}
