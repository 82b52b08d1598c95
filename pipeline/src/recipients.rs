//! Lists of recipients held against the registers: who is in none of them, who is dead, and two of one programme in a family.

use crate::choices::choices;
use crate::people::People;
use bansos::kpm::KpmFinding;
use bansos::person::Presence;
use bansos::programme::ids;
use bansos::source::{Field, Noticed, Received};
use bansos_linkage::register::Linkage;
use bansos_registers::Intake;
use rustc_hash::{FxHashMap, FxHashSet};

/// Notes what is found on the rows of the lists.
pub(crate) fn check(intake: &mut Intake, linkage: &Linkage, people: &People) {
    let layouts = &choices().recipient_lists.names;
    let lists: Vec<bool> = intake.files.iter().map(|file| layouts.contains(&file.layout)).collect();
    let in_list = |file: u16| lists.get(usize::from(file)).copied().unwrap_or(false);
    if !lists.contains(&true) {
        return;
    }
    let registered: FxHashSet<u32> = (intake.persons.iter().zip(&linkage.persons))
        .filter(|(row, _)| !in_list(row.origin.file))
        .map(|(_, person)| *person)
        .collect();
    let mut paid: FxHashMap<(u32, &'static str), FxHashSet<u32>> = FxHashMap::default();
    let rows = || intake.persons.iter().zip(&linkage.persons).filter(|(row, _)| in_list(row.origin.file));
    for (row, person) in rows() {
        let Some(family) = people.family_of(*person) else { continue };
        for programme in programmes(&row.receives) {
            paid.entry((family, programme)).or_default().insert(*person);
        }
    }
    let mut found: Vec<(usize, KpmFinding)> = Vec::new();
    for (at, (row, person)) in intake.persons.iter().zip(&linkage.persons).enumerate() {
        if !in_list(row.origin.file) {
            continue;
        }
        // a list alone is held against nothing
        if !registered.is_empty() && !registered.contains(person) {
            found.push((at, KpmFinding::RecipientUnregistered));
        }
        let presence = people.persons().get(*person as usize).and_then(|p| p.presence.as_ref());
        if presence.is_some_and(|kept| kept.value == Presence::Dead) {
            found.push((at, KpmFinding::RecipientDead));
        }
        let Some(family) = people.family_of(*person) else { continue };
        for programme in programmes(&row.receives) {
            if paid.get(&(family, programme)).is_some_and(|persons| persons.len() > 1) {
                found.push((at, KpmFinding::RecipientTwice { programme }));
            }
        }
    }
    for (at, finding) in found {
        if let Some(row) = intake.persons.get_mut(at) {
            row.findings.push(Noticed::new(Field::Nik, finding));
        }
    }
}

/// The programmes that a row says are received.
fn programmes(receives: &Received) -> impl Iterator<Item = &'static str> + use<> {
    let all = [(receives.pkh, ids::PKH), (receives.sembako, ids::SEMBAKO), (receives.bst, ids::BST)];
    all.into_iter().filter(|(received, _)| *received == Some(true)).map(|(_, programme)| programme)
}
