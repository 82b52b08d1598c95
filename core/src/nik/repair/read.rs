//! The lossless rung: what stands around and between the digits is dropped, no digit changes.

use crate::nik::digits;

words! {
    /// Something that was done to a cell without touching its digits.
    pub enum Step {
        /// Blanks, byte-order marks, zero-width and control characters were dropped.
        Blanks = "blanks", id: "spasi atau karakter tak terlihat dibuang", en: "blanks or invisible characters dropped";
        /// Quotes, apostrophes, brackets, or `="…"` around the digits.
        Quotes = "quotes", id: "tanda kutip atau kurung dibuang", en: "quotes or brackets dropped";
        /// A label in front: `NIK`, `No. KK`.
        Label = "label", id: "keterangan di depan angka dibuang", en: "a label in front dropped";
        /// Dots, commas, dashes, slashes between the digits.
        Separators = "separators", id: "tanda pemisah dibuang", en: "separators dropped";
        /// Full-width or Arabic digits became ASCII ones.
        ForeignDigits = "foreign_digits", id: "angka bentuk lain disalin menjadi 0–9", en: "digits of another script became 0–9";
        /// `.0` or `,00` behind.
        DecimalSuffix = "decimal_suffix", id: "akhiran desimal nol dibuang", en: "a zero decimal suffix dropped";
        /// A mark or a word behind that says nothing against the number: `*`, `(aktif)`.
        Remark = "remark", id: "tanda atau keterangan di belakang angka dibuang", en: "a mark or remark behind dropped";
        /// `3.508126801809001E+15`: all sixteen digits are there.
        Scientific = "scientific", id: "notasi ilmiah lengkap ditulis ulang", en: "full scientific notation written out";
    }
}

/// Which steps were taken, in no order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Steps(u8);

impl Steps {
    /// Whether nothing was done.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a step was taken.
    pub const fn has(self, step: Step) -> bool {
        self.0 & 1 << step as u8 != 0
    }

    /// The steps taken.
    pub fn iter(self) -> impl Iterator<Item = Step> {
        Step::ALL.iter().copied().filter(move |s| self.has(*s))
    }

    pub(super) fn add(&mut self, step: Step) {
        self.0 |= 1 << step as u8;
    }
}

/// Why a cell does not give sixteen digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Loss {
    /// Nothing there: empty, a dash, `NULL`, `0`.
    Missing,
    /// Digits only, but another number of them.
    Digits {
        /// How many.
        digits: u32,
    },
    /// A spreadsheet's number, such as `3.50812E+15`: this many leading digits are left.
    Scientific {
        /// How many.
        digits: u32,
    },
    /// A floating-point number that may stand for its neighbours too (above 2⁵³).
    Float,
    /// Letters that look like digits.
    Letters,
    /// Something else.
    Other,
}

/// What a cell says, read once: the digits in it, what was dropped around them, and what keeps them from being a number.
///
/// [`repair`](super::repair()) proposes from it and record linkage compares by it, so nobody reads the text again. Sixteen
/// bytes: every row of a register keeps its own.
///
/// ```
/// use bansos::nik::repair::{Loss, Reading, Step};
/// let whole = Reading::from_cell("NIK: 3508 1268 0180 9001");
/// assert_eq!(whole.number(), Some(3_508_126_801_809_001));
/// assert!(whole.steps().has(Step::Label));
/// let cut = Reading::from_cell("3.50812E+15");
/// assert_eq!((cut.number(), cut.loss()), (None, Some(Loss::Scientific { digits: 6 })));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// The digits as a number, the first seventeen where there are more; letters count as what they look like.
    digits: u64,
    /// How many digits there are, zeros in front included.
    count: u32,
    kind: Kind,
    steps: Steps,
}

