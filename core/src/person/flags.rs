//! Flags: what data matching with other institutions reported about a person.

words! {
    /// A flag of a person, in the words of SIKS-NG and the audits. A flag is a report, the verdict is on the family.
    pub enum Flag {
        /// Aparatur sipil negara (BKN).
        Asn = "asn", id: "ASN", en: "civil servant";
        /// TNI or Polri.
        TniPolri = "tni_polri", id: "TNI/Polri", en: "military or police";
        /// Receives a state pension.
        Pensioner = "pensiunan", id: "pensiunan", en: "state pensioner";
        /// Employee of a state or regional enterprise.
        StateEnterprise = "bumn_bumd", id: "pegawai BUMN/BUMD", en: "employee of a state enterprise";
        /// Holder of a state office: legislators, heads of region, judges of the constitutional court.
        StateOfficial = "pejabat_negara", id: "pejabat negara", en: "state official";
        /// Certified teacher who is no civil servant.
        CertifiedTeacher = "guru_sertifikasi_non_asn", id: "guru bersertifikasi non-ASN", en: "certified non-civil-servant teacher";
        /// Owner or director of a company (AHU).
        CompanyOwner = "ahu", id: "pemilik/pengurus badan usaha (AHU)", en: "company owner or director (AHU)";
        /// Wage above the minimum wage (BPJS Ketenagakerjaan).
        WageAboveMinimum = "upah_di_atas_ump_umk", id: "upah di atas UMP/UMK", en: "wage above the minimum wage";
        /// Village head or official.
        VillageOfficial = "perangkat_desa", id: "kepala/perangkat desa", en: "village official";
        /// Non-subsidised electricity of 900 VA and up.
        ElectricityUnsubsidised = "pln_900va_nonsubsidi_up", id: "listrik 900 VA nonsubsidi ke atas", en: "unsubsidised power of 900 VA and up";
        /// Owns a four-wheeled vehicle.
        Car = "kendaraan_roda_4", id: "memiliki kendaraan roda empat", en: "owns a four-wheeled vehicle";
        /// Works for the social ministry's programmes.
        SocialWorker = "sdm_kesos", id: "SDM kesejahteraan sosial", en: "social-affairs staff";
        /// Online gambling (PPATK).
        OnlineGambling = "judi_online", id: "judi online", en: "online gambling";
        /// The NIK does not match the population register.
        NikUnmatched = "nik_tidak_padan", id: "NIK tidak padan", en: "NIK not matched";
        /// The NIK is shared.
        NikShared = "nik_ganda", id: "NIK ganda", en: "NIK shared";
        /// The family card is invalid.
        CardInvalid = "kk_invalid", id: "No. KK tidak sah", en: "family card invalid";
    }
}

/// For each flag: reported, not reported, or not checked.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flags {
    yes: u32,
    known: u32,
}

impl Flags {
    /// Nothing was checked.
    pub const UNCHECKED: Self = Self { yes: 0, known: 0 };
    /// Everything was checked and nothing reported.
    pub const CLEAR: Self = Self { yes: 0, known: u32::MAX };

    const fn bit(flag: Flag) -> u32 {
        1 << (flag as u32)
    }

    /// Records what matching said of one flag.
    #[must_use]
    pub const fn with(self, flag: Flag, reported: bool) -> Self {
        let bit = Self::bit(flag);
        Self { yes: if reported { self.yes | bit } else { self.yes & !bit }, known: self.known | bit }
    }

    /// What is known of one flag.
    pub const fn get(self, flag: Flag) -> Option<bool> {
        let bit = Self::bit(flag);
        if self.known & bit == 0 { None } else { Some(self.yes & bit != 0) }
    }

    /// Both reports together: a flag reported by either is reported.
    #[must_use]
    pub const fn merge(self, other: Self) -> Self {
        Self { yes: self.yes | other.yes, known: self.known | other.known }
    }

    /// The flags reported.
    pub fn reported(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.iter().copied().filter(move |f| self.get(*f) == Some(true))
    }

    /// (reported, known) as bits in the order of [`Flag::ALL`].
    pub const fn bits(self) -> (u32, u32) {
        (self.yes, self.known)
    }

    /// From bits in the order of [`Flag::ALL`]; a reported flag is a known one.
    pub const fn from_bits(yes: u32, known: u32) -> Self {
        Self { yes, known: known | yes }
    }

    pub(crate) fn mask(flags: impl Iterator<Item = Flag>) -> u32 {
        flags.fold(0, |m, f| m | Self::bit(f))
    }
}

impl std::fmt::Debug for Flags {
    /// Says how many were checked and reported, not which: a flag is a fact about a person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Flags({} reported)", self.yes.count_ones())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Flags {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(Flag::ALL.iter().filter_map(|f| self.get(*f).map(|yes| (f.word(), yes))))
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Flags {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let map = std::collections::BTreeMap::<Flag, bool>::deserialize(from)?;
        Ok(map.into_iter().fold(Self::UNCHECKED, |all, (flag, yes)| all.with(flag, yes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_is_not_no() {
        let f = Flags::UNCHECKED.with(Flag::Asn, true).with(Flag::Car, false);
        assert_eq!((f.get(Flag::Asn), f.get(Flag::Car), f.get(Flag::Pensioner)), (Some(true), Some(false), None));
        assert_eq!(f.with(Flag::Asn, false).get(Flag::Asn), Some(false));
        assert_eq!(Flags::CLEAR.merge(f).reported().collect::<Vec<_>>(), [Flag::Asn]);
        assert_eq!(format!("{f:?}"), "Flags(1 reported)");
    }
}
