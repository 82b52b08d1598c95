//! Members meet their family row: what only the family row knows (residence, No. KK) goes to the members, and the two
//! are checked against each other.

use crate::{ColumnMeaning, FileNote, FileReport, Intake, Kind};
use bansos::dedup::Digits;
use bansos::household::HouseholdFinding;
use bansos::person::{PersonRecord, Relation};
use bansos::source::{Field, Identifier, Noticed, Source};
use bansos::{FamilyCard, Text};
use rustc_hash::{FxHashMap, FxHashSet};

/// Joins the member files to the family files of the same register by the source's own key; a register without family files
/// is checked by itself.
pub(super) fn members(intake: &mut Intake) {
    unknown(intake);
    let families_of = family_files(intake);
    for (members, families) in &families_of {
        join(intake, *members, families);
    }
    let joined = |i: u16| families_of.iter().any(|(members, _)| *members == i);
    let alone: Vec<u16> = (0..)
        .zip(&intake.files)
        .filter(|(i, file)| file.kind == Kind::Persons && !joined(*i))
        .map(|(i, _)| i)
        .collect();
    alone.into_iter().for_each(|file| heads(intake, file));
}

/// Rows of persons that name no family. Of a file without a column for it that is said once; a list of recipients needs none.
fn unknown(intake: &mut Intake) {
    let mut asked: Vec<bool> =
        intake.files.iter().map(|file| file.kind != Kind::Persons || has_families(file)).collect();
    // families by the order of rows, or by a line above them, need no column
    for person in intake.persons.iter().filter(|p| p.family_key.is_some() || !p.family_card.is_missing()) {
        if let Some(asked) = asked.get_mut(usize::from(person.origin.file)) {
            *asked = true;
        }
    }
    for (file, _) in intake.files.iter_mut().zip(&asked).filter(|(file, asked)| !**asked && !file.recipients) {
        file.notes.push(FileNote::NoFamilyColumn);
    }
    for person in &mut intake.persons {
        let asked = asked.get(usize::from(person.origin.file)).copied().unwrap_or(true);
        if asked && person.family_key.is_none() && !Digits::names_a_family(&person.family_card) {
            person.findings.push(Noticed::new(Field::FamilyCard, HouseholdFinding::FamilyUnknown));
        }
    }
}

/// Whether a column of a file says which family a person belongs to.
fn has_families(file: &FileReport) -> bool {
    let says = |field: &Field| matches!(field, Field::FamilyKey | Field::FamilyCard);
    file.columns
        .iter()
        .any(|column| matches!(&column.meaning, ColumnMeaning::Fields(fields) if fields.iter().any(says)))
}

/// Heads of the families of one file; said of a family's first row. Where nobody's relation is known, nothing is said.
fn heads(intake: &mut Intake, file: u16) {
    let start = intake.persons.partition_point(|p| p.origin.file < file);
    let end = intake.persons.partition_point(|p| p.origin.file <= file);
    let Some(persons) = intake.persons.get_mut(start..end) else { return };
    /// The first row, how many heads, and whether any relation is known.
    type Family = (usize, u32, bool);
    let mut families: FxHashMap<Key, Family> = FxHashMap::default();
    let by_person = keys_of_persons(persons);
    for (i, person) in persons.iter().enumerate() {
        // the card only where it is one: a placeholder makes no family
        let own = if by_person { &None } else { &person.family_key };
        let Some(key) = keys(own, &person.family_card).next() else { continue };
        if matches!(key, Key::Card(_)) && Digits::card_as_written(&person.family_card).is_none() {
            continue;
        }
        let family = families.entry(key).or_insert((i, 0, false));
        family.1 += u32::from(person.relation == Some(Relation::Head));
        family.2 |= person.relation.is_some();
    }
    for (first, heads, known) in families.into_values() {
        if known
            && heads != 1
            && let Some(person) = persons.get_mut(first)
        {
            person.findings.push(Noticed::new(Field::Relation, HouseholdFinding::Heads { heads }));
        }
    }
}

/// Whether the keys of a file are each person's own and no family's: none comes twice, and cards do.
fn keys_of_persons(persons: &[PersonRecord]) -> bool {
    let (mut keys, mut cards) = (FxHashSet::default(), FxHashSet::default());
    let once = persons.iter().filter_map(|p| p.family_key.as_ref()).all(|key| keys.insert(key));
    once && !keys.is_empty()
        && !persons.iter().filter_map(|p| Digits::card_as_written(&p.family_card)).all(|card| cards.insert(card))
}

/// Families of a file whose rows stand in the order of families: whoever has no card and no key belongs to the head above. Keys
/// are of this file alone: another village numbers its families from 1 too.
pub(super) fn in_order(persons: &mut [PersonRecord]) {
    let mut family: Option<Text> = None;
    for person in persons {
        let (file, row) = (person.origin.file, person.origin.row);
        if let Some(key) = &person.family_key {
            person.family_key = Some(format!("{file}.{key}").as_str().into());
            family = None;
        } else if !person.family_card.is_missing() {
            family = None;
        } else {
            if person.relation == Some(Relation::Head) {
                family = Some(format!("{file}.urutan {row}").as_str().into());
            }
            person.family_key.clone_from(&family);
        }
    }
}