/// What became of the digits; [`Loss`] without its numbers.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Missing,
    Whole,
    /// Letters for digits, and somebody has decided that they are meant.
    Spelled,
    Letters,
    Digits,
    Scientific,
    /// Scientific notation with another exponent than 15: no number of sixteen digits.
    Exponent,
    Float,
    /// Fifteen digits, all of them right, of a number whose last one a spreadsheet dropped.
    Cut,
    Other,
}

/// Of more digits than this, only how many there are is of use: one too many in sixteen.
const KEPT: usize = 17;

impl Reading {
    /// Reads a cell.
    pub fn from_cell(text: &str) -> Self {
        match digits::read(text) {
            Ok(number) => Self::from_number(number),
            Err(_) => slowly(text),
        }
    }

    /// The reading of sixteen digits that stand alone in their cell.
    pub(crate) const fn from_number(number: u64) -> Self {
        // sixteen zeros fill a cell, they are no number
        let (count, kind) = if number == 0 { (0, Kind::Missing) } else { (16, Kind::Whole) };
        Self { digits: number, count, kind, steps: Steps(0) }
    }

    fn new(digits: &str, kind: Kind, steps: Steps) -> Self {
        let count = u32::try_from(digits.len()).unwrap_or(u32::MAX);
        let digits = digits.bytes().take(KEPT).fold(0, |n, b| n * 10 + u64::from(b.wrapping_sub(b'0') % 10));
        let nothing = kind == Kind::Whole && digits == 0;
        Self { digits, count, kind: if nothing { Kind::Missing } else { kind }, steps }
    }

    /// The sixteen digits; nothing where there are none to trust.
    pub const fn number(self) -> Option<u64> {
        if matches!(self.kind, Kind::Whole | Kind::Spelled) { Some(self.digits) } else { None }
    }

    /// Why the cell does not give sixteen digits. Letters stay a loss also where they were [taken](Self::with_letters).
    pub const fn loss(self) -> Option<Loss> {
        match self.kind {
            Kind::Whole => None,
            Kind::Missing => Some(Loss::Missing),
            Kind::Digits => Some(Loss::Digits { digits: self.count }),
            Kind::Scientific | Kind::Cut | Kind::Exponent => Some(Loss::Scientific { digits: self.count }),
            Kind::Float => Some(Loss::Float),
            Kind::Letters | Kind::Spelled => Some(Loss::Letters),
            Kind::Other => Some(Loss::Other),
        }
    }

    /// What was dropped around the digits.
    pub const fn steps(self) -> Steps {
        self.steps
    }

    /// Whether the cell held the sixteen digits and nothing else.
    pub const fn is_clean(self) -> bool {
        matches!(self.kind, Kind::Whole) && self.steps.is_empty()
    }

    /// The same where the cell was a binary number (`f64`): above 2⁵³ it may stand for its neighbours too, whatever it says.
    ///
    /// ```
    /// use bansos::nik::repair::{Loss, Reading};
    /// assert_eq!(Reading::from_cell("9109016801809002").as_float().loss(), Some(Loss::Float));
    /// assert_eq!(Reading::from_cell("3508126801809001").as_float().loss(), None);
    /// ```
    #[must_use]
    pub const fn as_float(self) -> Self {
        match self.kind {
            Kind::Whole if self.digits > 1 << 53 => Self { kind: Kind::Float, ..self },
            _ => self,
        }
    }

    /// The same where a spreadsheet kept fifteen digits and put a zero for the last: what is left is evidence and no number.
    ///
    /// ```
    /// use bansos::nik::repair::{Loss, Reading};
    /// let cut = Reading::from_cell("3508126801809000").without_last_digit();
    /// assert_eq!((cut.number(), cut.loss()), (None, Some(Loss::Scientific { digits: 15 })));
    /// ```
    #[must_use]
    pub const fn without_last_digit(self) -> Self {
        match self.kind {
            Kind::Whole => Self { digits: self.digits / 10, count: 15, kind: Kind::Cut, ..self },
            _ => self,
        }
    }

