//! One line above the rows of a family, cell by cell.

use super::label::{self, Found, Label, is_counted, is_ordinal, words};
use crate::layout::normal;
use crate::read::margin::is_somebody;
use crate::read::plan::Plan;
use crate::read::words::add_to_address;
use crate::table::{Mark, Row, decode};
use bansos::FamilyCard;
use bansos::dedup::Digits;
use bansos::nik::repair::Reading;
use bansos::source::{Field, Identifier};

/// What a line says of the family below it.
#[derive(Clone, Default)]
pub(in crate::read) struct Heading {
    /// Its row; 0 above the first row of the table.
    pub(super) row: u32,
    pub(super) card: Stated,
    /// It names a card or a head, or counts families.
    pub(super) of_family: bool,
    /// `KELUARGA 1`, or the title of a card: another family begins here.
    pub(super) begins: bool,
    pub(super) head: bool,
    /// The title of a card: its number has no other label than `No.`
    pub(super) form: bool,
    /// Its number has no other label than that.
    pub(super) bare: bool,
    /// The number's cell was a binary number, whose last digit a spreadsheet may have dropped.
    pub(super) float: bool,
    pub(super) address: String,
    /// Labels alone, by column: what they announce is in the row below.
    pub(super) labels: Vec<(usize, Label)>,
    /// All that it says, for whoever reads the names of places in it.
    pub(super) texts: Vec<String>,
}

/// What a line says of the card.
#[derive(Clone, Default)]
pub(super) enum Stated {
    #[default]
    Nothing,
    /// Its label stands there, and no number of a card behind it.
    Unreadable,
    Number(Identifier<FamilyCard>),
}

impl Heading {
    /// What the row below such a line says, where every cell of it is below a label.
    pub(in crate::read) fn of_values(&self, row: &Row) -> Option<Self> {
        if self.labels.is_empty() {
            return None;
        }
        let floats = floats(row);
        let mut line = Line { found: Self::default(), floats: &floats, open: None, colon: false, whose: false };
        let texts = texts(row);
        for (at, text) in &texts {
            let (_, label) = self.labels.iter().find(|(of, _)| of == at)?;
            line.value(*label, text, *at)?;
        }
        let mut found = line.whole(false)?;
        (found.row, found.of_family) = (row.number(), true);
        found.texts = texts.into_iter().map(|(_, text)| text).collect();
        found.states_card().then_some(found)
    }

    /// Whether people stand below it; a head's name alone may be below a signature.
    pub(in crate::read) const fn begins_family(&self) -> bool {
        self.states_card() || self.begins
    }

    pub(super) const fn states_card(&self) -> bool {
        !matches!(self.card, Stated::Nothing)
    }

    /// The same where it stands above the first row of the table.
    pub(in crate::read) fn above_table(self) -> Self {
        Self { row: 0, ..self }
    }
}

/// Words beside a number that make a remark of a line.
const REMARKS: [&str; 17] = [
    "JUMLAH",
    "JML",
    "TOTAL",
    "PINDAH",
    "PINDAHAN",
    "DARI",
    "LAMA",
    "CATATAN",
    "KET",
    "KETERANGAN",
    "SALAH",
    "PECAH",
    "PECAHAN",
    "MUTASI",
    "NB",
    "GANTI",
    "ASAL",
];

