//! The examination of a NIK: each facet has its own verdict, and validity follows from four of them.

use super::agree::{self, DateAgreement, RegionAgreement};
use super::birth::{ALL_DAYS_HAVE_BEEN, BirthDate, MAX_AGE, is_day, resolve, sex_and_day};
use super::declared::Declared;
use super::{Nik, NikFinding, digits};
use crate::date::age_on;
use crate::region::{self, RegionCode, Status};
use crate::{Date, Finding, Sex};
use std::fmt;

words! {
    /// What sixteen digits look like as a whole.
    pub enum Form {
        /// Like a NIK.
        Ok = "ok", id: "wajar", en: "as it should be";
        /// 0, a village, a serial of five: given by village software to one who has no NIK.
        Temporary = "temporary", id: "NIK sementara", en: "a temporary number";
        /// A province number of the time before the electronic card (01-10, 20, 22-30).
        Legacy = "legacy", id: "nomor lama sebelum KTP elektronik", en: "from before the electronic card";
        /// All digits alike, a run, or eight digits twice. Not impossible.
        Suspicious = "suspicious", id: "berpola", en: "patterned";
    }
}

words! {
    /// The verdict in one word, as columns hold it: the first thing that is wrong, or the kind of region of a valid number.
    /// The first four are valid.
    pub enum Class {
        /// Valid, region in force.
        Valid = "valid", id: "sah", en: "valid";
        /// Valid, region retired.
        ValidRetired = "valid_retired", id: "sah, kode wilayah lama", en: "valid, retired region";
        /// Valid, region vacated before 2015.
        ValidRetiredInferred = "valid_retired_inferred", id: "sah, kode kecamatan lama", en: "valid, vacated district";
        /// Valid, region cannot be verified.
        ValidUnverified = "valid_unverified", id: "sah, kecamatan belum dipastikan", en: "valid, district unverified";
        /// Nothing there.
        Empty = "empty", id: "kosong", en: "empty";
        /// Not sixteen digits.
        Length = "length", id: "jumlah digit salah", en: "wrong number of digits";
        /// Something that is no digit.
        Charset = "charset", id: "ada yang bukan angka", en: "not only digits";
        /// A temporary number.
        Temporary = "temporary", id: "NIK sementara", en: "temporary number";
        /// A number of before the electronic card.
        Legacy = "legacy", id: "nomor lama", en: "legacy number";
        /// No such province, ever.
        UnknownProvince = "unknown_province", id: "provinsi tidak dikenal", en: "unknown province";
        /// 54.
        TimorTimur = "timor_timur", id: "Timor Timur", en: "Timor Timur";
        /// No such regency, ever.
        UnknownRegency = "unknown_regency", id: "kabupaten/kota tidak dikenal", en: "unknown regency";
        /// No such district up to the table's edition.
        UnknownDistrict = "unknown_district", id: "kecamatan tidak dikenal", en: "unknown district";
        /// No such day.
        DateImpossible = "date_impossible", id: "tanggal tidak ada", en: "impossible date";
        /// Not born yet.
        DateFuture = "date_future", id: "tanggal di masa depan", en: "future date";
        /// Serial 0000.
        SerialZero = "serial_zero", id: "nomor urut 0000", en: "serial 0000";
    }
}

impl Class {
    /// Whether the number can have been issued.
    pub const fn is_valid(self) -> bool {
        matches!(self, Self::Valid | Self::ValidRetired | Self::ValidRetiredInferred | Self::ValidUnverified)
    }

    /// What a cell is, without asking anything else. The row path of the column kernels.
    ///
    /// ```
    /// use bansos::{Date, nik::Class};
    /// let as_of = Date::constant(2026, 11, 21);
    /// assert_eq!(Class::from_text("3508126801809001", as_of), Class::Valid);
    /// assert_eq!(Class::from_text("9109016801809001", as_of), Class::ValidRetired);
    /// assert_eq!(Class::from_text("3.50812E+15", as_of), Class::Charset);
    /// assert_eq!(Class::from_text(" - ", as_of), Class::Empty);
    /// ```
    pub fn from_text(text: &str, as_of: Date) -> Self {
        match digits::read(text) {
            // sixteen zeros fill a cell, they are no number
            Ok(0) => Self::Empty,
            Ok(number) => Self::from_nik(Nik(number), as_of),
            // nothing that stands for nothing has a digit but 0
            Err(_) if !text.bytes().any(|b| matches!(b, b'1'..=b'9')) && crate::text::is_empty_like(text) => {
                Self::Empty
            }
            Err(digits::Shape::Length(_)) => Self::Length,
            Err(digits::Shape::Charset(_)) => Self::Charset,
        }
    }
}

