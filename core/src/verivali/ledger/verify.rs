//! Whether a ledger is whole: every hash, every chain, every mark.

use super::super::{Digest, Event, Link, PlainName};
use super::Mark;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

codes! {
    /// What is wrong with a ledger. An error is damage; a warning is worth knowing and damages nothing.
    pub enum Fault {
        /// The content does not have the hash that it claims.
        Altered { place: u64 } = "ledger.altered", Error,
            id: "peristiwa ke-{place}: isinya telah diubah, tidak cocok dengan hash-nya",
            en: "event {place}: its content was changed, it does not have its hash";
        /// The event before it in its chain is gone, or is damaged itself.
        PreviousMissing { place: u64, number: u64 } = "ledger.previous_missing", Error,
            id: "peristiwa ke-{place} (nomor {number}): pendahulunya hilang atau rusak",
            en: "event {place} (number {number}): the event before it is missing or damaged";
        /// The number does not follow that of the event before it.
        WrongNumber { place: u64, number: u64 } = "ledger.wrong_number", Error,
            id: "peristiwa ke-{place}: nomor {number} tidak menyambung pendahulunya",
            en: "event {place}: number {number} does not follow the event before it";
        /// It stands before the event that it follows.
        Reordered { place: u64, number: u64 } = "ledger.reordered", Error,
            id: "peristiwa ke-{place} (nomor {number}) berdiri di depan pendahulunya: urutan berkas telah diubah",
            en: "event {place} (number {number}) stands before the one it follows: the order of the file was changed";
        /// The same event stands there twice.
        Doubled { place: u64 } = "ledger.doubled", Warning,
            id: "peristiwa ke-{place} sudah ada sebelumnya",
            en: "event {place} is there already";
        /// Two events follow the same one: a ledger was copied and both copies went on, or an end was cut off and rewritten.
        Forked { place: u64, number: u64 } = "ledger.forked", Warning,
            id: "peristiwa ke-{place}: ada dua peristiwa nomor {number} dalam satu buku; buku ini pernah disalin lalu keduanya diteruskan",
            en: "event {place}: one ledger has two events number {number}; it was copied and both copies went on";
        /// Its number in the subject's story does not fit what it follows there.
        WrongSequence { place: u64 } = "ledger.wrong_sequence", Warning,
            id: "peristiwa ke-{place}: urutannya dalam riwayat subjek tidak cocok",
            en: "event {place}: its place in the story of its subject does not fit";
        /// It knew an event of its subject that is not here: another ledger has yet to be merged.
        AfterMissing { place: u64 } = "ledger.after_missing", Warning,
            id: "peristiwa ke-{place} melanjutkan peristiwa yang tidak ada di sini; buku lain belum digabungkan",
            en: "event {place} goes on from one that is not here; another ledger has yet to be merged";
        /// The chain does not reach a mark.
        Truncated { origin: String, expected: u64, found: u64 } = "ledger.truncated", Error,
            id: "buku {origin} berhenti di nomor {found}, seharusnya sampai {expected}: ujungnya terpotong",
            en: "the ledger {origin} ends at number {found} and should reach {expected}: its end was cut off";
        /// At the number of a mark stands another event.
        MarkDiffers { origin: String, number: u64 } = "ledger.mark_differs", Error,
            id: "buku {origin} nomor {number} bukan peristiwa yang dicatat pada tanda ujungnya: isinya ditulis ulang",
            en: "number {number} of the ledger {origin} is not the event of its mark: it was rewritten";
        /// A mark stands beside the ledger and cannot be read: whether an end was cut off cannot be said.
        MarkUnreadable = "ledger.mark_unreadable", Error,
            id: "tanda ujung buku ini tidak dapat dibaca, jadi tidak diketahui apakah ujungnya terpotong",
            en: "the mark of this ledger cannot be read, so whether its end was cut off is not known";
        /// No mark of this origin stands beside the ledger.
        NoMark { origin: String } = "ledger.no_mark", Warning,
            id: "buku {origin} tidak disertai tanda ujung; ujung yang terpotong tidak akan terlihat",
            en: "there is no mark of the ledger {origin}; an end that was cut off would not be seen";
        /// A database keeps copies of an event's fields in columns, and they say something else than the event.
        RowDiffers { place: u64, columns: String } = "ledger.row_differs", Error,
            id: "peristiwa ke-{place}: kolom {columns} tidak sama dengan isi peristiwanya; basis data diubah",
            en: "event {place}: the columns {columns} say something else than the event; the database was changed";
    }
}

/// What [`verify`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Soundness {
    /// For each event in the order given, whether its content, and every event before it in its chain, is whole.
    pub sound: Vec<bool>,
    /// What is wrong, in order of the events; marks last.
    pub faults: Vec<Fault>,
    /// The ends of each chain's sound part: one, or where the chain forks, one of each branch.
    pub marks: Vec<Mark>,
}

impl Soundness {
    /// Whether nothing is damaged. Warnings may be there.
    pub fn is_whole(&self) -> bool {
        use crate::message::Coded;
        self.faults.iter().all(|f| f.severity() < crate::Severity::Error)
    }
}

impl Link {
    /// Whether this is the place that a mark names.
    fn is_at(&self, mark: &Mark) -> bool {
        (&self.origin, self.number) == (&mark.origin, mark.number)
    }
}

/// Checks events in the order in which they stand in their file, against the marks that are known.
pub fn verify(events: &[Event], marks: &[Mark]) -> Soundness {
    let intact: Vec<bool> = events.iter().map(Event::is_intact).collect();
    verify_hashed(events, &intact, marks)
}

