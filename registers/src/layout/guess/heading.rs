//! What a heading says: a name that some layout knows, one like it, or a word in it.

use super::super::builtin::builtin;
use super::super::header::Heading;
use super::super::model::general;
use super::super::normal;
use super::reason::GuessReason;
use crate::Kind;
use bansos::source::Field;
use bansos::text::metric::Pattern;
use rustc_hash::FxHashMap;

/// What a column of a layout made here can be: what a list of persons has, and has words for.
pub(super) const FIELDS: [Field; 30] = [
    Field::Nik,
    Field::FamilyCard,
    Field::Name,
    Field::Sex,
    Field::BirthDate,
    Field::BirthPlaceDate,
    Field::BirthPlace,
    Field::MotherName,
    Field::Relation,
    Field::Marital,
    Field::Attendance,
    Field::SchoolLevel,
    Field::SevereDisability,
    Field::Occupation,
    Field::Matched,
    Field::Province,
    Field::Regency,
    Field::District,
    Field::Village,
    Field::RegionCode,
    Field::Address,
    Field::Hamlet,
    Field::Rt,
    Field::Rw,
    Field::Decile,
    Field::ReceivesPkh,
    Field::ReceivesSembako,
    Field::ReceivesBst,
    Field::Programmes,
    Field::FamilyKey,
];

/// Words that make a heading about somebody or something else.
const OTHERS: [&str; 14] = [
    "ayah",
    "bapak",
    "wali",
    "saksi",
    "petugas",
    "pendamping",
    "pendata",
    "rekening",
    "bank",
    "hp",
    "telp",
    "telepon",
    "agama",
    "kematian",
];

/// Words in a heading, with what it is then about; the first that holds counts.
const WORDS: [(&str, Field); 34] = [
    ("nik", Field::Nik),
    ("ktp", Field::Nik),
    ("kependudukan", Field::Nik),
    ("kk", Field::FamilyCard),
    ("kartu", Field::FamilyCard),
    ("ibu", Field::MotherName),
    ("kelamin", Field::Sex),
    ("gender", Field::Sex),
    ("lahir", Field::BirthDate),
    ("shdk", Field::Relation),
    ("hubungan", Field::Relation),
    ("hub", Field::Relation),
    ("kawin", Field::Marital),
    ("nikah", Field::Marital),
    ("pekerjaan", Field::Occupation),
    ("desil", Field::Decile),
    ("provinsi", Field::Province),
    ("kabupaten", Field::Regency),
    ("kab", Field::Regency),
    ("kota", Field::Regency),
    ("kecamatan", Field::District),
    ("kec", Field::District),
    ("desa", Field::Village),
    ("kelurahan", Field::Village),
    ("nagari", Field::Village),
    ("dusun", Field::Hamlet),
    ("rt", Field::Rt),
    ("rw", Field::Rw),
    ("alamat", Field::Address),
    ("pkh", Field::ReceivesPkh),
    ("bpnt", Field::ReceivesSembako),
    ("sembako", Field::ReceivesSembako),
    ("bansos", Field::Programmes),
    ("nama", Field::Name),
];

/// Headings under which anything may stand, though layouts read nothing under them.
const ANYTHING: [&str; 6] = ["no", "nomor", "id", "kode", "ket", "keterangan"];

/// A name is like another from here on.
const LIKE: f64 = 0.93;

/// What a heading says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    /// Some layout knows it.
    Known(Field),
    /// Some layout knows it, and reads nothing from it.
    Useless,
    Like(Field, String),
    Word(Field, &'static str),
    Nothing,
}

/// A heading that was listened to.
#[derive(Debug)]
pub(super) struct Heard(Said);

impl Heard {
    /// How much it supports a field.
    pub(super) fn points(&self, field: Field) -> i32 {
        match &self.0 {
            Said::Known(of) if *of == field => 6,
            Said::Like(of, _) if *of == field => 4,
            Said::Word(of, _) if *of == field => 3,
            // place and date in one cell stand under either word
            Said::Word(Field::BirthDate, _) if matches!(field, Field::BirthPlaceDate | Field::BirthPlace) => 2,
            Said::Known(_) => -4,
            Said::Useless => -9,
            Said::Like(..) | Said::Word(..) | Said::Nothing => 0,
        }
    }

