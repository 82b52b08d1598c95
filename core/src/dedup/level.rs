//! The fields two records are compared on, and the levels of agreement each knows, strongest first.

use crate::Lang;

words! {
    /// A field of comparison.
    pub enum ComparedField {
        /// NIK, also where damaged.
        Nik = "nik", id: "NIK", en: "NIK";
        /// Birth date, declared or carried by the NIK.
        Birth = "birth", id: "tanggal lahir", en: "birth date";
        /// Name.
        Name = "name", id: "nama", en: "name";
        /// Mother's name.
        Mother = "mother", id: "nama ibu kandung", en: "mother's name";
        /// Sex.
        Sex = "sex", id: "jenis kelamin", en: "sex";
        /// Family-card number.
        Card = "card", id: "nomor KK", en: "family card";
        /// Village or district.
        Place = "place", id: "tempat tinggal", en: "place of residence";
        /// Birthplace.
        BirthPlace = "birth_place", id: "tempat lahir", en: "birthplace";
        /// Relation to the head.
        Relation = "relation", id: "hubungan keluarga", en: "relation to the head";
        /// The other members of the two families.
        Household = "household", id: "anggota keluarga lain", en: "other members of the family";
    }
}

words! {
    /// Agreement of two NIKs.
    pub enum NikLevel {
        /// All sixteen digits.
        Equal = "equal", id: "sama", en: "equal";
        /// Equal as far as a spreadsheet left the digits: at least 14 of them.
        Worn = "worn", id: "sama sejauh digit yang tersisa", en: "equal in the digits a spreadsheet left";
        /// One digit or one transposition apart in the date part.
        Slip = "slip", id: "beda satu digit atau dua digit tertukar", en: "one digit or one transposition apart";
        /// One digit or one transposition apart in the region part: a slip, or a namesake born that day next door.
        Region = "region", id: "hanya kode wilayah yang beda satu digit", en: "only the region differs, by one digit";
        /// Region, date and sex equal, another serial: a slip, or twins.
        Serial = "serial", id: "hanya nomor urut yang beda", en: "only the serial differs";
        /// Equal in the few digits that are left: the region.
        Stub = "stub", id: "sama pada sedikit digit yang tersisa", en: "equal in the few digits left";
        /// Two different numbers, one of which does not fit its own birth date or is damaged.
        Unsound = "unsound", id: "beda, salah satunya meragukan", en: "different, one of them doubtful";
        /// Two different numbers, each fitting its own birth date.
        Different = "different", id: "beda", en: "different";
        /// One is missing.
        Missing = "missing", id: "kosong", en: "missing";
    }
}

words! {
    /// Agreement of two birth dates.
    pub enum BirthLevel {
        /// The same day.
        Equal = "equal", id: "sama", en: "equal";
        /// Day and month exchanged.
        Swapped = "swapped", id: "tanggal dan bulan tertukar", en: "day and month exchanged";
        /// The same year, one of them 1 January or 31 December, the usual stand-ins for an unknown day.
        YearDefault = "year_default", id: "tahun sama, salah satunya 1 Januari", en: "same year, one is 1 January";
        /// Day and month equal, the year one or ten off, or one digit.
        NearYear = "near_year", id: "tanggal dan bulan sama, tahun hampir sama", en: "day and month equal, the year nearly";
        /// One digit or one transposition apart.
        Slip = "slip", id: "beda satu digit", en: "one digit apart";
        /// The declared dates differ, but one's date is the other's NIK date.
        ByNik = "by_nik", id: "cocok dengan tanggal di NIK", en: "agrees with the date in the NIK";
        /// The same year.
        Year = "year", id: "hanya tahun yang sama", en: "only the year is equal";
        /// Different.
        Different = "different", id: "beda", en: "different";
        /// The same day, which an equal NIK has said already.
        Implied = "implied", id: "sama, sudah terkandung dalam NIK", en: "equal, as the NIK has said already";
        /// One is missing.
        Missing = "missing", id: "kosong", en: "missing";
    }
}

/// Agreement of two names of one person or of two mothers.
pub use crate::text::name::Likeness as NameLevel;

words! {
    /// Agreement of sexes.
    pub enum SexLevel {
        /// The same.
        Equal = "equal", id: "sama", en: "equal";
        /// Different as declared, but one NIK says otherwise.
        Doubtful = "doubtful", id: "beda, tetapi NIK berkata lain", en: "different, but a NIK says otherwise";
        /// Different.
        Different = "different", id: "beda", en: "different";
        /// One is missing.
        Missing = "missing", id: "kosong", en: "missing";
    }
}

words! {
    /// Agreement of family-card numbers.
    pub enum CardLevel {
        /// The same.
        Equal = "equal", id: "sama", en: "equal";
        /// One digit or one transposition apart, or equal in the digits left.
        Slip = "slip", id: "hampir sama", en: "nearly equal";
        /// Different.
        Different = "different", id: "beda", en: "different";
        /// One is missing.
        Missing = "missing", id: "kosong", en: "missing";
    }
}