/// As [`verify`], where the hashes were checked already (in parallel, or while reading).
pub fn verify_hashed(events: &[Event], intact: &[bool], marks: &[Mark]) -> Soundness {
    let mut check = Check { events, at: FxHashMap::default(), sound: vec![false; events.len()], faults: Vec::new() };
    check.index(intact);
    check.chains(intact);
    check.subjects(intact);
    check.finish(marks)
}

struct Check<'a> {
    events: &'a [Event],
    /// Place of each intact event, the first where it is doubled.
    at: FxHashMap<Digest, usize>,
    sound: Vec<bool>,
    /// With the place they are told at.
    faults: Vec<(u64, Fault)>,
}

impl Check<'_> {
    fn fault(&mut self, place: usize, fault: impl FnOnce(u64) -> Fault) {
        let place = place as u64 + 1;
        self.faults.push((place, fault(place)));
    }

    fn index(&mut self, intact: &[bool]) {
        self.at.reserve(self.events.len());
        for (i, (event, intact)) in self.events.iter().zip(intact).enumerate() {
            if !intact {
                self.fault(i, |place| Fault::Altered { place });
            } else if *self.at.entry(event.hash()).or_insert(i) != i {
                self.fault(i, |place| Fault::Doubled { place });
            }
        }
    }

    fn chains(&mut self, intact: &[bool]) {
        // an event's number is greater than that of the one before it, so by number each is judged after what it follows
        let mut order: Vec<(u64, usize)> = self.events.iter().enumerate().map(|(i, e)| (e.link.number, i)).collect();
        order.sort_unstable();
        let mut numbers: FxHashSet<(&PlainName, u64)> = FxHashSet::default();
        numbers.reserve(self.events.len());
        for (number, i) in order {
            let (Some(event), Some(true)) = (self.events.get(i), intact.get(i)) else { continue };
            let first = self.at.get(&event.hash()).copied();
            if first != Some(i) {
                // a copy is as sound as what it copies
                let sound = first.and_then(|f| self.sound.get(f)).copied().unwrap_or(false);
                self.mark(i, sound);
                continue;
            }
            let sound = match event.link.previous {
                None => {
                    if number != 1 {
                        self.fault(i, |place| Fault::WrongNumber { place, number });
                    }
                    number == 1
                }
                Some(previous) => self.follows(i, event, previous),
            };
            self.mark(i, sound);
            if sound && !numbers.insert((&event.link.origin, number)) {
                self.fault(i, |place| Fault::Forked { place, number });
            }
        }
    }

    fn follows(&mut self, i: usize, event: &Event, previous: Digest) -> bool {
        let number = event.link.number;
        let before = self.at.get(&previous).copied();
        let fits = before
            .and_then(|b| self.events.get(b))
            .map(|b| b.link.origin == event.link.origin && b.link.number.checked_add(1) == Some(number));
        let sound = before.is_some_and(|b| self.sound.get(b) == Some(&true));
        match (before, fits) {
            (Some(_), Some(false)) => self.fault(i, |place| Fault::WrongNumber { place, number }),
            (Some(b), Some(true)) if sound && b > i => self.fault(i, |place| Fault::Reordered { place, number }),
            (Some(_), Some(true)) if sound => {}
            _ => self.fault(i, |place| Fault::PreviousMissing { place, number }),
        }
        sound && fits == Some(true)
    }

    fn mark(&mut self, i: usize, sound: bool) {
        if let Some(s) = self.sound.get_mut(i) {
            *s = sound;
        }
    }

    fn subjects(&mut self, intact: &[bool]) {
        for (i, event) in self.events.iter().enumerate().filter(|(i, _)| intact.get(*i) == Some(&true)) {
            let known: Vec<Option<&Event>> =
                event.link.after.iter().map(|a| self.at.get(a).and_then(|at| self.events.get(*at))).collect();
            if known.iter().any(Option::is_none) {
                self.fault(i, |place| Fault::AfterMissing { place });
                continue;
            }
            let greatest = known.iter().flatten().map(|e| e.link.sequence).max().unwrap_or(0);
            let own = known.iter().flatten().all(|e| e.entry.subject == event.entry.subject);
            if !own || event.link.sequence != greatest.saturating_add(1) {
                self.fault(i, |place| Fault::WrongSequence { place });
            }
        }
    }

    /// The sound events that no other sound one follows.
    fn ends(&self) -> BTreeSet<Mark> {
        let sound = || self.events.iter().zip(&self.sound).filter(|(_, sound)| **sound).map(|(event, _)| event);
        let followed: FxHashSet<Digest> = sound().filter_map(|e| e.link.previous).collect();
        let ends = sound().filter(|e| !followed.contains(&e.hash()));
        ends.map(|e| Mark { origin: e.link.origin.clone(), number: e.link.number, hash: e.hash() }).collect()
    }

    fn finish(mut self, marks: &[Mark]) -> Soundness {
        let ends = self.ends();
        let last = self.events.len() as u64 + 1;
        for mark in marks {
            let there = self.at.get(&mark.hash).filter(|at| self.sound.get(**at) == Some(&true));
            let there = there.and_then(|at| self.events.get(*at)).is_some_and(|e| e.link.is_at(mark));
            let found = ends.iter().filter(|m| m.origin == mark.origin).map(|m| m.number).max().unwrap_or(0);
            let origin = mark.origin.as_str().to_owned();
            if !there && found < mark.number {
                self.faults.push((last, Fault::Truncated { origin, expected: mark.number, found }));
            } else if !there {
                self.faults.push((last, Fault::MarkDiffers { origin, number: mark.number }));
            }
        }
        self.faults.sort_by_key(|(place, _)| *place);
        let marks = ends.into_iter().collect();
        Soundness { faults: self.faults.into_iter().map(|(_, f)| f).collect(), sound: self.sound, marks }
    }
}
