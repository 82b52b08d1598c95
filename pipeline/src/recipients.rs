//! Lists of recipients held against the registers: who is in none of them, who is dead, two of one programme in a family, and families in
//! two programmes of which one excludes the other.

use crate::people::People;
use bansos::kpm::KpmFinding;
use bansos::person::Presence;
use bansos::policy::Policy;
use bansos::source::{Field, Noticed, Origin};
use bansos::{Date, Rupiah};
use bansos_linkage::register::{DuplicateKind, Linkage};
use bansos_registers::{Intake, Period, Receipt};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Every receipt of the lists, with whose it is and what is wrong with it.
#[derive(Debug, Default)]
pub struct Recipients {
    rows: Vec<Recipient>,
    /// Whether a register was read beside the lists.
    held: bool,
}

/// One receipt, by the numbers of the linkage.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recipient {
    /// What the list says.
    pub receipt: Receipt,
    /// Who; none where the row describes a family.
    pub person: Option<u32>,
    /// The family it is counted in.
    pub family: Option<u32>,
    /// What was found, each once.
    pub findings: Vec<KpmFinding>,
}

/// The receipts of one programme, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecipientCounts {
    /// Rows of the lists.
    pub rows: u64,
    /// Different families.
    pub families: u64,
    /// Rows that say money went out.
    pub paid: u64,
    /// Sum of the amounts that are stated.
    pub amount: Rupiah,
    /// Rows of somebody in no register.
    pub unregistered: u64,
    /// Rows of somebody dead.
    pub dead: u64,
    /// Rows of families with two recipients.
    pub twice: u64,
    /// Rows of families in a list of a programme that excludes this one, or is excluded by it.
    pub excluded: u64,
}

/// Takes rows of lists of recipients out of the persons that one register has twice: whoever receives stands in such a list and in the
/// register beside it. Who is twice in the list itself is said of the list.
pub(crate) fn are_no_duplicates(intake: &Intake, linkage: &mut Linkage) {
    use DuplicateKind::{EnteredTwice, SamePerson, TwoFamilies};
    let in_list = |row: &u32| {
        let file = intake.persons.get(*row as usize).map(|p| usize::from(p.origin.file));
        file.and_then(|file| intake.files.get(file)).is_some_and(|file| file.recipients)
    };
    linkage.duplicates.retain_mut(|duplicate| {
        if !matches!(duplicate.kind, EnteredTwice | SamePerson | TwoFamilies) {
            return true;
        }
        duplicate.rows.retain(|row| !in_list(row));
        duplicate.pairs.retain(|pair| !in_list(&pair.a) && !in_list(&pair.b));
        duplicate.rows.len() > 1
    });
}

impl Recipients {
    /// Holds the lists against the registers and notes what is found on their rows too.
    pub(crate) fn of(intake: &mut Intake, linkage: &Linkage, people: &People, policy: &Policy, as_of: Date) -> Self {
        if intake.receipts.is_empty() {
            return Self::default();
        }
        let mut rows = whose(intake, linkage, people);
        let in_register = registered(intake, linkage);
        let (twice, together) = (twice(&rows), programmes_of(&rows));
        for row in &mut rows {
            row.findings = findings(row, people, &in_register, &twice, &together, policy, as_of);
        }
        note(intake, &rows);
        Self { rows, held: in_register.is_some() }
    }

    /// Every receipt, in the order of files and rows.
    #[must_use]
    pub fn rows(&self) -> &[Recipient] {
        &self.rows
    }

    /// Whether there was a register to hold them against.
    #[must_use]
    pub fn held_against_registers(&self) -> bool {
        self.held
    }

    /// Counts by programme; without a name where a list names none that is known.
    #[must_use]
    pub fn by_programme(&self) -> BTreeMap<&'static str, RecipientCounts> {
        let mut counts: BTreeMap<&'static str, RecipientCounts> = BTreeMap::new();
        let mut families: FxHashSet<(&'static str, Option<u32>)> = FxHashSet::default();
        for row in &self.rows {
            let programme = row.receipt.programme.unwrap_or_default();
            let n = counts.entry(programme).or_default();
            n.rows += 1;
            n.families += u64::from(row.family.is_some() && families.insert((programme, row.family)));
            n.paid += u64::from(row.receipt.paid == Some(true));
            n.amount += row.receipt.amount.unwrap_or_default();
            // a row counts once however many programmes exclude its own
            let has = |is: fn(&KpmFinding) -> bool| u64::from(row.findings.iter().any(is));
            n.unregistered += has(|f| matches!(f, KpmFinding::RecipientUnregistered));
            n.dead += has(|f| matches!(f, KpmFinding::RecipientDead));
            n.twice += has(|f| matches!(f, KpmFinding::RecipientTwice { .. }));
            n.excluded += has(|f| matches!(f, KpmFinding::RecipientExcluded { .. }));
        }
        counts
    }

    /// How many families are in lists of exactly these programmes.
    #[must_use]
    pub fn together(&self) -> BTreeMap<Vec<&'static str>, u64> {
        let mut of: BTreeMap<u32, Vec<&'static str>> = BTreeMap::new();
        for row in &self.rows {
            if let (Some(family), Some(programme)) = (row.family, row.receipt.programme) {
                of.entry(family).or_default().push(programme);
            }
        }
        let mut counts = BTreeMap::new();
        for mut programmes in of.into_values() {
            programmes.sort_unstable();
            programmes.dedup();
            *counts.entry(programmes).or_default() += 1;
        }
        counts
    }
}