    /// What of it supports the field, or where there is none, why there is none.
    pub(super) fn why(&self, field: Option<Field>) -> Vec<GuessReason> {
        match &self.0 {
            Said::Useless => vec![GuessReason::Useless],
            Said::Known(of) if field == Some(*of) => vec![GuessReason::Heading],
            Said::Like(of, like) if field == Some(*of) => vec![GuessReason::HeadingLike { like: like.clone() }],
            Said::Word(_, word) if field.is_some_and(|field| self.points(field) > 0) => {
                vec![GuessReason::HeadingWord { word }]
            }
            _ => Vec::new(),
        }
    }

    /// The field that it names, whatever stands below it.
    pub(super) fn names(&self) -> Option<Field> {
        match &self.0 {
            Said::Known(field) | Said::Like(field, _) | Said::Word(field, _) => Some(*field),
            Said::Useless | Said::Nothing => None,
        }
    }
}

/// The names of columns that the built-in layouts know.
pub(super) struct Vocabulary {
    /// By name as it is compared: the field, or none where nothing is read; and the name as people write it.
    names: FxHashMap<String, Option<Field>>,
    labels: Vec<(String, Field)>,
}

impl Vocabulary {
    pub(super) fn new() -> Self {
        let mut names: FxHashMap<String, Option<Field>> = FxHashMap::default();
        let mut labels = Vec::new();
        // the words of the general layouts go before those of single registers
        for layout in general(Kind::Persons).into_iter().chain(general(Kind::Families)).chain(builtin()) {
            for (field, column) in layout.columns.iter().filter(|(field, _)| FIELDS.contains(field)) {
                for name in &column.names {
                    if names.insert(name.clone(), Some(*field)).is_none() {
                        labels.push((name.clone(), *field));
                    }
                }
            }
        }
        for name in builtin().iter().flat_map(|layout| &layout.ignored) {
            names.entry(name.clone()).or_insert(None);
        }
        Self { names, labels }
    }

    /// What a heading that is known stands for: a field, or nothing that is read.
    pub(super) fn says(&self, heading: &Heading) -> Option<Option<Field>> {
        heading.names.iter().flatten().find_map(|name| self.names.get(name)).copied()
    }

    pub(super) fn hear(&self, heading: &Heading) -> Heard {
        Heard(match self.says(heading) {
            Some(Some(field)) => Said::Known(field),
            Some(None) if heading.names.iter().flatten().any(|name| ANYTHING.contains(&name.as_str())) => Said::Nothing,
            Some(None) => Said::Useless,
            None => self.like(heading).unwrap_or_else(|| word(heading)),
        })
    }

    fn like(&self, heading: &Heading) -> Option<Said> {
        let own = heading.names.iter().flatten().find(|name| name.len() >= 5)?;
        if other(heading) {
            return None;
        }
        let mut pattern = Pattern::default();
        pattern.set(own.as_bytes());
        let alike = |(name, field): &(String, Field)| (pattern.jaro_winkler(name.as_bytes()), name.clone(), *field);
        let near = self.labels.iter().filter(|(name, _)| name.len() >= 5).map(alike);
        let (score, name, field) = near.max_by(|a, b| a.0.total_cmp(&b.0))?;
        (score >= LIKE).then(|| Said::Like(field, self.shown(&name)))
    }

    /// A name as it is compared, in the letters of headings.
    fn shown(&self, name: &str) -> String {
        let written = builtin().iter().flat_map(|layout| layout.columns.iter().map(|(_, column)| column.label.clone()));
        written.into_iter().find(|label| normal(label) == name).unwrap_or_else(|| name.to_uppercase())
    }
}

fn tokens(heading: &Heading) -> Vec<String> {
    let lower = heading.shown.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn other(heading: &Heading) -> bool {
    tokens(heading).iter().any(|word| OTHERS.contains(&word.as_str()))
}

fn word(heading: &Heading) -> Said {
    if other(heading) {
        return Said::Nothing;
    }
    let tokens = tokens(heading);
    let found = WORDS.iter().find(|(word, _)| tokens.iter().any(|token| token == word));
    found.map_or(Said::Nothing, |(word, field)| Said::Word(*field, word))
}
