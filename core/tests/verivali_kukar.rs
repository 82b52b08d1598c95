//! The verivali of Kutai Kartanegara, 2022: 60,937 ruta → 36,989, 190,930 ART → 124,493 (purantara.id, October 2022), from a
//! ledger of synthetic events of that size.
//!
//! The article gives the totals and names the reasons (mampu, tidak ditemukan, pindah, data ganda, meninggal) without their
//! numbers: how the 23,948 ruta and 66,437 ART are spread over them here is invented, and adds up.

use bansos::Date;
use bansos::region::{Level, RegionCode};
use bansos::verivali::*;

const RUTA: [u64; 6] = [36_989, 9_480, 5_210, 4_870, 3_115, 1_273];
const ART: [u64; 6] = [124_493, 27_900, 13_330, 14_206, 7_301, 3_700];
const WHY: [SubjectVerdict; 6] = [
    SubjectVerdict::Eligible,
    SubjectVerdict::NotEligible(RemovalReason::WellOff),
    SubjectVerdict::NotEligible(RemovalReason::NotFound),
    SubjectVerdict::NotEligible(RemovalReason::Moved),
    SubjectVerdict::NotEligible(RemovalReason::Duplicate),
    SubjectVerdict::NotEligible(RemovalReason::Dead),
];

fn name(text: &str) -> PlainName {
    PlainName::new(text).unwrap()
}

/// The nth subject's verdict: spread over the whole by a step that has no factor in common with the number of subjects.
fn verdict(counts: &[u64; 6], nth: u64) -> SubjectVerdict {
    let total: u64 = counts.iter().sum();
    let mut at = nth * 7_919 % total;
    for (n, why) in counts.iter().zip(WHY) {
        if at < *n {
            return why;
        }
        at -= n;
    }
    unreachable!()
}

#[test]
fn the_recap_of_kukar_closes() {
    let rules = Workflows::builtin();
    let (kukar, minutes) =
        (name("kukar-2022"), Attachment { kind: EvidenceKind::Minutes, digest: Digest::compute(b"ba") });
    let stages = [
        ("daftar-awal", "dinsos", 1),
        ("kunjungan", "puskesos", 5),
        ("musyawarah", "desa", 7),
        ("pleno-kecamatan", "kecamatan", 8),
    ]
    .map(|(stage, role, month)| {
        (name(stage), Actor { role: name(role), id: name("K-01") }, Date::constant(2022, month, 15))
    });
    let origin = name("kukar");
    let mut ledger = Ledger::default();
    for (kind, letter, counts) in [(SubjectKind::Household, "R", &RUTA), (SubjectKind::Person, "A", &ART)] {
        let total: u64 = counts.iter().sum();
        for nth in 0..total {
            // 20 kecamatan of 12 desa below the code of Kutai Kartanegara: made up, as the article names none
            let desa = 64_02_010_001 + nth % 20 * 10_000 + nth / 20 % 12;
            let parent = (kind == SubjectKind::Person)
                .then(|| Subject::new(SubjectKind::Household, &format!("R{}", nth % 60_937)).unwrap());
            for (i, (stage, actor, day)) in stages.iter().enumerate() {
                let v = verdict(counts, nth);
                let act = match i {
                    0 => Act::Listed,
                    1 => Act::Visited(v),
                    _ => Act::Decided(v),
                };
                let entry = EventEntry {
                    subject: Subject::new(kind, &format!("{letter}{nth}")).unwrap(),
                    place: (kind == SubjectKind::Household && i == 0)
                        .then(|| RegionCode::new(bansos::region::Scheme::Bps, Level::Village, desa).unwrap()),
                    parent: parent.clone().filter(|_| i == 0),
                    twin: None,
                    on: *day,
                    recorded: *day,
                    actor: actor.clone(),
                    workflow: kukar.clone(),
                    stage: stage.clone(),
                    act,
                    evidence: if i > 1 { vec![minutes] } else { vec![] },
                    code: None,
                };
                ledger.append(&origin, entry, rules).unwrap();
            }
        }
    }
    assert_eq!(ledger.events().len(), 4 * (60_937 + 190_930));

    let at = |month: i8| State::replay(ledger.events(), Some(Date::constant(2022, month, 28)), rules);
    let end = at(9);
    for level in [Level::Village, Level::District, Level::Regency] {
        let recap = Recap::from_state(&end, level);
        assert!(recap.closes());
        assert_eq!(
            recap.places.len(),
            match level {
                Level::Village => 240,
                Level::District => 20,
                _ => 1,
            }
        );
        assert!(!recap.places.contains_key(&None), "an ART is counted where its ruta lives");
        let (ruta, art) = (recap.of_kind(SubjectKind::Household), recap.of_kind(SubjectKind::Person));
        assert_eq!((ruta.initial, ruta.eligible, ruta.left()), (60_937, 36_989, 23_948));
        assert_eq!((art.initial, art.eligible, art.left()), (190_930, 124_493, 66_437));
        for (why, (r, a)) in WHY.iter().zip(RUTA.iter().zip(&ART)).skip(1) {
            let SubjectVerdict::NotEligible(reason) = why else { unreachable!() };
            assert_eq!((ruta.reason(*reason), art.reason(*reason)), (*r, *a));
        }
        assert_eq!((ruta.undecided, art.undecided, ruta.new), (0, 0, 0));
    }
    // in May the visits were in and nothing was decided; it closes all the same
    let may = Recap::from_state(&at(5), Level::Regency);
    assert!(may.closes());
    assert_eq!(may.of_kind(SubjectKind::Person).undecided, 190_930);
    assert!(verify(ledger.events(), &ledger.marks()).faults.is_empty());
}
