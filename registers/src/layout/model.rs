//! A layout as its TOML file says it, checked.

use super::{LayoutFault, LayoutWord, codes, meaning::Meant};
use crate::receipt::programme_id;
use crate::settings::from_toml;
use crate::{Kind, ReadError};
use bansos::region::Scheme;
use bansos::source::{CodeList, Field, Source};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// How the columns of one form of file map to the model.
///
/// ```
/// use bansos_registers::layout::Layout;
/// let own = Layout::from_toml("our.toml", r#"
///     id = "desa-sukamaju"
///     source = "other"
///     version = "2025"
///     kind = "persons"
///     required = ["name", "nik|family_card"]
///     [columns]
///     name = ["Nama Warga"]
///     nik = ["No KTP"]
///     family_card = ["Kartu Keluarga"]
/// "#)?;
/// assert_eq!(own.id, "desa-sukamaju");
/// # Ok::<(), bansos_registers::ReadError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Layout {
    /// Name of the layout, shown in reports.
    pub id: String,
    /// The register.
    pub source: Source,
    /// Version of the questionnaire or extract.
    pub version: String,
    /// What a row stands for.
    pub kind: Kind,
    /// Whose numbers the region codes are; `None` where the files have names only.
    pub scheme: Option<Scheme>,
    /// Where the layout was seen.
    pub basis: String,
    /// Fields without which a row cannot be read; each entry lists alternatives.
    pub required: Vec<Vec<Field>>,
    /// Fields whose absence is worth a note.
    pub expected: Vec<Field>,
    /// Columns of the model's fields.
    pub columns: Vec<(Field, Column)>,
    /// Columns of housing and assets, by variable.
    pub welfare: Vec<(bansos::Text, Column)>,
    /// Columns that are known and carry nothing that is read.
    pub ignored: Vec<String>,
    /// Columns of which one has to be there: without it the file is another's. None where the required fields say enough.
    pub signs: Vec<String>,
    /// Whether the layout is of no register: it is taken where no other fits.
    pub general: bool,
    /// Whether a family without card and key is its head and the rows below it, up to the next head.
    pub in_order: bool,
    /// A list of recipients: its rows are held against the registers.
    pub recipients: bool,
    /// Id of the programme that all its rows receive.
    pub programme: Option<&'static str>,
    /// Words of other layouts for what this one has no column of.
    pub(crate) words: Vec<(Field, Column)>,
    /// What each name of a column stands for.
    pub(crate) index: FxHashMap<String, Known>,
}

/// What a name of a column stands for in a layout, and its rank among the names of that column: the lowest goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Known {
    /// Place among [`Layout::columns`].
    Own(usize, usize),
    /// Place among [`Layout::welfare`].
    Welfare(usize, usize),
    /// Carries nothing that is read.
    Ignored,
    /// Place among [`Layout::words`].
    Word(usize, usize),
}

/// One column: the names it goes by, normalised, and the list its codes are in.
#[derive(Clone, Debug)]
pub struct Column {
    /// Normalised names ([`super::normal`]).
    pub names: Vec<String>,
    /// The first name, as people write it.
    pub label: String,
    /// Code list.
    pub codes: Option<Arc<CodeList>>,
    /// What each entry of the list stands for in the model.
    pub(crate) means: Vec<Meant>,
}

