//! One row of cells becomes a person, a family, both, or is set aside.

use super::cell::{Interner, Memo, is_blank, whole_number};
use super::column::{Remedy, Tally};
use super::digits::{born, is_of_woman, parts};
use super::identifier::{self, Known};
use super::margin;
use super::plan::{Plan, meant};
use super::words;
use crate::layout::Meant;
use crate::table::{Cells, Mark, Row, decode};
use crate::{Kind, RowFault};
use bansos::date;
use bansos::household::FamilyRecord;
use bansos::nik::repair::Reading;
use bansos::person::{PersonFinding, PersonRecord};
use bansos::region::{self, Level, RegionCode, Residence, Scheme};
use bansos::source::{Field, Identifier, Noticed, Origin, Received, SourceFinding, Welfare};
use bansos::{Date, Decile, FamilyCard, Finding, Nik, Rupiah, Sex, Text};
use std::borrow::Cow;
use std::sync::Arc;

/// What a row became.
pub(super) enum Outcome {
    Person(PersonRecord),
    Family(FamilyRecord),
    Both(PersonRecord, FamilyRecord),
    Fault(RowFault, Option<Field>),
}

impl Outcome {
    /// What an accepted row says is received.
    pub(super) fn receives(&mut self) -> Option<&mut Received> {
        match self {
            Self::Person(p) | Self::Both(p, _) => Some(&mut p.receives),
            Self::Family(f) => Some(&mut f.receives),
            Self::Fault(..) => None,
        }
    }
}

/// Reads the rows of one chunk; shares what repeats between them.
pub(super) struct RowReader<'p, 'a> {
    plan: &'p Plan<'a>,
    as_of: Date,
    texts: Interner,
    memos: Vec<Memo>,
    last: Arc<Residence>,
    found: Vec<Noticed>,
    /// Identifiers of this row whose cells were binary numbers.
    floats: Vec<Field>,
    pub(super) tally: Tally,
    pub(super) foreign_encoding: u32,
    /// Rows whose empty cells at the end the file leaves out.
    pub(super) padded: u32,
}

/// Nobody has been that old (the oldest person with papers reached 122).
const OLDEST: u16 = 122;

impl<'p, 'a> RowReader<'p, 'a> {
    pub(super) fn new(plan: &'p Plan<'a>, as_of: Date) -> Self {
        let memos = (0..plan.memos).map(|_| Memo::default()).collect();
        Self {
            plan,
            as_of,
            texts: Interner::default(),
            memos,
            last: Arc::default(),
            found: Vec::new(),
            floats: Vec::new(),
            tally: Tally::default(),
            foreign_encoding: 0,
            padded: 0,
        }
    }

    pub(super) fn read(&mut self, row: &Row, origin: Origin) -> Outcome {
        let (row, marks) = (&row.cells, &row.marks);
        let columns = self.plan.header.len();
        if row.is_blank() && marks.is_empty() {
            return Outcome::Fault(RowFault::Blank, None);
        }
        let extra_is_blank = row.iter().skip(columns).all(|c| c.trim_ascii().is_empty());
        let short = row.len() < columns;
        if (short && !self.plan.has_required(row)) || !extra_is_blank {
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            return Outcome::Fault(RowFault::Width { cells: count(row.len()), columns: count(columns) }, None);
        }
        if let Some(fault) = margin::of(row, self.plan) {
            return Outcome::Fault(fault, None);
        }
        self.padded += u32::from(short);
        self.found.clear();
        self.floats.clear();
        for (column, mark) in marks {
            if let Some(field) = self.field_at(*column as usize) {
                match mark {
                    Mark::Error => self.note(field, SourceFinding::SpreadsheetError),
                    Mark::Float if matches!(field, Field::Nik | Field::FamilyCard) => {
                        self.note(field, SourceFinding::FloatCell);
                        self.floats.push(field);
                    }
                    Mark::Float => {}
                    Mark::Formula => self.note(field, SourceFinding::FormulaWithoutResult),
                    Mark::NoText => self.note(field, SourceFinding::NoText),
                }
            }
        }
        match self.plan.kind {
            Kind::Persons => match self.person(row, origin) {
                Ok(mut person) => {
                    person.findings = std::mem::take(&mut self.found);
                    Outcome::Person(person)
                }
                Err((fault, field)) => Outcome::Fault(fault, Some(field)),
            },
            Kind::Families => match self.family(row, origin) {
                Ok(mut family) => {
                    family.findings = std::mem::take(&mut self.found);
                    Outcome::Family(family)
                }
                Err((fault, field)) => Outcome::Fault(fault, Some(field)),
            },
            Kind::FamiliesWithHead => {
                let mut person = match self.person(row, origin) {
                    Ok(person) => person,
                    Err((fault, field)) => return Outcome::Fault(fault, Some(field)),
                };
                person.relation = Some(bansos::person::Relation::Head);
                person.findings = std::mem::take(&mut self.found);
                let mut family = self.family_of(row, origin, &person);
                family.findings = std::mem::take(&mut self.found);
                Outcome::Both(person, family)
            }
        }
    }

