//! Every count closes: what came in is what came out, whichever way it is counted. Equations that do not hold are shown too.

use super::suppress::Shown;
use super::view::View;
use super::words::say;
use bansos::Bilingual;

/// A whole and the parts that must make it up.
pub(crate) struct Equation {
    /// What is counted.
    pub(crate) what: Bilingual,
    /// The whole.
    pub(crate) whole: u64,
    /// The parts, as they may be shown.
    pub(crate) parts: Vec<(Bilingual, Shown)>,
    /// What the parts really add up to.
    pub(crate) sum: u64,
}

impl Equation {
    pub(crate) fn holds(&self) -> bool {
        self.whole == self.sum
    }
}

/// All equations of the report, in the order of its sections.
pub(crate) fn equations(view: &View) -> Vec<Equation> {
    let data = view.data;
    let exact = |id: &'static str, en: &'static str, n: u64| (Bilingual::new(id, en), n, Shown::Exact(n));
    let mut all = Vec::new();
    let mut add = |what: Bilingual, whole: u64, parts: Vec<(Bilingual, u64, Shown)>| {
        let sum = parts.iter().map(|p| p.1).sum();
        all.push(Equation {
            what,
            whole,
            parts: parts.into_iter().map(|(said, _, shown)| (said, shown)).collect(),
            sum,
        });
    };
    for file in &data.files {
        add(
            say!("Baris dibaca dari {name}", "Rows read from {name}", name = file.name),
            file.rows_read,
            vec![
                exact("diterima", "accepted", file.rows_accepted),
                exact("ditahan", "quarantined", file.rows_quarantined),
            ],
        );
    }
    if data.files.iter().any(|f| f.rows_quarantined > 0) || !data.quarantine.is_empty() {
        add(
            Bilingual::new("Baris ditahan, menurut berkas", "Rows quarantined, by file"),
            data.files.iter().map(|f| f.rows_quarantined).sum(),
            vec![exact("menurut alasan", "by reason", data.quarantine.iter().map(|q| q.rows).sum())],
        );
    }
    let persons = &view.persons_in;
    if !persons.combos.is_empty() {
        add(
            Bilingual::new("Orang ditemukan", "Persons found"),
            data.totals.persons,
            vec![exact("menurut gabungan register", "by combination of registers", persons.total())],
        );
        let extra: u64 = data.duplicates.within.iter().map(|w| w.extra_rows).sum();
        let across: u64 =
            persons.combos.iter().map(|c| c.1 * (c.0.iter().filter(|x| **x).count() as u64).saturating_sub(1)).sum();
        let parts = if persons.open() {
            vec![
                exact("orang", "persons", data.totals.persons),
                exact("baris berulang dalam register yang sama", "repeated rows within a register", extra),
                exact("baris orang yang sama di register lain", "rows of the same person in another register", across),
            ]
        } else {
            vec![
                exact("orang", "persons", data.totals.persons),
                exact("baris lain dari orang yang sama", "further rows of the same person", extra + across),
            ]
        };
        add(Bilingual::new("Baris data orang", "Rows of persons"), data.totals.person_rows, parts);
    }
    add(
        Bilingual::new("Orang ditemukan", "Persons found"),
        data.totals.persons,
        vec![exact("menurut wilayah", "by place", view.whole.persons)],
    );
    add(
        Bilingual::new("Keluarga ditemukan", "Families found"),
        data.totals.families,
        vec![exact("menurut wilayah", "by place", view.whole.families)],
    );
    if view.families_in.total() > 0 {
        add(
            Bilingual::new("Keluarga ditemukan", "Families found"),
            data.totals.families,
            vec![exact("menurut gabungan register", "by combination of registers", view.families_in.total())],
        );
    }
    if data.ranking.is_some() {
        let ranked: u64 = view.whole.deciles.iter().sum();
        let unranked = view.deciles.total(10);
        let shown = if unranked.exact().is_some() { Shown::Exact(ranked) } else { Shown::Withheld };
        add(
            Bilingual::new("Keluarga ditemukan", "Families found"),
            data.totals.families,
            vec![
                (Bilingual::new("dalam desil 1–10", "in deciles 1–10"), ranked, shown),
                (Bilingual::new("tanpa desil", "without a decile"), view.whole.unranked, unranked),
            ],
        );
        let ranked: u64 = view.whole.decile_persons.iter().sum();
        if ranked + view.whole.unranked_persons > 0 {
            add(
                Bilingual::new("Orang ditemukan", "Persons found"),
                data.totals.persons,
                vec![exact(
                    "menurut desil keluarganya",
                    "by decile of their family",
                    ranked + view.whole.unranked_persons,
                )],
            );
        }
    }
    for d in view.decided.iter().filter(|d| d.programme.in_force) {
        let o = view.whole.decisions.get(&d.programme.code).cloned().unwrap_or_default();
        let part =
            |id: &'static str, en: &'static str, n: u64, c: usize| (Bilingual::new(id, en), n, d.outcomes.total(c));
        add(
            say!("Keluarga, keputusan {name}", "Families, decision on {name}", name = d.short()),
            data.totals.families,
            vec![
                part("layak", "eligible", o.eligible, 0),
                part("tidak layak", "ineligible", o.ineligible, 1),
                part("belum dapat ditentukan", "undetermined", o.undetermined, 2),
            ],
        );
        if let Some(s) = &d.programme.stated {
            add(
                say!("Keluarga, {name}: penerimaan menurut data", "Families, {name}: stated receipt", name = d.short()),
                data.totals.families,
                vec![
                    (Bilingual::new("menerima", "receives"), s.yes.iter().sum(), d.stated_rows[0]),
                    (Bilingual::new("tidak menerima", "does not receive"), s.no.iter().sum(), d.stated_rows[1]),
                    (Bilingual::new("tidak ada keterangan", "not stated"), s.unknown.iter().sum(), d.stated_rows[2]),
                ],
            );
        }
    }
    all
}
