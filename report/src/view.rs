//! Everything the sections show, counted and made safe once, so that a number reads the same wherever it stands.

use super::data::{AreaCounts, FindingKind, Overlap, Programme, ReportData, ReportOptions};
use super::levels::Levels;
use super::places::{self, Grid, Kecamatan};
use super::suppress::{Net, Shown};
use crate::words::Both;
use bansos::Bilingual;
use bansos::Severity;
use bansos::verivali::RemovalReason;

/// The report's numbers as they may be shown.
pub(crate) struct View<'a> {
    pub(crate) data: &'a ReportData,
    /// Counts from 1 to `k - 1` are hidden.
    pub(crate) k: u64,
    /// What places are called.
    pub(crate) levels: Levels,
    pub(crate) places: Vec<Kecamatan>,
    /// The sum over all places.
    pub(crate) whole: AreaCounts,
    /// Kinds of finding that occur: errors, warnings, infos; the most frequent first.
    pub(crate) kinds: Vec<FindingKind>,
    /// Findings by place and severity (columns: error, warning, info).
    pub(crate) severity: Grid,
    /// Findings by kecamatan and kind (columns as `kinds`).
    pub(crate) codes: Grid,
    /// Persons by place with any verivali reason (one column).
    pub(crate) reasons: Grid,
    /// Persons by kecamatan and reason (columns as `data.verivali`).
    pub(crate) reason_codes: Grid,
    /// Families by kecamatan and decile; column 10: without one.
    pub(crate) deciles: Grid,
    /// One for each programme of the data.
    pub(crate) decided: Vec<Decided<'a>>,
    pub(crate) persons_in: Agreement,
    pub(crate) families_in: Agreement,
    /// Families by kecamatan that stand in one, two, three … registers; only where nothing of `families_in` is hidden.
    pub(crate) in_how_many: Option<Grid>,
}

/// A programme's decisions.
pub(crate) struct Decided<'a> {
    pub(crate) programme: &'a Programme,
    /// Eligible, ineligible, undetermined by place.
    pub(crate) outcomes: Grid,
    /// Stated to receive (yes, no, not stated) × outcome.
    pub(crate) stated: Option<[[Shown; 3]; 3]>,
    /// The sums of its rows.
    pub(crate) stated_rows: [Shown; 3],
    /// Stated receipt by decile; only where the rules have a decile ceiling and receipt is stated.
    pub(crate) aimed: Option<Aimed>,
    /// By kecamatan: receives but ineligible; eligible but does not receive.
    pub(crate) amiss: Grid,
    /// Undetermined for every family: a fact that no register has.
    pub(crate) all_open: bool,
    /// Rupiah a year to all eligible.
    pub(crate) amount: i64,
    /// Persons by component; amounts may be shown only when none of these is hidden.
    pub(crate) components: Vec<Shown>,
}

/// Stated receipt by decile.
pub(crate) struct Aimed {
    /// The programme is meant for deciles 1 to this.
    pub(crate) meant: u8,
    /// Receives, does not, not stated, by decile.
    pub(crate) rows: [[Shown; 3]; 10],
    /// The same summed over those meant and over the others; only where no sum is small.
    pub(crate) sides: Option<[[u64; 3]; 2]>,
}

impl Aimed {
    fn new(deciles: &[[u64; 3]; 10], meant: u8, k: u64) -> Option<Self> {
        let to = usize::from(meant.min(10));
        let (poorer, richer) = deciles.split_at(to);
        let sum = |rows: &[[u64; 3]]| [0, 1, 2].map(|c| rows.iter().map(|row| row[c]).sum::<u64>());
        let sides = [sum(poorer), sum(richer)];
        if sides.iter().flatten().sum::<u64>() == 0 {
            return None;
        }
        let open = sides.iter().flatten().all(|n| !(1..k).contains(n));
        let mut net = Net::new(k);
        let ids: Vec<_> = deciles.iter().map(|row| row.map(|n| net.cell(n, 0))).collect();
        for row in &ids {
            net.sum(None, row);
        }
        // sums that can be told from the figures; else those of whole columns
        let blocks = if open { [0..to, to..10] } else { [0..10, 10..10] };
        for column in 0..3 {
            for block in &blocks {
                let cells: Vec<_> = ids.get(block.clone()).unwrap_or_default().iter().map(|row| row[column]).collect();
                net.sum(None, &cells);
            }
        }
        let solved = net.solve();
        let mut rows = [[Shown::Withheld; 3]; 10];
        for (row, ids) in rows.iter_mut().zip(ids) {
            *row = ids.map(|id| solved.get(id));
        }
        Some(Self { meant, rows, sides: open.then_some(sides) })
    }
}

