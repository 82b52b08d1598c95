//! What happens to true values on their way into a register.

use super::dice::Dice;
use super::fault::{Done, Fault, Rates};
use bansos::source::Source;
use bansos::{Date, Sex, date};

pub(super) struct Damage<'r> {
    pub(super) rates: &'r Rates,
    pub(super) source: Source,
}

/// The eight things that happen to a name, for a person's own and for the mother's.
const OWN: [Fault; 8] = [
    Fault::NameTitle,
    Fault::NameAbbr,
    Fault::NameSpelling,
    Fault::NameDropped,
    Fault::NameSwapped,
    Fault::NameJoined,
    Fault::NameSpaces,
    Fault::NameTypo,
];
const MOTHERS: [Fault; 8] = [
    Fault::MotherTitle,
    Fault::MotherAbbr,
    Fault::MotherSpelling,
    Fault::MotherDropped,
    Fault::MotherSwapped,
    Fault::MotherJoined,
    Fault::MotherSpaces,
    Fault::MotherTypo,
];

impl Damage<'_> {
    fn hits(&self, dice: &mut Dice, fault: Fault) -> bool {
        let rate = self.rates.get(self.source, fault);
        rate > 0.0 && dice.chance(rate)
    }

    pub(super) fn name(&self, dice: &mut Dice, name: &str, done: &mut Done) -> String {
        self.words(dice, name, &OWN, done)
    }

    /// `None` where it is not there.
    pub(super) fn mother(&self, dice: &mut Dice, name: &str, done: &mut Done) -> Option<String> {
        if self.hits(dice, Fault::MotherMissing) {
            done.add(Fault::MotherMissing);
            return None;
        }
        Some(self.words(dice, name, &MOTHERS, done))
    }

    fn words(&self, dice: &mut Dice, name: &str, kinds: &[Fault; 8], done: &mut Done) -> String {
        let mut name = name.to_owned();
        for (change, fault) in CHANGES.iter().zip(kinds) {
            if self.hits(dice, *fault)
                && let Some(changed) = change(dice, &name)
                && changed != name
            {
                name = changed;
                done.add(*fault);
            }
        }
        name
    }

    /// The NIK cell; `other` is somebody else's number.
    pub(super) fn nik(&self, dice: &mut Dice, nik: u64, other: Option<u64>, done: &mut Done) -> String {
        let digits = format!("{nik:016}");
        let kinds = Fault::ALL.iter().copied().filter(|f| f.word().starts_with("nik:"));
        // a cell has one damage: the rates share one draw
        let mut u = dice.unit();
        let mut hit = None;
        for fault in kinds {
            let rate = self.rates.get(self.source, fault);
            if u < rate {
                hit = Some(fault);
                break;
            }
            u -= rate;
        }
        let Some(fault) = hit else { return digits };
        let cell = match fault {
            Fault::NikMissing => String::new(),
            Fault::NikZeros => "0".repeat(16),
            Fault::NikScientific => {
                // six significant digits, as a narrow column shows them
                let lead = (nik + 5_000_000_000) / 10_000_000_000;
                format!("{}.{:05}E+15", lead / 100_000, lead % 100_000)
            }
            Fault::NikFloat53 => format!("{:016}", nik / 10 * 10),
            Fault::NikShort => digits[..15].to_owned(),
            Fault::NikSpaced => format!("{} {} {} {}", &digits[..4], &digits[4..8], &digits[8..12], &digits[12..]),
            Fault::NikApostrophe => format!("'{digits}"),
            Fault::NikLetterO => digits.replacen('0', "O", 1 + dice.below(2)),
            Fault::NikOneDigit => {
                let at = dice.below(16);
                replace(&digits, at, dice)
            }
            Fault::NikTransposed => {
                let at = dice.below(15);
                swap(&digits, at)
            }
            Fault::NikBadDate => format!("{}999999{}", &digits[..6], &digits[12..]),
            Fault::NikShared => match other {
                Some(other) => format!("{other:016}"),
                None => return digits,
            },
            _ => return digits,
        };
        if cell != digits {
            done.add(fault);
        }
        cell
    }

    /// `None` where it is not there.
    pub(super) fn born(&self, dice: &mut Dice, born: Date, done: &mut Done) -> Option<Date> {
        let mut got = born;
        let mut u = dice.unit();
        for fault in [Fault::DobMissing, Fault::DobJan1, Fault::DobSwapped, Fault::DobYear] {
            let rate = self.rates.get(self.source, fault);
            if u >= rate {
                u -= rate;
                continue;
            }
            let (y, m, d) = (i32::from(born.year()), i32::from(born.month()), i32::from(born.day()));
            match fault {
                Fault::DobMissing => {
                    done.add(fault);
                    return None;
                }
                Fault::DobJan1 => got = date::new(y, 1, 1).unwrap_or(born),
                Fault::DobSwapped => got = date::new(y, d, m).unwrap_or(born),
                _ => got = date::new(y + *dice.pick(&[-10, -2, -1, -1, 1, 1, 2, 10]), m, d).unwrap_or(born),
            }
            if got != born {
                done.add(fault);
            }
            break;
        }
        Some(got)
    }

    pub(super) fn sex(&self, dice: &mut Dice, sex: Sex, done: &mut Done) -> Sex {
        if !self.hits(dice, Fault::SexFlipped) {
            return sex;
        }
        done.add(Fault::SexFlipped);
        if sex == Sex::Male { Sex::Female } else { Sex::Male }
    }

    pub(super) fn entered_again(&self, dice: &mut Dice) -> bool {
        self.hits(dice, Fault::ReEntered)
    }

    pub(super) fn in_second_family(&self, dice: &mut Dice, rows: usize) -> bool {
        // the rate is per row, asked once a family
        #[allow(clippy::cast_precision_loss, reason = "families are small")]
        let rate = self.rates.get(self.source, Fault::SecondFamily) * rows as f64;
        dice.chance(rate)
    }
}