    /// Takes letters for the digits they look like, where that makes sixteen. Only for a caller who knows that exactly one
    /// valid number comes of it; see [`DigitChange::Letters`](super::DigitChange::Letters).
    #[must_use]
    pub const fn with_letters(self) -> Self {
        match self.kind {
            Kind::Letters if self.count == 16 => Self { kind: Kind::Spelled, ..self },
            _ => self,
        }
    }

    /// The digits of the cell that count as evidence, the first of them first, and how many they are; 17 stands for more.
    /// Where the exponent is not that of sixteen digits, none do.
    pub(crate) fn evidence(self) -> (u64, u32) {
        match self.kind {
            Kind::Missing | Kind::Exponent => (0, 0),
            _ => (self.digits, self.count.min(KEPT as u32)),
        }
    }

    /// The first fifteen, where a column that lost its last digits leaves them.
    pub(crate) fn first_fifteen(self) -> Option<u64> {
        (self.kind == Kind::Cut).then_some(self.digits)
    }

    /// The digits as they are shown, where the cell has no letters and nothing else among them.
    pub(super) fn shown(self) -> Option<Vec<u8>> {
        let plain = !matches!(self.kind, Kind::Missing | Kind::Letters | Kind::Spelled | Kind::Other);
        (plain && self.count as usize <= KEPT).then(|| self.each())
    }

    /// Sixteen digits with letters taken for digits.
    pub(super) fn spelled(self) -> Option<u64> {
        self.with_letters().number()
    }

    /// The double of a cell that was rounded to one.
    pub(super) const fn double(self) -> Option<u64> {
        if matches!(self.kind, Kind::Float) { Some(self.digits) } else { None }
    }

    fn each(self) -> Vec<u8> {
        let mut rest = self.digits;
        let mut out = vec![0; self.count as usize];
        for place in out.iter_mut().rev() {
            *place = (rest % 10) as u8;
            rest /= 10;
        }
        out
    }
}

impl std::fmt::Debug for Reading {
    /// What was found, never the digits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading").field("loss", &self.loss()).field("steps", &self.steps).finish()
    }
}

fn slowly(text: &str) -> Reading {
    if crate::text::is_empty_like(text) {
        return Reading::default();
    }
    let mut steps = Steps::default();
    let plain = plain(text, &mut steps);
    let body = without_label(&plain, &mut steps);
    let body = without_remark(without_brackets(body, &mut steps), &mut steps);
    match scientific(body) {
        Some((mantissa, exponent)) => from_scientific(&mantissa, exponent, steps),
        None => from_digits(body, steps),
    }
}

/// Blanks and quotes dropped, digits of other scripts turned into ASCII.
fn plain(text: &str, steps: &mut Steps) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' => out.push(c),
            '\'' | '"' | '`' | '=' | '\u{2018}'..='\u{201f}' | '\u{00b4}' | '\u{2032}' | '\u{2033}' => {
                steps.add(Step::Quotes)
            }
            _ if is_blank(c) => steps.add(Step::Blanks),
            _ => match foreign_digit(c) {
                Some(digit) => {
                    steps.add(Step::ForeignDigits);
                    out.push(digit);
                }
                None => out.push(c),
            },
        }
    }
    out
}

/// White space, and what is not seen: control characters, zero-width ones, marks of direction, the soft hyphen.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Digits of scripts met in registers: full-width (East Asian input), Arabic, Eastern Arabic, Javanese, Balinese.
fn foreign_digit(c: char) -> Option<char> {
    const ZEROS: [u32; 5] = [0xff10, 0x0660, 0x06f0, 0xa9d0, 0x1b50];
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|d| *d < 10))?;
    char::from_digit(value, 10)
}

/// Whether letters are a label, and nothing but one: `nonik`, `nomorkartukeluarga`.
fn is_label(mut letters: &str) -> bool {
    // longer ones first: `nomor` begins like `no`
    const WORDS: [&str; 11] =
        ["kependudukan", "keluarga", "nomor", "induk", "kartu", "ektp", "nik", "nkk", "ktp", "no", "kk"];
    while let Some(rest) = WORDS.iter().find_map(|word| letters.strip_prefix(word)) {
        if rest.is_empty() {
            return true;
        }
        letters = rest;
    }
    false
}