/// How many stand in which registers.
pub(crate) struct Agreement {
    /// Names of the registers.
    pub(crate) sources: Vec<String>,
    /// For each combination that occurs: whether in each of the sources, how many, and what may be shown of it.
    pub(crate) combos: Vec<(Vec<bool>, u64, Shown)>,
}

impl Agreement {
    /// All of them.
    pub(crate) fn total(&self) -> u64 {
        self.combos.iter().map(|c| c.1).sum()
    }

    /// Whether every combination may be shown.
    pub(crate) fn open(&self) -> bool {
        self.combos.iter().all(|c| c.2.exact().is_some())
    }

    /// How many stand in one register, whatever others; only where nothing is hidden.
    pub(crate) fn in_source(&self, i: usize) -> Option<u64> {
        self.open().then(|| self.combos.iter().filter(|c| c.0.get(i) == Some(&true)).map(|c| c.1).sum())
    }

    /// How many stand in exactly `n` registers; only where nothing is hidden.
    pub(crate) fn in_exactly(&self, n: usize) -> Option<u64> {
        let level = |c: &&(Vec<bool>, u64, Shown)| c.0.iter().filter(|x| **x).count() == n;
        self.open().then(|| self.combos.iter().filter(level).map(|c| c.1).sum())
    }

    /// The register with the most, and how many are not in it; only where nothing is hidden.
    pub(crate) fn outside_widest(&self) -> Option<(&str, u64)> {
        let sizes = self.sources.iter().enumerate().filter_map(|(i, s)| Some((self.in_source(i)?, s)));
        let (n, name) = sizes.max_by_key(|(n, _)| *n)?;
        Some((name, self.total() - n))
    }

    fn new(overlaps: &[Overlap], k: u64) -> Self {
        let mut sources: Vec<String> = Vec::new();
        for s in overlaps.iter().flat_map(|o| &o.sources) {
            if !sources.contains(s) {
                sources.push(s.clone());
            }
        }
        let rank = |s: &String| ["dtks", "p3ke", "regsosek"].iter().position(|n| n == s).unwrap_or(3);
        sources.sort_by(|a, b| (rank(a), a).cmp(&(rank(b), b)));
        let mut combos: Vec<(Vec<bool>, u64)> = Vec::new();
        for o in overlaps.iter().filter(|o| !o.sources.is_empty()) {
            let key: Vec<bool> = sources.iter().map(|s| o.sources.contains(s)).collect();
            match combos.iter_mut().find(|c| c.0 == key) {
                Some(c) => c.1 += o.count,
                None => combos.push((key, o.count)),
            }
        }
        combos.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
        let shown = whole_known(k, &combos.iter().map(|c| c.1).collect::<Vec<_>>());
        Self { sources, combos: combos.into_iter().zip(shown).map(|((key, n), s)| (key, n, s)).collect() }
    }
}

/// Exclusive classes that add up to something known.
pub(crate) fn whole_known(k: u64, counts: &[u64]) -> Vec<Shown> {
    let mut net = Net::new(k);
    let ids: Vec<_> = counts.iter().map(|&n| net.cell(n, 0)).collect();
    net.sum(None, &ids);
    let solved = net.solve();
    ids.into_iter().map(|id| solved.get(id)).collect()
}