impl Class {
    /// What a number is: the same as [`Examination::class`], without the rest of the examination.
    pub fn from_nik(nik: Nik, as_of: Date) -> Self {
        let (day, month, yy) = nik.day_month_year();
        let birth = if as_of >= ALL_DAYS_HAVE_BEEN {
            match sex_and_day(day) {
                Some((_, day)) if is_day(day, month, yy) => BirthDate::Certain(as_of),
                _ => BirthDate::Impossible,
            }
        } else {
            resolve((day, month, yy), &Declared::default(), as_of, MAX_AGE)
        };
        class(form(nik), region::prefix_status(nik.prefix()), birth, nik.serial() == 0)
    }
}

/// What the digits say.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decoded {
    /// What the first six digits are.
    pub region: Status,
    /// The birth date.
    pub birth: BirthDate,
    /// The sex, where the day field is one.
    pub sex: Option<Sex>,
    /// The serial.
    pub serial: u16,
}

impl fmt::Debug for Decoded {
    /// The kinds of answers, never the date or the serial.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoded").field("region", &self.region).field("birth", &self.birth).finish_non_exhaustive()
    }
}

impl Nik {
    /// What the digits say, the century by the reference date alone.
    ///
    /// ```
    /// use bansos::{Date, Nik, Sex};
    /// let decoded = Nik::parse("3508126801809001")?.decode(Date::constant(2026, 11, 21));
    /// assert_eq!(decoded.birth.likely(), Some(Date::constant(1980, 1, 28)));
    /// assert_eq!(decoded.sex, Some(Sex::Female));
    /// # Ok::<(), bansos::nik::NikError>(())
    /// ```
    pub fn decode(self, as_of: Date) -> Decoded {
        let field = self.day_month_year();
        Decoded {
            region: region::prefix_status(self.prefix()),
            birth: resolve(field, &Declared::default(), as_of, MAX_AGE),
            sex: sex_and_day(field.0).map(|(sex, _)| sex),
            serial: self.serial(),
        }
    }
}

/// The answer of [`Nik::examine`]: every facet by itself. It holds no digit of the serial and prints no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Examination {
    /// What it looks like.
    pub form: Form,
    /// What the first six digits are or were.
    pub region: Status,
    /// The birth date, its century decided by what was declared.
    pub birth: BirthDate,
    /// The sex, where the day field is one.
    pub sex: Option<Sex>,
    /// Whether the serial is 0000, which is never issued.
    pub serial_zero: bool,
    /// Age on the reference date, where nobody is that old.
    pub implausible_age: Option<u16>,
    /// How the declared birth date agrees; `None`: not given, or the number has none.
    pub birth_date_agreement: Option<DateAgreement>,
    /// Whether the declared sex agrees.
    pub sex_agrees: Option<bool>,
    /// How the declared place agrees.
    pub region_agreement: Option<RegionAgreement>,
    district: Option<RegionCode>,
}

impl Nik {
    /// Checks the number's region, date, sex and serial on a reference date, each by itself, beside what was declared.
    ///
    /// Nothing declared can make a NIK invalid: the law keeps a NIK when a birth date or an address changes.
    ///
    /// ```
    /// use bansos::{Coded, Date, Nik, Sex, nik::Declared};
    /// let as_of = Date::constant(2026, 11, 21);
    /// let declared = Declared { sex: Some(Sex::Male), ..Declared::default() };
    /// let found = Nik::parse("9109016801809001")?.examine(&declared, as_of);
    /// assert!(found.is_valid());
    /// let codes: Vec<&str> = found.findings().map(|f| f.code()).collect();
    /// assert_eq!(codes, ["region.retired", "nik.sex_differs"]);
    /// # Ok::<(), bansos::nik::NikError>(())
    /// ```
    pub fn examine(self, declared: &Declared, as_of: Date) -> Examination {
        let field = self.day_month_year();
        let birth = resolve(field, declared, as_of, MAX_AGE);
        let sex = sex_and_day(field.0).map(|(sex, _)| sex);
        let district = self.region();
        let implausible_age = match birth {
            BirthDate::Certain(date) => age_on(date, as_of).filter(|age| *age > MAX_AGE),
            _ => None,
        };
        Examination {
            form: form(self),
            region: region::prefix_status(self.prefix()),
            birth,
            sex,
            serial_zero: self.serial() == 0,
            implausible_age,
            birth_date_agreement: declared.birth_date.and_then(|date| agree::date(date, birth)),
            sex_agrees: declared.sex.zip(sex).map(|(declared, number)| declared == number),
            region_agreement: declared.region.zip(district).and_then(|(d, n)| agree::region(d, n)),
            district,
        }
    }
}