/// Where the card stands on the row of the head alone, as in a merged cell, it is the members' too: gives it to them and says to how
/// many. Only where that is how the file is written: nearly every row with a card is a head's, and nearly none without.
pub(super) fn card_of_head(persons: &mut [PersonRecord]) -> u32 {
    let is_head = |p: &&PersonRecord| p.relation == Some(Relation::Head);
    let (with, without): (Vec<_>, Vec<_>) = persons.iter().partition(|p| !p.family_card.is_missing());
    let most = |part: usize, all: usize| all > 0 && part * 20 >= all * 19;
    let so_written = persons.iter().all(|p| p.family_key.is_none())
        && persons.first().is_some_and(|p| !p.family_card.is_missing())
        && most(with.iter().copied().filter(is_head).count(), with.len())
        // a family here and there has no card yet: then nobody in it has
        && most(without.iter().filter(|p| p.relation.is_some()).count(), without.len())
        && without.iter().filter(|p| !is_head(p)).count() > 0
        && without.iter().filter(|p| is_head(p)).count() * 2 <= with.len();
    if !so_written {
        return 0;
    }
    let (mut card, mut given) = (Identifier::default(), 0);
    for person in persons {
        if !person.family_card.is_missing() || is_head(&&*person) {
            card = person.family_card.clone();
        } else {
            person.family_card = card.clone();
            given += 1;
        }
    }
    given
}

/// For each file of members that does not say where people live: the family files of its register.
fn family_files(intake: &Intake) -> Vec<(u16, Vec<u16>)> {
    let number = |i: usize| u16::try_from(i).unwrap_or(u16::MAX);
    let files = intake.files.iter().enumerate();
    files
        .clone()
        .filter(|(_, f)| f.kind == Kind::Persons)
        .filter_map(|(i, file)| {
            let families: Vec<u16> = files
                .clone()
                .filter(|(_, f)| f.kind == Kind::Families && f.source == file.source)
                .map(|(k, _)| number(k))
                .collect();
            (!families.is_empty()).then(|| (number(i), families))
        })
        .collect()
}

/// What a family is known by: the source's own key, or its card where the source has no other.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Own(Text),
    Card(FamilyCard),
}

fn keys(own: &Option<Text>, card: &Identifier<FamilyCard>) -> impl Iterator<Item = Key> + use<> {
    let card = if own.is_none() { card.value().map(Key::Card) } else { None };
    own.clone().map(Key::Own).into_iter().chain(card)
}

#[derive(Clone, Copy, Default)]
struct Count {
    members: u32,
    heads: u32,
}

fn join(intake: &mut Intake, members: u16, families: &[u16]) {
    let start = intake.persons.partition_point(|p| p.origin.file < members);
    let end = intake.persons.partition_point(|p| p.origin.file <= members);
    let family_file = match families {
        [only] => *only,
        several => nearest(intake, start..end, several),
    };
    let first = intake.families.partition_point(|f| f.origin.file < family_file);
    let last = intake.families.partition_point(|f| f.origin.file <= family_file);
    let (Some(persons), Some(families)) = (intake.persons.get_mut(start..end), intake.families.get_mut(first..last))
    else {
        return;
    };
    let mut by_key: FxHashMap<Key, usize> = FxHashMap::default();
    by_key.reserve(families.len());
    for (i, family) in families.iter().enumerate() {
        // the first row of a doubled key has it; the other is found by its family card later on
        for key in keys(&family.family_key, &family.family_card) {
            by_key.entry(key).or_insert(i);
        }
    }
    let mut counts = vec![Count::default(); families.len()];
    for person in persons.iter_mut() {
        let place = keys(&person.family_key, &person.family_card).find_map(|key| by_key.get(&key).copied());
        let (Some(place), Some(family)) = (place, place.and_then(|i| families.get(i))) else {
            person.findings.push(Noticed::new(Field::FamilyKey, HouseholdFinding::FamilyMissing));
            continue;
        };
        if family.family_key.is_some() {
            person.family_key.clone_from(&family.family_key); // one text for the family
        }
        if person.family_card.is_missing() {
            person.family_card = family.family_card.clone();
        }
        let no_place = person.residence.region.is_none() && person.residence.village_name.is_none();
        // members of DTSEN have the place of their papers
        let of_papers = person.origin.source == Source::Dtsen && family.residence.village_name.is_some();
        if no_place || of_papers {
            person.residence = family.residence.clone();
        }
        if let Some(count) = counts.get_mut(place) {
            count.members += 1;
            count.heads += u32::from(person.relation == Some(Relation::Head));
        }
    }
    for (family, count) in families.iter_mut().zip(counts) {
        if let Some(stated) = family.size
            && stated != count.members
        {
            let finding = HouseholdFinding::SizeDiffers { stated, listed: count.members };
            family.findings.push(Noticed::new(Field::Size, finding));
        }
        if count.heads != 1 && count.members > 0 {
            family.findings.push(Noticed::new(Field::Relation, HouseholdFinding::Heads { heads: count.heads }));
        }
    }
}

/// Of several family files, the one whose heads have the names that the members' heads have: keys like R0001 start anew
/// in every kabupaten.
fn nearest(intake: &Intake, members: std::ops::Range<usize>, families: &[u16]) -> u16 {
    let mut heads: FxHashMap<(&str, &str), ()> = FxHashMap::default();
    for person in intake.persons.get(members).unwrap_or_default() {
        if let (Some(Relation::Head), Some(key), Some(name)) = (person.relation, &person.family_key, &person.name) {
            heads.insert((key, name), ());
        }
    }
    let agree = |file: u16| {
        let own = intake.families.iter().filter(|f| f.origin.file == file);
        own.filter(|f| match (&f.family_key, &f.head_name) {
            (Some(key), Some(name)) => heads.contains_key(&(&**key, &**name)),
            _ => false,
        })
        .count()
    };
    // the first wins a draw
    families.iter().copied().rev().max_by_key(|f| agree(*f)).unwrap_or_default()
}
