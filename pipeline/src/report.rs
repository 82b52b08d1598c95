//! The counts of a run, by place, as the report wants them.

use crate::Results;
use crate::decide::ProgrammeDecisions;
use crate::places::Place;
use bansos::eligibility::Outcome;
use bansos::message::CodeInfo;
use bansos::person::Presence;
use bansos::policy::Basis;
use bansos::region::{self, Level};
use bansos::source::Source;
use bansos::verivali::RemovalReason;
use bansos::{Bilingual, Coded, Lang, Severity};
use bansos_linkage::register::DuplicateKind;
use bansos_registers::Kind;
use bansos_report::data::{
    About, AreaCounts, Component, Duplicates, Edition, FindingKind, InputFile, Linkage, Outcomes, Overlap,
    Place as ReportPlace, Programme, QuarantineReason, Reason, ReportData, SkippedFile, StatedReceipt, Totals,
    VerivaliReason, WithinSource,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

impl Results {
    /// The counts of the report, for [`bansos_report::html`].
    #[must_use]
    pub fn report_data(&self) -> ReportData {
        data(self)
    }
}

fn data(results: &Results) -> ReportData {
    let areas = areas(results);
    ReportData {
        about: about(results),
        files: files(results),
        skipped: results
            .intake
            .refused
            .iter()
            .map(|r| SkippedFile { name: r.file.clone(), reason: r.error.messages() })
            .chain(results.intake.unread.iter().map(|u| SkippedFile { name: u.name(), reason: u.reason.messages() }))
            .collect(),
        totals: Totals {
            person_rows: results.intake.persons.len() as u64,
            persons: results.linkage.person_count.into(),
            families: results.linkage.family_count.into(),
        },
        findings: finding_kinds(results),
        quarantine: quarantine(results),
        duplicates: duplicates(results),
        person_registers: person_registers(results),
        verivali: verivali(&areas),
        ranking: results.ranking.report(&results.people, &results.intake),
        programmes: results.decisions.programmes.iter().map(|d| programme(results, d)).collect(),
        areas,
        linkage: Some(linkage(results)),
    }
}

fn about(results: &Results) -> About {
    let (region, province) = main_region(results);
    let edition = |name: &str, edition: &str| Edition { name: name.to_owned(), edition: edition.to_owned() };
    About {
        region,
        province,
        as_of: results.as_of.to_string(),
        editions: vec![
            edition("wilayah", bansos::region::EDITION.decree),
            edition("kebijakan", &results.decisions.edition),
        ],
        overlay: (!results.decisions.overlays.is_empty()).then(|| results.decisions.overlays.join(", ")),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        elapsed_ms: results.elapsed_ms,
        synthetic: synthetic(results),
    }
}

/// The regency most families live in, and its province.
fn main_region(results: &Results) -> (String, String) {
    let mut votes: BTreeMap<region::RegionCode, u64> = BTreeMap::new();
    for f in &results.people.families {
        let code = f.residence().and_then(|r| r.value.region).and_then(|r| r.at(Level::Regency));
        if let Some(code) = code {
            *votes.entry(code).or_default() += 1;
        }
    }
    let Some((code, _)) = votes.into_iter().max_by_key(|(_, n)| *n) else { return Default::default() };
    let name = |code| region::lookup(code).and_then(|r| r.full_name()).unwrap_or_default();
    (name(code), code.parent().map(name).unwrap_or_default())
}

/// Whether every NIK that could be read is made up by our rule.
fn synthetic(results: &Results) -> bool {
    let mut known = results.intake.persons.iter().filter_map(|p| p.nik.value()).peekable();
    // a damaged number can land anywhere, so almost all is enough
    let (mut all, mut ours) = (0u64, 0u64);
    known.peek().is_some() && {
        known.for_each(|n| {
            all += 1;
            ours += u64::from(n.is_synthetic());
        });
        ours * 10 >= all * 9
    }
}

fn files(results: &Results) -> Vec<InputFile> {
    let intake = &results.intake;
    let mut flagged: Vec<FxHashSet<u32>> = vec![FxHashSet::default(); intake.files.len()];
    for (origin, noticed, _) in results.each_finding() {
        if noticed.finding.severity() > Severity::Info {
            flagged[usize::from(origin.file)].insert(origin.row);
        }
    }
    intake
        .files
        .iter()
        .zip(flagged)
        .map(|(f, flagged)| InputFile {
            name: f.name(),
            layout: f.layout.clone(),
            source: f.source.word().to_owned(),
            unit: match f.kind {
                Kind::Persons => "person",
                Kind::Families => "family",
                Kind::FamiliesWithHead => "family_head",
            }
            .to_owned(),
            rows_read: f.rows_read,
            rows_accepted: f.accepted,
            rows_quarantined: f.quarantined,
            rows_with_findings: flagged.len() as u64,
        })
        .collect()
}

fn said(info: &CodeInfo) -> Bilingual {
    Bilingual::new(info.id, info.en)
}

fn finding_kinds(results: &Results) -> Vec<FindingKind> {
    let seen: BTreeSet<&str> = results.each_finding().map(|(_, n, _)| n.finding.code()).collect();
    bansos::Finding::table()
        .filter(|info| seen.contains(info.code))
        .map(|info| FindingKind { code: info.code.to_owned(), severity: info.severity, message: said(info) })
        .collect()
}

fn quarantine(results: &Results) -> Vec<QuarantineReason> {
    let mut counts: BTreeMap<(u16, &str), (Bilingual, u64)> = BTreeMap::new();
    for q in &results.intake.quarantine {
        let at = counts.entry((q.file, q.reason.code())).or_insert_with(|| (q.reason.messages(), 0));
        at.1 += 1;
    }
    counts
        .into_iter()
        .map(|((file, code), (message, rows))| QuarantineReason {
            file: results
                .intake
                .files
                .get(usize::from(file))
                .map(bansos_registers::FileReport::name)
                .unwrap_or_default(),
            code: code.to_owned(),
            message,
            rows,
        })
        .collect()
}

fn duplicates(results: &Results) -> Duplicates {
    let of = |kind| results.linkage.duplicates.iter().filter(move |d| d.kind == kind);
    let person = |row: &u32| results.linkage.persons[*row as usize];
    let mut within: BTreeMap<Source, (u64, u64)> = BTreeMap::new();
    for p in &results.people.persons {
        for rows in p.rows.chunk_by(|a, b| a.source == b.source).filter(|rows| rows.len() > 1) {
            let at = within.entry(rows[0].source).or_default();
            at.0 += 1;
            at.1 += rows.len() as u64 - 1;
        }
    }
    let persons_of = |kind| of(kind).flat_map(|d| d.rows.iter().map(person)).collect::<FxHashSet<u32>>().len() as u64;
    Duplicates {
        within: within
            .into_iter()
            .map(|(s, (persons, extra_rows))| WithinSource { source: s.word().to_owned(), persons, extra_rows })
            .collect(),
        shared_niks: of(DuplicateKind::NikShared).count() as u64,
        shared_nik_persons: persons_of(DuplicateKind::NikShared),
        persons_two_niks: persons_of(DuplicateKind::TwoNiks),
        persons_two_families: persons_of(DuplicateKind::TwoFamilies),
        shared_cards: of(DuplicateKind::CardTwice).count() as u64,
        review_pairs: results.linkage.review.len() as u64,
    }
}

/// Registers in which something stands, in the order the report uses.
fn registers(rows: &[bansos::source::Origin]) -> Vec<&'static str> {
    let mut known: Vec<Source> = rows.iter().map(|r| r.source).collect();
    known.sort_unstable();
    known.dedup();
    known.into_iter().map(Source::word).collect()
}

