//! What the cells of a column are, whatever stands over it.

use super::super::Layout;
use super::super::model::general;
use super::mask::masked;
use super::reason::GuessReason;
use crate::Kind;
use crate::read::{born, words};
use bansos::Date;
use bansos::date::{DateFinding, read};
use bansos::nik::{Class, Nik};
use bansos::region::{Level, RegionCode, Scheme, Status, search, status};
use bansos::source::{CodeList, Field, Received};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// The latest day that is looked at as a day of birth: whether a number is a NIK does not change by the year.
const TODAY: Date = Date::constant(2026, 12, 31);

/// Different cells that are kept to be looked up as names of places.
const PLACES: usize = 30;

/// Samples that are shown.
const SAMPLES: usize = 3;

/// How well the cells of a column fit a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// Hardly anything else looks so.
    Strong,
    /// They may well be that.
    Fits,
    /// They say nothing.
    Silent,
    Against,
}

impl Fit {
    pub(super) const fn points(self) -> i32 {
        match self {
            Self::Strong => 5,
            Self::Fits => 2,
            Self::Silent => 0,
            Self::Against => -6,
        }
    }
}

/// Counts over the cells that are not empty.
#[derive(Default)]
pub(super) struct Cells {
    all: u32,
    sixteen: u32,
    nik: u32,
    women: u32,
    /// Whose date is of this century: that of a card is the day it was issued.
    young: u32,
    dates: u32,
    days: u32,
    born: u32,
    deciles: u32,
    money: u32,
    small: u32,
    names: u32,
    words: u32,
    address: u32,
    rt_rw: u32,
    codes: u32,
    programmes: u32,
    ascending: u32,
    last: Option<u64>,
    different: FxHashSet<String>,
    listed: FxHashMap<&'static str, u32>,
    samples: Vec<String>,
}

