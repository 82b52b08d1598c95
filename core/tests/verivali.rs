//! Ledgers that grow apart and merge: thousands of random histories.

use bansos::verivali::*;
use bansos::{Coded, Date};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn name(text: &str) -> PlainName {
    PlainName::new(text).unwrap()
}

fn day(n: u16) -> Date {
    bansos::date::from_epoch_days(19_000 + i32::from(n)).unwrap()
}

fn entry(subject: u8, act: Act, n: u16) -> EventEntry {
    let (stage, role) = match act.kind() {
        ActKind::Listed | ActKind::Proposed | ActKind::Withdrawn => ("daftar-awal", "dinsos"),
        ActKind::Visited => ("kunjungan", "puskesos"),
        ActKind::Decided | ActKind::Corrected => ("musyawarah", "desa"),
        ActKind::Resolved => ("pleno-kecamatan", "kecamatan"),
        _ => ("kabupaten", "dinsos"),
    };
    let minutes = Attachment { kind: EvidenceKind::Minutes, digest: Digest::compute(b"berita acara") };
    EventEntry {
        subject: Subject::new(SubjectKind::Household, &format!("R{subject}")).unwrap(),
        place: None,
        parent: None,
        twin: None,
        on: day(n),
        recorded: day(n),
        actor: Actor { role: name(role), id: name("K-01") },
        workflow: name("kukar-2022"),
        stage: name(stage),
        act,
        evidence: vec![minutes],
        code: None,
    }
}

/// A round in which every stage may be reached at once, so that random histories are rich.
fn rules() -> Workflows {
    let mut rules = Workflows::builtin().clone();
    let mut free = rules.get(&name("kukar-2022")).unwrap().clone();
    for stage in &mut free.stages {
        stage.after.clear();
        stage.settles = stage.id != "kunjungan";
    }
    free.from = day(0);
    free.to = None;
    rules.add(free);
    rules
}

