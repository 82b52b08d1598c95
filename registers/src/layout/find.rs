//! Finding the layout of a file by its header: all forms of the header are tried against all layouts.

use super::by_cells::{exchange, read_by_cells};
use super::fit::{Fit, in_one_cell};
use super::header::{Heading, ROWS, headings, is_words, parts_spans};
use super::model::{Known, general};
use super::title::TitlePlace;
use super::{Column, Layout, joined, normal};
use crate::table::{has_names, is_value};
use crate::{FileNote, Kind};
use bansos::source::Field;
use bansos::text::metric::Pattern;

/// Rows from the top of a file under one reading of it (a delimiter, a sheet).
#[derive(Clone)]
pub(crate) struct Candidate {
    pub(crate) rows: Vec<Vec<String>>,
}

/// Why none fits.
#[derive(Debug)]
pub(crate) enum NoFit {
    /// The nearest layout that knows a column, what it lacks, and the file's own columns that are like it.
    Unknown {
        columns: usize,
        nearest: Option<(String, String, String)>,
    },
    Ambiguous {
        first: String,
        second: String,
    },
    Doubled {
        column: String,
    },
    /// Columns that another layout reads as an identifier, a name, a date, a relation or a decile.
    Unread {
        layout: String,
        columns: String,
    },
}

/// A column of these may not stay unread.
pub(super) fn matters(field: Field) -> bool {
    use Field as F;
    matches!(field, F::Nik | F::FamilyCard | F::Name | F::BirthDate | F::BirthPlaceDate | F::Relation | F::Decile)
}

/// The header that somebody may have meant: under which reading, from which row on, and how many rows.
pub(super) struct Place<'c> {
    pub(super) candidate: usize,
    pub(super) row: usize,
    pub(super) depth: usize,
    pub(super) headings: Vec<Heading>,
    /// By column, whether the list of persons knows it as something that matters.
    matters: Vec<bool>,
    /// No heading is a number or a day.
    pub(super) clean: bool,
    /// The last row only parts what stands over several columns.
    parts: bool,
    above: &'c [Vec<String>],
    pub(super) below: &'c [Vec<String>],
}

impl Place<'_> {
    /// What stands over each column.
    pub(super) fn shown(&self) -> Vec<String> {
        self.headings.iter().map(|heading| heading.shown.clone()).collect()
    }
}

struct Tried<'a> {
    fit: Fit<'a>,
    missing: Vec<Field>,
    /// The layout needs a sign, and the header has none.
    unsigned: bool,
    doubled: Option<String>,
    unread: Vec<usize>,
    /// Columns known by names of the layout's own.
    own: usize,
    known: usize,
}

impl Tried<'_> {
    /// A running number and remarks are columns of any table.
    fn is_near(&self) -> bool {
        !self.fit.fields.is_empty() || !self.fit.welfare.is_empty()
    }

    fn fits(&self) -> bool {
        self.missing.is_empty() && !self.unsigned && self.known > 1
    }
}

/// The layout that knows the most columns of a header among the first rows, under any reading.
pub(crate) fn best<'a>(layouts: &[&'a Layout], candidates: &[Candidate]) -> Result<Fit<'a>, NoFit> {
    let mut top: Option<((usize, usize), Place<'_>, Vec<Tried<'a>>)> = None;
    let mut nearest: Option<(usize, usize, Place<'_>, Tried<'a>)> = None;
    // headers of one row go first: more rows have to know more
    for depth in 1..=ROWS {
        for place in places(candidates, depth) {
            let mut tried: Vec<Tried<'a>> = layouts.iter().map(|layout| attempt(layout, &place)).collect();
            // two columns of one name are one thing
            // a row that only parts what stands over several columns belongs to the header, be its words known or not
            let parts = if place.parts { 2 } else { 0 };
            let knows = |t: &Tried<'a>| (t.known + parts, t.fit.fields.len() + t.fit.welfare.len());
            let most = tried.iter().filter(|t| t.fits()).map(knows).max();
            if let Some(most) = most {
                let better = |(known, of, _): &((usize, usize), Place<'_>, Vec<Tried<'a>>)| match first_of(of, &place) {
                    // below rows another table begins
                    Some(first) => std::ptr::eq(first, &place),
                    None => most > *known,
                };
                if top.as_ref().is_none_or(better) {
                    tried.retain(Tried::fits);
                    top = Some((most, place, tried));
                }
            } else if let Some(near) =
                tried.into_iter().filter(Tried::is_near).max_by_key(|t| (t.known, usize::MAX - t.missing.len()))
                && nearest.as_ref().is_none_or(|(known, lacks, ..)| (near.known, *lacks) > (*known, near.missing.len()))
            {
                nearest = Some((near.known, near.missing.len(), place, near));
            }
        }
    }
    match top {
        Some((_, place, tried)) => choose(tried, &place),
        None => Err(NoFit::Unknown {
            columns: candidates.iter().flat_map(|c| c.rows.iter().map(Vec::len)).max().unwrap_or(0),
            nearest: nearest.map(|(_, _, place, tried)| lacks(&tried, &place)),
        }),
    }
}

