//! Ruta and keluarga and their members: different things, linked and never mixed.
//!
//! - a *ruta* (rumah tangga, [`Ruta`]) is people who share a building and a kitchen;
//! - a *keluarga* ([`Keluarga`]) is the people on one family card (No. KK);
//! - an *ART* ([`Art`]) is a person as a member of either;
//! - a *KPM* ([`crate::kpm::Kpm`]) is a family that a programme has taken in.

mod art;
mod check;
mod keluarga;
mod record;
mod ruta;

pub use art::{Art, Identity};
pub use check::check;
use check::findings;
pub use keluarga::{Keluarga, KeluargaBuilder};
pub use record::FamilyRecord;
pub use ruta::Ruta;

codes! {
    /// Why persons and families make no household.
    #[derive(Copy, thiserror::Error)]
    pub enum HouseholdError {
        /// One person is a member twice.
        MemberTwice = "household.member_twice", Error,
            id: "satu orang tercatat dua kali sebagai anggota",
            en: "one person is listed twice as a member";
        /// One family is listed twice, by its card or its rows.
        KeluargaTwice = "household.keluarga_twice", Error,
            id: "satu keluarga tercatat dua kali dalam rumah tangga ini",
            en: "one family is listed twice in this household";
        /// No family and no member.
        RutaEmpty = "household.ruta_empty", Error,
            id: "rumah tangga tanpa keluarga dan tanpa anggota",
            en: "a household without families and without members";
    }
}

codes! {
    /// Observations about a family.
    #[derive(Copy)]
    pub enum HouseholdFinding {
        /// Nobody, or more than one member, is the head.
        Heads { heads: u32 } = "household.heads", Warning,
            id: "keluarga ini mempunyai {heads} kepala keluarga; seharusnya satu",
            en: "this family has {heads} heads; it should have one";
        /// The stated size differs from the members listed.
        SizeDiffers { stated: u32, listed: u32 } = "household.size_differs", Warning,
            id: "jumlah anggota tertulis {stated}, yang terdaftar {listed}",
            en: "the stated size is {stated}, the members listed are {listed}";
        /// Neither a key nor a card number that could be one says to which family the row belongs.
        FamilyUnknown = "household.family_unknown", Warning,
            id: "tidak diketahui orang ini anggota keluarga yang mana: No. KK kosong atau tidak mungkin benar",
            en: "which family this person belongs to is not known: the family card number is empty or cannot be right";
        /// A member row names a family that no row describes.
        FamilyMissing = "household.family_missing", Warning,
            id: "anggota ini merujuk keluarga yang tidak ada di berkas keluarga",
            en: "this member refers to a family that the family file does not have";
    }
}