/// Reads a row as such a line, if it is one. A cell that is neither a label nor the value of one has no place in it: it is
/// somebody's.
pub(in crate::read) fn heading(row: &Row, plan: &Plan<'_>) -> Option<Heading> {
    if !may_be(row) {
        return None;
    }
    let texts = texts(row);
    let is_name = |(at, text): &&(usize, String)| plan.names.get(*at).is_some_and(|name| *name == normal(text));
    let (names, others): (Vec<_>, Vec<_>) = texts.iter().partition(is_name);
    let floats = floats(row);
    let mut heading = if names.len() >= 2 {
        // a header may have the card in one of its cells
        let [(_, cell)] = others.as_slice() else { return None };
        Heading { card: Stated::Number(card_in(cell)?), of_family: true, ..Heading::default() }
    } else {
        if let [(at, text)] = texts.as_slice()
            && let Some(card) = below_title(*at, text, plan)
        {
            return Some(Heading {
                row: row.number(),
                card: Stated::Number(card),
                bare: true,
                of_family: true,
                ..Heading::default()
            });
        }
        let mut line = Line { found: Heading::default(), floats: &floats, open: None, colon: false, whose: false };
        line.read(&texts)?;
        // `Desa`, and its name two cells further on
        let name = plan.column(Field::Name).map(|(at, _)| at);
        let pair = matches!(texts.as_slice(), [(at, _), (of, _)] if Some(*at) != name && Some(*of) == name);
        let found = line.whole(pair)?;
        // `Kepala Keluarga` and a name may be a row of two cells
        Some(found).filter(|found| found.states_card() || line.colon || !is_somebody(&row.cells, plan))?
    };
    heading.row = row.number();
    heading.texts = texts.into_iter().map(|(_, text)| text).collect();
    Some(heading)
}

/// A number alone in its row, and not where a person's would be: below the title of a card it is the card's.
fn below_title(at: usize, text: &str, plan: &Plan<'_>) -> Option<Identifier<FamilyCard>> {
    let of_person =
        [Field::Nik, Field::FamilyCard].iter().any(|field| plan.column(*field).is_some_and(|(of, _)| of == at));
    let number = !of_person && text.bytes().all(|b| b.is_ascii_digit() || b == b' ');
    sound(text, false).filter(|_| number)
}

/// Whether a cell was a binary number.
fn floats(row: &Row) -> impl Fn(usize) -> bool + use<'_> {
    |at| row.marks.iter().any(|(of, mark)| *of as usize == at && *mark == Mark::Float)
}

/// A look at the first cells, where nearly every row ends: whether a label stands in front, which may be that of a place in any
/// row, or a card among other words.
fn may_be(row: &Row) -> bool {
    let filled = || row.cells.iter().map(<[u8]>::trim_ascii).filter(|cell| !cell.is_empty());
    let (mut cells, few) = (filled(), |most| filled().nth(most).is_none());
    let first = cells.next().unwrap_or_default();
    let lead = if first.len() <= 5 && front(first).is_none() { cells.next().unwrap_or_default() } else { first };
    let said = |word: &[u8]| row.cells.iter().any(|cell| has(cell, word));
    match front(lead) {
        Some(Front::OfFamily) => true,
        Some(Front::OfPlace) => lead.contains(&b':') || few(4) || said(b"kk") || said(b"kartu"),
        None => {
            let card = |cell: &[u8]| cell.len() > 18 && digits(cell) >= 16 && (has(cell, b"kk") || has(cell, b"kartu"));
            (digits(first) == 16 && few(1)) || row.cells.iter().any(card)
        }
    }
}

/// What the first word of a cell may be the label of.
enum Front {
    OfFamily,
    OfPlace,
}

fn front(cell: &[u8]) -> Option<Front> {
    const OF_FAMILY: [&[u8]; 15] = [
        b"no",
        b"nomor",
        b"nomer",
        b"nmr",
        b"nokk",
        b"nomorkk",
        b"nkk",
        b"kk",
        b"k",
        b"kartu",
        b"nik",
        b"nama",
        b"kepala",
        b"kep",
        b"keluarga",
    ];
    const OF_PLACE: [&[u8]; 24] = [
        b"alamat",
        b"rt",
        b"rw",
        b"dusun",
        b"lingkungan",
        b"dukuh",
        b"desa",
        b"kelurahan",
        b"kecamatan",
        b"kabupaten",
        b"kab",
        b"kota",
        b"provinsi",
        b"propinsi",
        b"kode",
        b"jumlah",
        b"jml",
        b"telp",
        b"hp",
        b"desil",
        b"status",
        b"id",
        b"rumah",
        b"data",
    ];
    let from = cell.iter().position(u8::is_ascii_alphanumeric)?;
    let rest = cell.get(from..)?;
    let word = rest.get(..rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len()))?;
    let is = |words: &[&[u8]]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    match () {
        () if !word.first().is_some_and(u8::is_ascii_alphabetic) => None,
        () if is(&OF_FAMILY) => Some(Front::OfFamily),
        () if is(&OF_PLACE) => Some(Front::OfPlace),
        () => None,
    }
}