/// Of two headers between which several rows with numbers stand, the upper: the lower is another table's. One row may be what stands above a
/// family.
fn first_of<'p, 'c>(a: &'p Place<'c>, b: &'p Place<'c>) -> Option<&'p Place<'c>> {
    let (upper, lower) = if a.row <= b.row { (a, b) } else { (b, a) };
    let between = lower.row.checked_sub(upper.row + upper.depth)?;
    let is_number = |cell: &String| cell.bytes().filter(u8::is_ascii_digit).count() >= 12;
    let numbered = upper.below.iter().take(between).filter(|row| row.iter().any(is_number)).count();
    (a.candidate == b.candidate && numbered > 1).then_some(upper)
}

/// Where a header of so many rows may stand.
pub(super) fn places(candidates: &[Candidate], depth: usize) -> impl Iterator<Item = Place<'_>> {
    candidates.iter().enumerate().flat_map(move |(candidate, of)| {
        of.rows.windows(depth).enumerate().filter_map(move |(row, rows)| {
            let filled = |row: &Vec<String>| row.iter().filter(|cell| !normal(cell).is_empty()).count();
            let header =
                rows.last().is_some_and(|last| filled(last) >= 2) && rows.iter().all(|row| is_words(row, depth > 1));
            header.then(|| {
                let headings = headings(rows);
                let matters =
                    headings.iter().map(|heading| heading.names.iter().flatten().any(|n| is_known(n))).collect();
                let above = of.rows.get(..row).unwrap_or_default();
                let below = of.rows.get(row + depth..).unwrap_or_default();
                let clean = !headings.iter().any(|heading| is_value(&heading.shown));
                Place { candidate, row, depth, headings, matters, clean, parts: parts_spans(rows), above, below }
            })
        })
    })
}

/// Whether the list of persons reads a column of this name as something that matters.
fn is_known(name: &str) -> bool {
    general(Kind::Persons).is_some_and(|layout| match layout.index.get(name) {
        Some(Known::Own(at, _)) => layout.columns.get(*at).is_some_and(|(field, _)| matters(*field)),
        _ => false,
    })
}

/// Of the layouts that fit one header: the one that passes over nothing that matters, a register's before a general one, the one
/// that knows the most columns as its own.
fn choose<'a>(tried: Vec<Tried<'a>>, place: &Place<'_>) -> Result<Fit<'a>, NoFit> {
    // of two that know the same, the one that knows little else is nearer
    let size = |layout: &Layout| layout.columns.len() + layout.welfare.len() + layout.ignored.len();
    let rank = |t: &Tried<'_>| {
        let layout = t.fit.layout;
        (usize::MAX - t.unread.len(), !layout.general, t.own, t.known, usize::MAX - size(layout))
    };
    let Some(most) = tried.iter().map(rank).max() else { return Err(NoFit::Unknown { columns: 0, nearest: None }) };
    let mut winners = tried.into_iter().filter(|t| rank(t) == most);
    let Some(mut first) = winners.next() else { return Err(NoFit::Unknown { columns: 0, nearest: None }) };
    // forms of one register tell the same
    let alike = |a: &Layout, b: &Layout| a.source == b.source && a.kind == b.kind;
    if let Some(other) = winners.find(|t| !alike(t.fit.layout, first.fit.layout)) {
        return Err(NoFit::Ambiguous { first: first.fit.layout.id.clone(), second: other.fit.layout.id.clone() });
    }
    if let Some(column) = first.doubled {
        return Err(NoFit::Doubled { column });
    }
    joined::join(&mut first.fit, place.below);
    exchange(&mut first.fit, place.below);
    first.unread.extend(read_by_cells(&mut first.fit, place.below));
    if !first.unread.is_empty() {
        let shown = |at: &usize| place.headings.get(*at).map_or("", |h| h.shown.as_str());
        let columns = first.unread.iter().map(shown).collect::<Vec<_>>().join(", ");
        return Err(NoFit::Unread { layout: first.fit.layout.id.clone(), columns });
    }
    title(&mut first.fit, place);
    first.fit.say_what_is_not_read();
    Ok(first.fit)
}

