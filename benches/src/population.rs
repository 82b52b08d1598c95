//! A seeded population in three registers, for linkage at size: families of one to six in villages and districts, twins,
//! names of one to three words drawn with a steep frequency, and the damage registers show. Every identifier is synthetic
//! (serials from 9001).

use crate::Random;
use bansos::household::FamilyRecord;
use bansos::person::{PersonRecord, Relation, Sex};
use bansos::region::{RegionCode, Residence};
use bansos::source::{Identifier, Origin, Source};
use bansos::{Date, FamilyCard, Nik, Text};
use std::collections::HashMap;
use std::sync::Arc;

/// Registers, and the true person of every person row.
#[derive(Debug, Default)]
pub struct Population {
    /// Rows that stand for persons.
    pub persons: Vec<PersonRecord>,
    /// Rows that describe families.
    pub families: Vec<FamilyRecord>,
    /// The true person of each person row.
    pub truth: Vec<u32>,
    /// True persons.
    pub people: u32,
}

struct Member {
    id: u32,
    nik: u64,
    name: String,
    sex: Sex,
    birth: Date,
    mother: String,
    relation: Relation,
}

struct Maker {
    dice: Random,
    words: Vec<String>,
    serials: HashMap<u64, u64>,
    texts: HashMap<String, Text>,
    villages: u64,
    heap: u64,
    rows: [u32; 3],
}

/// Makes a population of so many families. `heap_permille` of the rows' birth dates fall on 1 January 1970, as a broken
/// import leaves them.
pub fn population(families: u32, heap_permille: u64, seed: u64) -> Population {
    let mut maker = Maker::new(u64::from(families), heap_permille, seed);
    let mut out = Population::default();
    for f in 0..families {
        maker.family(f, &mut out);
    }
    out
}

const SYLLABLES: [&str; 20] = [
    "SU", "MAR", "TI", "NI", "WA", "HAR", "TO", "SRI", "BAM", "DI", "YAN", "KAR", "NGA", "LES", "RA", "MUL", "JO",
    "KO", "AGU", "SA",
];

impl Maker {
    fn new(families: u64, heap: u64, seed: u64) -> Self {
        let mut dice = Random::new(seed);
        let words = (0..900)
            .map(|_| (0..2 + dice.below(2)).map(|_| SYLLABLES[dice.below(20) as usize]).collect::<String>())
            .collect();
        Self {
            dice,
            words,
            serials: HashMap::new(),
            texts: HashMap::new(),
            villages: (families / 170).max(20),
            heap,
            rows: [0; 3],
        }
    }

    fn chance(&mut self, permille: u64) -> bool {
        self.dice.below(1000) < permille
    }

    fn text(&mut self, s: String) -> Text {
        if self.texts.len() > 1_000_000 {
            self.texts.clear();
        }
        self.texts.entry(s).or_insert_with_key(|s| s.as_str().into()).clone()
    }

    fn name(&mut self) -> String {
        let n = [1, 2, 2, 2, 3, 3][self.dice.below(6) as usize];
        let words: Vec<String> = (0..n)
            .map(|_| {
                // squared: some words are in many names
                let z = self.dice.below(30_000);
                self.words[(z * z / 1_000_000) as usize].clone()
            })
            .collect();
        words.join(" ")
    }

    fn member(&mut self, place: u64, district: u64, id: u32, mother: Option<&str>, twin_of: Option<Date>) -> Member {
        let relation = match place {
            0 => Relation::Head,
            1 => Relation::Spouse,
            _ => Relation::Child,
        };
        let sex = if place == 0 || (place > 1 && self.chance(500)) { Sex::Male } else { Sex::Female };
        let year = if place < 2 { 1955 + self.dice.below(45) } else { 1998 + self.dice.below(26) };
        let (month, day) = (1 + self.dice.below(12), 1 + self.dice.below(28));
        let birth = twin_of.unwrap_or(Date::constant(year as i16, month as i8, day as i8));
        let home = if self.chance(800) { district } else { self.district() };
        let written = birth.day() as u64 + if sex == Sex::Female { 40 } else { 0 };
        let stem = home * 10_000_000_000
            + written * 100_000_000
            + birth.month() as u64 * 1_000_000
            + birth.year() as u64 % 100 * 10_000;
        let serial = self.serials.entry(stem).or_default();
        *serial += 1;
        let nik = stem + 9_000 + *serial;
        let mother = mother.map_or_else(|| self.name(), str::to_owned);
        Member { id, nik, name: self.name(), sex, birth, mother, relation }
    }

    fn district(&mut self) -> u64 {
        350_801 + self.dice.below((self.villages / 20).max(1))
    }

