//! Why one family stands where it stands.

use super::TableError;
use super::part::{FromCell, Part, ScoreKind};
use crate::failure::Failure;
use bansos::ranking::{RankEntry, RankOptions, RankStanding, rank, standing};
use bansos_arrow::ranking::ColumnScore;

/// A family's standing in one grouping; `None` where it is not ranked there.
pub(super) struct Explained {
    pub(super) score: Option<String>,
    pub(super) standing: Option<RankStanding<String>>,
}

/// Explains the place of the family with this key, in the nation and in each of its groups.
pub(super) fn explain<S: ColumnScore + FromCell>(
    part: &Part<S>,
    key: &str,
    options: &RankOptions,
    kind: ScoreKind,
) -> Result<Vec<Explained>, Failure> {
    let keys: Vec<Option<Vec<u8>>> = (0..part.rows()).map(|row| sortable(part, row)).collect();
    let asked = (0..part.rows()).find(|&row| part.key(row).as_deref() == Some(key));
    let asked = asked.ok_or_else(|| Failure::usage(TableError::NoSuchKey))?;
    let mut all = Vec::new();
    for ids in std::iter::once(None).chain(part.groups.iter().map(Some)) {
        let group = |row: usize| ids.map_or(Some(0), |ids| ids.get(row).copied().filter(|&g| g != u32::MAX));
        let mine = group(asked);
        // only the family's own group matters
        let rows: Vec<usize> = (0..part.rows()).filter(|&row| mine.is_some() && group(row) == mine).collect();
        let entry = |&row: &usize| RankEntry {
            key: keys.get(row).and_then(Option::as_deref),
            score: part.score(row),
            size: part.size(row).map(i128::from),
            group: mine,
        };
        let entries: Vec<RankEntry<'_, S>> = rows.iter().map(entry).collect();
        let ranking = rank(&entries, options).map_err(super::refused)?;
        let at = rows.iter().position(|&row| row == asked);
        let found = at.and_then(|at| standing(&ranking, &entries, at));
        all.push(Explained { score: part.score(asked).map(|s| s.show(kind)), standing: found.map(|s| shown(s, kind)) });
    }
    Ok(all)
}

/// The key as bytes in the order of the keys.
fn sortable<S: ColumnScore + FromCell>(part: &Part<S>, row: usize) -> Option<Vec<u8>> {
    match part.keys.as_ref()? {
        super::part::KeyColumn::Text(_) => part.key(row).map(String::into_bytes),
        super::part::KeyColumn::Whole(keys) => {
            use arrow_array::Array;
            let order = |key: i64| (key.cast_unsigned() ^ (1 << 63)).to_be_bytes().to_vec();
            keys.is_valid(row).then(|| order(keys.value(row)))
        }
    }
}

fn shown<S: FromCell>(s: RankStanding<S>, kind: ScoreKind) -> RankStanding<String> {
    // distances of decimals are in units of the last digit
    let unit = match kind {
        ScoreKind::Decimal(places) => 10_f64.powi(-i32::from(places)),
        _ => 1.0,
    };
    RankStanding {
        part: s.part,
        rank: s.rank,
        of: s.of,
        before: s.before,
        own: s.own,
        total: s.total,
        same_score: s.same_score,
        decided_by_key: s.decided_by_key,
        poorer: s.poorer.map(|v| v.show(kind)),
        to_poorer: s.to_poorer.map(|d| d * unit),
        richer: s.richer.map(|v| v.show(kind)),
        to_richer: s.to_richer.map(|d| d * unit),
    }
}
