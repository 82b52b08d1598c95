//! One person packed into 20 bytes, for registers of millions.

use crate::Date;
use crate::date::{from_epoch_days, to_epoch_days};
use crate::person::{Attendance, Flags, PersonFacts, Presence, Relation, SchoolLevel, Sex};

/// One person in 20 bytes. Unknown is a value of its own in every part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonCode {
    /// Birth day in days since 1970-01-01; [`PersonCode::NO_DAY`] where unknown.
    pub birth_day: i32,
    /// Completed years on the date, used where the birth day is unknown; [`PersonCode::NO_AGE`] where unknown.
    pub age: u16,
    /// The other facts, packed; built with the `with_…` methods.
    attrs: u32,
    /// Flags.
    pub flags: Flags,
}

impl Default for PersonCode {
    fn default() -> Self {
        Self { birth_day: Self::NO_DAY, age: Self::NO_AGE, attrs: 0, flags: Flags::UNCHECKED }
    }
}

// Places of the packed facts; 0 is unknown in each.
const ATTENDANCE: (u32, u32) = (0, 2);
const LEVEL: (u32, u32) = (2, 3);
const PREGNANT: (u32, u32) = (5, 2);
const DISABLED: (u32, u32) = (7, 2);
const VICTIM: (u32, u32) = (9, 2);
const PRESENCE: (u32, u32) = (11, 3);
const REGISTERED: (u32, u32) = (14, 2);
const SEX: (u32, u32) = (16, 2);
const RELATION: (u32, u32) = (18, 4);
const ORDER: (u32, u32) = (22, 4);

const fn truth(fact: Option<bool>) -> u32 {
    match fact {
        None => 0,
        Some(false) => 1,
        Some(true) => 2,
    }
}

const fn untruth(code: u32) -> Option<bool> {
    match code {
        1 => Some(false),
        2 => Some(true),
        _ => None,
    }
}

macro_rules! word_codes {
    ($($with:ident, $get:ident, $at:ident, $word:ty, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[must_use]
        pub fn $with(self, fact: Option<$word>) -> Self {
            self.put($at, fact.map_or(0, |w| w as u32 + 1))
        }
        fn $get(self) -> Option<$word> {
            let code = usize::try_from(self.read($at)).unwrap_or(0);
            code.checked_sub(1).and_then(|i| <$word>::ALL.get(i).copied())
        }
    )*};
}

macro_rules! truth_codes {
    ($($with:ident, $get:ident, $at:ident, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[must_use]
        pub const fn $with(self, fact: Option<bool>) -> Self {
            self.put($at, truth(fact))
        }
        const fn $get(self) -> Option<bool> {
            untruth(self.read($at))
        }
    )*};
}

impl PersonCode {
    /// The birth day of somebody whose birth date is unknown.
    pub const NO_DAY: i32 = i32::MIN;
    /// The age of somebody whose age is unknown.
    pub const NO_AGE: u16 = u16::MAX;

    /// Somebody born on a day since 1970-01-01, nothing else known.
    pub const fn born(birth_day: i32) -> Self {
        Self { birth_day, age: Self::NO_AGE, attrs: 0, flags: Flags::UNCHECKED }
    }

    /// What data matching reported.
    #[must_use]
    pub const fn with_flags(self, flags: Flags) -> Self {
        Self { flags, ..self }
    }

    const fn put(mut self, (at, bits): (u32, u32), value: u32) -> Self {
        let mask = (1 << bits) - 1;
        self.attrs = (self.attrs & !(mask << at)) | ((value & mask) << at);
        self
    }

    const fn read(self, (at, bits): (u32, u32)) -> u32 {
        (self.attrs >> at) & ((1 << bits) - 1)
    }

    word_codes! {
        with_attendance, attendance, ATTENDANCE, Attendance, "Whether the person goes to school.";
        with_school_level, school_level, LEVEL, SchoolLevel, "The school level.";
        with_presence, presence, PRESENCE, Presence, "Whether the person is there.";
        with_sex, sex, SEX, Sex, "Sex.";
        with_relation, relation, RELATION, Relation, "Relation to the head.";
    }

    truth_codes! {
        with_pregnant, pregnant, PREGNANT, "Pregnant or postpartum.";
        with_severe_disability, severe_disability, DISABLED, "Severe disability.";
        with_rights_victim, rights_victim, VICTIM, "On the list of rights victims.";
        with_registered, registered, REGISTERED, "Active in the register.";
    }

    /// Which pregnancy; a fifteenth and any later one are told alike.
    #[must_use]
    pub fn with_pregnancy_order(self, order: Option<u8>) -> Self {
        self.put(ORDER, order.map_or(0, |o| u32::from(o.clamp(1, 15))))
    }

    /// The packed facts, for keys and hashes.
    pub const fn attrs(self) -> u32 {
        self.attrs
    }

    /// Puts packed facts of another person in place of those under a mask. Both are [`PersonCode::attrs`] of persons about
    /// whom nothing else is said, so that a column of words is looked up once a word and not once a row.
    pub const fn put_attrs(&mut self, mask: u32, attrs: u32) {
        self.attrs = (self.attrs & !mask) | (attrs & mask);
    }

    /// The facts this code stands for, with the birth date as a civil date.
    pub fn facts(self) -> PersonFacts {
        PersonFacts {
            birth: civil(self.birth_day),
            age: (self.age != Self::NO_AGE).then_some(self.age),
            sex: self.sex(),
            relation: self.relation(),
            presence: self.presence(),
            registered: self.registered(),
            attendance: self.attendance(),
            school_level: self.school_level(),
            attendance_percent: None,
            pregnant: self.pregnant(),
            pregnancy_order: u8::try_from(self.read(ORDER)).ok().filter(|o| *o > 0),
            severe_disability: self.severe_disability(),
            rights_victim: self.rights_victim(),
            flags: self.flags,
        }
    }
}

impl From<&PersonFacts> for PersonCode {
    /// School attendance in percent, which decides nothing, is left behind.
    fn from(p: &PersonFacts) -> Self {
        Self {
            birth_day: p.birth.map_or(Self::NO_DAY, to_epoch_days),
            age: p.age.unwrap_or(Self::NO_AGE),
            attrs: 0,
            flags: p.flags,
        }
        .with_sex(p.sex)
        .with_relation(p.relation)
        .with_presence(p.presence)
        .with_registered(p.registered)
        .with_attendance(p.attendance)
        .with_school_level(p.school_level)
        .with_pregnant(p.pregnant)
        .with_pregnancy_order(p.pregnancy_order)
        .with_severe_disability(p.severe_disability)
        .with_rights_victim(p.rights_victim)
    }
}

/// The days that are dates here: the years 1 to 9999. Others are unknown.
pub(super) const DAYS: std::ops::RangeInclusive<i32> = -719_162..=2_932_896;

fn civil(day: i32) -> Option<Date> {
    if DAYS.contains(&day) { from_epoch_days(day) } else { None }
}
