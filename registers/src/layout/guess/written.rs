//! A guess written down as a layout.

use super::super::normal;
use super::LayoutGuess;
use bansos::region::Scheme;
use bansos::source::Field;
use serde::Serialize;
use std::collections::BTreeMap;

/// In the order of the file that is written.
#[derive(Serialize)]
struct Written<'g> {
    id: String,
    source: &'static str,
    version: &'static str,
    kind: &'static str,
    codes: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<&'static str>,
    basis: String,
    required: Vec<String>,
    ignored: Vec<&'g str>,
    columns: BTreeMap<&'static str, Column<'g>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Column<'g> {
    Names([&'g str; 1]),
    Coded { names: [&'g str; 1], codes: &'static str },
}

impl LayoutGuess {
    /// The layout as TOML, for [`Layout::from_toml`](crate::layout::Layout::from_toml) and `--layout`; the columns that are not
    /// read stand among those it passes over.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut seen: Vec<String> = Vec::new();
        let (mut columns, mut ignored) = (BTreeMap::new(), Vec::new());
        // read columns first: of two headings that are one name, the one that is read stands in the layout
        let (read, rest): (Vec<_>, Vec<_>) = self.columns.iter().partition(|column| column.field.is_some());
        for column in read.into_iter().chain(rest) {
            let name = normal(&column.name);
            if name.is_empty() || seen.contains(&name) {
                continue;
            }
            seen.push(name);
            let names = [column.name.as_str()];
            match column.field {
                Some(field) => {
                    let column = list(field).map_or(Column::Names(names), |codes| Column::Coded { names, codes });
                    columns.insert(field.word(), column);
                }
                None => ignored.push(column.name.as_str()),
            }
        }
        let coded = columns.contains_key(Field::RegionCode.word());
        let written = Written {
            id: self.id(),
            source: "other",
            version: "1",
            kind: self.kind().word(),
            codes: "common",
            scheme: coded.then(|| Scheme::Kemendagri.word()),
            basis: format!("bansos layout new, {}", self.file),
            required: required(|field| columns.contains_key(field.word())),
            ignored,
            columns,
        };
        toml::to_string_pretty(&written).unwrap_or_default()
    }

    /// The file's name as the id of a layout.
    fn id(&self) -> String {
        let stem = self.file.rsplit_once('.').map_or(self.file.as_str(), |(stem, _)| stem);
        let stem = match &self.sheet {
            Some(sheet) => format!("{stem} {sheet}"),
            None => stem.to_owned(),
        };
        let words: Vec<String> =
            stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        format!("own-{}", words.join("-"))
    }
}

/// What a row must have: a name, and something that tells who of that name.
fn required(has: impl Fn(Field) -> bool) -> Vec<String> {
    let told = [Field::Nik, Field::FamilyCard, Field::BirthDate, Field::BirthPlaceDate];
    let told: Vec<&str> = told.into_iter().filter(|field| has(*field)).map(Field::word).collect();
    let name = has(Field::Name).then(|| Field::Name.word().to_owned());
    name.into_iter().chain((!told.is_empty()).then(|| told.join("|"))).collect()
}

/// The list of a coded field whose name is not the field's.
fn list(field: Field) -> Option<&'static str> {
    match field {
        Field::ReceivesPkh | Field::ReceivesSembako | Field::ReceivesBst | Field::SevereDisability => Some("yes_no"),
        _ => None,
    }
}
