//! True families: who lives there, how they came to be, how well off they are.

use super::dice::Dice;
use super::housing::Housing;
use super::names::Pool;
use super::places::Places;
use super::serial::Serials;
use bansos::date::{self, age_on};
use bansos::{Date, Sex};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Head,
    Wife,
    Child,
    Parent,
    ParentInLaw,
}

impl Role {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Head => "KEPALA KELUARGA",
            Self::Wife => "ISTRI",
            Self::Child => "ANAK",
            Self::Parent => "ORANG TUA",
            Self::ParentInLaw => "MERTUA",
        }
    }

    /// The extract's code.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Head => "1",
            Self::Wife => "2",
            Self::Child => "3",
            Self::Parent | Self::ParentInLaw => "6",
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) pid: u64,
    pub(super) nik: u64,
    pub(super) name: String,
    pub(super) sex: Sex,
    pub(super) born: Date,
    pub(super) birth_place: u16,
    pub(super) alive: bool,
    pub(super) twin: bool,
    pub(super) role: Role,
    pub(super) mother: String,
    pub(super) job: &'static str,
    pub(super) school: Option<&'static str>,
    pub(super) pregnant: bool,
    pub(super) disabled: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Family {
    pub(super) fid: u64,
    pub(super) nkk: u64,
    pub(super) village: usize,
    pub(super) address: String,
    pub(super) decile: u8,
    pub(super) moved: bool,
    pub(super) housing: Housing,
    pub(super) members: Vec<Person>,
}

impl Family {
    pub(super) fn head(&self) -> &Person {
        &self.members[0]
    }

    pub(super) fn living(&self) -> impl Iterator<Item = &Person> {
        self.members.iter().filter(|p| p.alive)
    }
}

/// Makes families one after the other; remembers only counters and a handful of people.
pub(super) struct Maker {
    pub(super) dice: Dice,
    pub(super) places: Places,
    pool: &'static Pool,
    niks: Serials,
    cards: Serials,
    as_of: Date,
    next_pid: u64,
    pub(super) twins: u64,
    pub(super) namesakes: u64,
    /// A name and birth date met before, for a namesake born on the same day.
    met: Option<(String, Sex, Date)>,
}

/// No two people a hundred years apart: a NIK has two digits for the year.
const OLDEST: i16 = 97;

impl Maker {
    pub(super) fn new(dice: Dice, places: Places, as_of: Date) -> Self {
        let lanes = places.districts.len();
        let first = Date::constant(as_of.year() - OLDEST - 1, 1, 1);
        let pool = Pool::of_province(places.regency / 100);
        let first_card = Date::constant(2005, 1, 1).min(as_of);
        Self {
            niks: Serials::new(lanes * 2, first, as_of),
            cards: Serials::new(places.own, first_card, as_of),
            dice,
            places,
            pool,
            as_of,
            next_pid: 0,
            twins: 0,
            namesakes: 0,
            met: None,
        }
    }

    pub(super) fn family(&mut self, fid: u64) -> Family {
        let village = self.dice.below(self.places.villages.len());
        let district = self.places.villages[village].district;
        let rank = self.dice.unit();
        let welfare = normal_of(rank);
        let clan = self.pool.clan(&mut self.dice);
        let mut members: Vec<Person> = Vec::with_capacity(6);

        let single_woman = self.dice.chance(0.14);
        let head_age = 22 + self.dice.between(0, 24) + self.dice.between(0, 24);
        let head_sex = if single_woman { Sex::Female } else { Sex::Male };
        members.push(self.person(Role::Head, head_sex, head_age, district, clan));
        let married = !single_woman && self.dice.chance(0.88);
        let mut mother_age = if single_woman { Some(head_age) } else { None };
        if married {
            let age = (head_age - self.dice.between(-2, 8)).max(18);
            mother_age = Some(age);
            members.push(self.person(Role::Wife, Sex::Female, age, district, None));
        }
        self.children(&mut members, mother_age, district, clan);
        for (role, share) in [(Role::Parent, 0.08), (Role::ParentInLaw, if married { 0.10 } else { 0.0 })] {
            if self.dice.chance(share) {
                let age = (head_age + self.dice.between(19, 32)).min(i32::from(OLDEST) - 4);
                let sex = if self.dice.chance(0.7) { Sex::Female } else { Sex::Male };
                let mut old = self.person(role, sex, age, district, None);
                if role == Role::Parent && sex == Sex::Female {
                    members[0].mother.clone_from(&old.name);
                }
                old.alive = !self.dice.chance(0.03);
                members.push(old);
            }
        }
        if self.dice.chance(0.006) && members.len() > 1 {
            members[0].alive = false;
        }
        let wife = members.iter().position(|p| p.role == Role::Wife);
        if let Some(wife) = wife {
            members[wife].pregnant = self.dice.chance(0.03)
                && age_on(members[wife].born, self.as_of).is_some_and(|a| (17..=44).contains(&a));
        }
        let nkk = self.card(district);
        let rural = self.places.villages[village].digits.as_bytes().get(6) == Some(&b'2');
        let living = members.iter().filter(|p| p.alive).count();
        let housing = Housing::of(&mut self.dice, welfare, living, rural);
        let address = self.address();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rank lies in [0, 1)")]
        let decile = (rank * 10.0) as u8 + 1;
        Family { fid, nkk, village, address, decile, moved: self.dice.chance(0.03), housing, members }
    }