/// `NIK 3508…`, `No. KK: 3508…`, `KK.3508…`; blanks are gone already.
fn without_label<'a>(text: &'a str, steps: &mut Steps) -> &'a str {
    let Some(first) = text.find(|c: char| c.is_ascii_digit()) else { return text };
    let (front, body) = text.split_at(first);
    let letters: String = front.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    let marks_only =
        front.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '.' | ':' | '-' | '#' | '/' | '_' | '(' | ')'));
    if marks_only && is_label(&letters) {
        steps.add(Step::Label);
        return body;
    }
    text
}

/// `(3508…)`, `[3508…]`; blanks are gone already.
fn without_brackets<'a>(text: &'a str, steps: &mut Steps) -> &'a str {
    let inner = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))
        .filter(|inner| !inner.contains(['(', '[', '{', '<']));
    if inner.is_some() {
        steps.add(Step::Quotes);
    }
    inner.unwrap_or(text)
}

/// `3508…*`, `3508…(aktif)`: sixteen digits, and behind them what does not doubt them. `(lama)`, `(suami)` and `?` do.
fn without_remark<'a>(text: &'a str, steps: &mut Steps) -> &'a str {
    const SOUND: [&str; 10] =
        ["aktif", "valid", "padan", "ok", "sesuai", "benar", "terdaftar", "sudahpadan", "padandukcapil", "online"];
    let Some((front, behind)) = text.split_at_checked(16) else { return text };
    let marks =
        |rest: &str| rest.chars().all(|c| matches!(c, '*' | '#' | ';' | '.' | ',' | ')' | ']' | '✓' | '√' | '✔'));
    let word = |rest: &str| {
        let rest = rest.trim_matches(['(', ')', '[', ']', '*']).to_lowercase();
        SOUND.contains(&rest.as_str())
    };
    let bracketed = behind.starts_with(['(', '[']) && word(behind);
    if !behind.is_empty() && front.bytes().all(|b| b.is_ascii_digit()) && (marks(behind) || bracketed) {
        steps.add(Step::Remark);
        return front;
    }
    text
}

const fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '-' | '_' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// `3.50812E+15` as the digits of its mantissa, and its exponent.
fn scientific(text: &str) -> Option<(String, u32)> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent: u32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let fits = whole.len() == 1 && digits.bytes().all(|b| b.is_ascii_digit()) && exponent < 100;
    fits.then_some((digits, exponent))
}

fn from_scientific(mantissa: &str, exponent: u32, mut steps: Steps) -> Reading {
    let kind = match digits::read(mantissa) {
        _ if exponent != 15 => Kind::Exponent,
        Ok(number) => {
            steps.add(Step::Scientific);
            of_double(number)
        }
        Err(_) => Kind::Scientific,
    };
    Reading::new(mantissa, kind, steps)
}

fn from_digits(body: &str, mut steps: Steps) -> Reading {
    let (front, suffix) = decimal_suffix(body);
    let rest: String = front.chars().filter(|c| !is_separator(*c)).collect();
    if rest.len() != front.len() {
        steps.add(Step::Separators);
    }
    if suffix {
        steps.add(Step::DecimalSuffix);
    }
    match digits::read(&rest) {
        Ok(number) if suffix => Reading::new(&rest, of_double(number), steps),
        Ok(_) => Reading::new(&rest, Kind::Whole, steps),
        Err(digits::Shape::Length(_)) => Reading::new(&rest, Kind::Digits, steps),
        Err(digits::Shape::Charset(_)) => match spelled(&rest) {
            Some(spelled) => Reading::new(&spelled, Kind::Letters, steps),
            None => Reading::new(&among_marks(&rest), Kind::Other, steps),
        },
    }
}