type Change = fn(&mut Dice, &str) -> Option<String>;

/// In the order of `OWN` and `MOTHERS`.
const CHANGES: [Change; 8] = [title, abbreviate, old_spelling, drop_word, swap_words, join_words, blanks, typo];

fn title(dice: &mut Dice, name: &str) -> Option<String> {
    const TITLES: [&str; 10] = ["H.", "Hj.", "Drs.", "Ir.", "Bpk", "Ny.", "Ibu", "Alm.", "KH.", "Dra."];
    Some(format!("{} {name}", dice.pick(&TITLES)))
}

fn abbreviate(dice: &mut Dice, name: &str) -> Option<String> {
    const FORMS: [(&str, &[&str]); 6] = [
        ("Muhammad", &["Mochamad", "Mohammad", "Moch", "Moh.", "Muh.", "M.", "Mohamad", "Muhamad"]),
        ("Siti", &["St.", "Sitti", "S."]),
        ("Abdul", &["Abd.", "Abd"]),
        ("Ahmad", &["Achmad", "Akhmad", "A."]),
        ("Nurul", &["Nrl", "Nurl"]),
        ("Sri", &["Srie", "S."]),
    ];
    for (word, forms) in FORMS {
        if let Some(at) = name.split(' ').position(|w| w == word) {
            let form = *dice.pick(forms);
            return Some(
                name.split(' ').enumerate().map(|(i, w)| if i == at { form } else { w }).collect::<Vec<_>>().join(" "),
            );
        }
    }
    // a later word as its first letter
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() < 2 {
        return None;
    }
    let at = 1 + dice.below(words.len() - 1);
    let initial: String = words[at].chars().take(1).chain(['.']).collect();
    Some(
        words.iter().enumerate().map(|(i, w)| if i == at { initial.as_str() } else { w }).collect::<Vec<_>>().join(" "),
    )
}

fn old_spelling(_: &mut Dice, name: &str) -> Option<String> {
    const CHANGES: [(&str, &str); 10] = [
        ("Su", "Soe"),
        ("Yu", "Joe"),
        ("Ju", "Djoe"),
        ("Sya", "Sja"),
        ("Kho", "Cho"),
        ("Nya", "Nja"),
        ("cah", "tjah"),
        ("yani", "jani"),
        ("wi", "wie"),
        ("ni", "nie"),
    ];
    let (from, to) = CHANGES.iter().find(|(from, _)| name.contains(from))?;
    Some(name.replacen(from, to, 1))
}

fn drop_word(dice: &mut Dice, name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() < 2 {
        return None;
    }
    let at = dice.below(words.len());
    Some(words.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, w)| *w).collect::<Vec<_>>().join(" "))
}

fn swap_words(dice: &mut Dice, name: &str) -> Option<String> {
    let mut words: Vec<&str> = name.split(' ').collect();
    if words.len() < 2 {
        return None;
    }
    let at = dice.below(words.len() - 1);
    words.swap(at, at + 1);
    Some(words.join(" "))
}