    fn person(&mut self, row: &Cells, origin: Origin) -> Result<PersonRecord, (RowFault, Field)> {
        let mut p = PersonRecord::blank(origin);
        p.name = self.text(row, Field::Name);
        p.birth_date = self.birth_date(row);
        p.sex = match self.coded(row, Field::Sex) {
            Some(Meant::Sex(sex)) => Some(sex),
            _ => None,
        };
        p.nik = self.nik(row, p.birth_date, p.sex);
        p.family_card = self.family_card(row);
        self.count_up(row, &p);
        if exchanged(&p) {
            self.exchange(row, &mut p);
        }
        match &p.name {
            None if p.nik.is_missing() && p.family_card.is_missing() => {
                return Err((RowFault::Nobody, Field::Name));
            }
            None => self.note(Field::Name, PersonFinding::NameMissing),
            Some(name) if name.chars().filter(|c| c.is_alphabetic()).take(2).count() < 2 => {
                self.note(Field::Name, PersonFinding::NameSuspect);
            }
            Some(_) => {}
        }
        p.family_key = self.text(row, Field::FamilyKey);
        p.birth_place = self.text(row, Field::BirthPlace);
        p.mother_name = self.text(row, Field::MotherName);
        p.occupation = self.occupation(row);
        macro_rules! coded {
            ($field:ident, $meant:ident) => {
                match self.coded(row, Field::$field) {
                    Some(Meant::$meant(value)) => Some(value),
                    _ => None,
                }
            };
        }
        p.relation = coded!(Relation, Relation);
        p.marital = coded!(Marital, Marital);
        p.attendance = coded!(Attendance, Attendance);
        p.school_level = coded!(SchoolLevel, SchoolLevel);
        p.pregnant = coded!(Pregnant, Truth);
        p.severe_disability = coded!(SevereDisability, Truth);
        p.employment = coded!(Employment, Employment);
        p.presence = coded!(Presence, Presence).or_else(|| self.plan.gone(row));
        p.matched = coded!(Matched, Truth);
        p.receives = self.receives(row);
        p.residence = self.residence(row);
        if self.plan.kind == Kind::Persons {
            p.stated_decile = self.decile(row);
        }
        Ok(p)
    }

    fn family(&mut self, row: &Cells, origin: Origin) -> Result<FamilyRecord, (RowFault, Field)> {
        let mut f = FamilyRecord::blank(origin);
        f.family_key = self.text(row, Field::FamilyKey);
        f.family_card = self.family_card(row);
        f.head_name = self.text(row, Field::HeadName);
        if f.family_key.is_none() && f.head_name.is_none() && f.family_card.is_missing() {
            return Err((RowFault::NoFamily, Field::FamilyKey));
        }
        f.receives = self.receives(row);
        f.residence = self.residence(row);
        self.describe(row, &mut f);
        Ok(f)
    }

    /// The family of a row that also stands for its head.
    fn family_of(&mut self, row: &Cells, origin: Origin, head: &PersonRecord) -> FamilyRecord {
        let mut f = FamilyRecord::blank(origin);
        f.family_key = head.family_key.clone();
        f.family_card = head.family_card.clone();
        f.head_name = head.name.clone();
        f.receives = head.receives;
        f.residence = head.residence.clone();
        self.describe(row, &mut f);
        f
    }

    fn describe(&mut self, row: &Cells, f: &mut FamilyRecord) {
        f.size = self.count(row, Field::Size, 1, 99).and_then(|n| u32::try_from(n).ok());
        f.stated_decile = self.decile(row);
        // a trillion rupiah a month is a slip of the columns
        f.spending_per_capita = self.count(row, Field::Spending, 0, 1_000_000_000_000).map(Rupiah);
        if !self.plan.welfare.is_empty() {
            let values: Vec<Option<i32>> = (0..self.plan.welfare.len()).map(|i| self.answer(row, i)).collect();
            f.welfare = Welfare::new(self.plan.welfare_names.clone(), values);
        }
    }