/// Letters as the digits they look like, where all of them look like one.
fn spelled(rest: &str) -> Option<String> {
    rest.chars().map(|c| if c.is_ascii_digit() { Some(c) } else { like_digit(c) }).collect()
}

/// Digits among marks nobody has explained: no number, but evidence. Among letters they are none.
fn among_marks(rest: &str) -> String {
    if rest.chars().any(char::is_alphabetic) {
        return String::new();
    }
    rest.chars().filter(char::is_ascii_digit).collect()
}

/// `.0` or `,00` behind digits: the whole part, and whether there was such an end. `35.08.16.2010` has none, for its last part
/// is longer; `3.508.126.801.809.001,00` has one, for sixteen digits stand before it.
fn decimal_suffix(text: &str) -> (&str, bool) {
    let Some((front, end)) = text.rsplit_once(['.', ',']) else { return (text, false) };
    let zeros = (1..=2).contains(&end.len()) && end.bytes().all(|b| b == b'0');
    let plain = front.bytes().all(|b| b.is_ascii_digit());
    let whole = front.chars().filter(char::is_ascii_digit).count() == 16;
    if zeros && (plain || whole) { (front, true) } else { (text, false) }
}

/// Doubles above 2⁵³ are even, and an odd number becomes the multiple of four beside it. So a cell that went through a double is
/// certain only below 2⁵³, or where it is odd, or even and no multiple of four.
const fn of_double(number: u64) -> Kind {
    if number > 1 << 53 && number.is_multiple_of(4) { Kind::Float } else { Kind::Whole }
}