/// One step of a history: which ledger, which subject, what; or a merge.
#[derive(Clone, Debug)]
enum Step {
    Act { ledger: u8, subject: u8, what: u8, verdict: u8 },
    Merge { into: u8, from: u8 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let act = (0..3u8, 0..2u8, 0..14u8, 0..3u8).prop_map(|(ledger, subject, what, verdict)| Step::Act {
        ledger,
        subject,
        what,
        verdict,
    });
    let merge = (0..3u8, 0..3u8).prop_map(|(into, from)| Step::Merge { into, from });
    prop::collection::vec(prop_oneof![4 => act, 1 => merge], 0..60)
}

/// Three ledgers after the steps, and how many proposals and objections they wrote between them.
fn grown(steps: &[Step], rules: &Workflows) -> ([Ledger; 3], usize) {
    let mut ledgers = [Ledger::default(), Ledger::default(), Ledger::default()];
    let mut proposals = 0;
    // what goes out to the desa: the same list for all
    for subject in 0..2 {
        ledgers[0].append(&name("desa-0"), entry(subject, Act::Listed, 0), rules).unwrap();
    }
    let [first, others @ ..] = &mut ledgers;
    others.iter_mut().for_each(|l| {
        l.merge(first);
    });
    for (n, step) in (1u16..).zip(steps) {
        match *step {
            Step::Merge { into, from } => {
                let other = ledgers[usize::from(from)].clone();
                ledgers[usize::from(into)].merge(&other);
            }
            Step::Act { ledger, subject, what, verdict } => {
                let own = &mut ledgers[usize::from(ledger)];
                let about = Subject::new(SubjectKind::Household, &format!("R{subject}")).unwrap();
                let standing = State::standing_of(&about, own.story(&about), rules);
                let v = [
                    SubjectVerdict::Eligible,
                    SubjectVerdict::NotEligible(RemovalReason::Dead),
                    SubjectVerdict::NotEligible(RemovalReason::Moved),
                ][usize::from(verdict)];
                let act = match what {
                    8.. if standing.conflict().is_some() => Act::Resolved { keeps: standing.conflict().unwrap().of[0] },
                    0 => Act::Listed,
                    1 | 2 => Act::Proposed(v),
                    3 => Act::Visited(v),
                    4..=6 => Act::Decided(v),
                    7 => match standing.proposals.iter().find(|p| p.is_open()) {
                        Some(open) => Act::Withdrawn { what: open.event },
                        None => continue,
                    },
                    8 => match &standing.ruling {
                        Some(ruling) => Act::Corrected { what: ruling.event, verdict: v },
                        None => continue,
                    },
                    9 | 10 => Act::Entered { system: name("SIKS-NG") },
                    _ => Act::Effective { system: name("SIKS-NG") },
                };
                let origin = name(&format!("desa-{ledger}"));
                if own.append(&origin, entry(subject, act, n), rules).is_ok() {
                    proposals += usize::from(matches!(what, 1 | 2));
                }
            }
        }
    }
    (ledgers, proposals)
}

fn hashes(ledger: &Ledger) -> BTreeSet<Digest> {
    ledger.events().iter().map(Event::hash).collect()
}

fn merged(all: &[&Ledger]) -> Ledger {
    let mut into = Ledger::default();
    all.iter().for_each(|l| {
        into.merge(l);
    });
    into
}

/// Decisions in force by their definition, the slow way: those that no decision knew, directly or not.
fn contradictory(ledger: &Ledger, subject: &Subject) -> bool {
    let story = ledger.story(subject);
    let knew = |later: &Event, earlier: Digest| {
        let mut open: Vec<Digest> = later.link.after.clone();
        let mut seen = BTreeSet::new();
        while let Some(d) = open.pop() {
            if d == earlier {
                return true;
            }
            if seen.insert(d) {
                open.extend(ledger.get(d).iter().flat_map(|e| e.link.after.clone()));
            }
        }
        false
    };
    let rules = |e: &&&Event| match e.entry.act {
        Act::Decided(_) | Act::Corrected { .. } => true,
        // a resolution holds only while what it keeps was a ruling it could see
        Act::Resolved { .. } => true,
        _ => false,
    };
    let rulings: Vec<&&Event> = story.iter().filter(rules).collect();
    let verdict = |e: &Event| -> Option<SubjectVerdict> {
        let mut at = e.clone();
        while let Act::Resolved { keeps } = at.entry.act {
            at = ledger.get(keeps).unwrap().clone();
        }
        at.entry.act.verdict()
    };
    let last: BTreeSet<Option<SubjectVerdict>> =
        rulings.iter().filter(|e| !rulings.iter().any(|o| knew(o, e.hash()))).map(|e| verdict(e)).collect();
    last.len() > 1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn merging_is_a_union_and_nothing_vanishes(steps in steps()) {
        let rules = rules();
        let ([a, b, c], proposals) = grown(&steps, &rules);
        let all: BTreeSet<Digest> = [&a, &b, &c].into_iter().flat_map(hashes).collect();

        let abc = merged(&[&a, &b, &c]);
        prop_assert_eq!(&hashes(&abc), &all);
        for order in [[&c, &b, &a], [&b, &c, &a], [&c, &a, &b]] {
            let other = merged(&order);
            prop_assert_eq!(other.in_order(), abc.in_order()); // commutative
            prop_assert_eq!(other.marks(), abc.marks());
        }
        let (ab, bc) = (merged(&[&a, &b]), merged(&[&b, &c]));
        let (left, right) = (merged(&[&ab, &c]), merged(&[&a, &bc]));
        prop_assert_eq!(left.in_order(), right.in_order()); // associative
        let mut twice = abc.clone();
        let again = twice.merge(&abc);
        prop_assert_eq!((again.added, twice.in_order()), (0, abc.in_order())); // idempotent

        // every chain whole, in file order and in canonical order
        for ledger in [&a, &b, &c, &abc] {
            let found = verify(ledger.events(), &ledger.marks());
            prop_assert_eq!(&found.faults, &[]);
        }
        let sorted: Vec<Event> = abc.in_order().into_iter().cloned().collect();
        prop_assert_eq!(verify(&sorted, &abc.marks()).faults, []);

        // no proposal is lost: each stands there once, with a fate
        let state = State::replay(abc.events(), None, &rules);
        let counted: usize = state.standings().iter().map(|s| s.proposals.len()).sum();
        prop_assert_eq!(counted, proposals);

        // the state depends on the set alone
        let reversed: Vec<&Event> = abc.events().iter().rev().collect();
        prop_assert_eq!(&State::replay(reversed, None, &rules), &state);

        for standing in state.standings() {
            // contradictions are reported, all of them and no others
            prop_assert_eq!(standing.conflict().is_some(), contradictory(&abc, &standing.subject));
            prop_assert!(standing.conflict().is_none() || standing.ruling.is_none());
        }

        // the recap closes, and one more event on the merged ledger is sound too
        prop_assert!(Recap::from_state(&state, bansos::region::Level::Village).closes());
        let mut on = abc.clone();
        let more = entry(0, Act::Proposed(SubjectVerdict::Eligible), 500);
        prop_assert!(on.append(&name("desa-0"), more, &rules).is_ok());
        prop_assert_eq!(verify(on.events(), &on.marks()).faults, []);
    }

    #[test]
    fn damage_is_seen_and_the_rest_is_kept(steps in steps(), pick in any::<prop::sample::Index>(), how in 0..4u8) {
        let rules = rules();
        let ([mut ledger, b, c], _) = grown(&steps, &rules);
        ledger.merge(&b);
        ledger.merge(&c);
        let marks = ledger.marks();
        let mut events: Vec<Event> = ledger.in_order().into_iter().cloned().collect();
        prop_assume!(events.len() > 1);
        let at = pick.index(events.len());
        let victim = events[at].clone();
        let mut expected = match how {
            0 => {
                let mut entry = victim.entry.clone();
                entry.act = Act::Decided(SubjectVerdict::NotEligible(RemovalReason::Withdrew));
                events[at] = Event::claimed(victim.link.clone(), entry, victim.hash());
                "ledger.altered"
            }
            1 => {
                events.remove(at);
                "ledger.previous_missing"
            }
            2 => {
                let later = events.iter().position(|e| e.link.previous == Some(victim.hash()));
                let Some(later) = later else { return Ok(()) };
                events.swap(at, later);
                "ledger.reordered"
            }
            _ => {
                events.push(victim.clone());
                "ledger.doubled"
            }
        };
        // cutting the last event of a chain off is seen by the mark alone
        let is_last = marks.iter().any(|m| m.hash == victim.hash());
        if how == 1 && is_last {
            expected = "ledger.truncated";
        }
        let found = verify(&events, &marks);
        prop_assert!(found.faults.iter().any(|f| f.code() == expected), "{expected}: {:?}", found.faults);
        // what is sound is exactly what does not stand on the damage
        let lost = |e: &Event| e.link.origin == victim.link.origin && e.link.number >= victim.link.number;
        for (event, sound) in events.iter().zip(&found.sound) {
            prop_assert_eq!(*sound, how > 1 || !lost(event));
        }
    }

    #[test]
    fn one_event_has_one_encoding(steps in steps(), cut in any::<prop::sample::Index>(), flip in any::<u8>()) {
        let ([ledger, _, _], _) = grown(&steps, &rules());
        for event in ledger.events() {
            let bytes = encode(event);
            prop_assert!(decode(&bytes).as_ref() == Some(event));
            prop_assert_eq!(decode(&bytes[..cut.index(bytes.len())]), None);
            let mut other = bytes.clone();
            other[cut.index(bytes.len())] ^= flip;
            // another event or none, never the same one
            prop_assert!(flip == 0 || decode(&other).as_ref() != Some(event));
        }
    }
}

#[test]
fn the_random_histories_are_rich() {
    let (rules, mut runner) = (rules(), proptest::test_runner::TestRunner::deterministic());
    let [mut lasting, mut ended, mut branched] = [0, 0, 0];
    for _ in 0..500 {
        let steps = proptest::strategy::ValueTree::current(&steps().new_tree(&mut runner).unwrap());
        let ([a, b, c], _) = grown(&steps, &rules);
        let all = merged(&[&a, &b, &c]);
        let state = State::replay(all.events(), None, &rules);
        let conflicts = || state.standings().iter().flat_map(|s| &s.conflicts);
        lasting += usize::from(conflicts().any(|c| c.ended_by.is_none()));
        ended += usize::from(conflicts().any(|c| c.ended_by.is_some()));
        branched += usize::from(all.events().iter().any(|e| e.link.after.len() > 1));
    }
    assert!(lasting > 100 && ended > 20 && branched > 50, "{lasting} {ended} {branched}");
}

fn kukar(subject: &str, stage: &str, role: &str, act: Act) -> EventEntry {
    let mut e = entry(0, act, 300);
    e.subject = Subject::new(SubjectKind::Household, subject).unwrap();
    (e.stage, e.actor.role, e.evidence) = (name(stage), name(role), vec![]);
    e
}

#[test]
fn a_refusal_says_why_and_what_is_needed() {
    let rules = Workflows::builtin();
    let mut ledger = Ledger::default();
    let origin = name("desa-1");
    let well_off = SubjectVerdict::NotEligible(RemovalReason::WellOff);
    let mut refused = |entry: EventEntry| -> Vec<(&'static str, String)> {
        let all = ledger.append(&origin, entry, rules).err().unwrap_or_default();
        all.iter().map(|r| (r.code(), r.message(bansos::Lang::Id))).collect()
    };
    assert_eq!(refused(kukar("R1", "daftar-awal", "dinsos", Act::Listed)), []);
    // nobody decides over the head of the visit, without minutes, or in another's name
    let all = refused(kukar("R1", "musyawarah", "puskesos", Act::Decided(well_off)));
    assert_eq!(all[0].0, "workflow.too_early");
    assert_eq!(
        all[1].1,
        "Puskesos tidak berwenang atas putusan di tahap Musyawarah desa/kelurahan; yang berwenang: Kades/Lurah"
    );
    assert_eq!(refused(kukar("R1", "kunjungan", "puskesos", Act::Visited(well_off))), []);
    assert_eq!(
        refused(kukar("R1", "musyawarah", "desa", Act::Decided(well_off))),
        [("workflow.missing_evidence", "putusan ini harus disertai berita acara".to_owned())]
    );
    assert_eq!(refused(kukar("R1", "musyawarah", "desa", Act::Listed))[0].0, "workflow.on_list_already");
    assert_eq!(refused(kukar("R2", "kunjungan", "puskesos", Act::Visited(well_off)))[0].0, "workflow.not_on_list");
    assert_eq!(
        refused(kukar("R1", "kabupaten", "dinsos", Act::Entered { system: name("SIKS-NG") }))[0].0,
        "workflow.nothing_decided"
    );
    let mut elsewhere = kukar("R1", "pleno", "desa", Act::Decided(well_off));
    assert_eq!(refused(elsewhere.clone())[0].0, "workflow.unknown_stage");
    elsewhere.on = Date::constant(2021, 12, 31);
    elsewhere.recorded = Date::constant(2021, 12, 30);
    let codes: Vec<&str> = refused(elsewhere).into_iter().map(|r| r.0).collect();
    assert_eq!(codes, ["workflow.recorded_before", "workflow.not_in_force", "workflow.unknown_stage"]);
}

#[test]
fn an_objection_lapses_and_a_late_meeting_is_told() {
    let rules = Workflows::builtin();
    let mut ledger = Ledger::default();
    let at = |day: Date, stage: &str, role: &str, act: Act, evidence: &[EvidenceKind]| {
        let mut e = kukar("R1", stage, role, act);
        (e.on, e.recorded, e.workflow) = (day, day, name("dtsen-2025"));
        e.evidence = evidence.iter().map(|k| Attachment { kind: *k, digest: Digest::compute(b"x") }).collect();
        e
    };
    let origin = name("cek-bansos");
    let well_off = SubjectVerdict::NotEligible(RemovalReason::WellOff);
    let proof = [EvidenceKind::Photo, EvidenceKind::Coordinates];
    let made = Date::constant(2025, 11, 1);
    ledger.append(&origin, at(made, "sanggah", "warga", Act::Objected(well_off), &proof), rules).unwrap();
    let decide =
        |d: i8| at(Date::constant(2025, 11, d), "verifikasi-sanggah", "verifikator", Act::Decided(well_off), &[]);
    let refused = ledger.clone().append(&origin, decide(16), rules).unwrap_err();
    assert_eq!(
        refused[0].to_string(),
        "an objection has to be verified within 14 days, until 2025-11-15; on 2025-11-16 it has lapsed and has to be made again"
    );
    ledger.append(&origin, decide(15), rules).unwrap();
    // after the fourteenth a meeting counts for the next month: reported, not refused
    let minutes = [EvidenceKind::Responsibility];
    ledger
        .append(
            &origin,
            at(Date::constant(2025, 11, 17), "usulan", "desa", Act::Proposed(SubjectVerdict::Eligible), &[]),
            rules,
        )
        .unwrap();
    let late = at(Date::constant(2025, 11, 20), "musyawarah", "desa", Act::Decided(SubjectVerdict::Eligible), &minutes);
    let (_, warnings) = ledger.append(&origin, late, rules).unwrap();
    assert_eq!(warnings.iter().map(Coded::code).collect::<Vec<_>>(), ["workflow.outside_days"]);
}

#[test]
fn the_state_of_a_day_and_what_changed() {
    let rules = rules();
    let mut ledger = Ledger::default();
    let origin = name("desa-1");
    let mut write = |act: Act, n: u16| ledger.append(&origin, entry(1, act, n), &rules).unwrap().0;
    write(Act::Listed, 1);
    let proposal = write(Act::Proposed(SubjectVerdict::NotEligible(RemovalReason::Moved)), 5);
    let decision = write(Act::Decided(SubjectVerdict::NotEligible(RemovalReason::Moved)), 9);
    write(Act::Entered { system: name("SIKS-NG") }, 11);
    let at = |n: u16| State::replay(ledger.events(), Some(day(n)), &rules);
    let one = |n: u16| at(n).standings()[0].clone();
    assert_eq!(at(0).standings(), []);
    assert_eq!(one(8).proposals[0].fate, Fate::Open { stage: name("daftar-awal"), since: day(5) });
    assert_eq!(one(9).proposals[0].event, proposal);
    let fate = Fate::Decided { by: decision, on: day(9), verdict: SubjectVerdict::NotEligible(RemovalReason::Moved) };
    assert_eq!(one(9).proposals[0].fate, fate);
    assert!(!one(10).is_entered_without_effect() && one(11).is_entered_without_effect());
    let changes = at(8).changes(&at(20));
    assert_eq!(
        (changes.len(), changes[0].from, changes[0].to),
        (1, None, Some(SubjectVerdict::NotEligible(RemovalReason::Moved)))
    );
}

#[test]
fn what_can_be_true_of_no_subject_is_refused() {
    use bansos::RegionCode;
    use bansos::region::Scheme;
    let refused = |change: &dyn Fn(&mut EventEntry)| -> Vec<&'static str> {
        let mut entry = kukar("R1", "daftar-awal", "dinsos", Act::Listed);
        change(&mut entry);
        let told = Ledger::default().append(&name("desa-1"), entry, Workflows::builtin());
        told.err().unwrap_or_default().iter().map(Coded::code).collect()
    };
    let subject = |kind, id| Some(Subject::new(kind, id).unwrap());
    let place = |scheme, text| Some(RegionCode::parse(scheme, text).unwrap());
    let kemendagri = |text: &'static str| move |e: &mut EventEntry| e.place = place(Scheme::Kemendagri, text);
    let bps = |text: &'static str| move |e: &mut EventEntry| e.place = place(Scheme::Bps, text);
    assert_eq!(refused(&|_| {}), [""; 0]);
    assert_eq!(refused(&|e| e.recorded = Date::constant(9999, 12, 31)), ["workflow.impossible_day"]);
    assert_eq!(refused(&|e| e.recorded = Date::constant(2021, 1, 1)), ["workflow.recorded_before"]);
    assert_eq!(refused(&|e| e.parent = subject(SubjectKind::Household, "R1")), ["workflow.own_parent"]);
    assert_eq!(refused(&|e| e.parent = subject(SubjectKind::Person, "P1")), ["workflow.parent_person"]);
    assert_eq!(refused(&|e| e.twin = subject(SubjectKind::Household, "R1")), ["workflow.own_twin"]);
    assert_eq!(refused(&|e| e.twin = subject(SubjectKind::Person, "R1")), [""; 0]);
    for nowhere in ["99.99.99.9999", "99", "35.99", "54.01", "35.08.00.2001"] {
        assert_eq!(refused(&kemendagri(nowhere)), ["workflow.no_such_place"], "{nowhere}");
    }
    // a district above the highest may be newer than the table; codes that were given up are no matter
    for somewhere in ["35.08.99.2001", "91.09", "64.02.01.2001"] {
        assert_eq!(refused(&kemendagri(somewhere)), [""; 0], "{somewhere}");
    }
    assert_eq!(refused(&bps("99")), ["workflow.no_such_place"]);
    assert_eq!(refused(&bps("3508")), [""; 0]);
}