/// The place that stands above the table.
fn title(fit: &mut Fit<'_>, place: &Place<'_>) {
    let have = |field: Field| fit.fields.iter().any(|(have, ..)| *have == field);
    let coded = have(Field::RegionCode) || have(Field::ProvinceCode);
    fit.place = TitlePlace::above(place.above).without(|level| coded || Field::from_word(level).is_some_and(have));
    if fit.place != TitlePlace::default() {
        fit.notes.push(FileNote::TitlePlace { place: fit.place.shown() });
    }
}

/// The nearest layout, what it lacks, and the columns of the file that nobody knows and that are most like it.
fn lacks(tried: &Tried<'_>, place: &Place<'_>) -> (String, String, String) {
    let layout = tried.fit.layout;
    let lacks = layout.required.iter().filter(|any| any.iter().any(|field| tried.missing.contains(field)));
    let mut words: Vec<String> =
        lacks.clone().map(|any| any.iter().map(|f| layout.label(*f)).collect::<Vec<_>>().join(" / ")).collect();
    if tried.unsigned {
        words.extend(layout.signs.first().cloned());
    }
    let names: Vec<&String> = lacks
        .flatten()
        .flat_map(|field| layout.columns.iter().chain(&layout.words).filter(move |(have, _)| have == field))
        .flat_map(|(_, column)| &column.names)
        .collect();
    // where nothing tells the header from the rows below it, it may be somebody's data
    let surely = has_names(&place.shown(), place.below, &[]);
    let open = place.headings.iter().enumerate().filter(|(at, heading)| {
        let taken = tried.fit.fields.iter().any(|(.., of)| of == at);
        surely && !taken && !heading.shown.is_empty() && heading.shown.chars().count() <= 40
    });
    let alike = |heading: &Heading| {
        let own = normal(&heading.shown);
        let mut pattern = Pattern::default();
        let like = names.iter().map(|name| {
            pattern.set(name.as_bytes());
            pattern.jaro_winkler(own.as_bytes())
        });
        like.fold(0.0, f64::max)
    };
    let mut near: Vec<(f64, &str)> = open.map(|(_, heading)| (alike(heading), heading.shown.as_str())).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    let near = near.iter().take(3).map(|(_, shown)| *shown).collect::<Vec<_>>().join(", ");
    (layout.id.clone(), words.join(", "), if near.is_empty() { "–".to_owned() } else { near })
}

/// A layout against a header, name by name.
struct Matching<'a, 'p> {
    layout: &'a Layout,
    place: &'p Place<'p>,
    taken: Vec<bool>,
    fields: Vec<(Field, &'a Column, usize)>,
    welfare: Vec<(usize, usize)>,
    doubled: Option<String>,
    own: usize,
    known: usize,
    guessed: Vec<FileNote>,
}

fn attempt<'a>(layout: &'a Layout, place: &Place<'_>) -> Tried<'a> {
    let mut m = Matching {
        layout,
        place,
        taken: vec![false; place.headings.len()],
        fields: Vec::new(),
        welfare: Vec::new(),
        doubled: None,
        own: 0,
        known: 0,
        guessed: Vec::new(),
    };
    for surety in 0..3 {
        m.names(surety, true);
        m.names(surety, false);
    }
    m.misspelt();
    m.tried()
}

impl<'a> Matching<'a, '_> {
    /// Gives each column the first name of this surety that the layout knows: its own names, or words of others.
    fn names(&mut self, surety: usize, own: bool) {
        let mut found: Vec<(Known, usize)> = Vec::new();
        for (at, heading) in self.place.headings.iter().enumerate() {
            let names = heading.names.get(surety).map(Vec::as_slice).unwrap_or_default();
            let known = names
                .iter()
                .filter_map(|name| self.layout.index.get(name))
                .find(|known| matches!(known, Known::Word(..)) != own);
            if let Some(known) = known
                && !self.taken.get(at).copied().unwrap_or(true)
            {
                found.push((*known, at));
            }
        }
        found.sort_unstable();
        for group in found.chunk_by(|(a, _), (b, _)| same(*a, *b)) {
            self.group(group, surety == 0 && own);
        }
    }