/// The digit that a letter is mistaken for.
const fn like_digit(c: char) -> Option<char> {
    match c {
        'O' | 'o' | 'Q' | 'D' => Some('0'),
        'l' | 'I' | 'i' | '|' | '!' => Some('1'),
        'Z' | 'z' => Some('2'),
        'S' | 's' => Some('5'),
        'G' => Some('6'),
        'B' => Some('8'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const N: u64 = 3_508_126_801_809_001;

    #[test]
    fn what_is_around_the_digits() {
        for (text, step) in [
            (" 3508126801809001\n", Step::Blanks),
            ("\u{feff}3508126801809001", Step::Blanks),
            ("3508 1268 0180 9001", Step::Blanks),
            ("3508\u{a0}1268\u{200b}0180\u{ad}9001", Step::Blanks),
            ("'3508126801809001", Step::Quotes),
            ("=\"3508126801809001\"", Step::Quotes),
            ("’3508126801809001", Step::Quotes),
            ("35.0812.680180.9001", Step::Separators),
            ("350812-680180-9001", Step::Separators),
            ("350812–680180–9001", Step::Separators),
            ("3,508,126,801,809,001", Step::Separators),
            ("3.508.126.801.809.001,00", Step::DecimalSuffix),
            ("3508126801809001.0", Step::DecimalSuffix),
            ("3508126801809001,0", Step::DecimalSuffix),
            ("(3508126801809001)", Step::Quotes),
            ("[3508 1268 0180 9001]", Step::Quotes),
            ("3508126801809001 *", Step::Remark),
            ("3508126801809001 (aktif)", Step::Remark),
            ("3508126801809001;", Step::Remark),
            ("３５０８１２６８０１８０９００１", Step::ForeignDigits),
            ("٣٥٠٨١٢٦٨٠١٨٠٩٠٠١", Step::ForeignDigits),
            ("NIK 3508126801809001", Step::Label),
            ("No. NIK: 3508126801809001", Step::Label),
            ("KK.3508126801809001", Step::Label),
            ("Nomor Kartu Keluarga 3508126801809001", Step::Label),
            ("NIK/KTP: 3508126801809001", Step::Label),
            ("3.508126801809001E+15", Step::Scientific),
            ("3,508126801809001e15", Step::Scientific),
        ] {
            let found = Reading::from_cell(text);
            assert!(found.number() == Some(N) && found.steps().has(step), "{text}");
        }
    }

    #[test]
    fn what_is_lost() {
        for (text, loss) in [
            ("", Loss::Missing),
            ("'-", Loss::Missing),
            ("#N/A", Loss::Missing),
            ("0000000000000", Loss::Missing),
            ("0000000000000000", Loss::Missing),
            // found by fuzzing: zeros that are only sixteen once cleaned
            ("00000000 00000000\u{16}.0", Loss::Missing),
            ("NIK 0000000000000000", Loss::Missing),
            ("350812680180900", Loss::Digits { digits: 15 }),
            ("350812680180900.0", Loss::Digits { digits: 15 }),
            ("35081268018090.00", Loss::Digits { digits: 14 }),
            ("35081268018090011", Loss::Digits { digits: 17 }),
            ("3.50812E+15", Loss::Scientific { digits: 6 }),
            ("3,50812680180900E+15", Loss::Scientific { digits: 15 }),
            ("3.508126801809001E+14", Loss::Scientific { digits: 16 }),
            ("35O8126801809001", Loss::Letters),
            ("tidak punya", Loss::Other),
            ("3508126801809001x", Loss::Other),
            ("9109016801809004.0", Loss::Float),
        ] {
            let found = Reading::from_cell(text);
            assert_eq!((found.number(), found.loss()), (None, Some(loss)), "{text}");
        }
    }

    #[test]
    fn what_is_left_is_kept() {
        for (text, left) in [
            ("3508126801809001", (N, 16)),
            ("0350812201009001", (350_812_201_009_001, 16)),
            ("3.50812E+15", (350_812, 6)),
            ("3.508126801809001E+14", (0, 0)),
            ("350812680180900", (350_812_680_180_900, 15)),
            ("35081268018090011", (35_081_268_018_090_011, 17)),
            ("350812680180900112345", (35_081_268_018_090_011, 17)),
            ("35O8126801809OO1", (N, 16)),
            ("(3508126801809001)*", (N, 16)),
            ("A3508126801809001", (0, 0)),
            ("tidak punya", (0, 0)),
            ("-", (0, 0)),
        ] {
            assert_eq!(Reading::from_cell(text).evidence(), left, "{text}");
        }
        let letters = Reading::from_cell("35O8126801809OO1");
        assert_eq!((letters.number(), letters.with_letters().number()), (None, Some(N)));
        assert_eq!(letters.with_letters().loss(), Some(Loss::Letters));
        assert_eq!(std::mem::size_of::<Reading>(), 16);
    }

    #[test]
    fn doubles() {
        assert_eq!(Reading::from_cell("9109016801809002.0").number(), Some(9_109_016_801_809_002));
        assert_eq!(Reading::from_cell("9109016801809004").number(), Some(9_109_016_801_809_004));
        // what is called certain really is: no other whole number becomes the same double
        for n in 9_109_016_801_809_000_u64..9_109_016_801_809_100 {
            let same = (n - 4..=n + 4).filter(|m| *m as f64 == n as f64).count();
            let is_a_double = n as f64 as u64 == n;
            if of_double(n) == Kind::Whole && is_a_double {
                assert_eq!(same, 1, "{n}");
            }
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,40}") {
            let _ = Reading::from_cell(&text).evidence();
        }

        /// Whatever is said to be lossless has the sixteen digits of the cell in their order.
        #[test]
        fn no_digit_changes(text in "[0-9 .,'’\u{a0}-]{14,24}") {
            let found = Reading::from_cell(&text);
            if let Some(number) = found.number() {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let whole = format!("{number:016}");
                let rest = digits.strip_prefix(&whole).unwrap_or("?");
                prop_assert!(rest.is_empty() || (found.steps().has(Step::DecimalSuffix) && rest.bytes().all(|b| b == b'0')), "{}", text);
            }
        }
    }
}
