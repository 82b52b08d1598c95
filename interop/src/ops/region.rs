//! `region.*`: places by their codes and names.

use crate::Error;
use crate::value::{self, Day, Finding, findings};
use bansos::region::{self, RegionCode, Scheme};
use serde::{Deserialize, Serialize};

/// A law and its day.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Basis {
    /// As it is cited.
    pub law: String,
    /// The day of the law, or the first day of its year.
    pub on: Day,
    /// Whether `on` is the day; else only the year is known.
    pub exact: bool,
}

impl From<region::RegionLaw> for Basis {
    fn from(b: region::RegionLaw) -> Self {
        Self { law: b.law.to_owned(), on: Day(b.on), exact: b.exact }
    }
}

/// What took a place's number.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Succession {
    /// The code in force.
    pub successor: value::RegionCode,
    /// The law that moved the place.
    pub basis: Basis,
}

/// A place as the table knows it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// The code, digits only.
    pub code: value::RegionCode,
    /// Who numbered it.
    pub scheme: value::Scheme,
    /// Its depth.
    pub level: value::Level,
    /// What the code is.
    pub status: value::RegionStatus,
    /// Whether the code was given out, or may well have been.
    pub issued: bool,
    /// The name without the word for its kind; of a retired code the last one known.
    pub name: Option<String>,
    /// The name with it: `Kabupaten Lumajang`.
    pub full_name: Option<String>,
    /// What took its place.
    pub succession: Option<Succession>,
    /// The law that made it, as far as known.
    pub formed: Option<Basis>,
}

impl Place {
    pub(crate) fn of(code: RegionCode) -> Self {
        let looked_up = region::lookup(code);
        let found = looked_up.as_ref();
        Self {
            code: value::RegionCode(code.digits()),
            scheme: value::Scheme(code.scheme()),
            level: value::Level(code.level()),
            status: value::RegionStatus(region::status(code)),
            issued: found.is_some(),
            name: found.and_then(|r| r.name).map(str::to_owned),
            full_name: found.and_then(|r| r.full_name()),
            succession: found
                .and_then(|r| r.succession)
                .map(|s| Succession { successor: value::RegionCode(s.successor.digits()), basis: s.basis.into() }),
            formed: found.and_then(|r| r.formed).map(Into::into),
        }
    }
}

/// A code at a place of the request.
pub(crate) fn read(path: &str, scheme: Scheme, text: &value::RegionCode) -> Result<RegionCode, Error> {
    RegionCode::parse(scheme, &text.0).map_err(|e| Error::at(path, &e))
}

/// A code of Kemendagri at a place of the request.
pub(crate) fn kemendagri(path: &str, text: &value::RegionCode) -> Result<RegionCode, Error> {
    read(path, Scheme::Kemendagri, text)
}

/// Codes of a request are the ministry's.
const SCHEME: Scheme = Scheme::Kemendagri;
/// Names are searched among kabupaten and kota.
const LEVEL: region::Level = region::Level::Regency;

/// A code to be looked up.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RegionLookup {
    /// The code, with or without dots.
    pub code: value::RegionCode,
    /// Who numbered it: the same number names different places in the two schemes.
    #[cfg_attr(feature = "schema", schemars(extend("default" = SCHEME.word())))]
    pub scheme: Option<value::Scheme>,
    /// A day on which the code is to be in force.
    pub on: Option<Day>,
}

/// What a code is.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegionFound {
    /// The place.
    pub place: Place,
    /// Whether the code could be in use on the day asked for; null when no day was given.
    pub in_force: Option<value::InForce>,
    /// Findings about the code; none for a code in force.
    pub findings: Vec<Finding>,
}

/// What a code is or was. A code that never existed has an answer, too: its status says so.
pub fn lookup(request: RegionLookup) -> Result<RegionFound, Error> {
    let code = read("/code", request.scheme.map_or(SCHEME, |s| s.0), &request.code)?;
    Ok(RegionFound {
        place: Place::of(code),
        in_force: request.on.map(|day| value::InForce(region::in_force(code, day.0).0)),
        findings: findings(region::finding(code)),
    })
}

/// A name to be found.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RegionSearch {
    /// The name as someone writes it.
    pub text: String,
    /// The depth to search.
    #[cfg_attr(feature = "schema", schemars(extend("default" = LEVEL.word())))]
    pub level: Option<value::Level>,
    /// A place above, to look only there: a Kemendagri code.
    pub within: Option<value::RegionCode>,
}

/// Places like a name, best first.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegionMatches {
    /// At most ten.
    pub matches: Vec<RegionMatch>,
}

/// A place found by its name.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegionMatch {
    /// The code in force.
    pub code: value::RegionCode,
    /// Its name with the word for its kind.
    pub full_name: Option<String>,
    /// The name it was found by.
    pub matched: String,
    /// What kind of name that is.
    pub via: value::Via,
    /// How alike, in thousandths; 1000: the same but for case, blanks and punctuation.
    pub score: u16,
}

/// Places of one level whose name is like a text.
pub fn search(request: RegionSearch) -> Result<RegionMatches, Error> {
    let level = request.level.map_or(LEVEL, |l| l.0);
    let within = match request.within {
        Some(code) => Some(kemendagri("/within", &code)?),
        None => None,
    };
    let matches = region::search(&request.text, level, within)
        .into_iter()
        .map(|m| RegionMatch {
            code: value::RegionCode(m.code.digits()),
            full_name: region::lookup(m.code).and_then(|r| r.full_name()),
            matched: m.matched.to_owned(),
            via: value::Via(m.via),
            score: m.score,
        })
        .collect();
    Ok(RegionMatches { matches })
}

/// A place to look below.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RegionChildren {
    /// A Kemendagri code; all provinces when left out.
    pub code: Option<value::RegionCode>,
}

/// The places directly below.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegionList {
    /// In the order of their codes.
    pub places: Vec<Place>,
}

/// What lies directly below a place: regencies in force, then districts. Villages are not embedded.
pub fn children(request: RegionChildren) -> Result<RegionList, Error> {
    let places = match request.code {
        Some(code) => region::children(kemendagri("/code", &code)?).map(Place::of).collect(),
        None => region::provinces().map(Place::of).collect(),
    };
    Ok(RegionList { places })
}

/// A code to be found in the other scheme.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RegionBridge {
    /// The code, with or without dots.
    pub code: value::RegionCode,
    /// Who numbered it. The answer is in the other scheme.
    pub scheme: value::Scheme,
}

/// A code and what the other scheme calls its regency.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegionBridged {
    /// The place asked about.
    pub place: Place,
    /// Its regency or city in the other scheme, in force; a province for a province. Null where no list tells: there is no
    /// licensed pairing of districts, and none of the Papuan provinces since 2022.
    pub other: Option<Place>,
}

/// The same regency in the other numbering: Kemendagri's or BPS's.
pub fn bridge(request: RegionBridge) -> Result<RegionBridged, Error> {
    let code = read("/code", request.scheme.0, &request.code)?;
    Ok(RegionBridged { place: Place::of(code), other: region::bridge(code).map(Place::of) })
}