words! {
    /// Agreement of places of residence.
    pub enum PlaceLevel {
        /// The same village and the same street, hamlet, RT and RW.
        Address = "address", id: "desa dan alamat sama", en: "same village and address";
        /// The same village.
        Village = "village", id: "desa sama", en: "same village";
        /// Another village of the same district.
        District = "district", id: "kecamatan sama", en: "same district";
        /// Elsewhere.
        Different = "different", id: "beda", en: "different";
        /// One is missing.
        Missing = "missing", id: "kosong", en: "missing";
    }
}

words! {
    /// Agreement of birthplaces.
    pub enum BirthPlaceLevel {
        /// The same.
        Equal = "equal", id: "sama", en: "equal";
        /// Different.
        Different = "different", id: "beda", en: "different";
        /// One is missing.
        Missing = "missing", id: "kosong", en: "missing";
    }
}

words! {
    /// Agreement of relations to the head.
    pub enum RelationLevel {
        /// Both the head, or both the spouse: a family has one.
        Unique = "unique", id: "sama, dan hanya satu per keluarga", en: "the same, and a family has only one";
        /// The same.
        Equal = "equal", id: "sama", en: "equal";
        /// Different, in a way that a marriage, a death or a new card explains.
        Changed = "changed", id: "beda, dapat berubah", en: "different, may have changed";
        /// Different.
        Different = "different", id: "beda", en: "different";
        /// One is missing.
        Missing = "missing", id: "kosong", en: "missing";
    }
}

words! {
    /// What the other members of the two families say.
    pub enum HouseholdLevel {
        /// Two or more others agree.
        Many = "many", id: "dua atau lebih anggota lain cocok", en: "two or more others agree";
        /// One other agrees.
        One = "one", id: "satu anggota lain cocok", en: "one other agrees";
        /// Both families have others and none agrees.
        Different = "different", id: "tidak ada anggota lain yang cocok", en: "no other member agrees";
        /// One family lists nobody else.
        Missing = "missing", id: "tidak ada anggota lain", en: "no other member listed";
    }
}

/// How many fields a pair is compared on.
pub const FIELDS: usize = ComparedField::ALL.len();
/// The level reached on each field, in the order of [`ComparedField::ALL`].
pub type Levels = [u8; FIELDS];

impl ComparedField {
    /// How many levels the field knows; the last one is always "missing", which weighs nothing.
    pub const fn level_count(self) -> usize {
        match self {
            Self::Nik => NikLevel::ALL.len(),
            Self::Birth => BirthLevel::ALL.len(),
            Self::Name | Self::Mother => NameLevel::ALL.len(),
            Self::Sex => SexLevel::ALL.len(),
            Self::Card => CardLevel::ALL.len(),
            Self::Place => PlaceLevel::ALL.len(),
            Self::BirthPlace => BirthPlaceLevel::ALL.len(),
            Self::Relation => RelationLevel::ALL.len(),
            Self::Household => HouseholdLevel::ALL.len(),
        }
    }

    /// The level's word in data.
    pub fn level_word(self, level: u8) -> &'static str {
        let i = usize::from(level);
        match self {
            Self::Nik => NikLevel::ALL.get(i).map(|l| l.word()),
            Self::Birth => BirthLevel::ALL.get(i).map(|l| l.word()),
            Self::Name | Self::Mother => NameLevel::ALL.get(i).map(|l| l.word()),
            Self::Sex => SexLevel::ALL.get(i).map(|l| l.word()),
            Self::Card => CardLevel::ALL.get(i).map(|l| l.word()),
            Self::Place => PlaceLevel::ALL.get(i).map(|l| l.word()),
            Self::BirthPlace => BirthPlaceLevel::ALL.get(i).map(|l| l.word()),
            Self::Relation => RelationLevel::ALL.get(i).map(|l| l.word()),
            Self::Household => HouseholdLevel::ALL.get(i).map(|l| l.word()),
        }
        .unwrap_or("")
    }

    /// The level as a person reads it.
    pub fn level_label(self, level: u8, lang: Lang) -> &'static str {
        let i = usize::from(level);
        match self {
            Self::Nik => NikLevel::ALL.get(i).map(|l| l.label(lang)),
            Self::Birth => BirthLevel::ALL.get(i).map(|l| l.label(lang)),
            Self::Name | Self::Mother => NameLevel::ALL.get(i).map(|l| l.label(lang)),
            Self::Sex => SexLevel::ALL.get(i).map(|l| l.label(lang)),
            Self::Card => CardLevel::ALL.get(i).map(|l| l.label(lang)),
            Self::Place => PlaceLevel::ALL.get(i).map(|l| l.label(lang)),
            Self::BirthPlace => BirthPlaceLevel::ALL.get(i).map(|l| l.label(lang)),
            Self::Relation => RelationLevel::ALL.get(i).map(|l| l.label(lang)),
            Self::Household => HouseholdLevel::ALL.get(i).map(|l| l.label(lang)),
        }
        .unwrap_or("")
    }
}
