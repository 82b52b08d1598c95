//! BPS codes: provinces and regencies of the list before the 2022 split, each beside its Kemendagri code in force.
//!
//! The two schemes use the same numbers for different places: of 514 BPS regency codes, some 166 are another regency's in
//! Kemendagri's list. So the scheme is part of a [`RegionCode`], and [`bridge`] is the only way across. It ends at the regency: no
//! licensed list pairs districts. After 2022 BPS numbered the Papuan provinces anew; those numbers are not judged here.

use super::bps_table::{PROVINCES, REGENCIES};
use super::kemendagri::{self, Status};
use super::{Level, RegionCode, Scheme};

/// Numbers that BPS gives to Papuan provinces since 2022, some of them to other provinces before.
const RENUMBERED: [u64; 4] = [92, 95, 96, 97];

fn find(bps: u64) -> Option<u16> {
    let place = REGENCIES.binary_search_by_key(&bps, |(b, _)| u64::from(*b)).ok()?;
    REGENCIES.get(place).map(|(_, k)| *k)
}

fn has_province(bps: u64) -> bool {
    REGENCIES.iter().any(|(b, _)| u64::from(*b / 100) == bps)
}

/// What a BPS code is: provinces and regencies by the list, deeper codes only as far as their regency goes.
pub(super) fn status(code: RegionCode) -> Status {
    let number = |level| code.at(level).map(RegionCode::number);
    let Some(province) = number(Level::Province) else { return Status::UnknownProvince };
    match (province, number(Level::Regency)) {
        (54, _) => Status::TimorTimur,
        (p, _) if RENUMBERED.contains(&p) => Status::Unverified,
        (p, _) if !has_province(p) => Status::UnknownProvince,
        (_, None) => Status::Current,
        (_, Some(regency)) => match (find(regency), code.level()) {
            (None, _) => Status::UnknownRegency,
            (Some(_), Level::Regency) => Status::Current,
            (Some(_), _) => Status::Unverified,
        },
    }
}

/// The name of a BPS province or regency, as Kemendagri writes it today.
pub(super) fn name(code: RegionCode) -> Option<&'static str> {
    match code.level() {
        Level::Province | Level::Regency => kemendagri::name(bridge(code)?),
        Level::District | Level::Village => None,
    }
}

/// The same regency in the other scheme: from BPS to the Kemendagri code in force, from Kemendagri (retired codes too) to BPS. Codes of
/// districts and villages give their regency; there is no licensed pairing of districts. `None` where the list does not tell: BPS
/// numbers of Papua since 2022, and the provinces that were split then.
///
/// ```
/// use bansos::region::{RegionCode, Scheme, bridge, name};
/// let simeulue = RegionCode::parse(Scheme::Bps, "1101")?;
/// assert_eq!(bridge(simeulue).map(|c| c.to_string()).as_deref(), Some("11.09"));
/// // the same digits are another regency in Kemendagri's list
/// let other = RegionCode::parse(Scheme::Kemendagri, "1101")?;
/// assert_eq!(name(other), Some("Aceh Selatan"));
/// assert_eq!(bridge(other).map(|c| c.to_string()).as_deref(), Some("1103"));
/// # Ok::<(), bansos::region::RegionError>(())
/// ```
pub fn bridge(code: RegionCode) -> Option<RegionCode> {
    let Some(regency) = code.at(Level::Regency).map(RegionCode::number) else { return bridge_province(code) };
    match code.scheme() {
        Scheme::Bps => RegionCode::kemendagri(find(regency)?.into()),
        Scheme::Kemendagri => {
            let now = kemendagri::succession(code.at(Level::Regency)?).map_or(regency, |s| s.successor.number());
            let (bps, _) = REGENCIES.iter().find(|(_, k)| u64::from(*k) == now)?;
            RegionCode::new(Scheme::Bps, Level::Regency, u64::from(*bps))
        }
    }
}

/// Papua and Papua Barat are not bridged: they were split, and the list is older than the split.
fn bridge_province(code: RegionCode) -> Option<RegionCode> {
    let n = code.number();
    let differs = PROVINCES.iter().any(|(b, k)| n == u64::from(*b) || n == u64::from(*k));
    let known = has_province(n) && kemendagri::status(RegionCode::kemendagri(n)?) == Status::Current;
    let other = match code.scheme() {
        Scheme::Bps => Scheme::Kemendagri,
        Scheme::Kemendagri => Scheme::Bps,
    };
    if differs || !known { None } else { RegionCode::new(other, Level::Province, n) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bps(text: &str) -> RegionCode {
        RegionCode::parse(Scheme::Bps, text).unwrap()
    }

    #[test]
    fn there_and_back() {
        let mut differing = 0;
        for (code, _) in &REGENCIES {
            let there = bps(&code.to_string());
            let here = bridge(there).unwrap();
            assert_eq!(super::super::status(here), Status::Current);
            assert_eq!(bridge(here), Some(there));
            differing += u32::from(here.number() != there.number());
        }
        assert_eq!(REGENCIES.len(), 514);
        // 199 before the split of Papua gave 26 of them new Kemendagri codes, of which some were equal before
        assert!(differing >= 199, "{differing}");
    }

    #[test]
    fn what_is_known_and_what_not() {
        for (text, expected) in [
            ("35", Status::Current),
            ("3508", Status::Current),
            ("3508160", Status::Unverified),
            ("3508160010", Status::Unverified),
            ("3599", Status::UnknownRegency),
            ("20", Status::UnknownProvince),
            ("97", Status::Unverified),
            ("9671", Status::Unverified),
            ("5401", Status::TimorTimur),
        ] {
            assert_eq!(super::super::status(bps(text)), expected, "{text}");
        }
        assert_eq!(super::super::name(bps("9471")), Some("Jayapura"));
        assert_eq!(bridge(bps("35")).map(|c| c.to_string()).as_deref(), Some("35"));
        assert_eq!(bridge(bps("94")), None);
        let old_mimika = RegionCode::kemendagri(91_09).and_then(bridge);
        assert_eq!(old_mimika, RegionCode::kemendagri(94_04).and_then(bridge));
        assert!(old_mimika.is_some());
    }
}
