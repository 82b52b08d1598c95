//! The kinds of damage the field reports, and how often each happens in each register.

use super::SynthError;
use bansos::source::Source;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $word:literal: $dtks:literal, $p3ke:literal, $regsosek:literal;)*) => {
        /// A kind of damage. Its word stands in `truth/rows.csv`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Fault { $($(#[$doc])* $name,)* }

        impl Fault {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word used in files and options.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            const fn usual(self) -> [f64; 3] {
                match self { $(Self::$name => [$dtks, $p3ke, $regsosek],)* }
            }
        }
    };
}

// Rates per row in the order DTKS, P3KE, Regsosek: of the size that the field reports and that the example registers have.
faults! {
    /// A letter wrong, missing, doubled, or two swapped.
    NameTypo = "name:typo": 0.080, 0.056, 0.027;
    /// Muhammad as Moch., Siti as St.
    NameAbbr = "name:abbr": 0.030, 0.016, 0.011;
    /// A word left out.
    NameDropped = "name:dropped": 0.017, 0.004, 0.006;
    /// Two words written as one.
    NameJoined = "name:joined": 0.011, 0.007, 0.004;
    /// Blanks where none or more than one belong.
    NameSpaces = "name:spaces": 0.018, 0.014, 0.007;
    /// The old spelling: oe, dj, tj.
    NameSpelling = "name:spelling": 0.009, 0.006, 0.003;
    /// Words in another order.
    NameSwapped = "name:swapped": 0.014, 0.009, 0.005;
    /// A title in front.
    NameTitle = "name:title": 0.015, 0.016, 0.005;
    /// The mother's name is not there.
    MotherMissing = "mother:missing": 0.255, 0.245, 0.250;
    /// As for names.
    MotherTypo = "mother:typo": 0.030, 0.025, 0.028;
    /// As for names.
    MotherAbbr = "mother:abbr": 0.009, 0.006, 0.009;
    /// As for names.
    MotherDropped = "mother:dropped": 0.001, 0.001, 0.001;
    /// As for names.
    MotherJoined = "mother:joined": 0.002, 0.001, 0.002;
    /// As for names.
    MotherSpaces = "mother:spaces": 0.010, 0.009, 0.008;
    /// As for names.
    MotherSpelling = "mother:spelling": 0.004, 0.002, 0.004;
    /// As for names.
    MotherSwapped = "mother:swapped": 0.003, 0.001, 0.002;
    /// As for names.
    MotherTitle = "mother:title": 0.014, 0.012, 0.010;
    /// No NIK.
    NikMissing = "nik:missing": 0.042, 0.019, 0.016;
    /// Sixteen zeros.
    NikZeros = "nik:zeros": 0.010, 0.004, 0.004;
    /// 3.50812E+15.
    NikScientific = "nik:scientific": 0.018, 0.008, 0.006;
    /// The sixteenth digit became 0 in a spreadsheet.
    NikFloat53 = "nik:float53": 0.014, 0.009, 0.005;
    /// Fifteen digits.
    NikShort = "nik:short": 0.007, 0.008, 0.004;
    /// Blanks between the groups.
    NikSpaced = "nik:spaced": 0.011, 0.006, 0.005;
    /// An apostrophe in front.
    NikApostrophe = "nik:apostrophe": 0.010, 0.006, 0.004;
    /// The letter O for zeros.
    NikLetterO = "nik:letter_o": 0.007, 0.005, 0.003;
    /// One digit wrong.
    NikOneDigit = "nik:one_digit": 0.008, 0.004, 0.004;
    /// Two neighbouring digits swapped.
    NikTransposed = "nik:transposed": 0.005, 0.003, 0.002;
    /// 999999 in the place of the date.
    NikBadDate = "nik:bad_date": 0.006, 0.002, 0.002;
    /// Another person's NIK.
    NikShared = "nik:shared": 0.004, 0.0, 0.0;
    /// No birth date.
    DobMissing = "dob:missing": 0.009, 0.006, 0.011;
    /// 1 January of the year.
    DobJan1 = "dob:jan1": 0.020, 0.017, 0.018;
    /// Day and month swapped.
    DobSwapped = "dob:swapped": 0.005, 0.007, 0.005;
    /// The year one off, or ten.
    DobYear = "dob:year": 0.018, 0.017, 0.017;
    /// The other sex.
    SexFlipped = "sex:flipped": 0.006, 0.004, 0.006;
    /// The person stands there twice.
    ReEntered = "re_entered": 0.018, 0.0, 0.0065;
    /// A grown child stands in a second family too.
    SecondFamily = "second_family": 0.008, 0.0, 0.0;
}