/// Code lists by their names.
type Lists = FxHashMap<String, Arc<CodeList>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LayoutToml {
    id: String,
    source: String,
    version: String,
    kind: Kind,
    #[serde(default)]
    scheme: Option<String>,
    #[serde(default)]
    basis: String,
    /// The set of code lists (`registers/data/codes/<set>.toml`) that coded columns take by field name.
    #[serde(default)]
    codes: Option<String>,
    required: Vec<String>,
    #[serde(default)]
    expected: Vec<String>,
    #[serde(default)]
    ignored: Vec<String>,
    #[serde(default)]
    signs: Vec<String>,
    #[serde(default)]
    general: bool,
    #[serde(default)]
    in_order: bool,
    #[serde(default)]
    recipients: bool,
    #[serde(default)]
    programme: Option<String>,
    columns: BTreeMap<String, ColumnToml>,
    #[serde(default)]
    welfare: BTreeMap<String, ColumnToml>,
    /// Lists of the layout's own, over those of the set.
    #[serde(default)]
    lists: BTreeMap<String, Vec<bansos::source::CodeEntry>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ColumnToml {
    Names(Vec<String>),
    Full {
        names: Vec<String>,
        #[serde(default)]
        codes: Option<String>,
    },
}

impl Layout {
    /// Reads and checks a layout. `file` only serves the error.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, ReadError> {
        Self::check(text).map_err(|reason| ReadError::Layout { file: file.to_owned(), reason })
    }

    fn check(text: &str) -> Result<Self, LayoutFault> {
        let raw: LayoutToml = from_toml(text).map_err(|why| LayoutFault::Text { why })?;
        let unknown = LayoutFault::unknown;
        let source = Source::from_word(&raw.source).ok_or_else(|| unknown(LayoutWord::Source, &raw.source))?;
        let scheme = match raw.scheme.as_deref() {
            None => None,
            Some(word) => Some(Scheme::from_word(word).ok_or_else(|| unknown(LayoutWord::Scheme, word))?),
        };
        let lists = lists(source, raw.codes.as_deref(), &raw.version, raw.lists)?;
        let columns = raw.columns.into_iter().map(|(word, column)| {
            let field = field(&word)?;
            Ok((field, column.check(&lists, Some((field, &word)))?))
        });
        let welfare = raw
            .welfare
            .into_iter()
            .map(|(variable, column)| Ok::<_, LayoutFault>((variable.as_str().into(), column.check(&lists, None)?)));
        let any = |entry: &String| entry.split('|').map(|word| field(word.trim())).collect::<Result<Vec<_>, _>>();
        let mut layout = Self {
            id: raw.id,
            source,
            version: raw.version,
            kind: raw.kind,
            scheme,
            basis: raw.basis,
            required: raw.required.iter().map(any).collect::<Result<_, _>>()?,
            expected: raw.expected.iter().map(|word| field(word)).collect::<Result<_, _>>()?,
            columns: columns.collect::<Result<_, LayoutFault>>()?,
            welfare: welfare.collect::<Result<_, _>>()?,
            ignored: different(&raw.ignored),
            signs: raw.signs.iter().map(|n| super::normal(n)).collect(),
            general: raw.general,
            in_order: raw.in_order,
            recipients: raw.recipients,
            programme: match raw.programme.as_deref() {
                None => None,
                Some(word) => Some(programme_id(word).ok_or_else(|| unknown(LayoutWord::Programme, word))?),
            },
            words: Vec::new(),
            index: FxHashMap::default(),
        };
        layout.required_have_columns()?;
        layout.no_name_twice()?;
        if !layout.general {
            layout.words = words(layout.kind, &lists)?;
        }
        layout.index = layout.names();
        Ok(layout)
    }

    fn required_have_columns(&self) -> Result<(), LayoutFault> {
        let has = |field: &Field| self.columns.iter().any(|(have, _)| have == field);
        if self.required.iter().all(|any| any.iter().any(has)) { Ok(()) } else { Err(LayoutFault::NoColumn) }
    }

    /// Own names go before words of others.
    fn names(&self) -> FxHashMap<String, Known> {
        let ranked = |column: &'_ Column| column.names.clone().into_iter().enumerate().collect::<Vec<_>>();
        let own = self.columns.iter().enumerate().flat_map(|(at, (_, column))| {
            ranked(column).into_iter().map(move |(rank, name)| (name, Known::Own(at, rank)))
        });
        let welfare = self.welfare.iter().enumerate().flat_map(|(at, (_, column))| {
            ranked(column).into_iter().map(move |(rank, name)| (name, Known::Welfare(at, rank)))
        });
        let ignored = self.ignored.iter().map(|name| (name.clone(), Known::Ignored));
        let mut all: FxHashMap<String, Known> = own.chain(welfare).chain(ignored).collect();
        for (at, (_, column)) in self.words.iter().enumerate() {
            for (rank, name) in column.names.iter().enumerate() {
                all.entry(name.clone()).or_insert(Known::Word(at, rank));
            }
        }
        all
    }

    fn no_name_twice(&self) -> Result<(), LayoutFault> {
        let mut seen = rustc_hash::FxHashSet::default();
        let all = self.columns.iter().map(|(_, c)| c).chain(self.welfare.iter().map(|(_, c)| c));
        for name in all.flat_map(|c| &c.names).chain(&self.ignored) {
            if !seen.insert(name) {
                return Err(LayoutFault::NameTwice { name: name.clone() });
            }
        }
        Ok(())
    }

    /// The column of a field: its own, or the words by which it knows one it has none of.
    pub(super) fn column(&self, field: Field) -> Option<&Column> {
        self.columns.iter().chain(&self.words).find(|(have, _)| *have == field).map(|(_, column)| column)
    }

    /// How people write the column of a field.
    pub fn label(&self, field: Field) -> &str {
        self.columns.iter().find(|(f, _)| *f == field).map_or(field.word(), |(_, c)| &c.label)
    }
}