fn has(cell: &[u8], word: &[u8]) -> bool {
    cell.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}

fn digits(text: &[u8]) -> usize {
    text.iter().filter(|b| b.is_ascii_digit()).count()
}

/// What stands in the row; a merged cell may come with its text in each of its columns, and a number with one digit in each.
fn texts(row: &Row) -> Vec<(usize, String)> {
    let mut texts: Vec<(usize, String)> = Vec::new();
    let mut boxes = false;
    for (at, cell) in row.cells.iter().enumerate() {
        let text = decode(cell).0;
        let digit = text.len() == 1 && text.bytes().all(|b| b.is_ascii_digit());
        match texts.last_mut() {
            _ if text.is_empty() => continue,
            Some((_, number)) if digit && boxes => number.push_str(&text),
            Some((_, last)) if text.len() > 1 && *last == text => {}
            _ => texts.push((at, text.into_owned())),
        }
        boxes = digit;
    }
    texts
}

/// What is being read.
struct Line<'f> {
    found: Heading,
    /// Whether a cell was a binary number.
    floats: &'f dyn Fn(usize) -> bool,
    /// A label that still has no value.
    open: Option<Label>,
    /// A colon stands behind a label.
    colon: bool,
    /// Words stand before the first label, whose card it is.
    whose: bool,
}

