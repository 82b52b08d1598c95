//! Findings: graded observations about data. They are returned, never thrown, and never repeat a person's value.

use crate::message::{CodeInfo, Coded, Lang, Param};
pub use crate::severity::Severity;

macro_rules! findings {
    ($($(#[$meta:meta])* $variant:ident($ty:path);)*) => {
        /// An observation about data, of any area.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Finding { $($(#[$meta])* $variant($ty),)* }

        impl Finding {
            /// Every finding code of every area.
            pub fn table() -> impl Iterator<Item = &'static CodeInfo> {
                [$(<$ty>::TABLE),*].into_iter().flatten()
            }
        }

        impl Coded for Finding {
            fn code(&self) -> &'static str { match self { $(Self::$variant(f) => f.code(),)* } }
            fn severity(&self) -> Severity { match self { $(Self::$variant(f) => f.severity(),)* } }
            fn params(&self) -> Vec<(&'static str, Param)> { match self { $(Self::$variant(f) => f.params(),)* } }
            fn message(&self, lang: Lang) -> String { match self { $(Self::$variant(f) => f.message(lang),)* } }
            fn begins_with_value(&self, lang: Lang) -> bool { match self { $(Self::$variant(f) => f.begins_with_value(lang),)* } }
        }

        $(impl From<$ty> for Finding { fn from(f: $ty) -> Self { Self::$variant(f) } })*
    };
}

findings! {
    /// About a NIK.
    Nik(crate::nik::NikFinding);
    /// About a family-card number.
    FamilyCard(crate::family_card::FamilyCardFinding);
    /// About a region code.
    Region(crate::region::RegionFinding);
    /// About a date as written.
    Date(crate::date::DateFinding);
    /// About one person's facts together.
    Person(crate::person::PersonFinding);
    /// About a family or household.
    Household(crate::household::HouseholdFinding);
    /// About a family that a programme has taken in.
    Kpm(crate::kpm::KpmFinding);
    /// About a source file's row or column.
    Source(crate::source::SourceFinding);
    /// About persons entered twice or numbers shared.
    Dedup(crate::dedup::DedupFinding);
    /// About a rank.
    Ranking(crate::ranking::RankFinding);
}