    fn receives(&mut self, row: &Cells) -> Received {
        let named = self.raw(row, Field::Programmes).map(|text| words::programmes(&text)).unwrap_or_default();
        let mut truth = |field| match self.coded(row, field) {
            Some(Meant::Truth(value)) => Some(value),
            _ => None,
        };
        Received {
            pkh: truth(Field::ReceivesPkh).or(named.pkh),
            sembako: truth(Field::ReceivesSembako).or(named.sembako),
            bst: truth(Field::ReceivesBst).or(named.bst),
        }
    }

    /// `3`, `03`, `Desil 3`; what says that there is none yet is no finding.
    fn decile(&mut self, row: &Cells) -> Option<Decile> {
        let text = self.raw(row, Field::Decile)?;
        let number = match words::decile(&text)? {
            Ok(number) => i64::from(number),
            Err(rest) => whole_number(rest).unwrap_or_else(|| {
                self.note(Field::Decile, SourceFinding::NumberUnreadable);
                -1
            }),
        };
        let decile = u8::try_from(number).ok().and_then(Decile::new);
        if decile.is_none() && number >= 0 {
            self.note(Field::Decile, SourceFinding::NumberOutOfRange);
        }
        decile
    }

    fn residence(&mut self, row: &Cells) -> Arc<Residence> {
        let here = Residence {
            region: self.region(row),
            province_name: self.text(row, Field::Province).or_else(|| self.plan.place.province.clone()),
            regency_name: self.text(row, Field::Regency).or_else(|| self.plan.place.regency.clone()),
            district_name: self.text(row, Field::District).or_else(|| self.plan.place.district.clone()),
            village_name: self.text(row, Field::Village).or_else(|| self.plan.place.village.clone()),
            address: self.address(row),
        };
        // the members of a family stand one below the other
        if *self.last != here {
            self.last = Arc::new(here);
        }
        self.last.clone()
    }

    /// The address, with the hamlet, the RT and the RW that have columns of their own.
    fn address(&mut self, row: &Cells) -> Option<Text> {
        let street = self.text(row, Field::Address);
        let mut whole = street.as_deref().unwrap_or_default().to_owned();
        for (field, word) in [(Field::Hamlet, "DUSUN"), (Field::Rt, "RT"), (Field::Rw, "RW")] {
            let Some(part) = self.raw(row, field).filter(|part| !is_blank(part)) else { continue };
            words::add_to_address(&mut whole, word, &part);
        }
        match street {
            Some(street) if *street == *whole => Some(street),
            _ if whole.is_empty() => None,
            _ => Some(self.texts.get(&whole)),
        }
    }

    /// The code of a list that does not say whose numbering it has: where it is a village's or a district's of Kemendagri.
    fn known_region(&mut self, row: &Cells) -> Option<RegionCode> {
        let whole = self.raw(row, Field::RegionCode).and_then(|t| RegionCode::from_cell(Scheme::Kemendagri, &t).ok());
        let code = whole.or_else(|| self.code_in_parts(row, Scheme::Kemendagri))?;
        let known = match code.level() {
            Level::Village => bansos_villages::status(code) != bansos_villages::VillageStatus::Unknown,
            Level::District => region::name(code).is_some(),
            _ => false,
        };
        known.then_some(code)
    }

    fn region(&mut self, row: &Cells) -> Option<RegionCode> {
        let Some(scheme) = self.plan.scheme else { return self.known_region(row) };
        if let Some(text) = self.raw(row, Field::RegionCode) {
            if is_blank(&text) {
                return None;
            }
            let code = RegionCode::from_cell(scheme, &text).ok();
            if code.is_none() {
                self.note(Field::RegionCode, SourceFinding::RegionUnreadable);
            }
            return code;
        }
        self.code_in_parts(row, scheme)
    }