impl<'a> View<'a> {
    pub(crate) fn new(data: &'a ReportData, options: ReportOptions) -> Self {
        let k = u64::from(options.small_cell);
        let levels = Levels::of(&data.areas);
        let places = places::fold(data, &levels, k);
        let whole = places::whole(&places);
        let kinds = kinds(data, &whole);
        let groups: Vec<Vec<String>> = [Severity::Error, Severity::Warning, Severity::Info]
            .map(|s| kinds.iter().filter(|x| x.severity == s).map(|x| x.code.clone()).collect())
            .into();
        let of = |a: &AreaCounts, code: &String| a.findings.get(code).copied().unwrap_or(0);
        let (severity, codes) = places::coded(&places, k, &groups, of, |_, _| false);
        let reasons: Vec<RemovalReason> = data.verivali.iter().map(|r| r.reason).collect();
        let of = |a: &AreaCounts, reason: &RemovalReason| a.verivali.get(reason).copied().unwrap_or(0);
        // Where nearly everybody has a reason, those who have none are the few.
        let few_left = |a: &AreaCounts, n: u64| (1..k).contains(&a.persons.saturating_sub(n));
        let (reasons, reason_codes) = places::coded(&places, k, &[reasons], of, few_left);
        let deciles = places::classes(&places, k, false, |a| a.deciles.iter().copied().chain([a.unranked]).collect());
        let overlaps: Vec<Overlap> = whole
            .registers
            .iter()
            .map(|(key, n)| Overlap { sources: key.split('+').map(str::to_owned).collect(), count: *n })
            .collect();
        let families_in = Agreement::new(&overlaps, k);
        let in_how_many = (families_in.open() && families_in.sources.len() > 1).then(|| {
            let levels = families_in.sources.len();
            let totals: Vec<Shown> =
                (1..=levels).map(|n| Shown::alone(families_in.in_exactly(n).unwrap_or(0), k)).collect();
            places::breakdown(&places, k, &totals, true, |a| {
                let level =
                    |n| a.registers.iter().filter(move |(key, _)| key.split('+').count() == n).map(|(_, c)| c).sum();
                (1..=levels).map(level).collect()
            })
        });
        Self {
            persons_in: Agreement::new(&data.person_registers, k),
            decided: data.programmes.iter().map(|p| Decided::new(p, &places, &whole, k)).collect(),
            data,
            k,
            levels,
            whole,
            kinds,
            severity,
            codes,
            reasons,
            reason_codes,
            deciles,
            families_in,
            in_how_many,
            places,
        }
    }

    /// A count that stands in no sum.
    pub(crate) fn alone(&self, n: u64) -> Shown {
        Shown::alone(n, self.k)
    }

    /// How many findings of a kind there are; for ordering, not for showing.
    pub(crate) fn whole_of(&self, kind: usize) -> u64 {
        self.kinds.get(kind).and_then(|x| self.whole.findings.get(&x.code)).copied().unwrap_or(0)
    }

    /// The kind of finding that stands out in a place: more than an information, and at least a quarter more frequent there than
    /// everywhere, the most so of all. Its name is told, not its number, and none that is small.
    pub(crate) fn standing_out(&self, counts: &AreaCounts) -> Option<&FindingKind> {
        let here: u64 = counts.findings.values().sum();
        let all: u64 = self.whole.findings.values().sum();
        let lift = |kind: &FindingKind| -> Option<u64> {
            let n = *counts.findings.get(&kind.code)?;
            let everywhere = *self.whole.findings.get(&kind.code)?;
            let enough = n >= self.k.max(5);
            enough.then(|| n.saturating_mul(1000).saturating_mul(all) / here.saturating_mul(everywhere).max(1))
        };
        let graver = self.kinds.iter().filter(|x| x.severity != Severity::Info);
        let best = graver
            .filter_map(|x| Some((lift(x)?, x)))
            .max_by(|(a, x), (b, y)| a.cmp(b).then_with(|| y.code.cmp(&x.code)));
        best.filter(|(lift, _)| *lift >= 1250).map(|(_, kind)| kind)
    }
}

