//! Deduplication and record linkage.

codes! {
    /// Observations about persons entered twice or numbers shared.
    #[derive(Copy)]
    pub enum DedupFinding {
        /// One NIK, one person, several rows.
        SamePerson { rows: u32 } = "dedup.same_person", Warning,
            id: "satu orang tercatat di {rows} baris",
            en: "one person stands in {rows} rows";
        /// One NIK on different persons.
        NikShared { persons: u32 } = "dedup.nik_shared", Error,
            id: "satu NIK dipakai {persons} orang berbeda",
            en: "one NIK is borne by {persons} different persons";
    }
}
