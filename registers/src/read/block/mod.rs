//! Families in blocks: above the rows of each stands a line with its card, as desa print it, and no column has it.
//!
//! A card reaches from its line to the next one of a family. A line whose number is none of a card ends the family above all
//! the same, and so does a second head: whoever stands there has no card, and that is said.

mod heading;
mod label;

use super::plan::Plan;
use crate::FileNote;
use crate::layout::TitlePlace;
use bansos::FamilyCard;
use bansos::dedup::Digits;
use bansos::person::{PersonRecord, Relation};
use bansos::region::Residence;
use bansos::source::Field;
use heading::Stated;
use std::sync::Arc;

pub(crate) use heading::card_in;
pub(super) use heading::{Heading, heading};

/// No family of one card is so large; what stands below such a line is a list.
const MOST: usize = 30;

/// A family's line, put together from all that stands above its first row.
#[derive(Default)]
struct Block {
    card: Stated,
    head: bool,
    form: bool,
    address: String,
    place: TitlePlace,
    /// Its rows, by their places in the list.
    rows: std::ops::Range<usize>,
    /// From the second head on: whose they are nothing says.
    beyond: std::ops::Range<usize>,
    /// A row has another card of its own.
    mixed: bool,
}

/// How many rows were given a card, and how many stand below a line whose number is none.
#[derive(Default)]
pub(super) struct Given {
    rows: u32,
    without: u32,
}

impl Given {
    pub(super) fn notes(&self) -> impl Iterator<Item = FileNote> {
        let given = (self.rows > 0).then_some(FileNote::CardAbove { rows: self.rows });
        let without = (self.without > 0).then_some(FileNote::CardAboveUnreadable { rows: self.without });
        given.into_iter().chain(without)
    }
}

/// Gives the rows of one file the cards, the places and the addresses that stand above them. Rows and lines are in order.
pub(super) fn give(persons: &mut [PersonRecord], lines: &[Heading], plan: &Plan<'_>) -> Given {
    let mut given = Given::default();
    if !lines.iter().any(Heading::states_card) {
        return given;
    }
    // a spreadsheet that dropped the last digit of all numbers dropped it of these
    let mut floats = lines.iter().filter(|line| line.float).filter_map(number).peekable();
    let cut = floats.peek().is_some() && floats.all(|number| number.is_multiple_of(10));
    let mut blocks: Vec<Block> = Vec::new();
    let (mut lines, mut heads) = (lines.iter().peekable(), 0);
    for (at, person) in persons.iter().enumerate() {
        let mut above = Vec::new();
        while let Some(line) = lines.next_if(|line| line.row < person.origin.row) {
            above.push(line);
        }
        if above.iter().any(|line| line.of_family) {
            blocks.push(Block { rows: at..at, beyond: at..at, ..block(&above, cut, plan) });
            heads = 0;
        }
        if let Some(block) = blocks.last_mut() {
            block.take(at, person, &mut heads);
        }
    }
    for block in &blocks {
        block.give(persons, &mut given);
    }
    given
}

fn number(line: &Heading) -> Option<u64> {
    match &line.card {
        Stated::Number(card) => Digits::card_as_written(card),
        _ => None,
    }
}

/// What the last family of these lines says: one that has no rows stands above it.
fn block(above: &[&Heading], cut: bool, plan: &Plan<'_>) -> Block {
    let mut block = Block::default();
    let mut texts: Vec<Vec<String>> = Vec::new();
    for line in above {
        let states = !matches!(block.card, Stated::Nothing);
        if line.begins || (line.states_card() && states) || (line.head && block.head) {
            (block, texts) = (Block::default(), Vec::new());
        }
        block.form |= line.form;
        block.head |= line.head;
        // `No. 3508…` is a card's below the title of one
        if line.states_card() && (!line.bare || block.form) {
            let lost = cut && line.float && number(line).is_some_and(|number| number.is_multiple_of(10));
            block.card = if lost { Stated::Unreadable } else { line.card.clone() };
        }
        match block.address.as_str() {
            "" => block.address.clone_from(&line.address),
            _ if !line.address.is_empty() => block.address = format!("{} {}", block.address, line.address),
            _ => {}
        }
        texts.push(line.texts.clone());
    }
    let coded = plan.column(Field::RegionCode).is_some() || plan.column(Field::ProvinceCode).is_some();
    let has = |level| coded || Field::from_word(level).is_some_and(|field| plan.column(field).is_some());
    block.place = TitlePlace::above(&texts).without(has);
    block
}

impl Block {
    fn take(&mut self, at: usize, person: &PersonRecord, heads: &mut u32) {
        *heads += u32::from(person.relation == Some(Relation::Head));
        if *heads > 1 {
            self.beyond = self.rows.end..at + 1;
            return;
        }
        self.rows.end = at + 1;
        self.beyond = at + 1..at + 1;
        let (own, above) = (person.family_card.value(), self.number());
        self.mixed |= own.is_some() && own != above;
    }

    fn number(&self) -> Option<FamilyCard> {
        match &self.card {
            Stated::Number(card) => card.value(),
            _ => None,
        }
    }

    fn give(&self, persons: &mut [PersonRecord], given: &mut Given) {
        let open = |p: &&mut PersonRecord| p.family_card.is_missing() && p.family_key.is_none();
        let beyond = persons.get_mut(self.beyond.clone()).unwrap_or_default().iter_mut().filter(open).count();
        given.without += u32::try_from(beyond).unwrap_or(u32::MAX);
        let rows = persons.get_mut(self.rows.clone()).unwrap_or_default();
        self.place(rows);
        let card = match &self.card {
            Stated::Number(card) if !self.mixed && rows.len() <= MOST => Some(card),
            _ => None,
        };
        for person in rows.iter_mut().filter(open) {
            match card {
                Some(card) => {
                    person.family_card = card.clone();
                    given.rows += 1;
                }
                None => given.without += 1,
            }
        }
    }

    /// What the rows have no column of.
    fn place(&self, rows: &mut [PersonRecord]) {
        let mut last: Option<(Arc<Residence>, Arc<Residence>)> = None;
        for person in rows {
            let now = match &last {
                Some((given, now)) if Arc::ptr_eq(given, &person.residence) => now.clone(),
                _ => Arc::new(self.placed(&person.residence)),
            };
            last = Some((std::mem::replace(&mut person.residence, now.clone()), now));
        }
    }

    fn placed(&self, own: &Residence) -> Residence {
        let TitlePlace { province, regency, district, village } = self.place.clone();
        let address =
            (!self.address.is_empty() && !matches!(self.card, Stated::Nothing)).then(|| self.address.as_str().into());
        Residence {
            region: own.region,
            province_name: province.or_else(|| own.province_name.clone()),
            regency_name: regency.or_else(|| own.regency_name.clone()),
            district_name: district.or_else(|| own.district_name.clone()),
            village_name: village.or_else(|| own.village_name.clone()),
            address: own.address.clone().or(address),
        }
    }
}