    /// A code whose levels stand in columns of their own.
    fn code_in_parts(&mut self, row: &Cells, scheme: Scheme) -> Option<RegionCode> {
        let parts = [Field::ProvinceCode, Field::RegencyCode, Field::DistrictCode, Field::VillageCode];
        let widths: [usize; 4] = match scheme {
            Scheme::Kemendagri => [2, 2, 2, 4],
            Scheme::Bps => [2, 2, 3, 3],
        };
        let mut code = String::with_capacity(10);
        for (field, width) in parts.into_iter().zip(widths) {
            let Some(part) = self.raw(row, field).filter(|t| !is_blank(t)) else { break };
            let part = part.strip_suffix(".0").unwrap_or(&part).to_owned();
            // some files repeat the whole code down to the level in each cell
            if part.len() > width && part.starts_with(code.as_str()) {
                code = part;
            } else if part.len() <= width && part.bytes().all(|b| b.is_ascii_digit()) {
                code.push_str(&"0".repeat(width - part.len()));
                code.push_str(&part);
            } else {
                self.note(field, SourceFinding::RegionUnreadable);
                break;
            }
        }
        if code.is_empty() {
            return None;
        }
        RegionCode::parse(scheme, &code).ok()
    }

    fn birth_date(&mut self, row: &Cells) -> Option<Date> {
        let text = self.raw(row, Field::BirthDate)?;
        let cell = if self.plan.remedy == Remedy::default() {
            date::read_as(&text, self.plan.style)
        } else {
            let nik = self.raw(row, Field::Nik).and_then(|text| Reading::from_cell(&text).number());
            self.plan.remedy.date(&text, self.plan.style, nik)
        };
        if let Some(finding) = cell.finding {
            self.note(Field::BirthDate, finding);
        }
        let born = self.century(cell.date?)?;
        match date::age_on(born, self.as_of) {
            None => self.note(Field::BirthDate, date::DateFinding::Future),
            Some(years) if years > OLDEST => {
                self.note(Field::BirthDate, PersonFinding::AgeImplausible { years: OLDEST });
            }
            Some(_) => {}
        }
        Some(born)
    }

    /// A year of three digits is nobody's; one written `0065` is of the century that a NIK would have.
    fn century(&mut self, born: Date) -> Option<Date> {
        if born.year() >= 1800 {
            return Some(born);
        }
        let in_century =
            |century: i16| date::new((born.year() + century).into(), born.month().into(), born.day().into());
        let two_digits = Some(born).filter(|born| (1..100).contains(&born.year()));
        let latest =
            two_digits.and_then(|_| in_century(2000).filter(|date| *date <= self.as_of).or_else(|| in_century(1900)));
        if latest.is_none() {
            self.note(Field::BirthDate, PersonFinding::AgeImplausible { years: OLDEST });
        }
        latest
    }

    /// Counts the row for what its columns show as a whole.
    fn count_up(&mut self, row: &Cells, person: &PersonRecord) {
        let (nik, card) = (person.nik.value(), person.family_card.value().map(FamilyCard::to_u64));
        if let Some(nik) = nik {
            self.tally.nik.push(nik.to_u64(), self.floats.contains(&Field::Nik));
        }
        if let Some((text, _)) = self.plan.text(row, Field::BirthDate) {
            self.tally.date(&text, nik);
        }
        self.tally.row(person.birth_date, nik, card);
    }