impl Cells {
    pub(super) fn take(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() || bansos::text::is_empty_like(text) && !text.contains('0') {
            return;
        }
        self.all += 1;
        if self.different.insert(text.to_owned()) && self.samples.len() < SAMPLES {
            self.samples.push(masked(text));
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let letters = text.chars().any(char::is_alphabetic);
        if digits.len() == 16 && !letters {
            self.number(&digits);
        } else {
            self.short(text, &digits, letters);
        }
        if letters || digits.len() <= 2 {
            for (word, list) in lists() {
                *self.listed.entry(word).or_default() += u32::from(list.place(text).is_some());
            }
        }
    }

    fn number(&mut self, digits: &str) {
        self.sixteen += 1;
        let Some(nik) = digits.parse().ok().and_then(Nik::from_u64) else { return };
        if !Class::from_nik(nik, TODAY).is_valid() {
            return;
        }
        self.nik += 1;
        let day = digits.get(6..8).and_then(|day| day.parse::<u8>().ok()).unwrap_or(0);
        self.women += u32::from(day > 40);
        let year = digits.get(10..12).and_then(|year| year.parse::<u8>().ok()).unwrap_or(0);
        self.young += u32::from(i16::from(year) <= TODAY.year() % 100);
    }

    fn short(&mut self, text: &str, digits: &str, letters: bool) {
        let date = read(text);
        let day_number = date.finding == Some(DateFinding::ExcelSerial);
        self.dates += u32::from(date.date.is_some() && !day_number);
        self.days += u32::from(date.date.is_some() && day_number);
        let (place, rest) = born::split(text);
        self.born += u32::from(!place.is_empty() && read(rest).date.is_some());
        let number = digits.parse::<u64>().ok().filter(|_| !letters && digits.len() == text.len());
        if let Some(number) = number {
            self.small += u32::from(number <= 200);
            self.ascending += u32::from(self.last.is_none_or(|last| number == last + 1));
            self.last = Some(number);
        }
        self.deciles += u32::from(matches!(words::decile(text), Some(Ok(1..=10))));
        let rupiah = text.to_uppercase().starts_with("RP");
        self.money += u32::from(rupiah || (!letters && digits.len() >= 5 && digits.ends_with("00")));
        self.code(text);
        self.rt_rw += u32::from(text.split_once('/').is_some_and(|(rt, rw)| short_number(rt) && short_number(rw)));
        self.programmes += u32::from(words::programmes(text) != Received::default());
        self.words_of(text, digits);
    }

    fn code(&mut self, text: &str) {
        let known = RegionCode::from_cell(Scheme::Kemendagri, text).is_ok_and(|code| {
            code.level() >= Level::District
                && !matches!(status(code), Status::UnknownDistrict | Status::UnknownRegency | Status::UnknownProvince)
        });
        self.codes += u32::from(known);
    }

    fn words_of(&mut self, text: &str, digits: &str) {
        let plain = |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '.' | ',' | '\'' | '-' | '`');
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let upper = text.to_uppercase();
        let mut words = upper.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let of_address = |word: &str| {
            matches!(
                word,
                "JL" | "JLN"
                    | "JALAN"
                    | "DUSUN"
                    | "DSN"
                    | "GANG"
                    | "GG"
                    | "RT"
                    | "RW"
                    | "BLOK"
                    | "PERUM"
                    | "KP"
                    | "KAMPUNG"
                    | "NO"
            )
        };
        self.address += u32::from(letters > 1 && words.any(of_address));
        if letters >= 2 && digits.is_empty() && text.chars().all(plain) {
            self.names += 1;
            self.words += u32::try_from(text.split_whitespace().count()).unwrap_or(1);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all == 0
    }

    fn share(&self, part: u32) -> u32 {
        part * 100 / self.all.max(1)
    }

    /// How many of a hundred cells fit the field, where that can be said of it.
    pub(super) fn percent(&self, field: Field) -> Option<u32> {
        use Field as F;
        let part = match field {
            F::Nik => self.nik,
            F::FamilyCard => self.sixteen,
            F::BirthDate => self.dates + self.days,
            F::BirthPlaceDate => self.born,
            F::Decile => self.deciles,
            F::RegionCode => self.codes,
            F::Rt | F::Rw => self.small + self.rt_rw,
            F::Name | F::MotherName | F::BirthPlace | F::Occupation => self.names,
            F::Programmes => self.programmes,
            field => *list_of(field).and_then(|list| self.listed.get(list)).or_else(|| list_of(field).map(|_| &0))?,
        };
        Some(self.share(part))
    }

    pub(super) fn fit(&self, field: Field) -> Fit {
        use Field as F;
        if self.all == 0 {
            return Fit::Silent;
        }
        let Some(percent) = self.percent(field) else { return self.place(field) };
        // a column of sixteen digits is nothing else
        let long = self.share(self.sixteen) >= 50 && !matches!(field, F::Nik | F::FamilyCard | F::FamilyKey);
        match percent {
            _ if long => Fit::Against,
            80.. if self.is_strong(field) => Fit::Strong,
            70.. => Fit::Fits,
            // damaged numbers and dates are still such columns
            30.. if matches!(field, F::Nik | F::FamilyCard | F::BirthDate | F::BirthPlaceDate) => Fit::Silent,
            30.. if list_of(field).is_some() => Fit::Silent,
            _ => Fit::Against,
        }
    }

    /// Whether hardly anything else looks so.
    fn is_strong(&self, field: Field) -> bool {
        use Field as F;
        let many = self.different.len() * 10 >= self.all as usize * 9;
        match field {
            F::Nik => self.women > 0 || self.share(self.young) < 60,
            F::FamilyCard => self.women == 0 && self.nik > 0 && self.share(self.young) >= 60,
            F::BirthDate => self.share(self.dates) >= 80 && self.different.len() > 3,
            F::BirthPlaceDate | F::RegionCode => true,
            F::Rt => self.share(self.rt_rw) >= 80,
            // different, and of more than one word
            F::Name => many && self.words * 10 >= self.names * 13 && self.share(self.address) < 20,
            F::Sex | F::Relation | F::Marital => self.share(self.small) < 20,
            F::Programmes => self.share(self.small) < 20 && self.share(self.names) >= 50,
            _ => false,
        }
    }

    /// Places, by their names; an address, by its words; anything else by nothing.
    fn place(&self, field: Field) -> Fit {
        let level = match field {
            Field::Province => Level::Province,
            Field::Regency => Level::Regency,
            Field::District => Level::District,
            Field::Address => return if self.share(self.address) >= 60 { Fit::Strong } else { Fit::Silent },
            Field::Village | Field::Hamlet => {
                return if self.share(self.names) >= 50 { Fit::Fits } else { Fit::Silent };
            }
            _ => return Fit::Silent,
        };
        if self.share(self.names) < 50 {
            return Fit::Against;
        }
        let known = |text: &&String| search(text, level, None).first().is_some_and(|found| found.score == 1000);
        let looked = || self.different.iter().take(PLACES);
        let (all, known) = (looked().count(), looked().filter(known).count());
        // many villages are called like a kecamatan
        let few = self.different.len() * 2 <= self.all as usize;
        if known * 10 >= all * 8 && few { Fit::Fits } else { Fit::Silent }
    }

    /// What the cells say of the field; without one, why nothing is read.
    pub(super) fn why(&self, field: Option<Field>) -> Vec<GuessReason> {
        if self.all == 0 {
            return vec![GuessReason::Empty];
        }
        let Some(field) = field else {
            return if self.share(self.ascending) >= 90 && self.all > 1 {
                vec![GuessReason::Numbering]
            } else {
                Vec::new()
            };
        };
        let what = field;
        match (self.percent(field), self.fit(field)) {
            (Some(percent), Fit::Strong | Fit::Fits) => vec![GuessReason::Cells { percent, what }],
            (Some(percent), Fit::Silent | Fit::Against) => vec![GuessReason::Against { percent, what }],
            (None, _) => Vec::new(),
        }
    }

    pub(super) fn samples(&self) -> Vec<String> {
        self.samples.clone()
    }
}

fn short_number(text: &str) -> bool {
    let text = text.trim();
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The lists of words that cells are looked up in.
fn lists() -> impl Iterator<Item = (&'static str, &'static Arc<CodeList>)> {
    let columns = general(Kind::Persons).map_or(&[][..], |layout: &'static Layout| layout.columns.as_slice());
    columns.iter().filter_map(|(field, column)| Some((list_of(*field)?, column.codes.as_ref()?)))
}

/// The list of a field by the field's word.
fn list_of(field: Field) -> Option<&'static str> {
    use Field as F;
    let coded = matches!(
        field,
        F::Sex
            | F::Relation
            | F::Marital
            | F::Attendance
            | F::SchoolLevel
            | F::SevereDisability
            | F::Matched
            | F::ReceivesPkh
            | F::ReceivesSembako
            | F::ReceivesBst
    );
    coded.then(|| field.word())
}
