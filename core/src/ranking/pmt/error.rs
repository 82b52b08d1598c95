//! Why a model is no model, or a family gets no score from it.

codes! {
    /// Why a model is no model, or a family gets no score from it. Names are those of variables, never values.
    #[derive(thiserror::Error)]
    pub enum PmtError {
        /// Written for another version of this library.
        Schema { schema: u32 } = "pmt.schema", Error,
            id: "versi berkas model {schema} tidak dikenal; yang dikenal: 1",
            en: "model file version {schema} is not known; known: 1";
        /// Too many digits to round to.
        Digits { digits: u8 } = "pmt.digits", Error,
            id: "pembulatan skor sampai {digits} angka desimal tidak mungkin; paling banyak 12",
            en: "scores cannot be rounded to {digits} decimals; at most 12";
        /// A term uses a variable that the model does not declare.
        Undeclared { variable: String } = "pmt.undeclared", Error,
            id: "peubah {variable} dipakai tetapi tidak dinyatakan dalam model",
            en: "the variable {variable} is used but not declared in the model";
        /// The same variable, code or region twice.
        Doubled { name: String } = "pmt.doubled", Error,
            id: "{name} tertulis dua kali dalam model",
            en: "{name} appears twice in the model";
        /// A number used as a category, or the reverse.
        Kind { variable: String } = "pmt.kind", Error,
            id: "peubah {variable} dipakai tidak sesuai jenisnya (angka atau kategori)",
            en: "the variable {variable} is used against its kind (number or category)";
        /// A coefficient or bound that is not a finite number.
        NotFinite { name: String } = "pmt.not_finite", Error,
            id: "koefisien atau batas pada {name} bukan angka terhingga",
            en: "a coefficient or bound of {name} is not a finite number";
        /// The family lacks a fact the model cannot do without.
        Missing { variable: String } = "pmt.missing", Error,
            id: "nilai {variable} tidak diketahui, sehingga skor tidak dapat dihitung",
            en: "{variable} is not known, so there is no score";
        /// Too few facts are known for a score to mean anything.
        LittleKnown { known: u64, terms: u64 } = "pmt.little_known", Error,
            id: "hanya {known} dari {terms} keterangan keluarga ini diketahui, terlalu sedikit untuk menghitung skor",
            en: "only {known} of {terms} facts about this family are known, too few for a score";
        /// A code the model has no coefficient for.
        Other { variable: String } = "pmt.other", Error,
            id: "kode {variable} tidak ada dalam model, sehingga skor tidak dapat dihitung",
            en: "the model has no coefficient for this code of {variable}, so there is no score";
        /// A number whose logarithm or root does not exist.
        Domain { variable: String } = "pmt.domain", Error,
            id: "nilai {variable} di luar daerah yang dapat dihitung model",
            en: "the value of {variable} is outside what the model can compute";
        /// Too few families with measured spending to fit a model on.
        SampleTooSmall { sample: u64, needed: u64 } = "pmt.sample_too_small", Error,
            id: "hanya {sample} keluarga yang pengeluarannya diukur; model memerlukan sekurangnya {needed}",
            en: "only {sample} families have measured spending; a model needs at least {needed}";
        /// Spending is the same for all, or no variable varies.
        NothingVaries = "pmt.nothing_varies", Error,
            id: "pengeluaran atau semua peubah bernilai sama pada contoh, sehingga model tidak dapat disusun",
            en: "spending or every variable is the same across the sample, so no model can be fitted";
        /// The fitted model predicts new families no better than the plain average does.
        NoBetterThanMean { percent: i64 } = "pmt.no_better_than_mean", Error,
            id: "model tidak lebih baik daripada rata-rata pada keluarga di luar contoh (R2 {percent} persen); desil tidak dihitung",
            en: "on families outside the fit the model is no better than the average (R2 {percent} percent); no deciles are made";
    }
}
