//! NIK and No. KK cells. The number is taken where the cell holds sixteen digits or where nothing but form has to be mended;
//! everything else keeps its raw text for those who link and for those who mend.

use super::column::Rounded;
use bansos::family_card::FamilyCardFinding;
use bansos::nik::Declared;
use bansos::nik::repair::{DigitChange, Evidence, Loss, Reading};
use bansos::source::{Identifier, Sixteen};
use bansos::{Date, FamilyCard, Finding, Nik, Sex};

/// What is known of the row when its NIK is read.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) birth_date: Option<Date>,
    pub(super) sex: Option<Sex>,
    pub(super) as_of: Date,
    /// The cell was a binary number.
    pub(super) float: bool,
    /// Which numbers of the column lost their last digit.
    pub(super) rounded: Rounded,
}

fn reading(text: &str, float: bool) -> Reading {
    let reading = Reading::from_cell(text);
    if float { reading.as_float() } else { reading }
}

/// The cell of a number that lost its last digit with its column. That is said of the column.
fn cut<T: Sixteen>(reading: Reading, text: &str, float: bool, rounded: Rounded) -> Option<Identifier<T>> {
    let number = reading.number()?;
    let cut = rounded.covers(number, float);
    cut.then(|| Identifier::from_reading(reading.without_last_digit(), Some(text.into())))
}

/// A NIK cell. Letters that look like digits become digits only where exactly one valid number comes of it, and the
/// finding says so.
pub(super) fn nik(text: &str, known: Known, mut note: impl FnMut(Finding)) -> Identifier<Nik> {
    let reading = reading(text, known.float);
    if let Some(cut) = cut(reading, text, known.float, known.rounded) {
        return cut;
    }
    if reading.is_clean() {
        return Identifier::from_reading(reading, None);
    }
    if reading.loss() == Some(Loss::Missing) {
        return Identifier::default();
    }
    let declared = Declared { birth_date: known.birth_date, sex: known.sex, ..Declared::default() };
    let repair = reading.repair(&Evidence { declared, ..Evidence::default() }, known.as_of);
    repair.findings().for_each(&mut note);
    let reading = match repair.candidates() {
        [only] if only.change == DigitChange::Letters => reading.with_letters(),
        _ => reading,
    };
    Identifier::from_reading(reading, Some(text.into()))
}

/// A No. KK cell.
pub(super) fn family_card(
    text: &str,
    float: bool,
    rounded: Rounded,
    mut note: impl FnMut(Finding),
) -> Identifier<FamilyCard> {
    let reading = reading(text, float);
    if let Some(cut) = cut(reading, text, float, rounded) {
        return cut;
    }
    if reading.is_clean() {
        return Identifier::from_reading(reading, None);
    }
    let finding = match reading.loss() {
        None => Some(FamilyCardFinding::Cleaned),
        Some(Loss::Missing) => return Identifier::default(),
        Some(loss) => FamilyCardFinding::from_loss(loss),
    };
    finding.into_iter().for_each(|f| note(f.into()));
    Identifier::from_reading(reading, Some(text.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bansos::Coded;

    const KNOWN: Known = Known {
        birth_date: None,
        sex: None,
        as_of: Date::constant(2025, 12, 31),
        float: false,
        rounded: Rounded::None,
    };

    fn read(text: &str) -> (Identifier<Nik>, Vec<&'static str>) {
        let mut codes = Vec::new();
        let got = nik(text, KNOWN, |f| codes.push(f.code()));
        (got, codes)
    }

    #[test]
    fn form_is_mended_said_and_the_raw_text_kept() {
        let want = Nik::parse("3508204103659004").ok();
        let (clean, said) = read("3508204103659004");
        assert!(clean.value() == want && clean.raw().is_none() && said.is_empty());
        for text in ["'3508204103659004", "350820 410365 9004", "35.08.20.410365.9004", "3508204103659004.0"] {
            let (got, said) = read(text);
            assert!(got.value() == want, "{text}");
            assert_eq!(got.raw(), Some(text));
            assert_eq!(said, ["nik.cleaned"], "{text}");
        }
        let (got, said) = read("35O82O41O3659OO4");
        assert!(got.value() == want && got.raw().is_some());
        assert!(said.contains(&"nik.letters_for_digits"), "{said:?}");
    }

    #[test]
    fn lost_digits_stay_lost() {
        for (text, code) in [
            ("3.50820E+15", "nik.scientific"),
            ("3,50811E+15", "nik.scientific"),
            ("350820410365900", "nik.digit_count"),
            ("TIDAK PUNYA", "nik.unreadable"),
        ] {
            let (got, said) = read(text);
            assert!(got.value().is_none());
            assert_eq!(got.raw(), Some(text));
            assert!(said.contains(&code), "{text} {said:?}");
        }
        for text in ["", "-", "0", "NULL", "0000000000000000"] {
            let (got, said) = read(text);
            assert!(got.value().is_none() && got.raw().is_none() && said.is_empty(), "{text}");
        }
    }

    #[test]
    fn family_cards_alike() {
        let mut said = Vec::new();
        let got = family_card("'3508161211219018", false, Rounded::None, |f| said.push(f.code()));
        assert!(got.value().is_some() && got.raw().is_some());
        let got = family_card("3.50816E+15", false, Rounded::None, |f| said.push(f.code()));
        assert!(got.value().is_none() && got.raw().is_some());
        assert_eq!(said, ["family_card.cleaned", "family_card.scientific"]);
    }
}
