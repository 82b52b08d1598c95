//! Ruta, keluarga and KPM: three different things, linked and never mixed.
//!
//! - a *ruta* (rumah tangga) is people who share a building and a kitchen;
//! - a *keluarga* is the people on one family card (No. KK);
//! - a *KPM* is a family that a programme has taken in.

mod check;
mod record;

pub use check::check;
pub use record::FamilyRecord;

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
        /// A member row names a family that no row describes.
        FamilyMissing = "household.family_missing", Warning,
            id: "anggota ini merujuk keluarga yang tidak ada di berkas keluarga",
            en: "this member refers to a family that the family file does not have";
    }
}
