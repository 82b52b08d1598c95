//! Housing and assets of one family, as its source codes them.

use crate::Text;
use std::sync::Arc;

/// Housing and asset answers: variables named by the layout, values coded by the source. Code lists differ by source
/// and version, so values are only compared within one layout. The names are shared by every row of a file.
///
/// ```
/// use bansos::source::Welfare;
/// let names = ["lantai".into(), "dinding".into()].into();
/// let w = Welfare::new(names, vec![Some(5), None]);
/// assert_eq!(w.get("lantai"), Some(5));
/// assert_eq!(w.get("dinding"), None); // not answered
/// assert_eq!(w.iter().collect::<Vec<_>>(), [("lantai", 5)]);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Welfare {
    names: Arc<[Text]>,
    values: Box<[i32]>,
}

crate::reticent! { Welfare { names } }

/// Stands for "not answered" inside; no source has such a code.
const MISSING: i32 = i32::MIN;

impl Welfare {
    /// Values in the order of the names. A missing tail is "not answered"; values beyond the names are dropped.
    pub fn new(names: Arc<[Text]>, values: impl IntoIterator<Item = Option<i32>>) -> Self {
        let values = values.into_iter().take(names.len()).map(|v| v.unwrap_or(MISSING)).collect();
        Self { names, values }
    }

    /// The names, answered or not.
    pub fn names(&self) -> &Arc<[Text]> {
        &self.names
    }

    /// The value at a place of the names.
    pub fn at(&self, place: usize) -> Option<i64> {
        self.values.get(place).filter(|v| **v != MISSING).map(|v| i64::from(*v))
    }

    /// The value of a variable; `None` where the source does not have it or the cell was empty.
    pub fn get(&self, name: &str) -> Option<i64> {
        self.at(self.names.iter().position(|n| &**n == name)?)
    }

    /// Every answered variable.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i64)> {
        self.names.iter().enumerate().filter_map(|(i, n)| Some((&**n, self.at(i)?)))
    }

    /// Nothing answered.
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(|v| *v == MISSING)
    }
}
