use super::*;
use crate::Coded;
use crate::nik::NikFlag;
use proptest::prelude::*;

const AS_OF: Date = Date::constant(2026, 11, 21);

fn class(text: &str) -> Class {
    Class::from_text(text, AS_OF)
}

fn codes(text: &str, declared: &Declared) -> Vec<&'static str> {
    Nik::parse(text).unwrap().examine(declared, AS_OF).findings().map(|f| f.code()).collect()
}

#[test]
fn one_word_for_every_fault() {
    for (text, expected) in [
        ("3508126801809001", Class::Valid),
        ("9109016801809001", Class::ValidRetired),
        ("6404126801809001", Class::ValidRetired),
        ("1204016801809001", Class::ValidRetiredInferred),
        ("7319056801809001", Class::ValidUnverified),
        ("9601606801809001", Class::ValidUnverified),
        ("9202356801809001", Class::Valid),
        ("", Class::Empty),
        ("NULL", Class::Empty),
        ("0", Class::Empty),
        ("0000000000000000", Class::Empty),
        ("350812680180900", Class::Length),
        ("35081268018090010", Class::Length),
        ("350812680180900l", Class::Charset),
        (" 3508126801809001", Class::Charset),
        ("٣٥٠٨١٢٦٨٠١٨٠٩٠٠١", Class::Charset),
        ("0350812201009001", Class::Temporary),
        ("1050245708909001", Class::Legacy),
        ("0950245708909001", Class::Legacy),
        ("9701016801809001", Class::UnknownProvince),
        ("5401016801809001", Class::TimorTimur),
        ("3199016801809001", Class::UnknownRegency),
        ("3171996801809001", Class::UnknownDistrict),
        ("3171006801809001", Class::UnknownDistrict),
        ("3508123201809001", Class::DateImpossible),
        ("3508128001809001", Class::DateImpossible),
        ("3508126813809001", Class::DateImpossible),
        ("3508127104809001", Class::DateImpossible),
        ("3508126801800000", Class::SerialZero),
    ] {
        assert_eq!(class(text), expected, "{text}");
    }
    let long_ago = Date::constant(1995, 1, 1);
    assert_eq!(Class::from_text("3508126801969001", long_ago), Class::DateFuture);
}

#[test]
fn what_differs_is_said_and_refuses_nothing() {
    let declared = |y, m, d| Declared { birth_date: Some(Date::constant(y, m, d)), ..Declared::default() };
    assert_eq!(codes("3508126801809001", &declared(1980, 1, 28)), Vec::<&str>::new());
    assert_eq!(codes("3508126801809001", &declared(1980, 2, 28)), ["nik.birth_date_differs"]);
    let moved = Declared { region: RegionCode::kemendagri(64_02), sex: Some(Sex::Male), ..Declared::default() };
    assert_eq!(codes("3508126801809001", &moved), ["nik.sex_differs", "nik.region_differs"]);
    assert!(Nik::parse("3508126801809001").unwrap().examine(&moved, AS_OF).is_valid());
    assert_eq!(codes("3508126801209001", &Declared::default()), ["nik.century_ambiguous"]);
    assert_eq!(codes("3508126801129001", &declared(1912, 1, 28)), ["nik.age_implausible"]);
    assert_eq!(codes("0350812201009001", &Declared::default()), ["nik.temporary"]);
    assert_eq!(codes("3171090101010000", &Declared::default()), ["region.maybe_newer", "nik.serial_zero"]);
}

#[test]
fn patterns_are_suspicious_and_yet_valid() {
    // 11.11.11 is a district of Bireuen, 11-11-11 a date, 1111 a serial
    let found = Nik(1_111_111_111_111_111).examine(&Declared::default(), AS_OF);
    assert_eq!((found.form, found.is_valid()), (Form::Suspicious, true));
}

#[test]
fn debug_shows_no_person() {
    let nik = Nik::parse("3508126801809001").unwrap();
    let declared = Declared { birth_date: Some(Date::constant(1980, 1, 28)), ..Declared::default() };
    let said = format!("{nik:?} {:?} {declared:?} {:?}", nik.decode(AS_OF), nik.examine(&declared, AS_OF));
    for secret in ["9001", "1980", "-01-28", "6801"] {
        assert!(!said.contains(secret), "{said}");
    }
}

proptest! {
    /// A number made by the law's recipe from a code that once was is never refused.
    #[test]
    fn no_genuine_number_is_refused(
        place in 0usize..7_917, days in 0i64..46_346, woman: bool, serial in 1u64..10_000,
    ) {
        let all: Vec<RegionCode> = region::regencies().flat_map(region::children).collect();
        prop_assume!(place < all.len());
        let born = Date::constant(1900, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        prop_assume!(born <= AS_OF);
        let day = u64::try_from(born.day()).unwrap() + if woman { 40 } else { 0 };
        let month = u64::try_from(born.month()).unwrap();
        let year = u64::try_from(born.year()).unwrap() % 100;
        let number = ((all[place].number() * 100 + day) * 100 + month) * 1_000_000 + year * 10_000 + serial;
        let nik = Nik::from_u64(number).unwrap();
        let declared = Declared { birth_date: Some(born), sex: None, region: None, role: None };
        let found = nik.examine(&declared, AS_OF);
        prop_assert!(found.is_valid() && found.class().is_valid());
        prop_assert_eq!(found.birth, BirthDate::Certain(born));
        prop_assert_eq!(found.birth_date_agreement, Some(DateAgreement::Same));
        prop_assert_eq!(found.sex, Some(if woman { Sex::Female } else { Sex::Male }));
        let alone = nik.examine(&Declared::default(), AS_OF);
        prop_assert!(alone.is_valid());
        prop_assert!(alone.birth.possible().any(|d| d == born) || born.year() < 1916 || born.year() == 1916);
    }

    #[test]
    fn validity_and_class_agree(number in 0..digits::LIMIT) {
        let found = Nik(number).examine(&Declared::default(), AS_OF);
        prop_assert_eq!(found.is_valid(), found.class().is_valid());
        let errors = found.findings().any(|f| f.severity() == crate::Severity::Error);
        prop_assert_eq!(found.is_valid(), !errors);
        prop_assert_eq!(NikFlag::from_bits(found.flags()).count(), found.findings().count());
    }

    /// The short way to the verdict is the long way's, on any day.
    #[test]
    fn one_verdict(
        region in prop::sample::select(vec![350_812, 910_901, 120_401, 731_905, 317_199, 540_101, 970_101, 105_024]),
        date in 0u64..1_000_000, serial in 0u64..2, year in 1990i16..2040,
    ) {
        let nik = Nik::from_u64((region * 1_000_000 + date) * 10_000 + serial).unwrap();
        let as_of = Date::constant(year, 2, 28);
        prop_assert_eq!(Class::from_nik(nik, as_of), nik.examine(&Declared::default(), as_of).class());
    }

    #[test]
    fn any_text_has_a_class(text in ".{0,24}") {
        let _ = class(&text);
    }
}