impl<'a> Decided<'a> {
    fn new(programme: &'a Programme, places: &[Kecamatan], whole: &AreaCounts, k: u64) -> Self {
        let of = |a: &AreaCounts| a.decisions.get(&programme.code).cloned().unwrap_or_default();
        let outcomes = places::classes(places, k, true, |a| {
            let o = of(a);
            vec![o.eligible, o.ineligible, o.undetermined]
        });
        let stated = programme.stated.as_ref().map(|s| {
            let rows = [s.yes, s.no, s.unknown];
            let mut net = Net::new(k);
            let mut ids = rows.map(|row| row.map(|n| net.cell(n, 0)));
            // The two cells the table is read for are withheld last.
            ids[0][1] = net.cell(s.yes[1], 1);
            ids[1][0] = net.cell(s.no[0], 1);
            for row in ids {
                net.sum(None, &row);
            }
            for c in 0..3 {
                net.sum(None, &ids.map(|row| row[c]));
            }
            let solved = net.solve();
            ids.map(|row| row.map(|id| solved.get(id)))
        });
        let sums = programme.stated.as_ref().map(|s| [s.yes, s.no, s.unknown].map(|row| row.iter().sum()));
        let mut stated_rows = [Shown::Withheld; 3];
        if let Some(sums) = sums {
            for (to, shown) in stated_rows.iter_mut().zip(whole_known(k, &sums)) {
                *to = shown;
            }
        }
        let totals = stated.map_or([Shown::Withheld; 2], |s| [s[0][1], s[1][0]]);
        let amiss = places::breakdown(places, k, &totals, false, |a| {
            let o = of(a);
            vec![o.receives_ineligible, o.eligible_not_receiving]
        });
        let components = programme.components.iter().map(|c| Shown::alone(c.persons, k)).collect();
        let sum = of(whole);
        let all_open = sum.undetermined > 0 && sum.eligible + sum.ineligible == 0;
        let aimed = programme.stated.as_ref().filter(|_| programme.in_force);
        let aimed = aimed.and_then(|s| Aimed::new(&s.deciles, s.meant?, k));
        Self { programme, outcomes, stated, stated_rows, aimed, amiss, all_open, amount: sum.amount_year, components }
    }

    /// Its name where there is little room: what stands in brackets, else all of it.
    pub(crate) fn short(&self) -> Bilingual {
        let inside = |name: &str| {
            let inner = name.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner.trim());
            // Hyphens that do not break: "PBI-JK" stays in one line.
            inner.filter(|i| !i.is_empty()).map_or_else(|| name.to_owned(), |i| i.replace('-', "\u{2011}"))
        };
        let name = &self.programme.name;
        Bilingual::from_texts(inside(&name.id), inside(&name.en))
    }

    /// Whether it decided anything at all: in force, and not undetermined for everybody.
    pub(crate) fn decides(&self) -> bool {
        self.programme.in_force && !self.all_open
    }

    /// Whether rupiah may be shown: not where they would tell a small component.
    pub(crate) fn tell_amounts(&self) -> bool {
        self.components.iter().all(|c| c.exact().is_some())
    }
}

/// The dictionary's kinds that occur, the more severe and more frequent ones first; a code without an entry needs no explanation.
fn kinds(data: &ReportData, whole: &AreaCounts) -> Vec<FindingKind> {
    let mut kinds: Vec<(u64, FindingKind)> = whole
        .findings
        .iter()
        .filter(|(_, n)| **n > 0)
        .map(|(code, n)| {
            let known = data.findings.iter().find(|x| x.code == *code).cloned();
            let kind = known.unwrap_or_else(|| FindingKind {
                code: code.clone(),
                severity: Severity::Warning,
                message: code.both(),
            });
            (*n, kind)
        })
        .collect();
    kinds.sort_by(|(n, a), (m, b)| b.severity.cmp(&a.severity).then(m.cmp(n)).then_with(|| a.code.cmp(&b.code)));
    kinds.into_iter().map(|(_, kind)| kind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_group_above_the_ceiling_hides_the_errors_and_stays_hidden_itself() {
        let mut deciles = [[40, 60, 0]; 10];
        for line in deciles.iter_mut().skip(4) {
            *line = [0, 100, 0];
        }
        let clear = Aimed::new(&deciles, 4, 5).unwrap();
        assert_eq!(clear.sides, Some([[160, 240, 0], [0, 600, 0]]));
        assert!(clear.rows.iter().flatten().all(|s| s.exact().is_some()));
        deciles[6] = [3, 97, 0];
        let small = Aimed::new(&deciles, 4, 5).unwrap();
        assert_eq!((small.sides, small.rows[6][0]), (None, Shown::Small));
        // its neighbour in the row would tell it, so would the rest of its column
        assert!(small.rows[6][1].exact().is_none());
        assert!(small.rows.iter().filter(|row| row[0].exact().is_none()).count() > 1);
        assert!(Aimed::new(&[[0; 3]; 10], 4, 5).is_none());
    }
}
