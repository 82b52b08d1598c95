//! Registers as sources: which they are, how their rows read, and their code lists, typed by source so that two
//! registers never share a number by accident.

mod record;

pub use record::{FamilyRecord, Identifier, Origin, PersonRecord, Received, Welfare};

words! {
    /// A register.
    pub enum Source {
        /// Data Terpadu Kesejahteraan Sosial (BNBA).
        Dtks = "dtks", id: "DTKS", en: "DTKS";
        /// Pensasaran Percepatan Penghapusan Kemiskinan Ekstrem.
        P3ke = "p3ke", id: "P3KE", en: "P3KE";
        /// Registrasi Sosial Ekonomi 2022.
        Regsosek = "regsosek", id: "Regsosek", en: "Regsosek";
        /// Basis Data Terpadu 2015, and the DTKS prelist made from it.
        Bdt = "bdt", id: "BDT", en: "BDT";
        /// Data Tunggal Sosial dan Ekonomi Nasional.
        Dtsen = "dtsen", id: "DTSEN", en: "DTSEN";
        /// A register of the user's own.
        Other = "other", id: "register lain", en: "another register";
    }
}

codes! {
    /// Observations about a source file's row or column.
    #[derive(Copy)]
    pub enum SourceFinding {
        /// A code that the source's list does not have.
        CodeUnknown = "source.code_unknown", Warning,
            id: "kode ini tidak ada dalam daftar kode sumbernya",
            en: "this code is not in its source's code list";
    }
}
