//! Registers as sources: which they are, how their rows read, and their code lists, typed by source so that two
//! registers never share a number by accident.

mod codes;
mod field;
mod provenance;
mod record;
mod welfare;

pub use codes::{CodeEntry, CodeList, CodeListError};
pub use field::{Field, Noticed};
pub use provenance::{Conflict, Kept};
pub use record::{Identifier, Origin, Received, Sixteen};
pub use welfare::Welfare;

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

impl Source {
    /// Whether its family key names a household (ruta), which several family cards may share. P3KE, Regsosek and DTSEN count
    /// families; of another register nothing is known.
    pub const fn lists_ruta(self) -> bool {
        matches!(self, Self::Bdt | Self::Dtks)
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
        /// The cell is not UTF-8 in a file that is; it was read as Windows-1252.
        Encoding = "source.encoding", Warning,
            id: "isi sel bukan UTF-8 dan dibaca sebagai Windows-1252; periksa huruf yang tidak biasa",
            en: "the cell is not UTF-8 and was read as Windows-1252; check unusual letters";
        /// The cell should be a number and is not.
        NumberUnreadable = "source.number_unreadable", Warning,
            id: "angka tidak dapat dibaca",
            en: "the number cannot be read";
        /// A number outside what the column may hold.
        NumberOutOfRange = "source.number_out_of_range", Warning,
            id: "angka di luar rentang yang mungkin",
            en: "the number is outside the possible range";
        /// The region code has a wrong number of digits.
        RegionUnreadable = "source.region_unreadable", Warning,
            id: "kode wilayah tidak dapat dibaca",
            en: "the region code cannot be read";
        /// A spreadsheet error such as #N/A stands in the cell.
        SpreadsheetError = "source.spreadsheet_error", Warning,
            id: "sel berisi kesalahan rumus spreadsheet, seperti #N/A",
            en: "the cell holds a spreadsheet error such as #N/A";
        /// The spreadsheet stores the number as a float, which keeps at most fifteen digits.
        FloatCell = "source.float_cell", Warning,
            id: "spreadsheet menyimpan nomor ini sebagai bilangan; digit setelah ke-15 dapat hilang",
            en: "the spreadsheet stores this number as a float; digits beyond the fifteenth may be lost";
        /// The cell is a formula, and the program that wrote the file did not keep its result.
        FormulaWithoutResult = "source.formula_without_result", Warning,
            id: "sel berisi rumus tanpa hasil; buka berkas ini di Excel atau LibreOffice lalu simpan kembali",
            en: "the cell is a formula without a result; open the file in Excel or LibreOffice and save it again";
        /// The No. KK has the birth date and the sex of the row's person, and the NIK has not.
        NumbersExchanged = "source.numbers_exchanged", Warning,
            id: "NIK dan No. KK pada baris ini tertukar (tanggal lahirnya ada di No. KK); dibaca setelah ditukar kembali",
            en: "NIK and No. KK of this row are exchanged (the birth date stands in the No. KK); they were read the other way round";
        /// A binary column holds bytes that are no text.
        NoText = "source.no_text", Warning,
            id: "sel berisi data biner yang bukan teks",
            en: "the cell holds binary data that is no text";
    }
}