/// The receipts with their person and family.
fn whose(intake: &Intake, linkage: &Linkage, people: &People) -> Vec<Recipient> {
    let persons: FxHashMap<Origin, u32> =
        intake.persons.iter().zip(&linkage.persons).map(|(row, person)| (row.origin, *person)).collect();
    let families: FxHashMap<Origin, u32> =
        intake.families.iter().zip(&linkage.family_records).map(|(row, family)| (row.origin, *family)).collect();
    let of = |receipt: &Receipt| {
        let person = persons.get(&receipt.origin).copied();
        let family = person.and_then(|person| people.family_of(person));
        let family = family.or_else(|| families.get(&receipt.origin).copied());
        Recipient { receipt: receipt.clone(), person, family, findings: Vec::new() }
    };
    intake.receipts.iter().map(of).collect()
}

/// The persons and families that a register has beside the lists; none where there are lists alone.
fn registered(intake: &Intake, linkage: &Linkage) -> Option<(FxHashSet<u32>, FxHashSet<u32>)> {
    let of_register = |origin: &Origin| intake.files.get(usize::from(origin.file)).is_some_and(|file| !file.recipients);
    let persons = intake.persons.iter().zip(&linkage.persons).zip(&linkage.families);
    let persons = persons.filter(|((row, _), _)| of_register(&row.origin));
    let (mut known, mut families) = (FxHashSet::default(), FxHashSet::default());
    for ((_, person), family) in persons {
        known.insert(*person);
        families.insert(*family);
    }
    let described = intake.families.iter().zip(&linkage.family_records).filter(|(row, _)| of_register(&row.origin));
    families.extend(described.map(|(_, family)| *family));
    (!families.is_empty()).then_some((known, families))
}

/// Families with several recipients of one programme in one period.
fn twice(rows: &[Recipient]) -> FxHashSet<(u32, &'static str, Period)> {
    let mut first = FxHashMap::default();
    let mut twice = FxHashSet::default();
    for row in rows {
        if let (Some(family), Some(programme), Some(person)) = (row.family, row.receipt.programme, row.person) {
            let key = (family, programme, row.receipt.period);
            if *first.entry(key).or_insert(person) != person {
                twice.insert(key);
            }
        }
    }
    twice
}

/// What each family is in lists of, with the year where it is known.
fn programmes_of(rows: &[Recipient]) -> FxHashMap<u32, Vec<(&'static str, Option<u16>)>> {
    let mut of: FxHashMap<u32, Vec<_>> = FxHashMap::default();
    for row in rows {
        if let (Some(family), Some(programme)) = (row.family, row.receipt.programme) {
            let (known, new) = (of.entry(family).or_default(), (programme, row.receipt.period.year));
            if !known.contains(&new) {
                known.push(new);
            }
        }
    }
    of
}

fn findings(
    row: &Recipient,
    people: &People,
    registered: &Option<(FxHashSet<u32>, FxHashSet<u32>)>,
    twice: &FxHashSet<(u32, &'static str, Period)>,
    together: &FxHashMap<u32, Vec<(&'static str, Option<u16>)>>,
    policy: &Policy,
    as_of: Date,
) -> Vec<KpmFinding> {
    let mut found = Vec::new();
    // a list alone is held against nothing
    let known = registered.as_ref().is_none_or(|(persons, families)| match row.person {
        Some(person) => persons.contains(&person),
        None => row.family.is_some_and(|family| families.contains(&family)),
    });
    if !known {
        found.push(KpmFinding::RecipientUnregistered);
    }
    let presence = row.person.and_then(|person| people.persons().get(person as usize)?.presence.as_ref());
    if presence.is_some_and(|kept| kept.value == Presence::Dead) {
        found.push(KpmFinding::RecipientDead);
    }
    let (Some(family), Some(programme)) = (row.family, row.receipt.programme) else { return found };
    let (period, year) = (row.receipt.period, row.receipt.period.year);
    if twice.contains(&(family, programme, period)) {
        found.push(KpmFinding::RecipientTwice { programme });
    }
    let date = year.map_or(as_of, |year| day_of(year, as_of));
    for (other, its_year) in together.get(&family).into_iter().flatten() {
        let one_time = year.is_none() || its_year.is_none() || year == *its_year;
        let excludes = |a: &str, b: &str| policy.excludes(a, date).any(|(with, _)| with == b);
        let finding = KpmFinding::RecipientExcluded { programme, other };
        if one_time && (excludes(programme, other) || excludes(other, programme)) && !found.contains(&finding) {
            found.push(finding);
        }
    }
    found
}

/// The day of a year that rules are asked for: that of the job, or the year's last.
fn day_of(year: u16, as_of: Date) -> Date {
    if i32::from(year) == i32::from(as_of.year()) {
        as_of
    } else {
        bansos::date::new(i32::from(year), 12, 31).unwrap_or(as_of)
    }
}

/// Notes the findings on the rows of the lists, each once.
fn note(intake: &mut Intake, rows: &[Recipient]) {
    let mut of: FxHashMap<Origin, Vec<KpmFinding>> = FxHashMap::default();
    for row in rows {
        let known = of.entry(row.receipt.origin).or_default();
        known.extend(row.findings.iter().filter(|finding| !known.contains(finding)).copied().collect::<Vec<_>>());
    }
    let noticed = |found: Vec<KpmFinding>| found.into_iter().map(|finding| Noticed::new(Field::Nik, finding));
    for person in &mut intake.persons {
        person.findings.extend(of.remove(&person.origin).map(noticed).into_iter().flatten());
    }
    for family in &mut intake.families {
        family.findings.extend(of.remove(&family.origin).map(noticed).into_iter().flatten());
    }
}
