//! The table of operations: what a binding generates its surface from.

use crate::{Error, ops, read};
use serde_json::Value;

/// One operation.
#[derive(Clone, Copy)]
pub struct Operation {
    /// `area.what`, or one word.
    pub name: &'static str,
    /// One line about it.
    pub doc: &'static str,
    /// A request that has an answer, as JSON: every language shows it in its documentation, and tests run it.
    pub example: &'static str,
    /// Request in, answer out.
    pub call: fn(&Value) -> Result<Value, Error>,
    /// JSON Schema of the request.
    #[cfg(feature = "schema")]
    pub request_schema: fn() -> schemars::Schema,
    /// JSON Schema of the answer.
    #[cfg(feature = "schema")]
    pub response_schema: fn() -> schemars::Schema,
}

impl std::fmt::Debug for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Operation({})", self.name)
    }
}

/// The operation of that name.
pub fn find(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|op| op.name == name)
}

macro_rules! operations {
    ($( $(#[$only:meta])? $name:literal, $doc:literal, $example:expr, $call:path, $request:ty => $response:ty; )*) => {
        /// Every operation, in the order of the documentation.
        pub const OPERATIONS: &[Operation] = &[$(
            $(#[$only])?
            Operation {
                name: $name,
                doc: $doc,
                example: $example,
                call: |value| {
                    let answer: $response = $call(read::request::<$request>(value)?)?;
                    Ok(serde_json::to_value(answer).unwrap_or(Value::Null))
                },
                #[cfg(feature = "schema")]
                request_schema: || schemars::schema_for!($request),
                #[cfg(feature = "schema")]
                response_schema: || {
                    schemars::generate::SchemaSettings::default().for_serialize().into_generator().into_root_schema_for::<$response>()
                },
            },
        )*];
    };
}

fn version(_: ops::version::VersionRequest) -> Result<ops::version::Version, Error> {
    Ok(ops::version::version(OPERATIONS.iter().map(|op| op.name)))
}

operations! {
    "version", "Which library this is, with which data.", "{}",
        version, ops::version::VersionRequest => ops::version::Version;
    "nik.parse", "Checks the shape of a NIK alone: exactly sixteen digits.", r#"{"nik":"3508126801809001"}"#,
        ops::nik::parse, ops::nik::NikParse => ops::nik::NikParsed;
    "nik.decode", "What the digits of a NIK say: district, birth date, sex, serial.",
        r#"{"nik":"3508126801809001","as_of":"2026-11-21"}"#,
        ops::nik::decode, ops::nik::NikDecode => ops::nik::NikDecoded;
    "nik.examine", "Examines a NIK: region, birth date, sex, serial, and whether they agree with what the person declares.",
        r#"{"nik":"3508126801809001","as_of":"2026-11-21","declared":{"sex":"female"}}"#,
        ops::nik::examine, ops::nik::NikExamine => ops::nik::NikExamined;
    "nik.mask", "A NIK as it may be shown on screens and in logs.", r#"{"nik":"3508126801809001"}"#,
        ops::nik::mask, ops::nik::NikMask => ops::nik::Masked;
    "nik.repair", "Reads a cell as it is: lossless steps are applied, everything else is proposed with evidence.",
        r#"{"text":"'3508 1268 0180 9001","as_of":"2026-11-21"}"#,
        ops::repair::nik, ops::repair::NikRepair => ops::repair::NikRepaired;
    "family_card.parse", "Checks the shape of a family-card number (No. KK) alone: exactly sixteen digits.",
        r#"{"family_card":"3508121203119001"}"#,
        ops::family_card::parse, ops::family_card::FamilyCardParse => ops::family_card::FamilyCardParsed;
    "family_card.examine", "Examines a family-card number: district and day of recording.",
        r#"{"family_card":"3508121203119001","as_of":"2026-11-21"}"#,
        ops::family_card::examine, ops::family_card::FamilyCardExamine => ops::family_card::FamilyCardExamined;
    "family_card.mask", "A family-card number as it may be shown on screens and in logs.",
        r#"{"family_card":"3508121203119001"}"#,
        ops::family_card::mask, ops::family_card::FamilyCardMask => ops::nik::Masked;
    "family_card.repair", "The sixteen digits of a cell and what was dropped around them, or why there are none.",
        r#"{"text":"KK: 3508.1212.0311.9001"}"#,
        ops::repair::family_card, ops::repair::FamilyCardRepair => ops::repair::FamilyCardRepaired;
    "region.lookup", "What a region code is or was, with its successor and legal basis.", r#"{"code":"64.05"}"#,
        ops::region::lookup, ops::region::RegionLookup => ops::region::RegionFound;
    "region.search", "Places whose name is like a text, best first.", r#"{"text":"KAB. LUMAJNG"}"#,
        ops::region::search, ops::region::RegionSearch => ops::region::RegionMatches;
    "region.children", "The places directly below a place; all provinces without one.", r#"{"code":"3508"}"#,
        ops::region::children, ops::region::RegionChildren => ops::region::RegionList;
    "region.bridge", "The same regency in the other numbering: Kemendagri's or BPS's.",
        r#"{"code":"11.01","scheme":"kemendagri"}"#,
        ops::region::bridge, ops::region::RegionBridge => ops::region::RegionBridged;
    "person.check", "Checks a person's facts against each other: NIK, family card, birth date, sex, place.",
        r#"{"person":{"nik":"3508126801809001","sex":"male"},"as_of":"2026-11-21"}"#,
        ops::person::check, ops::person::PersonCheck => ops::person::Checked;
    "family.check", "Checks a family's rows against each other, then each member.",
        r#"{"members":[{"nik":"3508126801809001","relation":"head"}],"size":1,"as_of":"2026-11-21"}"#,
        ops::person::family_check, ops::person::FamilyCheck => ops::person::Checked;
    #[cfg(feature = "full")]
    "ranking.deciles", "Deciles of a few families, exact, by named conventions.",
        r#"{"families":[{"key":"F1","score":12.9},{"key":"F2","score":12.1},{"key":"F3","score":null}],"by":"families"}"#,
        ops::ranking::deciles, ops::ranking::RankingDeciles => ops::ranking::Ranked;
    #[cfg(feature = "full")]
    "policy.at", "What is in force for a parameter on a day: value, basis, confidence, alternatives.",
        r#"{"parameter":"pkh.max_decile","date":"2026-01-01"}"#,
        ops::policy::at, ops::policy::PolicyAt => ops::policy::PolicyValue;
    #[cfg(feature = "full")]
    "eligibility.determine", "Whether a family may have a programme on a day, what it gets, and why.",
        r#"{"programme":"pkh","date":"2026-01-15","family":{"decile":2,"members":[{"birth_date":"2022-05-01"}]}}"#,
        ops::eligibility::determine, ops::eligibility::EligibilityDetermine => ops::eligibility::Determination;
    #[cfg(feature = "full")]
    "allocation.allocate", "Places of several programmes by rank, quota, budget and overlap, with what became of each family.",
        include_str!("examples/allocation.allocate.json"),
        ops::allocation::allocate, ops::allocation::AllocationAllocate => ops::allocation::Allocated;
    #[cfg(feature = "full")]
    "targeting.measure", "How well a programme reaches those it is meant for: every published measure by its name.",
        include_str!("examples/targeting.measure.json"),
        ops::targeting::measure, ops::targeting::TargetingMeasure => ops::targeting::TargetingMeasured;
    #[cfg(feature = "full")]
    "targeting.change", "Who gains and who loses by a change of rules, and what it costs.",
        r#"{"families":[{"before":0,"after":2400000,"decile":1},{"before":2400000,"after":0,"decile":6}]}"#,
        ops::targeting::change, ops::targeting::TargetingChange => ops::targeting::TargetingChanged;
    #[cfg(feature = "full")]
    "dedup.compare", "Whether two rows are one person, with the weight of each field for and against.",
        include_str!("examples/dedup.compare.json"),
        ops::dedup::compare, ops::dedup::DedupCompare => ops::dedup::DedupCompared;
    #[cfg(feature = "full")]
    "dedup.cluster", "Who is who in a few rows: persons, families, duplicates, and pairs to be reviewed.",
        r#"{"rows":[{"nik":"3508126801809001","name":"SITI AMINAH"},{"nik":"3508126801809001","name":"Siti Aminah"}]}"#,
        ops::dedup::cluster, ops::dedup::DedupCluster => ops::dedup::DedupClustered;
    #[cfg(feature = "full")]
    "verivali.append", "Gives an entry its place in a verivali ledger, or says why it may not be written and what is needed.",
        include_str!("examples/verivali.append.json"),
        ops::verivali::append, ops::verivali::VerivaliAppend => ops::verivali::VerivaliAppended;
    #[cfg(feature = "full")]
    "verivali.verify", "Whether a ledger is whole: every hash, every chain, every mark.",
        include_str!("examples/verivali.verify.json"),
        ops::verivali::verify, ops::verivali::VerivaliVerify => ops::verivali::VerivaliVerified;
    #[cfg(feature = "full")]
    "verivali.replay", "The state of every subject on a day, by a ledger; every proposal is open, decided or superseded.",
        include_str!("examples/verivali.replay.json"),
        ops::verivali::replay, ops::verivali::VerivaliReplay => ops::verivali::VerivaliState;
    #[cfg(feature = "full")]
    "verivali.merge", "One ledger of several that grew apart: nothing vanishes, contradictions are reported.",
        include_str!("examples/verivali.merge.json"),
        ops::verivali::merge, ops::verivali::VerivaliMerge => ops::verivali::VerivaliMerged;
    #[cfg(feature = "full")]
    "verivali.recap", "The recap of a round by place: initial = eligible + each reason + undecided.",
        include_str!("examples/verivali.recap.json"),
        ops::verivali::recap, ops::verivali::VerivaliRecap => ops::verivali::VerivaliRecapped;
}

/// The codes of errors that operations return.
pub(crate) const CODES: &[&[bansos::message::CodeInfo]] = &[
    crate::error::InputError::TABLE,
    crate::error::InternalError::TABLE,
    bansos::nik::NikError::TABLE,
    bansos::family_card::FamilyCardError::TABLE,
    bansos::region::RegionError::TABLE,
    #[cfg(feature = "full")]
    bansos::verivali::NameError::TABLE,
    #[cfg(feature = "full")]
    bansos::verivali::PlainError::TABLE,
    #[cfg(feature = "full")]
    bansos::ranking::RankError::TABLE,
    #[cfg(feature = "full")]
    bansos::policy::PolicyError::TABLE,
    #[cfg(feature = "full")]
    bansos::eligibility::RulesError::TABLE,
    #[cfg(feature = "full")]
    bansos::allocation::AllocationError::TABLE,
    #[cfg(feature = "full")]
    bansos::targeting::TargetingError::TABLE,
    #[cfg(feature = "full")]
    bansos_linkage::register::LinkError::TABLE,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_has_an_answer() {
        for op in OPERATIONS {
            let answer = crate::call_json(op.name, op.example);
            assert!(answer.starts_with("{\"ok\""), "{}: {answer}", op.name);
        }
    }

    #[test]
    fn names_are_unique_and_plain() {
        let mut names: Vec<_> = OPERATIONS.iter().map(|op| op.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), OPERATIONS.len());
        assert!(names.iter().all(|n| n.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'.')));
    }
}
