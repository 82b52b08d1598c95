//! Why a table cannot be linked.

use bansos::message::Cause;

bansos::codes! {
    /// Why a table cannot be linked as asked.
    #[derive(thiserror::Error)]
    pub enum TableError {
        /// There is nothing to compare.
        NoComparison = "table.no_comparison", Error,
            id: "pengaturan tidak memuat perbandingan",
            en: "the settings have no comparison";
        /// There is no blocking rule, or one without a column.
        NoBlocking = "table.no_blocking", Error,
            id: "pengaturan tidak memuat aturan pemblokan, atau salah satunya kosong",
            en: "the settings have no blocking rule, or an empty one";
        /// More than a vector holds.
        TooManyComparisons { most: u32 } = "table.too_many_comparisons", Error,
            id: "terlalu banyak perbandingan; paling banyak {most}",
            en: "too many comparisons; at most {most}";
        /// Two to fifteen levels are known.
        Levels { comparison: String } = "table.levels", Error,
            id: "perbandingan {comparison} harus memuat 2 sampai 15 tingkat",
            en: "the comparison {comparison} must have 2 to 15 levels";
        /// Every pair must reach some level.
        NoElse { comparison: String } = "table.no_else", Error,
            id: "tingkat terakhir perbandingan {comparison} harus \"else\"",
            en: "the last level of the comparison {comparison} must be \"else\"";
        /// A share of pairs that is none.
        Share { comparison: String, level: String, share: &'static str } = "table.share", Error,
            id: "{share} pada tingkat \"{level}\" perbandingan {comparison} harus lebih dari 0 dan kurang dari 1",
            en: "{share} at the level \"{level}\" of the comparison {comparison} must be more than 0 and less than 1";
        /// A prior that is no probability of something that may be so or not.
        Prior = "table.prior", Error,
            id: "prior harus lebih dari 0 dan kurang dari 1",
            en: "the prior must be more than 0 and less than 1";
        /// A threshold that no weight can be compared with.
        Threshold = "table.threshold", Error,
            id: "ambang harus berupa bilangan terhingga",
            en: "the threshold must be a finite number";
        /// Sources cannot be told apart.
        NoSource = "table.no_source", Error,
            id: "jenis penautan ini memerlukan kolom sumber",
            en: "this link type needs a source column";
        /// A column of the settings is not in the table.
        NoColumn { column: String } = "table.no_column", Error,
            id: "kolom {column} tidak ada dalam tabel",
            en: "the table has no column {column}";
        /// More rows than 32 bits count.
        TooManyRows { rows: u64 } = "table.too_many_rows", Error,
            id: "terlalu banyak baris untuk sekali jalan: {rows}",
            en: "too many rows for one run: {rows}";
        /// A column is shorter or longer than the others.
        Ragged { column: String } = "table.ragged", Error,
            id: "banyaknya baris kolom {column} berbeda dari kolom lain",
            en: "the column {column} has another number of rows than the others";
        /// Bytes that are no saved table, or not whole.
        State = "table.state", Error,
            id: "berkas ini bukan keadaan tabel yang disimpan, atau tidak utuh",
            en: "this is no saved state of a table, or not whole";
        /// A text that is no settings: not JSON, or of another form.
        Settings { #[source] why: Cause } = "table.settings", Error,
            id: "pengaturan penautan ini tidak dapat dibaca: {why}",
            en: "these settings of a linkage cannot be read: {why}";
        /// A condition of a Splink model that has no counterpart here.
        Splink { condition: String } = "table.splink", Error,
            id: "syarat SQL Splink ini tidak punya padanan: {condition}",
            en: "this SQL condition of Splink has no counterpart: {condition}";
    }
}