#[test]
fn every_branch_of_a_chain_has_a_mark_whatever_the_order() {
    let rules = rules();
    let origin = name("desa-1");
    let mut trunk = Ledger::default();
    for n in 0..3 {
        trunk.append(&origin, entry(n, Act::Listed, 0), &rules).unwrap();
    }
    let (mut left, mut right) = (trunk.clone(), trunk.clone());
    left.append(&origin, entry(10, Act::Listed, 0), &rules).unwrap();
    left.append(&origin, entry(11, Act::Listed, 0), &rules).unwrap();
    right.append(&origin, entry(20, Act::Listed, 0), &rules).unwrap();
    left.merge(&right);
    let marks = left.marks();
    assert_eq!(marks.iter().map(|m| m.number).collect::<Vec<_>>(), [4, 5]);
    assert_eq!(left.head(&origin).as_ref(), marks.last());
    assert_eq!(verify(left.events(), &[]).marks, marks);
    let mut backwards = Ledger::default();
    for event in left.in_order().into_iter().rev() {
        backwards.insert(event.clone());
    }
    assert_eq!(backwards.marks(), marks);
    let without: Vec<Event> = left.events().iter().filter(|e| e.hash() != marks[0].hash).cloned().collect();
    assert!(!verify(&without, &marks).is_whole());
    assert!(verify(&without, &marks[1..]).is_whole());
}