fn form(nik: Nik) -> Form {
    let number = nik.to_u64();
    let province = nik.prefix() / 10_000;
    // most numbers end here
    if province > 30 || province == 0 {
        return if is_patterned(number) { Form::Suspicious } else { Form::Ok };
    }
    // 0, then a village: its district and a number of kelurahan (1), desa (2) or desa adat (3)
    if province < 10 {
        let (district, kind) = (number / 1_000_000_000, number / 100_000_000 % 10);
        let known = u32::try_from(district).is_ok_and(|d| region::prefix_status(d).was_issued());
        if known && (1..=3).contains(&kind) {
            return Form::Temporary;
        }
    }
    if RegionCode::kemendagri(province.into()).is_none_or(|p| region::status(p) != Status::Current) {
        return Form::Legacy;
    }
    if is_patterned(number) { Form::Suspicious } else { Form::Ok }
}

/// Eight digits twice (so also one, two or four digits again and again), or a run up or down.
const fn is_patterned(number: u64) -> bool {
    number / 100_000_000 == number % 100_000_000
        || matches!(number, 1_234_567_890_123_456 | 123_456_789_012_345 | 9_876_543_210_987_654)
}

const fn class(form: Form, region: Status, birth: BirthDate, serial_zero: bool) -> Class {
    match (form, region) {
        (Form::Temporary, _) => return Class::Temporary,
        (Form::Legacy, _) => return Class::Legacy,
        (_, Status::UnknownProvince) => return Class::UnknownProvince,
        (_, Status::TimorTimur) => return Class::TimorTimur,
        (_, Status::UnknownRegency) => return Class::UnknownRegency,
        (_, Status::UnknownDistrict) => return Class::UnknownDistrict,
        _ => {}
    }
    match birth {
        BirthDate::Impossible => return Class::DateImpossible,
        BirthDate::Future => return Class::DateFuture,
        _ if serial_zero => return Class::SerialZero,
        _ => {}
    }
    match region {
        Status::Retired => Class::ValidRetired,
        Status::RetiredInferred => Class::ValidRetiredInferred,
        Status::Unverified => Class::ValidUnverified,
        _ => Class::Valid,
    }
}

impl Examination {
    /// Whether the number can have been issued: its region is or was one, its date is a day up to the reference date, its serial
    /// is not 0000. Nothing declared matters here.
    pub const fn is_valid(&self) -> bool {
        self.region.was_issued() && self.birth.is_possible() && !self.serial_zero
    }

    /// The verdict in one word.
    pub const fn class(&self) -> Class {
        class(self.form, self.region, self.birth, self.serial_zero)
    }

    /// Findings, in the order of the digits; then where the declared facts disagree.
    pub fn findings(&self) -> impl Iterator<Item = Finding> {
        let form = match self.form {
            Form::Ok => None,
            Form::Temporary => Some(NikFinding::Temporary),
            Form::Legacy => Some(NikFinding::Legacy),
            Form::Suspicious => Some(NikFinding::SuspiciousPattern),
        };
        // a temporary or legacy number has no district to speak of
        let judged = !matches!(self.form, Form::Temporary | Form::Legacy);
        let district = self.district.filter(|_| judged).and_then(|d| region::of_status(self.region, d));
        let birth = match self.birth {
            _ if !judged => None,
            BirthDate::Certain(_) => self.implausible_age.map(|years| NikFinding::AgeImplausible { years }),
            BirthDate::Ambiguous { .. } => Some(NikFinding::CenturyAmbiguous),
            BirthDate::Impossible => Some(NikFinding::DateImpossible),
            BirthDate::Future => Some(NikFinding::DateFuture),
        };
        let serial = (self.serial_zero && judged).then_some(NikFinding::SerialZero);
        let date = self
            .birth_date_agreement
            .filter(|a| judged && *a != DateAgreement::Same)
            .map(|kind| NikFinding::BirthDateDiffers { kind });
        let sex = (judged && self.sex_agrees == Some(false)).then_some(NikFinding::SexDiffers);
        let moved = self
            .region_agreement
            .filter(|a| judged && matches!(a, RegionAgreement::SameRegency | RegionAgreement::Elsewhere))
            .map(|kind| NikFinding::RegionDiffers { kind });
        form.map(Finding::from)
            .into_iter()
            .chain(district.map(Finding::from))
            .chain([birth, serial, date, sex, moved].into_iter().flatten().map(Finding::from))
    }
}

#[cfg(test)]
mod tests;
