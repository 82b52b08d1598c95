//! What stands before a value in a line above a family: `No. KK`, `Kepala Keluarga`, `Alamat`.

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Card,
    /// `KK` and `KARTU KELUARGA`: a card's number only behind a colon.
    BareCard,
    /// `No.` alone, as on the card itself.
    Number,
    Head,
    Address,
    Hamlet,
    Rt,
    Rw,
    Place,
    /// Known, and nothing is read from it.
    Other,
}

/// A word of a text, upper case, with where it stands.
pub(super) struct Word {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) upper: String,
}

/// A label in a text: from where to where it goes.
pub(super) struct Found {
    pub(super) label: Label,
    pub(super) from: usize,
    pub(super) to: usize,
    /// A colon stands behind it.
    pub(super) colon: bool,
    /// It is the first thing in the text.
    pub(super) first: bool,
}

/// Words of labels; of two that begin alike, the longer stands first.
const LABELS: [(&str, Label); 48] = [
    ("NIK KEPALA KELUARGA", Label::Other),
    ("NIK KK", Label::Other),
    ("NAMA KEPALA KELUARGA", Label::Head),
    ("NAMA KEPALA RUMAH TANGGA", Label::Head),
    ("NAMA KEPALA KK", Label::Head),
    ("NAMA KEP KELUARGA", Label::Head),
    ("NAMA KK", Label::Head),
    ("NAMA KRT", Label::Head),
    ("KEPALA KELUARGA", Label::Head),
    ("KEPALA RUMAH TANGGA", Label::Head),
    ("KEPALA KK", Label::Head),
    ("KEP KELUARGA", Label::Head),
    ("KEP KEL", Label::Head),
    ("KELUARGA", Label::Head),
    ("ALAMAT LENGKAP", Label::Address),
    ("ALAMAT RUMAH", Label::Address),
    ("ALAMAT", Label::Address),
    ("RT RW", Label::Rt),
    ("RT", Label::Rt),
    ("RW", Label::Rw),
    ("DUSUN LINGKUNGAN", Label::Hamlet),
    ("DUSUN", Label::Hamlet),
    ("LINGKUNGAN", Label::Hamlet),
    ("DUKUH", Label::Hamlet),
    ("DESA KELURAHAN", Label::Place),
    ("KELURAHAN DESA", Label::Place),
    ("DESA", Label::Place),
    ("KELURAHAN", Label::Place),
    ("KECAMATAN", Label::Place),
    ("KABUPATEN KOTA", Label::Place),
    ("KABUPATEN", Label::Place),
    ("KAB KOTA", Label::Place),
    ("KAB", Label::Place),
    ("KOTA", Label::Place),
    ("PROVINSI", Label::Place),
    ("PROPINSI", Label::Place),
    ("KODE POS", Label::Other),
    ("KODE WILAYAH", Label::Other),
    ("JUMLAH ANGGOTA KELUARGA", Label::Other),
    ("JUMLAH ANGGOTA", Label::Other),
    ("JUMLAH JIWA", Label::Other),
    ("JML ANGGOTA", Label::Other),
    ("TELP", Label::Other),
    ("HP", Label::Other),
    ("DESIL", Label::Other),
    ("STATUS", Label::Other),
    ("ID DTKS", Label::Other),
    ("ID DTSEN", Label::Other),
];

/// Words behind a card's label that make it another card.
const OTHER_CARD: [&str; 9] = ["LAMA", "ASAL", "BARU", "SEBELUMNYA", "TUJUAN", "INDUK", "AYAH", "IBU", "ORANG"];

pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        match words.last_mut().filter(|_| open) {
            Some(word) if c.is_alphanumeric() => {
                word.to = at + c.len_utf8();
                word.upper.extend(c.to_uppercase());
            }
            _ if c.is_alphanumeric() => {
                words.push(Word { from: at, to: at + c.len_utf8(), upper: c.to_uppercase().collect() });
                open = true;
            }
            _ => open = false,
        }
    }
    words
}

/// The labels of a text, in order. One that is no card's stands at the front or before a colon: a word of an address is none.
pub(super) fn labels(text: &str, words: &[Word]) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(word) = words.get(at) {
        let (label, taken) = label(words.get(at..).unwrap_or_default());
        let last = taken.checked_sub(1).and_then(|last| words.get(at + last));
        let Some((label, to)) = label.zip(last).map(|(label, last)| (label, last.to)) else {
            at += 1;
            continue;
        };
        let rest = text.get(to..).unwrap_or_default();
        let behind = rest.trim_start_matches([' ', '.', ')', '\u{a0}']);
        let colon = behind.starts_with([':', '=']);
        let first = text.get(..word.from).unwrap_or_default().trim_matches(['.', '-', '*', '(', ' ']).is_empty();
        let is_label = match label {
            Label::Card => !words.get(at + taken).is_some_and(|next| OTHER_CARD.contains(&next.upper.as_str())),
            Label::BareCard => colon,
            Label::Number => first,
            _ => first || colon,
        };
        if is_label {
            found.push(Found { label, from: word.from, to, colon, first });
        }
        at += taken.max(1);
    }
    found
}

/// The label that the words begin with, and how many words it has.
fn label(words: &[Word]) -> (Option<Label>, usize) {
    if let Some(found) = card(words) {
        return found;
    }
    let begins = |label: &str| {
        let mut rest = words.iter();
        label.split(' ').all(|part| rest.next().is_some_and(|word| word.upper == part))
    };
    match LABELS.iter().find(|(label, _)| begins(label)) {
        Some((label, meant)) => (Some(*meant), label.split(' ').count()),
        None => (None, 1),
    }
}

/// `No. KK`, `Nomor Kartu Keluarga (KK)`, `NOKK`, `KK No.`; `No.` alone.
fn card(words: &[Word]) -> Option<(Option<Label>, usize)> {
    let is = |at: usize, any: &[&str]| words.get(at).is_some_and(|word| any.contains(&word.upper.as_str()));
    const NUMBER: [&str; 4] = ["NO", "NOMOR", "NOMER", "NMR"];
    if is(0, &["NOKK", "NOMORKK", "NKK"]) {
        return Some((Some(Label::Card), 1));
    }
    let numbered = usize::from(is(0, &NUMBER));
    let mut at = numbered;
    at += match () {
        () if is(at, &["KARTU"]) && is(at + 1, &["KELUARGA", "KEL"]) => 2,
        () if is(at, &["KK"]) => 1,
        () if is(at, &["K"]) && is(at + 1, &["K"]) => 2,
        () if numbered == 1 => return Some((Some(Label::Number), 1)),
        () => return None,
    };
    at += usize::from(at - numbered > 1 && is(at, &["KK"]));
    let behind = usize::from(is(at, &NUMBER));
    let label = if numbered + behind > 0 { Label::Card } else { Label::BareCard };
    Some((Some(label), at + behind))
}

/// `1`, `IV`, `B`.
pub(super) fn is_ordinal(word: &str) -> bool {
    let digits = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    let roman = word.len() <= 5 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    digits || roman || (word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase()))
}

/// `KELUARGA 1`, `KK KE-2`, `RUMAH TANGGA III`. `KK 4` may be a count.
pub(super) fn is_counted(words: &[&str]) -> bool {
    match words {
        ["KELUARGA", one] | ["RUMAH", "TANGGA", one] => is_ordinal(one),
        ["KELUARGA" | "KK", "KE" | "NO" | "NOMOR", one] | ["RUMAH", "TANGGA", "KE" | "NO" | "NOMOR", one] => {
            is_ordinal(one)
        }
        _ => false,
    }
}
