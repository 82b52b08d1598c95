//! Observations about a KPM beside its family.

codes! {
    /// Observations about a KPM beside its family.
    #[derive(Copy)]
    pub enum KpmFinding {
        /// The pengurus is none of the family's members.
        PengurusOutside = "kpm.pengurus_outside", Warning,
            id: "pengurus bukan anggota keluarga ini",
            en: "the pengurus is not a member of this family";
        /// A row of a list of recipients, and no register beside it knows the person.
        RecipientUnregistered = "kpm.recipient_unregistered", Warning,
            id: "penerima ini tidak ada di register mana pun yang dibaca bersama daftar ini",
            en: "this recipient is in none of the registers read beside the list";
        /// Two persons of one family in lists of recipients of one programme.
        RecipientTwice { programme: &'static str } = "kpm.recipient_twice", Warning,
            id: "dua penerima {programme} dalam satu keluarga",
            en: "two recipients of {programme} in one family";
        /// A family in lists of two programmes of which one excludes the other.
        RecipientExcluded { programme: &'static str, other: &'static str } = "kpm.recipient_excluded", Warning,
            id: "keluarga ini juga di daftar penerima {other}, yang tidak boleh diterima bersama {programme}",
            en: "the family is in a list of {other} too, which {programme} excludes";
        /// A register knows the recipient as dead.
        RecipientDead = "kpm.recipient_dead", Warning,
            id: "penerima ini tercatat meninggal di register",
            en: "a register has this recipient as dead";
    }
}