fn person_registers(results: &Results) -> Vec<Overlap> {
    let mut counts: BTreeMap<Vec<&str>, u64> = BTreeMap::new();
    for p in &results.people.persons {
        *counts.entry(registers(&p.rows)).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(sources, count)| Overlap { sources: sources.into_iter().map(str::to_owned).collect(), count })
        .collect()
}

fn verivali(areas: &[AreaCounts]) -> Vec<VerivaliReason> {
    let evidence = [
        (RemovalReason::Dead, "sebuah register mencatat orang ini meninggal", "a register says that the person died"),
        (RemovalReason::Moved, "sebuah register mencatat orang ini pindah", "a register says that the person moved"),
        (RemovalReason::NotFound, "pendataan tidak menemukan orang ini", "the field did not find the person"),
        (
            RemovalReason::Duplicate,
            "orang yang sama tercatat lebih dari sekali dalam satu register",
            "one person stands more than once in one register",
        ),
        (RemovalReason::SharedNik, "NIK yang sama dipakai orang lain", "another person bears the same NIK"),
    ];
    evidence
        .into_iter()
        .filter(|(reason, ..)| areas.iter().any(|a| a.verivali.contains_key(reason)))
        .map(|(reason, id, en)| VerivaliReason { reason, evidence: Bilingual::new(id, en) })
        .collect()
}

