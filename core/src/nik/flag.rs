//! Findings about a NIK as bits, for columns.

use super::{DateAgreement, Examination, Form, RegionAgreement};
use crate::nik::BirthDate;
use crate::region::Status;

words! {
    /// One observation as a bit: bit number = place in [`NikFlag::ALL`]. New ones are added behind the last.
    pub enum NikFlag {
        /// No cell, or one that says nothing.
        Empty = "empty", id: "kosong", en: "empty";
        /// Not sixteen digits.
        Length = "length", id: "jumlah digit salah", en: "wrong number of digits";
        /// Something that is no digit.
        Charset = "charset", id: "ada yang bukan angka", en: "not only digits";
        /// `nik.temporary`.
        Temporary = "temporary", id: "NIK sementara", en: "temporary number";
        /// `nik.legacy`.
        Legacy = "legacy", id: "nomor lama", en: "legacy number";
        /// `nik.suspicious_pattern`.
        Suspicious = "suspicious", id: "berpola", en: "patterned";
        /// `region.retired`.
        Retired = "retired", id: "kode wilayah lama", en: "retired region";
        /// `region.retired_inferred`.
        RetiredInferred = "retired_inferred", id: "kode kecamatan lama", en: "vacated district";
        /// `region.unverified`.
        Unverified = "unverified", id: "kecamatan belum dipastikan", en: "district unverified";
        /// `region.unknown_district` or `region.maybe_newer`.
        UnknownDistrict = "unknown_district", id: "kecamatan tidak dikenal", en: "unknown district";
        /// `region.unknown_regency`.
        UnknownRegency = "unknown_regency", id: "kabupaten/kota tidak dikenal", en: "unknown regency";
        /// `region.unknown_province`.
        UnknownProvince = "unknown_province", id: "provinsi tidak dikenal", en: "unknown province";
        /// `region.timor_timur`.
        TimorTimur = "timor_timur", id: "Timor Timur", en: "Timor Timur";
        /// `nik.date_impossible`.
        DateImpossible = "date_impossible", id: "tanggal tidak ada", en: "impossible date";
        /// `nik.date_future`.
        DateFuture = "date_future", id: "tanggal di masa depan", en: "future date";
        /// `nik.century_ambiguous`.
        CenturyAmbiguous = "century_ambiguous", id: "abad belum pasti", en: "century ambiguous";
        /// `nik.age_implausible`.
        AgeImplausible = "age_implausible", id: "umur tidak masuk akal", en: "implausible age";
        /// `nik.serial_zero`.
        SerialZero = "serial_zero", id: "nomor urut 0000", en: "serial 0000";
        /// `nik.birth_date_differs`.
        BirthDateDiffers = "birth_date_differs", id: "tanggal lahir berbeda", en: "birth date differs";
        /// `nik.sex_differs`.
        SexDiffers = "sex_differs", id: "jenis kelamin berbeda", en: "sex differs";
        /// `nik.region_differs`.
        RegionDiffers = "region_differs", id: "daerah berbeda", en: "region differs";
    }
}

impl NikFlag {
    /// Its bit.
    pub const fn bit(self) -> i32 {
        1 << self as i32
    }

    /// The flags of a set of bits.
    pub fn from_bits(bits: i32) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |f| bits & f.bit() != 0)
    }
}

impl Examination {
    /// The findings as bits; the same as [`Examination::findings`] says in sentences.
    pub fn flags(&self) -> i32 {
        let form = match self.form {
            Form::Temporary => return NikFlag::Temporary.bit(),
            Form::Legacy => return NikFlag::Legacy.bit(),
            Form::Suspicious => NikFlag::Suspicious.bit(),
            Form::Ok => 0,
        };
        let region = match self.region {
            Status::Current => 0,
            Status::Retired => NikFlag::Retired.bit(),
            Status::RetiredInferred => NikFlag::RetiredInferred.bit(),
            Status::Unverified => NikFlag::Unverified.bit(),
            Status::UnknownDistrict => NikFlag::UnknownDistrict.bit(),
            Status::UnknownRegency => NikFlag::UnknownRegency.bit(),
            Status::UnknownProvince => NikFlag::UnknownProvince.bit(),
            Status::TimorTimur => NikFlag::TimorTimur.bit(),
        };
        let birth = match self.birth {
            BirthDate::Certain(_) => self.implausible_age.map_or(0, |_| NikFlag::AgeImplausible.bit()),
            BirthDate::Ambiguous { .. } => NikFlag::CenturyAmbiguous.bit(),
            BirthDate::Impossible => NikFlag::DateImpossible.bit(),
            BirthDate::Future => NikFlag::DateFuture.bit(),
        };
        let when = |yes: bool, flag: NikFlag| if yes { flag.bit() } else { 0 };
        let moved = matches!(self.region_agreement, Some(RegionAgreement::SameRegency | RegionAgreement::Elsewhere));
        let date = self.birth_date_agreement.is_some_and(|a| a != DateAgreement::Same);
        form | region
            | birth
            | when(self.serial_zero, NikFlag::SerialZero)
            | when(date, NikFlag::BirthDateDiffers)
            | when(self.sex_agrees == Some(false), NikFlag::SexDiffers)
            | when(moved, NikFlag::RegionDiffers)
    }
}