    fn family(&mut self, f: u32, out: &mut Population) {
        let village = self.dice.below(self.villages);
        let district = 350_801 + village / 20;
        let code = district * 10_000 + 2_001 + village % 20;
        let card = district * 10_000_000_000
            + (1 + self.dice.below(28)) * 100_000_000
            + (1 + self.dice.below(12)) * 1_000_000
            + (5 + self.dice.below(20)) * 10_000
            + 9_001
            + self.dice.below(900);
        let size = [1, 2, 3, 3, 4, 4, 5, 6][self.dice.below(8) as usize];
        let twins = size >= 4 && self.chance(20);
        let mut members: Vec<Member> = Vec::new();
        for i in 0..size {
            let mother = if i >= 2 { members.get(1).map(|m| m.name.clone()) } else { None };
            let twin_of = if twins && i == 3 { members.get(2).map(|m| m.birth) } else { None };
            members.push(self.member(i, district, out.people, mother.as_deref(), twin_of));
            out.people += 1;
        }
        for (s, source, share) in [(0, Source::Dtks, 450), (1, Source::P3ke, 750), (2, Source::Regsosek, 950)] {
            if self.chance(share) {
                self.listing(f, s, source, code, card, &members, out);
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one call, each value plain")]
    fn listing(
        &mut self,
        f: u32,
        s: usize,
        source: Source,
        code: u64,
        card: u64,
        members: &[Member],
        out: &mut Population,
    ) {
        let named = source != Source::Regsosek;
        let residence = Arc::new(Residence {
            region: if source == Source::Dtks { None } else { RegionCode::kemendagri(code) },
            district_name: named.then(|| self.text(format!("KECAMATAN {}", code / 10_000))),
            village_name: named.then(|| self.text(format!("DESA {code}"))),
            address: named.then(|| self.text(format!("DUSUN {} RT {}", f % 7, f % 11))),
            ..Residence::default()
        });
        let key = self.text(format!("{}{f}", source.word()));
        if source == Source::Regsosek {
            let mut family = FamilyRecord::blank(Origin { source, file: 3, row: f + 1 });
            family.family_key = Some(key.clone());
            family.family_card = FamilyCard::from_u64(card).into();
            family.residence = residence.clone();
            out.families.push(family);
        }
        for m in members.iter().filter(|m| source != Source::P3ke || m.relation == Relation::Head) {
            for _ in 0..1 + u32::from(self.chance(5)) {
                self.rows[s] += 1;
                let mut p = PersonRecord::blank(Origin { source, file: s as u16, row: self.rows[s] });
                p.family_key = Some(key.clone());
                p.residence = residence.clone();
                p.relation = Some(m.relation);
                self.damage(&mut p, m, (source != Source::P3ke).then_some(card));
                out.persons.push(p);
                out.truth.push(m.id);
            }
        }
    }

    fn damage(&mut self, p: &mut PersonRecord, m: &Member, card: Option<u64>) {
        if self.chance(960) {
            p.family_card = card.and_then(FamilyCard::from_u64).into();
        }
        match self.dice.below(100) {
            0..=3 => {}
            4 => p.nik = Nik::from_u64(m.nik / 10 * 10).into(),
            5..=6 => {
                let (first, rest) = (m.nik / 1_000_000_000_000_000, m.nik / 10_000_000_000 % 100_000);
                p.nik = Identifier::from_cell(&format!("{first}.{rest:05}E+15"));
            }
            7 => p.nik = Nik::from_u64(m.nik + 10u64.pow(self.dice.below(15) as u32)).into(),
            _ => p.nik = Nik::from_u64(m.nik).into(),
        }
        let name = if self.chance(180) { self.worn(&m.name) } else { m.name.clone() };
        p.name = Some(self.text(name));
        p.sex = Some(if self.chance(7) { if m.sex == Sex::Male { Sex::Female } else { Sex::Male } } else { m.sex });
        let (y, mo, d) = (m.birth.year(), m.birth.month(), m.birth.day());
        p.birth_date = match self.dice.below(100) {
            0 => None,
            1..=2 => Date::new(y, 1, 1).ok(),
            3 if d <= 12 => Date::new(y, d, mo).ok(),
            4 => Date::new(y - 1, mo, d).ok(),
            _ => Some(m.birth),
        };
        if self.chance(self.heap) {
            p.birth_date = Some(Date::constant(1970, 1, 1));
        }
        if p.origin.source != Source::P3ke && self.chance(750) {
            let mother = if self.chance(100) { self.worn(&m.mother) } else { m.mother.clone() };
            p.mother_name = Some(self.text(mother));
        }
    }

    fn worn(&mut self, name: &str) -> String {
        let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        let at = self.dice.below(words.len() as u64) as usize;
        match self.dice.below(12) {
            0..=5 => words[at] = self.typo(&words[at].clone()),
            6 if words.len() > 1 => drop(words.pop()),
            7 => words.reverse(),
            8 => return words.concat(),
            9 => words.insert(0, "H.".to_owned()),
            _ => words[at] = words[at].replace('U', "OE"),
        }
        words.join(" ")
    }

    fn typo(&mut self, word: &str) -> String {
        let mut b: Vec<u8> = word.bytes().collect();
        if b.len() < 3 {
            return word.to_owned();
        }
        let i = 1 + self.dice.below(b.len() as u64 - 2) as usize;
        match self.dice.below(4) {
            0 => b.swap(i, i - 1),
            1 => drop(b.remove(i)),
            2 => b.insert(i, b[i]),
            _ => b[i] = b'A' + self.dice.below(26) as u8,
        }
        String::from_utf8_lossy(&b).into_owned()
    }
}