    fn children(
        &mut self,
        members: &mut Vec<Person>,
        mother_age: Option<i32>,
        district: usize,
        clan: Option<&'static str>,
    ) {
        let Some(mother_age) = mother_age.filter(|a| *a > 19) else { return };
        let mother = members.iter().rev().find(|p| p.sex == Sex::Female).map(|p| p.name.clone()).unwrap_or_default();
        let wanted = [0, 1, 1, 1, 2, 2, 2, 3, 3, 4][self.dice.below(10)];
        let mut age = mother_age - self.dice.between(19, 27);
        for _ in 0..wanted {
            // grown children have often left, and a child cannot be younger than none
            if age < 0 {
                break;
            }
            if age > 26 && self.dice.chance(0.7) {
                age -= self.dice.between(2, 6);
                continue;
            }
            let sex = if self.dice.chance(0.49) { Sex::Female } else { Sex::Male };
            let mut child = self.person(Role::Child, sex, age, district, clan);
            child.mother.clone_from(&mother);
            if self.dice.chance(0.009) {
                self.twin_of(&mut child, members, district, clan);
            }
            members.push(child);
            age -= self.dice.between(2, 6);
        }
    }

    /// A twin: the same day and mother, a name that rhymes.
    fn twin_of(&mut self, child: &mut Person, members: &mut Vec<Person>, district: usize, clan: Option<&'static str>) {
        let sex = if self.dice.chance(0.7) { child.sex } else { other(child.sex) };
        let number = self.places.districts[district].number;
        let Some(nik) = self.niks.nik(district, number, child.born, sex) else { return };
        let mut twin = self.person(Role::Child, sex, 1, district, clan);
        twin.nik = nik;
        twin.born = child.born;
        twin.school.clone_from(&child.school);
        twin.job = child.job;
        twin.mother.clone_from(&child.mother);
        twin.twin = true;
        child.twin = true;
        if let (Some((_, rest)), Some((first, _))) = (child.name.split_once(' '), twin.name.clone().split_once(' '))
            && self.dice.chance(0.5)
            && sex == child.sex
        {
            twin.name = format!("{first} {rest}");
        }
        self.twins += 1;
        members.push(twin);
    }

    fn person(&mut self, role: Role, sex: Sex, age: i32, district: usize, clan: Option<&'static str>) -> Person {
        let mut name = self.pool.name(&mut self.dice, sex == Sex::Male, clan);
        let mut born = self.born(age);
        // one in a thousand shares name and birth date with somebody met before
        if self.dice.chance(0.001)
            && let Some((other, of, day)) = self.met.take()
            && of == sex
            && age_on(day, self.as_of).is_some_and(|a| i32::from(a).abs_diff(age) < 3)
        {
            (name, born) = (other, day);
            self.namesakes += 1;
        }
        let u = self.dice.unit();
        // where one is first registered: mostly here, often elsewhere in the regency, sometimes outside
        let lane = if u < 0.55 {
            district
        } else if u < 0.95 || self.places.districts.len() == self.places.own {
            self.dice.below(self.places.own)
        } else {
            self.places.own + self.dice.below(self.places.districts.len() - self.places.own)
        };
        let number = self.places.districts[lane].number;
        let nik = loop {
            // a day that is full gives way to another
            match self.niks.nik(lane, number, born, sex) {
                Some(nik) => break nik,
                None => born = self.born(age),
            }
        };
        if self.dice.chance(0.01) {
            self.met = Some((name.clone(), sex, born));
        }
        let birth_place = if lane >= self.places.own || self.dice.chance(0.12) {
            u16::try_from(1 + self.dice.below(self.places.elsewhere.len())).unwrap_or(0)
        } else {
            0
        };
        let pid = self.next_pid;
        self.next_pid += 1;
        let years = age_on(born, self.as_of).unwrap_or(0);
        let in_school = (7..=18).contains(&years) && self.dice.chance(if years < 16 { 0.97 } else { 0.78 });
        let school = in_school.then_some(match years {
            7..=12 => "SD",
            13..=15 => "SMP",
            _ => "SMA",
        });
        let mother = self.pool.name(&mut self.dice, false, None);
        let job = self.job(role, sex, years, in_school);
        let disabled = self.dice.chance(0.013);
        Person {
            pid,
            nik,
            name,
            sex,
            born,
            birth_place,
            alive: true,
            twin: false,
            role,
            mother,
            job,
            school,
            pregnant: false,
            disabled,
        }
    }