/// How often each damage happens in each of the three registers, per row.
///
/// ```
/// use bansos_registers::synth::{Fault, Rates};
/// use bansos::source::Source;
/// let mut rates = Rates::default();
/// rates.set("dtks:nik:scientific=0.05")?;
/// assert_eq!(rates.get(Source::Dtks, Fault::NikScientific), 0.05);
/// assert_eq!(Rates::none().get(Source::P3ke, Fault::NameTypo), 0.0);
/// # Ok::<(), bansos_registers::synth::SynthError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Rates([[f64; Fault::ALL.len()]; 3]);

const SOURCES: [Source; 3] = [Source::Dtks, Source::P3ke, Source::Regsosek];

impl Default for Rates {
    fn default() -> Self {
        let mut all = Self::none();
        for fault in Fault::ALL {
            for (of_source, rate) in all.0.iter_mut().zip(fault.usual()) {
                of_source[*fault as usize] = rate;
            }
        }
        all
    }
}

impl Rates {
    /// Spotless registers.
    pub fn none() -> Self {
        Self([[0.0; Fault::ALL.len()]; 3])
    }

    /// Every rate times `factor`, at most 1.
    pub fn times(mut self, factor: f64) -> Self {
        self.0.iter_mut().flatten().for_each(|rate| *rate = (*rate * factor).clamp(0.0, 1.0));
        self
    }

    /// The rate of a damage; 0 for a register that is not made.
    pub fn get(&self, source: Source, fault: Fault) -> f64 {
        SOURCES.iter().position(|s| *s == source).map_or(0.0, |s| self.0[s][fault as usize])
    }

    /// Sets `[source:]fault=rate`, for all registers where no source is named.
    ///
    /// # Errors
    ///
    /// The source or damage is not known, or the rate is no number from 0 to 1.
    pub fn set(&mut self, text: &str) -> Result<(), SynthError> {
        let unknown = || SynthError::UnknownRate { text: text.to_owned() };
        let (name, rate) = text.split_once('=').ok_or_else(unknown)?;
        let rate: f64 = rate.trim().parse().map_err(|_| unknown())?;
        if !(0.0..=1.0).contains(&rate) {
            return Err(unknown());
        }
        let (source, word) = match name.split_once(':') {
            Some((s, rest)) if Source::from_word(s).is_some() => (Source::from_word(s), rest),
            _ => (None, name),
        };
        let fault = Fault::ALL.iter().find(|f| f.word() == word.trim()).ok_or_else(unknown)?;
        let mut done = false;
        for (s, rates) in SOURCES.iter().zip(&mut self.0) {
            if source.is_none_or(|wanted| wanted == *s) {
                rates[*fault as usize] = rate;
                done = true;
            }
        }
        if done { Ok(()) } else { Err(unknown()) }
    }
}

/// The damages done to one row.
#[derive(Clone, Debug, Default)]
pub(super) struct Done(Vec<Fault>);

impl Done {
    pub(super) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Fault> {
        self.0.iter().copied()
    }

    pub(super) fn has_nik(&self) -> bool {
        self.iter().any(|f| f.word().starts_with("nik:"))
    }

    pub(super) fn words(&self) -> String {
        self.iter().map(Fault::word).collect::<Vec<_>>().join("|")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_set_by_word() {
        let mut rates = Rates::none();
        rates.set("nik:short=0.5").unwrap();
        assert_eq!(rates.get(Source::Regsosek, Fault::NikShort), 0.5);
        rates.set("p3ke:nik:short=0").unwrap();
        assert_eq!(rates.get(Source::P3ke, Fault::NikShort), 0.0);
        for bad in ["nik:short", "nik:short=2", "nik:shorter=0.1", "bdt:nik:short=0.1", "=", "nik:short=x"] {
            assert!(rates.set(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn noise_scales_and_stays_a_probability() {
        let rates = Rates::default().times(10.0);
        assert_eq!(rates.get(Source::Dtks, Fault::MotherMissing), 1.0);
    }
}
