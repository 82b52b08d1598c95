//! Region codes: the scheme is part of the code, because the same number names different places in the two schemes.

words! {
    /// Who numbered the place.
    pub enum Scheme {
        /// Kementerian Dalam Negeri: NIK, No. KK, P3KE.
        Kemendagri = "kemendagri", id: "Kemendagri", en: "Kemendagri";
        /// Badan Pusat Statistik: BDT, Regsosek questionnaires.
        Bps = "bps", id: "BPS", en: "BPS";
    }
}

words! {
    /// Depth of a code.
    pub enum Level {
        /// Provinsi.
        Province = "province", id: "provinsi", en: "province";
        /// Kabupaten or kota.
        Regency = "regency", id: "kabupaten/kota", en: "regency or city";
        /// Kecamatan.
        District = "district", id: "kecamatan", en: "district";
        /// Desa or kelurahan.
        Village = "village", id: "desa/kelurahan", en: "village";
    }
}

/// A region code by shape: 2, 4, 6 or 10 digits (Kemendagri); 2, 4, 7 or 10 (BPS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode {
    scheme: Scheme,
    level: Level,
    number: u64,
}

impl RegionCode {
    /// The scheme.
    pub const fn scheme(self) -> Scheme {
        self.scheme
    }
    /// The depth.
    pub const fn level(self) -> Level {
        self.level
    }
    /// The digits as a number.
    pub const fn number(self) -> u64 {
        self.number
    }
}