    /// Columns that go by names of one thing: the first of its names wins, the others are known.
    fn group(&mut self, group: &[(Known, usize)], exact: bool) {
        let Some((first, _)) = group.first() else { return };
        for (known, at) in group {
            self.known += 1;
            self.own += usize::from(!matches!(known, Known::Word(..)));
            if let Some(taken) = self.taken.get_mut(*at) {
                *taken = true;
            }
        }
        let alike: Vec<usize> = group.iter().filter(|(known, _)| known == first).map(|(_, at)| *at).collect();
        let at = match self.filled(&alike) {
            Some(at) => at,
            None => return,
        };
        let field = match first {
            Known::Ignored => return,
            Known::Welfare(place, _) if self.welfare.iter().any(|(have, _)| have == place) => return,
            Known::Welfare(place, _) => {
                self.welfare.push((*place, at));
                None
            }
            Known::Own(place, _) => self.layout.columns.get(*place),
            Known::Word(place, _) => self.layout.words.get(*place),
        };
        if let Some((field, column)) = field {
            if self.fields.iter().any(|(have, ..)| have == field) {
                return;
            }
            self.fields.push((*field, column, at));
        }
        // the same name twice cannot be decided, unless the cells do
        if exact && alike.len() > 1 && !self.decided(&alike) {
            self.doubled = alike.get(1).and_then(|at| self.place.headings.get(*at)).map(|h| h.shown.clone());
        }
    }

    fn cells(&self, at: usize) -> impl Iterator<Item = &str> {
        self.place.below.iter().map(move |row| row.get(at).map_or("", |cell| cell.trim()))
    }

    fn is_empty(&self, at: usize) -> bool {
        self.cells(at).all(str::is_empty)
    }

    /// Of columns of one name, the first that has a cell.
    fn filled(&self, alike: &[usize]) -> Option<usize> {
        alike.iter().copied().find(|at| alike.len() > 1 && !self.is_empty(*at)).or(alike.first().copied())
    }

    /// Whether of columns of one name only one has cells, or all have the same.
    fn decided(&self, alike: &[usize]) -> bool {
        let mut full = alike.iter().copied().filter(|at| !self.is_empty(*at));
        let Some(first) = full.next() else { return false };
        full.all(|other| self.cells(first).eq(self.cells(other)))
    }

    /// Misspelt headers: one letter off, long enough, and only one thing it can mean.
    fn misspelt(&mut self) {
        let (layout, place) = (self.layout, self.place);
        for (at, heading) in place.headings.iter().enumerate() {
            let [_, bare, _] = &heading.names;
            let Some(name) = bare.first().filter(|name| name.len() >= 8) else { continue };
            if self.taken.get(at).copied().unwrap_or(true) {
                continue;
            }
            let Some((field, column, answer)) = self.meant(layout, name) else { continue };
            match field {
                Some(field) => self.fields.push((field, column, at)),
                None => self.welfare.push((answer, at)),
            }
            self.guessed.push(FileNote::GuessedColumn { column: heading.shown.clone(), meant: column.label.clone() });
            self.own += 1;
            self.known += 1;
            if let Some(taken) = self.taken.get_mut(at) {
                *taken = true;
            }
        }
    }

    /// The one column that is still open and has a name like this.
    fn meant(&self, layout: &'a Layout, name: &str) -> Option<(Option<Field>, &'a Column, usize)> {
        let near = |c: &Column| c.names.iter().any(|n| n.len() >= 8 && one_off(n, name));
        let open = |field: Field| !self.fields.iter().any(|(have, ..)| *have == field);
        let fields = layout.columns.iter().chain(&layout.words);
        let fields = fields.filter(|(f, c)| open(*f) && near(c)).map(|(f, c)| (Some(*f), c, 0));
        let answers = layout.welfare.iter().enumerate();
        let answers = answers
            .filter(|(k, (_, c))| !self.welfare.iter().any(|(have, _)| have == k) && near(c))
            .map(|(k, (_, c))| (None, c, k));
        let mut meant = fields.chain(answers);
        let first = meant.next()?;
        // a column and the words for it are one
        meant.all(|(field, ..)| field.is_some() && field == first.0).then_some(first)
    }

    /// `Kel` is a kelurahan where its cells are none of the words for a sex.
    fn kelurahan(&mut self) {
        let at = self.fields.iter().position(|(field, _, at)| {
            *field == Field::Sex
                && self.place.headings.get(*at).is_some_and(|h| h.names.iter().flatten().any(|n| n == "kel"))
        });
        let Some((place, (_, column, at))) = at.and_then(|at| Some((at, *self.fields.get(at)?))) else { return };
        let sex = |cell: &str| column.codes.as_ref().is_some_and(|list| list.place(cell).is_some());
        let named = self.cells(at).any(|cell| !cell.is_empty() && !sex(cell));
        let layout = self.layout;
        if named && let Some(column) = layout.column(Field::Village) {
            self.fields.remove(place);
            if !self.fields.iter().any(|(have, ..)| *have == Field::Village) {
                self.fields.push((Field::Village, column, at));
            }
        }
    }

