//! The promise is checked against every table a reader could think of, counted out one by one.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// kecamatan → desa → the exclusive classes of its families.
type Table = Vec<Vec<Vec<u64>>>;

/// The values each cell may have.
type Values = Vec<BTreeSet<u64>>;
/// The rows of a kecamatan and their sums.
type Choice = (Vec<u64>, Vec<Vec<u64>>);

struct Laid {
    desa: Vec<Vec<Vec<Shown>>>,
    kecamatan: Vec<Vec<Shown>>,
    all: Vec<Shown>,
    need: usize,
}

/// The shape of the report's tables: classes add up to the known families of a desa, places add up to places.
fn lay(table: &Table, k: u64) -> Laid {
    let classes = table[0][0].len();
    let mut net = Net::new(k);
    let need = usize::try_from(net.candidates()).unwrap();
    let desa: Vec<Vec<Vec<CellId>>> = table
        .iter()
        .map(|kec| {
            kec.iter()
                .map(|row| {
                    let ids: Vec<CellId> = row.iter().map(|&n| net.cell(n, 0)).collect();
                    net.sum(None, &ids);
                    ids
                })
                .collect()
        })
        .collect();
    let kecamatan: Vec<Vec<CellId>> = (0..table.len())
        .map(|kec| {
            (0..classes)
                .map(|c| {
                    let total = net.cell(table[kec].iter().map(|row| row[c]).sum(), 1);
                    net.sum(Some(total), &desa[kec].iter().map(|row| row[c]).collect::<Vec<_>>());
                    total
                })
                .collect()
        })
        .collect();
    let all: Vec<CellId> = (0..classes)
        .map(|c| {
            let total = net.cell(table.iter().flatten().map(|row| row[c]).sum(), 2);
            net.sum(Some(total), &kecamatan.iter().map(|row| row[c]).collect::<Vec<_>>());
            total
        })
        .collect();
    let solved = net.solve();
    let show = |ids: &[CellId]| ids.iter().map(|&id| solved.get(id)).collect::<Vec<_>>();
    Laid {
        desa: desa.iter().map(|kec| kec.iter().map(|r| show(r)).collect()).collect(),
        kecamatan: kecamatan.iter().map(|r| show(r)).collect(),
        all: show(&all),
        need,
    }
}

fn fits(shown: Shown, n: u64, k: u64) -> bool {
    match shown {
        Shown::Exact(m) => n == m,
        Shown::Small => (1..k).contains(&n),
        Shown::Withheld => n > 0,
    }
}

/// Every way to share `total` over the shown classes.
fn rows(total: u64, shown: &[Shown], k: u64) -> Vec<Vec<u64>> {
    let Some((first, rest)) = shown.split_first() else { return if total == 0 { vec![vec![]] } else { vec![] } };
    (0..=total)
        .filter(|&n| fits(*first, n, k))
        .flat_map(|n| rows(total - n, rest, k).into_iter().map(move |r| [vec![n], r].concat()))
        .collect()
}

/// For every desa cell and kecamatan cell: the values that some table with the same face has there.
fn possible(table: &Table, laid: &Laid, k: u64) -> (Vec<Vec<Values>>, Vec<Values>) {
    let classes = table[0][0].len();
    // Inside a kecamatan: every joint choice of rows, by the sums it gives.
    let choices: Vec<Vec<Choice>> = table
        .iter()
        .zip(&laid.desa)
        .zip(&laid.kecamatan)
        .map(|((kec, shown), sums)| {
            let mut all: Vec<Choice> = vec![(vec![0; classes], vec![])];
            for (row, shown) in kec.iter().zip(shown) {
                let options = rows(row.iter().sum(), shown, k);
                all = all
                    .iter()
                    .flat_map(|(sum, chosen)| {
                        options.iter().map(move |r| {
                            let sum: Vec<u64> = sum.iter().zip(r).map(|(a, b)| a + b).collect();
                            (sum, [chosen.clone(), vec![r.clone()]].concat())
                        })
                    })
                    .collect();
            }
            all.retain(|(sum, _)| sum.iter().zip(sums).all(|(&n, &s)| fits(s, n, k)));
            all
        })
        .collect();
    // Over kecamatan: which of them go together. Two kecamatan at most in these tests.
    let mut desa: Vec<Vec<Values>> =
        table.iter().map(|kec| kec.iter().map(|r| vec![BTreeSet::new(); r.len()]).collect()).collect();
    let mut kecamatan = vec![vec![BTreeSet::new(); classes]; table.len()];
    let none = [(vec![0; classes], vec![])];
    let second = choices.get(1).map_or(&none[..], |c| &c[..]);
    let first_sums: BTreeSet<&Vec<u64>> = choices[0].iter().map(|(s, _)| s).collect();
    let second_sums: BTreeSet<&Vec<u64>> = second.iter().map(|(s, _)| s).collect();
    let meet =
        |a: &Vec<u64>, b: &Vec<u64>| a.iter().zip(b).zip(&laid.all).all(|((x, y), &shown)| fits(shown, x + y, k));
    let good_first: BTreeSet<_> = first_sums.iter().filter(|a| second_sums.iter().any(|b| meet(a, b))).collect();
    let good_second: BTreeSet<_> = second_sums.iter().filter(|b| first_sums.iter().any(|a| meet(a, b))).collect();
    for (kec, (list, good)) in [(&choices[0][..], good_first), (second, good_second)].into_iter().enumerate() {
        for (sum, chosen) in list.iter().filter(|(s, _)| good.contains(&s)) {
            if kec >= table.len() {
                continue;
            }
            for (c, n) in sum.iter().enumerate() {
                kecamatan[kec][c].insert(*n);
            }
            for (d, row) in chosen.iter().enumerate() {
                for (c, n) in row.iter().enumerate() {
                    desa[kec][d][c].insert(*n);
                }
            }
        }
    }
    (desa, kecamatan)
}