fn programme(results: &Results, decided: &ProgrammeDecisions) -> Programme {
    let p = decided.programme;
    let date = results.as_of;
    let mut components: Vec<Component> = decided
        .counts
        .components
        .values()
        .map(|c| Component { name: c.label.clone(), persons: c.persons, amount_year: c.year })
        .collect();
    components.sort_by_key(|c| std::cmp::Reverse(c.persons));
    let reasons = |counts: Vec<(String, Bilingual, u64)>| {
        let mut all: Vec<Reason> =
            counts.into_iter().map(|(code, message, families)| Reason { code, message, families }).collect();
        all.sort_by_key(|r| std::cmp::Reverse(r.families));
        all
    };
    let basis = p.period(date).map(|period| &period.basis).unwrap_or(&p.basis);
    Programme {
        code: p.id.clone(),
        name: Bilingual::from_fn(|lang| p.label(date, lang).to_owned()),
        edition: results.decisions.edition.clone(),
        basis: basis.iter().map(basis_text).collect(),
        in_force: decided.in_force,
        ineligible: reasons(
            decided.counts.ineligible.iter().map(|(c, (m, n))| ((*c).to_owned(), m.clone(), *n)).collect(),
        ),
        missing: reasons(
            decided
                .counts
                .missing
                .iter()
                .map(|(f, n)| (f.word().to_owned(), Bilingual::from_fn(|lang| f.label(lang)), *n))
                .collect(),
        ),
        components,
        stated: stated(results, decided),
    }
}

/// `Permensos 1/2018 Pasal 5 (S06)`: the article and the source's id, or else what the source is.
fn basis_text(basis: &Basis) -> String {
    if !basis.article.is_empty() {
        return format!("{} ({})", basis.article, basis.source);
    }
    let source = bansos::policy::sources().iter().find(|s| s.id == basis.source);
    source.map_or(&*basis.source, |s| s.title).to_owned()
}

fn place_of(outcome: Outcome) -> usize {
    match outcome {
        Outcome::Eligible => 0,
        Outcome::Ineligible => 1,
        Outcome::Undetermined => 2,
    }
}

fn stated(results: &Results, decided: &ProgrammeDecisions) -> Option<StatedReceipt> {
    let mut receipt_counts = StatedReceipt::default();
    let mut sources = BTreeSet::new();
    let families = results.people.families.iter().zip(&decided.families).zip(&results.ranking.deciles);
    for ((family, decision), decile) in families {
        let kept = family.receives(&decided.programme.id);
        let (counts, stated) = match kept.map(|k| k.value) {
            Some(true) => (&mut receipt_counts.yes, 0),
            Some(false) => (&mut receipt_counts.no, 1),
            None => (&mut receipt_counts.unknown, 2),
        };
        counts[place_of(decision.outcome)] += 1;
        if let Some(line) = decile.and_then(|d| receipt_counts.deciles.get_mut(usize::from(d.get()) - 1)) {
            line[stated] += 1;
        }
        sources.extend(kept.map(|k| k.from.source.label(Lang::Id)));
    }
    receipt_counts.meant = decided.meant;
    receipt_counts.source = sources.into_iter().collect::<Vec<_>>().join(", ");
    (!receipt_counts.source.is_empty()).then_some(receipt_counts)
}

fn linkage(results: &Results) -> Linkage {
    let l = &results.linkage;
    let settings = &results.settings;
    let mut sizes: BTreeMap<u64, u64> = BTreeMap::new();
    for p in &results.people.persons {
        *sizes.entry(p.rows.len() as u64).or_default() += 1;
    }
    // two bits a class
    let mut weights: BTreeMap<i64, u64> = BTreeMap::new();
    for pair in l.edges.iter().chain(&l.review) {
        *weights.entry((f64::from(pair.weight) / 2.0).floor() as i64 * 2).or_default() += 1;
    }
    Linkage {
        pairs_compared: l.counts.compared,
        pairs_linked: l.counts.edges,
        pairs_review: l.review.len() as u64,
        threshold_link: settings.match_weight.into(),
        threshold_review: settings.review_weight.into(),
        em_rounds: l.counts.rounds,
        cluster_sizes: sizes.into_iter().collect(),
        refused_by_constraint: l.counts.held_apart,
        weights: weights.into_iter().map(|(w, n)| (w as f64, n)).collect(),
    }
}