impl Line<'_> {
    fn read(&mut self, texts: &[(usize, String)]) -> Option<()> {
        let mut labels = Vec::new();
        for (place, (at, text)) in texts.iter().enumerate() {
            let words = words(text);
            let uppers: Vec<&str> = words.iter().map(|word| word.upper.as_str()).collect();
            let in_front = place == 0 && texts.len() > 1;
            match uppers.as_slice() {
                [] => self.colon |= text.starts_with([':', '=']),
                [number] if in_front && is_ordinal(number) => {}
                ["KARTU", "KELUARGA"] if self.open.is_none() && !text.contains(':') => {
                    (self.found.form, self.found.of_family, self.found.begins) = (true, true, true);
                }
                all if self.open.is_none() && is_counted(all) => {
                    (self.found.of_family, self.found.begins) = (true, true);
                }
                _ => {
                    self.cell(*at, text, &label::labels(text, &words), place == 0, texts.len() == 1)?;
                    labels.extend(self.open.map(|label| (*at, label)));
                }
            }
        }
        if labels.len() >= 2 && labels.len() == texts.len() && self.found.states_card() {
            self.found.labels = labels;
        }
        Some(())
    }

    fn cell(&mut self, at: usize, text: &str, labels: &[Found], front: bool, alone: bool) -> Option<()> {
        let before = text.get(..labels.first().map_or(text.len(), |label| label.from)).unwrap_or_default();
        if before.chars().any(char::is_alphanumeric) {
            match self.open.take() {
                Some(label) => {
                    self.colon |= before.trim_start().starts_with([':', '=']);
                    self.value(label, before, at)?;
                }
                None if front => self.before(before, labels, alone)?,
                None => return None,
            }
        }
        for (place, label) in labels.iter().enumerate() {
            let to = labels.get(place + 1).map_or(text.len(), |next| next.from);
            let value = text.get(label.to..to).unwrap_or_default();
            self.label(label)?;
            if value.chars().any(char::is_alphanumeric) {
                self.value(label.label, value, at)?;
            } else {
                self.open = Some(label.label);
            }
        }
        Some(())
    }

    /// Before the first label may stand a number in a list, `KELUARGA 1`, or, where there is nothing else in the row, whose
    /// card it is.
    fn before(&mut self, before: &str, labels: &[Found], alone: bool) -> Option<()> {
        let words = words(before);
        let uppers: Vec<&str> = words.iter().map(|word| word.upper.as_str()).collect();
        let card = labels.iter().any(|label| matches!(label.label, Label::Card | Label::BareCard));
        let counted = is_counted(&uppers);
        self.found.begins |= counted;
        let ordinal = counted || uppers.iter().all(|word| is_ordinal(word));
        self.whose = !ordinal;
        (ordinal || (alone && card && !uppers.iter().any(|word| REMARKS.contains(word)))).then_some(())
    }

    fn label(&mut self, label: &Found) -> Option<()> {
        self.colon |= label.colon && label.label != Label::Number;
        match label.label {
            // two cards are above no one family
            Label::Card | Label::BareCard if self.found.states_card() => return None,
            Label::Card | Label::BareCard => self.found.card = Stated::Unreadable,
            Label::Head => self.found.head = true,
            _ => {}
        }
        Some(())
    }

    fn value(&mut self, label: Label, text: &str, at: usize) -> Option<()> {
        let value =
            text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '-' | ',' | ';' | '|' | '.'));
        let address = &mut self.found.address;
        match label {
            Label::Card | Label::BareCard | Label::Number => {
                self.found.float = (self.floats)(at);
                match sound(value, self.found.float) {
                    Some(card) => {
                        self.found.bare = label == Label::Number;
                        self.found.card = Stated::Number(card);
                    }
                    // `KK : SUTRISNO` is the head, `KK : 4` a count
                    None if label == Label::BareCard && digits(value.as_bytes()) == 0 => {
                        (self.found.card, self.found.head) = (Stated::Nothing, true);
                    }
                    None if label == Label::BareCard && digits(value.as_bytes()) < 10 => return None,
                    None if label == Label::Number || self.whose => return None,
                    None => {}
                }
            }
            Label::Address => *address = format!("{value} {address}").trim_end().to_owned(),
            Label::Hamlet => add_to_address(address, "DUSUN", value),
            Label::Rt => add_to_address(address, "RT", value),
            Label::Rw => add_to_address(address, "RW", value),
            // `KELUARGA KE-2`, and no `Keluarga : 4`
            Label::Head if digits(value.as_bytes()) > 0 => {
                let words = words(value);
                let all: Vec<&str> =
                    std::iter::once("KELUARGA").chain(words.iter().map(|word| word.upper.as_str())).collect();
                if text.trim_start().starts_with([':', '=']) || !is_counted(&all) {
                    return None;
                }
                (self.found.head, self.found.begins, self.found.of_family) = (false, true, true);
            }
            Label::Head | Label::Place | Label::Other => {}
        }
        Some(())
    }

    /// The line, if it is one of a family, or says in so many words where one lives.
    fn whole(&mut self, pair: bool) -> Option<Heading> {
        let mut found = std::mem::take(&mut self.found);
        found.of_family |= found.states_card() || found.head;
        let whose = self.whose && !matches!(found.card, Stated::Number(_));
        ((found.of_family || self.colon || pair) && !whose).then_some(found)
    }
}

/// The card of a cell that has its label and its number.
pub(crate) fn card_in(cell: &str) -> Option<Identifier<FamilyCard>> {
    let words = words(cell);
    match label::labels(cell, &words).as_slice() {
        [label] if label.first && matches!(label.label, Label::Card | Label::BareCard) => {
            sound(cell.get(label.to..)?.trim_start_matches([' ', ':', '=', '.']), false)
        }
        _ => None,
    }
}

/// A number that surely is a card's: sixteen digits in front, and no letter among them.
fn sound(text: &str, float: bool) -> Option<Identifier<FamilyCard>> {
    let text = text.trim();
    let dressed = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '\'' | '"' | '=' | '\u{a0}');
    let to = text.find(|c: char| !dressed(c)).unwrap_or(text.len());
    let (number, rest) = text.split_at(to);
    let apart = rest.is_empty() || number.ends_with(' ') || rest.starts_with([',', ';', '/', '(', '|']);
    if digits(number.as_bytes()) != 16 || !apart {
        return None;
    }
    let reading = Reading::from_cell(number.trim_end_matches([' ', '-', '.']));
    let reading = if float { reading.as_float() } else { reading };
    let card = Identifier::from_reading(reading, (!reading.is_clean()).then(|| number.trim().into()));
    Digits::card_as_written(&card).is_some().then_some(card)
}