fn no_small_count_can_be_told(table: &Table, k: u64) {
    let laid = lay(table, k);
    let (desa, kecamatan) = possible(table, &laid, k);
    for (kec, rows) in table.iter().enumerate() {
        for (d, row) in rows.iter().enumerate() {
            for (c, &n) in row.iter().enumerate() {
                let values = &desa[kec][d][c];
                assert!(values.contains(&n), "the true table must be among the possible ones");
                let face = laid.desa[kec][d][c];
                if (1..k).contains(&n) {
                    assert!(values.len() >= laid.need, "{table:?}: desa {kec}/{d}/{c} = {n} can only be {values:?}");
                    assert_ne!(face, Shown::Exact(n));
                } else {
                    assert_ne!(face, Shown::Small, "{n} is not small");
                }
            }
        }
        for c in 0..kecamatan[kec].len() {
            let n: u64 = rows.iter().map(|r| r[c]).sum();
            if (1..k).contains(&n) {
                assert!(kecamatan[kec][c].len() >= laid.need, "{table:?}: kecamatan {kec}/{c}");
            }
        }
    }
}

#[test]
fn a_small_count_beside_its_total_takes_another_with_it() {
    // 3 + 20 = 23: with the total shown, hiding 3 alone would hide nothing.
    let mut net = Net::new(5);
    let (a, b) = (net.cell(3, 0), net.cell(20, 0));
    let total = net.cell(23, 1);
    net.sum(Some(total), &[a, b]);
    let shown = net.solve();
    assert_eq!([shown.get(a), shown.get(b), shown.get(total)], [Shown::Small, Shown::Withheld, Shown::Exact(23)]);
}

#[test]
fn two_small_counts_that_their_sum_would_betray_say_nothing() {
    // 4 + 4 = 8: "<5" twice would mean 4 and 4.
    let mut net = Net::new(5);
    let (a, b) = (net.cell(4, 0), net.cell(4, 0));
    net.sum(None, &[a, b]);
    let shown = net.solve();
    assert!(shown.get(a) == Shown::Withheld || shown.get(b) == Shown::Withheld);
    // 3 + 3 = 6 may stand as it is: 2, 3 or 4.
    let mut net = Net::new(5);
    let (a, b) = (net.cell(3, 0), net.cell(3, 0));
    net.sum(None, &[a, b]);
    let shown = net.solve();
    assert_eq!([shown.get(a), shown.get(b)], [Shown::Small, Shown::Small]);
}

#[test]
fn large_tables_stay_as_they_are_and_zero_is_told() {
    let laid = lay(&vec![vec![vec![10, 0, 7], vec![12, 9, 0]]], 5);
    assert_eq!(laid.desa[0][0], [Shown::Exact(10), Shown::Exact(0), Shown::Exact(7)]);
    assert_eq!(laid.all[1], Shown::Exact(9));
}

#[test]
fn nothing_is_hidden_when_not_asked_for() {
    let laid = lay(&vec![vec![vec![1, 2, 3]]], 0);
    assert_eq!(laid.desa[0][0], [Shown::Exact(1), Shown::Exact(2), Shown::Exact(3)]);
}

#[test]
fn a_guarded_count_is_not_told() {
    let mut net = Net::new(5);
    let (a, b, c) = (net.cell(98, 0), net.cell(50, 0), net.cell(60, 0));
    net.guard(a);
    net.sum(None, &[a, b, c]);
    let shown = net.solve();
    assert_eq!(shown.get(a), Shown::Withheld);
    assert!(shown.get(b) == Shown::Withheld || shown.get(c) == Shown::Withheld);
}

#[test]
fn signs_that_are_no_network_are_withheld_whole() {
    // The same count twice in one sum: no network, so nothing is told rather than too much.
    let mut net = Net::new(5);
    let (a, b) = (net.cell(4, 0), net.cell(9, 0));
    net.sum(None, &[a, b]);
    net.sum(Some(a), &[b]);
    let c = net.cell(3, 0);
    let shown = net.solve();
    assert_eq!([shown.get(a), shown.get(b), shown.get(c)].map(|s| s.exact().is_some()), [false; 3]);
}

fn table() -> impl Strategy<Value = Table> {
    let row = proptest::collection::vec(prop_oneof![2 => Just(0_u64), 5 => 1_u64..6, 2 => 6_u64..9], 3);
    // As in the report, every desa has at least k families: smaller ones are shown together.
    let row = row.prop_map(|mut r| {
        if r.iter().sum::<u64>() < 5 {
            r[0] += 5;
        }
        r
    });
    proptest::collection::vec(proptest::collection::vec(row, 1..4), 1..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn small_counts_cannot_be_worked_out(table in table(), k in 3_u64..6) {
        no_small_count_can_be_told(&table, k);
    }
}
