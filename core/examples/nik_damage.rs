//! What becomes of a damaged NIK: seeded, synthetic, with and without declared facts.
//!
//! `cargo run --release -p bansos --example nik_damage`
//!
//! Columns: *seen*: the cell is not taken for a sound number, or it disagrees with the declared birth date or sex. *restored*: the
//! right number by lossless steps. *proposed*: one candidate singled out, and it is the right one; *wrong*: it is another one.
//! *list*: the right number is among the candidates.
#![allow(clippy::print_stdout, reason = "a program whose result is a table")]

use bansos::nik::repair::{Evidence, RepairOutcome, repair};
use bansos::nik::{DateAgreement, Declared};
use bansos::plumbing::Random;
use bansos::region::{self, Level, RegionCode, Status};
use bansos::{Date, Nik, Sex, date};

const PEOPLE: u64 = 10_000;
const AS_OF: Date = Date::constant(2026, 11, 21);

struct Person {
    nik: Nik,
    birth_date: Date,
    sex: Sex,
    /// Where the person lives: four of five still in the regency of the NIK.
    home: Option<RegionCode>,
}

fn person(random: &mut Random, districts: &[RegionCode]) -> Option<Person> {
    let pick = |random: &mut Random| districts.get(random.below(districts.len() as u64) as usize).copied();
    let district = pick(random)?;
    // 1940 to 2025
    let birth_date = date::from_epoch_days(-10_957 + random.below(31_412) as i32)?;
    let sex = if random.below(2) == 0 { Sex::Male } else { Sex::Female };
    let day = birth_date.day() as u64 + if sex == Sex::Female { 40 } else { 0 };
    let (month, year) = (birth_date.month() as u64, birth_date.year() as u64 % 100);
    let number =
        ((district.number() * 100 + day) * 100 + month) * 1_000_000 + year * 10_000 + 9_000 + random.below(1_000);
    let home = if random.below(5) == 0 { pick(random)? } else { district };
    Some(Person { nik: Nik::from_u64(number)?, birth_date, sex, home: home.at(Level::Regency) })
}

/// A kind of damage: its name and what it makes of the sixteen digits.
type Damage = (&'static str, fn(&str, &mut Random) -> String);

const DAMAGES: [Damage; 11] = [
    ("one digit wrong", |text, random| {
        let (place, by) = (random.below(16) as usize, 1 + random.below(9) as u8);
        let one = |(i, b): (usize, u8)| char::from(if i == place { b'0' + (b - b'0' + by) % 10 } else { b });
        text.bytes().enumerate().map(one).collect()
    }),
    ("neighbours swapped", |text, random| {
        let mut all = text.as_bytes().to_vec();
        let unlike: Vec<usize> =
            all.windows(2).enumerate().filter(|(_, w)| w.first() != w.last()).map(|(i, _)| i).collect();
        if let Some(place) = unlike.get(random.below(unlike.len().max(1) as u64) as usize) {
            all.swap(*place, place + 1);
        }
        all.into_iter().map(char::from).collect()
    }),
    ("one digit missing", |text, random| {
        let place = random.below(16) as usize;
        text.chars().enumerate().filter(|(i, _)| *i != place).map(|(_, c)| c).collect()
    }),
    ("one digit twice", |text, random| {
        let place = random.below(16) as usize;
        text.chars().enumerate().flat_map(|(i, c)| std::iter::repeat_n(c, if i == place { 2 } else { 1 })).collect()
    }),
    ("last digit became 0", |text, _| text.chars().take(15).chain(['0']).collect()),
    ("scientific, six digits", |text, _| format!("{:.5E}", text.parse::<f64>().unwrap_or(0.0)).replace('E', "E+")),
    ("through a double, .0", |text, _| format!("{:.1}", text.parse::<f64>().unwrap_or(0.0))),
    ("letters for digits", |text, _| text.replace('0', "O").replace('1', "l")),
    ("separators and quote", |text, _| {
        let part = |a, b| text.get(a..b).unwrap_or_default();
        format!("'{}.{}.{}-{}", part(0, 2), part(2, 6), part(6, 12), part(12, 16))
    }),
    ("blanks", |text, _| {
        let part = |a, b| text.get(a..b).unwrap_or_default();
        format!(" {}\u{a0}{} {} {}\u{200b}", part(0, 4), part(4, 8), part(8, 12), part(12, 16))
    }),
    ("full-width digits", |text, _| {
        text.chars().filter_map(|c| char::from_u32(u32::from(c) - 0x30 + 0xff10)).collect()
    }),
];

#[derive(Default)]
struct Tally {
    damaged: u64,
    seen: u64,
    restored: u64,
    proposed: u64,
    wrong: u64,
    listed: u64,
    silent: u64,
}

impl Tally {
    fn count(&mut self, person: &Person, text: &str, evidence: &Evidence) {
        let whole = person.nik.to_digits();
        if text == whole {
            return;
        }
        self.damaged += 1;
        let found = repair(text, evidence, AS_OF);
        let disagrees = |nik: Nik| {
            let seen = nik.examine(&evidence.declared, AS_OF);
            seen.birth_date_agreement.is_some_and(|a| a != DateAgreement::Same) || seen.sex_agrees == Some(false)
        };
        let taken = matches!(found.outcome, RepairOutcome::Clean(_));
        self.seen += u64::from(!taken || found.nik().is_some_and(disagrees));
        self.restored += u64::from(matches!(found.outcome, RepairOutcome::Lossless(nik) if nik == person.nik));
        self.silent += u64::from(matches!(found.outcome, RepairOutcome::Lossless(nik) if nik != person.nik));
        match found.proposal() {
            Some(c) if c.nik == person.nik => self.proposed += 1,
            Some(_) => self.wrong += 1,
            None => {}
        }
        self.listed += u64::from(found.candidates().iter().any(|c| c.nik == person.nik));
    }

    fn row(&self) -> String {
        let share = |n: u64| format!("{:5.1}", n as f64 * 100.0 / self.damaged.max(1) as f64);
        let all = [self.seen, self.restored, self.proposed, self.wrong, self.listed, self.silent].map(share);
        all.join(" | ")
    }
}

fn main() {
    let in_force = |r: &RegionCode| region::status(*r) == Status::Current;
    let districts: Vec<RegionCode> = region::regencies().filter(in_force).flat_map(region::children).collect();
    let mut random = Random::new(20_261_121);
    let people: Vec<Person> = (0..PEOPLE).filter_map(|_| person(&mut random, &districts)).collect();
    println!("{} synthetic people, seed 20261121, reference date {AS_OF}, {}\n", people.len(), region::EDITION.decree);
    println!("| damage | declared | seen % | restored % | proposed % | wrong % | list % | silently other % |");
    println!("|---|---|---:|---:|---:|---:|---:|---:|");
    for (name, damage) in DAMAGES {
        for (level, known) in [(0, "nothing"), (1, "birth date, sex"), (2, "and regency of residence")] {
            // the same damage at every level
            let mut random = Random::new(7);
            let mut tally = Tally::default();
            for person in &people {
                let text = damage(&person.nik.to_digits(), &mut random);
                let declared = Declared {
                    birth_date: (level > 0).then_some(person.birth_date),
                    sex: (level > 0).then_some(person.sex),
                    region: person.home.filter(|_| level > 1),
                    role: None,
                };
                tally.count(person, &text, &Evidence { declared, ..Evidence::default() });
            }
            println!("| {name} | {known} | {} |", tally.row());
        }
    }
}