    /// The trimmed cell of a field, if the file has the column.
    fn raw<'r>(&mut self, row: &'r Cells, field: Field) -> Option<Cow<'r, str>> {
        let (text, foreign) = self.plan.text(row, field)?;
        if foreign {
            self.foreign_encoding += 1;
            self.note(field, SourceFinding::Encoding);
        }
        Some(text)
    }

    fn text(&mut self, row: &Cells, field: Field) -> Option<Text> {
        let text = self.raw(row, field)?;
        if text.is_empty() || bansos::text::is_empty_like(&text) { None } else { Some(self.texts.get(&text)) }
    }

    /// Each number from the other's cell.
    fn exchange(&mut self, row: &Cells, p: &mut PersonRecord) {
        self.found.retain(|noticed| !matches!(noticed.field, Field::Nik | Field::FamilyCard));
        p.nik = self.nik_at(row, Field::FamilyCard, p.birth_date, p.sex);
        p.family_card = self.card_at(row, Field::Nik);
        self.note(Field::Nik, SourceFinding::NumbersExchanged);
    }

    fn nik(&mut self, row: &Cells, birth_date: Option<Date>, sex: Option<Sex>) -> Identifier<Nik> {
        self.nik_at(row, Field::Nik, birth_date, sex)
    }

    fn nik_at(&mut self, row: &Cells, at: Field, birth_date: Option<Date>, sex: Option<Sex>) -> Identifier<Nik> {
        let Some(text) = self.raw(row, at) else { return Identifier::default() };
        let float = self.floats.contains(&at);
        let known = Known { birth_date, sex, as_of: self.as_of, float, rounded: self.plan.remedy.nik };
        identifier::nik(&text, known, |finding| note(&mut self.found, Field::Nik, finding))
    }

    fn card_at(&mut self, row: &Cells, at: Field) -> Identifier<FamilyCard> {
        let Some(text) = self.raw(row, at) else { return Identifier::default() };
        let float = self.floats.contains(&at);
        let rounded = self.plan.remedy.card;
        identifier::family_card(&text, float, rounded, |f| note(&mut self.found, Field::FamilyCard, f))
    }

    fn family_card(&mut self, row: &Cells) -> Identifier<FamilyCard> {
        let float = self.floats.contains(&Field::FamilyCard);
        let card = self.card_at(row, Field::FamilyCard);
        if let Some(number) = card.value() {
            self.tally.card.push(number.to_u64(), float);
        }
        card
    }

    fn coded(&mut self, row: &Cells, field: Field) -> Option<Meant> {
        let (_, column) = self.plan.column(field)?;
        let list = column.codes.as_deref()?;
        let text = self.raw(row, field)?;
        if is_blank(&text) {
            return None;
        }
        match self.memos.get_mut(field as usize)?.place(list, &text) {
            Some(place) => Some(meant(column, place)),
            None => {
                match field {
                    Field::Sex => self.note(field, PersonFinding::SexUnreadable),
                    _ => self.note(field, SourceFinding::CodeUnknown),
                }
                None
            }
        }
    }

    /// An occupation in words; a number has some where the layout has a list.
    fn occupation(&mut self, row: &Cells) -> Option<Text> {
        let text = self.text(row, Field::Occupation)?;
        let list = self.plan.column(Field::Occupation).and_then(|(_, column)| column.codes.as_deref());
        let number = text.bytes().all(|b| b.is_ascii_digit());
        match list.filter(|_| number) {
            Some(list) => list.read(&text).map(|entry| entry.id.clone()),
            None => Some(text),
        }
    }

    /// A whole number within bounds.
    fn count(&mut self, row: &Cells, field: Field, least: i64, most: i64) -> Option<i64> {
        let text = self.raw(row, field)?;
        if is_blank(&text) {
            return None;
        }
        match whole_number(&text) {
            Some(n) if (least..=most).contains(&n) => Some(n),
            Some(_) => {
                self.note(field, SourceFinding::NumberOutOfRange);
                None
            }
            None => {
                self.note(field, SourceFinding::NumberUnreadable);
                None
            }
        }
    }

    fn answer(&mut self, row: &Cells, i: usize) -> Option<i32> {
        let plan = self.plan;
        let answer = plan.welfare.get(i)?;
        let (text, _) = decode(row.get(answer.at)?);
        if is_blank(&text) {
            return None;
        }
        let value = match &answer.column.codes {
            Some(list) => match self.memos.get_mut(Field::ALL.len() + i)?.place(list, &text) {
                Some(place) => return answer.values.get(place).copied().flatten(),
                None => {
                    self.note(Field::Welfare, SourceFinding::CodeUnknown);
                    return None;
                }
            },
            None => whole_number(&text).and_then(|n| i32::try_from(n).ok()),
        };
        if value.is_none() {
            self.note(Field::Welfare, SourceFinding::NumberUnreadable);
        }
        value
    }

    fn field_at(&self, column: usize) -> Option<Field> {
        Field::ALL.iter().copied().find(|f| self.plan.column(*f).is_some_and(|(at, _)| at == column))
    }

    fn note(&mut self, field: Field, finding: impl Into<Finding>) {
        note(&mut self.found, field, finding);
    }
}

/// Whether the card is surely the person's NIK and the NIK the card: the one says their birth date and sex, the other does not and
/// could be a card's number.
fn exchanged(p: &PersonRecord) -> bool {
    let (Some(date), Some(nik), Some(card)) = (p.birth_date, p.nik.value(), p.family_card.value()) else {
        return false;
    };
    let (nik, card) = (nik.to_u64(), card.to_u64());
    let sex = if is_of_woman(card) { Sex::Female } else { Sex::Male };
    born(card) == parts(date) && born(nik) != parts(date) && !is_of_woman(nik) && p.sex.is_none_or(|said| said == sex)
}

/// Says a thing once.
fn note(found: &mut Vec<Noticed>, field: Field, finding: impl Into<Finding>) {
    let new = Noticed::new(field, finding);
    if !found.contains(&new) {
        found.push(new);
    }
}