/// One entry for each desa, and one for what has no place.
fn areas(results: &Results) -> Vec<AreaCounts> {
    let mut map: FxHashMap<Place, AreaCounts> = FxHashMap::default();
    let Results { intake, people, ranking, decisions, .. } = results;
    fn at(map: &mut FxHashMap<Place, AreaCounts>, place: Place) -> &mut AreaCounts {
        map.entry(place).or_default()
    }

    // rows: a P3KE row is a person and a family, and counts once
    let both = |file: u16| intake.files.get(usize::from(file)).is_some_and(|f| f.kind == Kind::FamiliesWithHead);
    for p in &intake.persons {
        at(&mut map, results.places.of(Some(&p.residence))).rows += 1;
    }
    for f in intake.families.iter().filter(|f| !both(f.origin.file)) {
        at(&mut map, results.places.of(Some(&f.residence))).rows += 1;
    }
    at(&mut map, Place::default()).rows += intake.quarantine.len() as u64;
    for (_, noticed, residence) in results.each_finding() {
        let area = at(&mut map, results.places.of(Some(residence)));
        *area.findings.entry(noticed.finding.code().to_owned()).or_default() += 1;
    }

    let shared = nik_shared(results);
    for (i, family) in (0u32..).zip(&people.families) {
        let area = at(&mut map, results.places.of(family.residence().map(|r| &*r.value)));
        let members = family.members();
        area.families += 1;
        area.persons += members.len() as u64;
        *area.registers.entry(registers(family.rows()).join("+")).or_default() += 1;
        match ranking.deciles[i as usize] {
            Some(d) => {
                area.deciles[usize::from(d.get()) - 1] += 1;
                area.decile_persons[usize::from(d.get()) - 1] += members.len() as u64;
            }
            None => {
                area.unranked += 1;
                area.unranked_persons += members.len() as u64;
            }
        }
        for art in members {
            if let Some(reason) = verivali_of(results, *art.person(), &shared) {
                *area.verivali.entry(reason).or_default() += 1;
            }
        }
        for decided in decisions.programmes.iter().filter(|d| d.in_force) {
            let decision = &decided.families[i as usize];
            let outcomes = area.decisions.entry(decided.programme.id.clone()).or_default();
            count(outcomes, decision, family.receives(&decided.programme.id).map(|k| k.value));
        }
    }
    let mut all: Vec<AreaCounts> = map
        .into_iter()
        .map(|(place, counts)| AreaCounts {
            kecamatan: ReportPlace { code: place.district_code, name: place.district },
            desa: ReportPlace { code: place.village_code, name: place.village },
            ..counts
        })
        .filter(|a| a.rows + a.families > 0)
        .collect();
    all.sort_by(|a, b| (&a.kecamatan, &a.desa).cmp(&(&b.kecamatan, &b.desa)));
    all
}

fn count(outcomes: &mut Outcomes, decision: &crate::decide::FamilyDecision, receives: Option<bool>) {
    match decision.outcome {
        Outcome::Eligible => {
            outcomes.eligible += 1;
            outcomes.amount_year += decision.year.0;
            outcomes.eligible_not_receiving += u64::from(receives == Some(false));
        }
        Outcome::Ineligible => {
            outcomes.ineligible += 1;
            outcomes.receives_ineligible += u64::from(receives == Some(true));
        }
        Outcome::Undetermined => outcomes.undetermined += 1,
    }
}

/// Persons whose NIK somebody else bears too.
fn nik_shared(results: &Results) -> FxHashSet<u32> {
    results
        .linkage
        .duplicates
        .iter()
        .filter(|d| d.kind == DuplicateKind::NikShared)
        .flat_map(|d| d.rows.iter().map(|r| results.linkage.persons[*r as usize]))
        .collect()
}

/// The first verivali reason that the data shows for one person, so that each counts once and the recap closes.
fn verivali_of(results: &Results, person: u32, shared: &FxHashSet<u32>) -> Option<RemovalReason> {
    let p = &results.people.persons[person as usize];
    match p.presence.as_ref().map(|k| k.value) {
        Some(Presence::Dead) => return Some(RemovalReason::Dead),
        Some(Presence::Moved) => return Some(RemovalReason::Moved),
        Some(Presence::NotFound) => return Some(RemovalReason::NotFound),
        Some(Presence::Present) | None => {}
    }
    let twice = p.rows.chunk_by(|a, b| a.source == b.source).any(|rows| rows.len() > 1);
    if twice { Some(RemovalReason::Duplicate) } else { shared.contains(&person).then_some(RemovalReason::SharedNik) }
}
