//! The families table: what each row says of its family, members apart.

use super::error::ColumnsError;
use super::words::{booleans, integers, texts};
use arrow_array::RecordBatch;
use bansos::eligibility::FamilyFacts;
use bansos::region::{RegionCode, Scheme};
use bansos::{Decile, Text};

/// Columns of the families, read once.
#[derive(Default)]
pub(super) struct Heads {
    decile: Vec<Option<i64>>,
    registered: Vec<Option<bool>>,
    remote: Vec<Option<bool>>,
    size: Vec<Option<i64>>,
    region: Vec<Option<Option<RegionCode>>>,
    receives: Vec<(Text, Vec<Option<bool>>)>,
    facts: Vec<(Text, Vec<Option<i64>>)>,
    pub(super) ignored: Vec<String>,
}

impl Heads {
    pub(super) fn read(families: &RecordBatch) -> Result<Self, ColumnsError> {
        let mut h = Self::default();
        for (field, column) in families.schema_ref().fields().iter().zip(families.columns()) {
            let name = field.name().as_str();
            match name {
                "family" => {}
                "decile" => h.decile = integers(column, name)?,
                "registered" => h.registered = booleans(column, name)?,
                "remote" => h.remote = booleans(column, name)?,
                "size" => h.size = integers(column, name)?,
                "region" => {
                    h.region = texts(column, name, |t| RegionCode::parse(Scheme::Kemendagri, t).ok())?;
                }
                _ => {
                    if let Some(p) = name.strip_prefix("receives_") {
                        h.receives.push((p.replace('_', "-").into(), booleans(column, name)?));
                    } else if let Some(n) = name.strip_prefix("fact_") {
                        h.facts.push((n.into(), integers(column, name)?));
                    } else {
                        h.ignored.push(name.to_owned());
                    }
                }
            }
        }
        Ok(h)
    }

    /// Writes row `i` into facts that are used again and again. Members are not touched.
    pub(super) fn put(&self, i: usize, f: &mut FamilyFacts) {
        fn at<T: Copy>(all: &[Option<T>], i: usize) -> Option<T> {
            all.get(i).copied().flatten()
        }
        f.decile = at(&self.decile, i).and_then(|d| u8::try_from(d).ok()).and_then(Decile::new);
        f.registered = at(&self.registered, i);
        f.remote = at(&self.remote, i);
        f.size = at(&self.size, i).and_then(|n| u32::try_from(n).ok());
        f.region = at(&self.region, i).flatten();
        f.receives_other.clear();
        for (p, all) in &self.receives {
            if let Some(yes) = at(all, i) {
                match &**p {
                    "pkh" => f.receives.pkh = Some(yes),
                    "sembako" => f.receives.sembako = Some(yes),
                    "bst" => f.receives.bst = Some(yes),
                    _ => f.receives_other.push((p.clone(), yes)),
                }
            } else {
                match &**p {
                    "pkh" => f.receives.pkh = None,
                    "sembako" => f.receives.sembako = None,
                    "bst" => f.receives.bst = None,
                    _ => {}
                }
            }
        }
        f.extra.clear();
        for (n, all) in &self.facts {
            if let Some(v) = at(all, i) {
                f.extra.push((n.clone(), v));
            }
        }
    }
}
