//! Observations about a KPM beside its family.

codes! {
    /// Observations about a KPM beside its family.
    #[derive(Copy)]
    pub enum KpmFinding {
        /// The pengurus is none of the family's members.
        PengurusOutside = "kpm.pengurus_outside", Warning,
            id: "pengurus bukan anggota keluarga ini",
            en: "the pengurus is not a member of this family";
    }
}