    fn tried(mut self) -> Tried<'a> {
        self.kelurahan();
        let kind = self.kind();
        let unread = self.unread();
        let has = |f: &Field| self.fields.iter().any(|(h, ..)| h == f);
        let have = |f: &Field| has(f) || (in_one_cell(*f) && has(&Field::BirthPlaceDate));
        let layout = self.layout;
        let missing = layout.required.iter().filter(|any| !any.iter().any(have)).flatten().copied().collect::<Vec<_>>();
        let sign = |heading: &Heading| heading.names.iter().flatten().any(|name| layout.signs.contains(name));
        let unsigned = !layout.signs.is_empty() && !self.place.headings.iter().any(sign);
        let mut notes = Vec::new();
        if self.place.row > 0 {
            notes.push(FileNote::TitleRows { rows: u32::try_from(self.place.row).unwrap_or(u32::MAX) });
        }
        notes.append(&mut self.guessed);
        let fit = Fit {
            layout,
            kind,
            candidate: self.place.candidate,
            header: self.place.row,
            depth: self.place.depth,
            header_cells: self.place.shown(),
            named: (0..self.taken.len()).map(|at| self.taken.get(at) == Some(&true) || self.is_heading(at)).collect(),
            known: self.taken,
            fields: self.fields,
            parts: Vec::new(),
            welfare: self.welfare,
            place: TitlePlace::default(),
            notes,
        };
        Tried { fit, missing, unsigned, doubled: self.doubled, unread, own: self.own, known: self.known }
    }

    /// A list of families that says more of its heads than their names stands for them as persons. Where it is not sure that the
    /// head is meant, it is no list of families: what it says of persons stays unread.
    fn kind(&mut self) -> Kind {
        let of_head = |f: Field| matches!(f, Field::Nik | Field::BirthDate | Field::BirthPlaceDate | Field::Sex);
        let says = self.fields.iter().any(|(f, ..)| of_head(*f));
        if self.layout.kind != Kind::Families || !says {
            return self.layout.kind;
        }
        let head = self.fields.iter().find(|(f, ..)| *f == Field::HeadName).copied();
        let named = head.and_then(|(.., at)| self.place.headings.get(at)).is_some_and(|heading| {
            let name = normal(&heading.shown);
            ["kepala", "krt", "kk"].iter().any(|word| name.contains(word))
        });
        match head {
            Some((_, column, at)) if named => {
                self.fields.push((Field::Name, column, at));
                Kind::FamiliesWithHead
            }
            _ => {
                let taken = &mut self.taken;
                self.fields.retain(|(field, _, at)| {
                    let of_person = of_head(*field);
                    if let Some(taken) = taken.get_mut(*at)
                        && of_person
                    {
                        *taken = false;
                    }
                    !of_person
                });
                Kind::Families
            }
        }
    }

    /// Not where the header runs into somebody's data: then a cell is a number or a day, or nothing stands below it.
    fn is_heading(&self, at: usize) -> bool {
        self.place.clean && (self.place.below.is_empty() || !self.is_empty(at))
    }

    /// Columns that are left and that the list of persons knows as something that matters.
    fn unread(&self) -> Vec<usize> {
        let columns = self.place.matters.iter().zip(&self.taken).enumerate();
        columns.filter(|(_, (matters, taken))| **matters && !**taken).map(|(at, _)| at).collect()
    }
}

/// Whether two names stand for one thing.
fn same(a: Known, b: Known) -> bool {
    match (a, b) {
        (Known::Own(a, _), Known::Own(b, _))
        | (Known::Welfare(a, _), Known::Welfare(b, _))
        | (Known::Word(a, _), Known::Word(b, _)) => a == b,
        (Known::Ignored, Known::Ignored) => true,
        _ => false,
    }
}

/// Whether two words differ by one letter put in, left out or changed.
fn one_off(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let rest = if short.len() == long.len() { same + 1 } else { same };
    short.get(rest..).unwrap_or_default() == long.get(same + 1..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_off() {
        assert!(one_off("jumlahkerbau", "jumahkerbau"));
        assert!(one_off("jenisatap", "jenisatep"));
        assert!(!one_off("penerimabpnt", "penerimabpum"));
        assert!(one_off("abc", "abcd"));
        assert!(!one_off("abc", "abcde"));
    }
}