fn join_words(_: &mut Dice, name: &str) -> Option<String> {
    let (first, rest) = name.split_once(' ')?;
    Some(format!("{first}{}", rest.to_lowercase()))
}

fn blanks(dice: &mut Dice, name: &str) -> Option<String> {
    Some(match dice.below(3) {
        0 => format!(" {name}"),
        1 => format!("{name}  "),
        _ => name.split_once(' ').map(|(a, b)| format!("{a}  {b}")).unwrap_or_else(|| format!("{name} ")),
    })
}

fn typo(dice: &mut Dice, name: &str) -> Option<String> {
    let letters: Vec<char> = name.chars().collect();
    let places: Vec<usize> = (1..letters.len()).filter(|i| letters[*i].is_alphabetic()).collect();
    if places.is_empty() {
        return None;
    }
    let at = *dice.pick(&places);
    let mut out = letters.clone();
    match dice.below(4) {
        0 => {
            out.remove(at);
        }
        1 => out.insert(at, letters[at]),
        2 => out[at] = *dice.pick(&['a', 'i', 'u', 'e', 'o', 'n', 's', 'r', 't', 'h', 'l', 'm']),
        _ => out.swap(at - 1, at),
    }
    Some(out.into_iter().collect())
}

fn replace(digits: &str, at: usize, dice: &mut Dice) -> String {
    let old = digits.as_bytes().get(at).map_or(0, |b| usize::from(b - b'0'));
    let new = (old + 1 + dice.below(9)) % 10;
    digits
        .chars()
        .enumerate()
        .map(|(i, c)| if i == at { char::from(b'0' + u8::try_from(new).unwrap_or(0)) } else { c })
        .collect()
}

fn swap(digits: &str, at: usize) -> String {
    let mut all: Vec<char> = digits.chars().collect();
    all.swap(at, at + 1);
    all.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_damage_is_done_and_said() {
        let mut rates = Rates::none();
        for fault in Fault::ALL {
            rates.set(&format!("{}=0.5", fault.word())).unwrap();
        }
        let damage = Damage { rates: &rates, source: Source::Dtks };
        let mut dice = Dice::new(1);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..4000 {
            let mut done = Done::default();
            let name = damage.name(&mut dice, "Muhammad Sutrisno Wijaya", &mut done);
            // nothing is changed without a word (two changes may undo each other)
            assert!(name == "Muhammad Sutrisno Wijaya" || done.iter().count() > 0);
            let _ = damage.mother(&mut dice, "Siti Wahyuni", &mut done);
            let born = damage.born(&mut dice, Date::constant(1980, 3, 9), &mut done);
            assert!(born.is_some() || done.iter().any(|f| f == Fault::DobMissing));
            let sex = damage.sex(&mut dice, Sex::Male, &mut done);
            assert_eq!(sex == Sex::Female, done.iter().any(|f| f == Fault::SexFlipped));
            seen.extend(done.iter().map(Fault::word));
        }
        // damages of a NIK share one draw, and so do those of a birth date: each gets its own turn
        for fault in Fault::ALL.iter().filter(|f| f.word().starts_with("nik:") || f.word().starts_with("dob:")) {
            let mut rates = Rates::none();
            rates.set(&format!("{}=1", fault.word())).unwrap();
            let damage = Damage { rates: &rates, source: Source::Dtks };
            let mut done = Done::default();
            let cell = damage.nik(&mut dice, 3_508_204_103_659_004, Some(3_508_204_103_659_005), &mut done);
            assert_eq!(cell != "3508204103659004", fault.word().starts_with("nik:"), "{}", fault.word());
            let _ = damage.born(&mut dice, Date::constant(1980, 3, 9), &mut done);
            assert_eq!(done.iter().collect::<Vec<_>>(), [*fault]);
            seen.insert(fault.word());
        }
        let all: Vec<&str> = Fault::ALL.iter().map(|f| f.word()).filter(|w| w.contains(':')).collect();
        let missing: Vec<_> = all.iter().filter(|w| !seen.contains(*w)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn scientific_notation_keeps_six_digits() {
        let mut rates = Rates::none();
        rates.set("nik:scientific=1").unwrap();
        let damage = Damage { rates: &rates, source: Source::Dtks };
        let cell = damage.nik(&mut Dice::new(1), 3_508_119_103_659_004, None, &mut Done::default());
        assert_eq!(cell, "3.50812E+15");
    }
}