fn field(word: &str) -> Result<Field, LayoutFault> {
    Field::from_word(word).ok_or_else(|| LayoutFault::unknown(LayoutWord::Field, word))
}

/// The lists of a set with those of the layout's own over them.
fn lists(
    source: Source,
    set: Option<&str>,
    version: &str,
    own: BTreeMap<String, Vec<bansos::source::CodeEntry>>,
) -> Result<Lists, LayoutFault> {
    let mut lists = match set {
        None => Lists::default(),
        Some(set) => codes::code_set(set).ok_or_else(|| LayoutFault::unknown(LayoutWord::CodeSet, set))?,
    };
    for (name, entries) in own {
        let list = CodeList::new(source, version, name.as_str(), entries)?;
        lists.insert(name, Arc::new(list));
    }
    Ok(lists)
}

/// Lists of no register, and at the same time the words by which every layout knows what it has no column of.
pub(super) const GENERAL: &[(&str, &str)] = codes::data!("layouts": "umum", "umum-keluarga");

pub(super) fn generals() -> &'static [Layout] {
    static ALL: OnceLock<Vec<Layout>> = OnceLock::new();
    ALL.get_or_init(|| GENERAL.iter().filter_map(|(name, text)| Layout::from_toml(name, text).ok()).collect())
}

/// The general layout for rows of that kind.
pub(super) fn general(kind: Kind) -> Option<&'static Layout> {
    generals().iter().find(|layout| (layout.kind == Kind::Persons) == (kind == Kind::Persons))
}

/// The words of the general layouts, in the lists of this one where it has them.
fn words(kind: Kind, lists: &Lists) -> Result<Vec<(Field, Column)>, LayoutFault> {
    let general = general(kind).map_or(&[][..], |layout| layout.columns.as_slice());
    general
        .iter()
        .map(|(field, column)| {
            // a row of a family is about its head
            let field = if kind == Kind::Families && *field == Field::Name { Field::HeadName } else { *field };
            let mut column = column.clone();
            if column.codes.is_some()
                && let Some(own) = lists.get(field.word())
            {
                column.means = Meant::all(field, own)?;
                column.codes = Some(Arc::clone(own));
            }
            Ok((field, column))
        })
        .collect()
}

impl ColumnToml {
    fn check(self, lists: &Lists, field: Option<(Field, &str)>) -> Result<Column, LayoutFault> {
        let list = |name: &str, absent: fn(&str) -> LayoutFault| lists.get(name).cloned().ok_or_else(|| absent(name));
        let (names, codes) = match self {
            Self::Names(names) => (names, None),
            Self::Full { names, codes } => (names, codes),
        };
        let label = names.first().cloned().ok_or(LayoutFault::NoName)?;
        let codes = match (codes, field) {
            (Some(name), _) => Some(list(&name, |name| LayoutFault::unknown(LayoutWord::CodeList, name))?),
            // a coded field takes the list of its own name
            (None, Some((field, word))) if Meant::is_coded(field) => {
                Some(list(word, |word| LayoutFault::NeedsCodes { field: word.to_owned() })?)
            }
            _ => None,
        };
        let means = match (&codes, field) {
            (Some(list), Some((field, _))) => Meant::all(field, list)?,
            _ => Vec::new(),
        };
        Ok(Column { names: different(&names), label, codes, means })
    }
}

/// Names as they are compared, without ways of writing that differ in form alone.
fn different(names: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(names.len());
    for name in names.iter().map(|name| super::normal(name)) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}