    /// A day about `age` years ago; the young are never born after the reference date.
    fn born(&mut self, age: i32) -> Date {
        let today = date::to_epoch_days(self.as_of);
        let days = age * 1461 / 4 + self.dice.between(0, 364);
        date::from_epoch_days(today - days).unwrap_or(self.as_of)
    }

    fn job(&mut self, role: Role, sex: Sex, years: u16, in_school: bool) -> &'static str {
        const MEN: [&str; 14] = [
            "PETANI/PEKEBUN",
            "BURUH HARIAN LEPAS",
            "BURUH TANI/PERKEBUNAN",
            "WIRASWASTA",
            "KARYAWAN SWASTA",
            "PEDAGANG",
            "SOPIR",
            "TUKANG BATU",
            "NELAYAN/PERIKANAN",
            "GURU",
            "PEGAWAI NEGERI SIPIL",
            "PENSIUNAN",
            "PERANGKAT DESA",
            "TNI/POLRI",
        ];
        match (years, sex) {
            (0..=5, _) => "BELUM/TIDAK BEKERJA",
            _ if in_school => "PELAJAR/MAHASISWA",
            (6..=17, _) => "BELUM/TIDAK BEKERJA",
            (_, Sex::Female) if role != Role::Head && self.dice.chance(0.65) => "MENGURUS RUMAH TANGGA",
            _ => self.dice.pick_common(&MEN),
        }
    }

    fn card(&mut self, district: usize) -> u64 {
        let first = date::to_epoch_days(Date::constant(2005, 1, 1).min(self.as_of));
        let last = date::to_epoch_days(self.as_of);
        let number = self.places.districts[district].number;
        loop {
            let day = date::from_epoch_days(self.dice.between(first, last)).unwrap_or(self.as_of);
            if let Some(card) = self.cards.card(district, number, day) {
                return card;
            }
        }
    }

    fn address(&mut self) -> String {
        const STREETS: [&str; 12] = [
            "Dusun Krajan",
            "Dusun Sumbersari",
            "Dusun Darungan",
            "Dsn Kidul",
            "Dsn. Tengah",
            "Jl. Raya",
            "Jl. Kartini",
            "Dusun Lor",
            "Jl. Pahlawan",
            "Dsn Wetan",
            "Dusun Karanganyar",
            "Gang Melati",
        ];
        let street = *self.dice.pick(&STREETS);
        format!("{street} RT {:02} RW {:02}", self.dice.between(1, 9), self.dice.between(1, 9))
    }
}

const fn other(sex: Sex) -> Sex {
    match sex {
        Sex::Male => Sex::Female,
        Sex::Female => Sex::Male,
    }
}

/// The standard normal value of a rank in (0, 1), by Acklam's central and tail fractions cut to four digits' need: good to
/// 0.005, which is plenty for made-up welfare.
fn normal_of(rank: f64) -> f64 {
    let p = rank.clamp(0.0005, 0.9995);
    // Tukey's lambda close to the normal
    (p.powf(0.135) - (1.0 - p).powf(0.135)) / 0.1975
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_become_normal_values() {
        for (rank, value) in [(0.5, 0.0), (0.841_345, 1.0), (0.158_655, -1.0), (0.977_25, 2.0)] {
            assert!((normal_of(rank) - value).abs() < 0.02, "{rank}");
        }
    }
}
