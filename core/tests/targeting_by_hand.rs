//! Every targeting measure on one table that can be followed with a pencil (formulas: Grosh et al. 2022 ch. 7, Ravallion
//! WPS 4385, Coady, Grosh and Hoddinott 2004, Kakwani, Foster, Greer and Thorbecke).
//!
//! | family | welfare a head | persons | meant | covered | benefit |
//! |---|---|---|---|---|---|
//! | A | 50 | 5 | yes | yes | 1000 |
//! | B | 80 | 4 | yes | no | 0 |
//! | C | 90 | 3 | yes | yes | 600 |
//! | D | 120 | 2 | no | yes | 400 |
//! | E | 200 | 6 | no | no | 0 |

use bansos::targeting::{
    Incidence, Point, Reach, Row, Share, adequacy, budget_at_cut, cgh_index, concentration_curve, concentration_index,
    cost_benefit, distributional_characteristic, generosity, poverty,
};
use bansos::{Decile, Rupiah};

struct Family(f64, u64, bool, bool, i64);

const TABLE: [Family; 5] = [
    Family(50.0, 5, true, true, 1000),
    Family(80.0, 4, true, false, 0),
    Family(90.0, 3, true, true, 600),
    Family(120.0, 2, false, true, 400),
    Family(200.0, 6, false, false, 0),
];

fn near(found: Option<f64>, by_hand: f64) {
    let found = found.unwrap();
    assert!((found - by_hand).abs() < 1e-12, "{found} is not {by_hand}");
}

fn is(found: Option<Share>, part: i128, whole: i128) {
    assert_eq!(found, Some(Share { part, whole }));
}

#[test]
fn who_is_reached() {
    let by_persons = TABLE.iter().map(|f| Row { weight: f.1, meant: f.2, covered: f.3 });
    let r = Reach::from_rows(by_persons);
    is(r.coverage(), 10, 20);
    is(r.coverage_of_meant(), 8, 12);
    is(r.exclusion_error(), 4, 12);
    is(r.inclusion_error_of_covered(), 2, 10);
    is(r.inclusion_error_of_not_meant(), 2, 8);
    is(r.total_error(), 6, 20);
    is(r.total_accuracy(), 14, 20);
    is(r.bpac(), 8 - (4 - 2), 12);
    near(r.targeting_differential_grosh(), 1.0 - 4.0 / 12.0 - 2.0 / 10.0);
    near(r.targeting_differential_ravallion(), 8.0 / 12.0 - 2.0 / 8.0);
    // counted in families the shares are others
    let by_families = Reach::from_rows(TABLE.iter().map(|f| Row { weight: 1, meant: f.2, covered: f.3 }));
    is(by_families.exclusion_error(), 1, 3);
    is(by_families.inclusion_error_of_covered(), 1, 3);
    is(by_families.inclusion_error_of_not_meant(), 1, 2);
}

#[test]
fn where_the_money_goes() {
    let rows: Vec<(f64, u64, i64)> = TABLE.iter().map(|f| (f.0, f.1, f.4)).collect();
    let curve = [(0.0, 0.0), (0.25, 0.5), (0.45, 0.5), (0.6, 0.8), (0.7, 1.0), (1.0, 1.0)];
    assert_eq!(concentration_curve(&rows).unwrap(), curve.map(|(population, benefit)| Point { population, benefit }));
    // 2·(0.5·0.125 + 0.3·0.525 + 0.2·0.65) − 1, and one minus twice the area under the curve, 0.65
    near(concentration_index(&rows), -0.3);
    near(cgh_index(&rows, 0.4).unwrap(), 0.5 / 0.4); // on the flat stretch of B
    near(cgh_index(&rows, 0.2).unwrap(), 0.4 / 0.2); // four fifths of A
    near(cgh_index(&rows, 0.5).unwrap(), 0.6 / 0.5); // a third of C
    near(cgh_index(&rows, 1.0).unwrap(), 1.0);
}

#[test]
fn what_it_does() {
    let per_head = |f: &Family| f.4 as f64 / f.1 as f64;
    let rows: Vec<(f64, u64, f64)> = TABLE.iter().map(|f| (f.0, f.1, per_head(f))).collect();
    near(distributional_characteristic(&rows, 100.0, 1.0), (2.0 * 1000.0 + 600.0 / 0.9 + 400.0 / 1.2) / 2000.0);
    near(generosity(&rows), (5.0 * 200.0 / 250.0 + 3.0 * 200.0 / 290.0 + 2.0 * 200.0 / 320.0) / 10.0);
    near(adequacy(&rows), 2000.0 / (5.0 * 250.0 + 3.0 * 290.0 + 2.0 * 320.0));
    let before: Vec<(f64, u64)> = TABLE.iter().map(|f| (f.0, f.1)).collect();
    let after: Vec<(f64, u64)> = TABLE.iter().map(|f| (f.0 + per_head(f), f.1)).collect();
    let (p, q) = (poverty(&before, 100.0).unwrap(), poverty(&after, 100.0).unwrap());
    near(Some(p.headcount), 12.0 / 20.0);
    near(Some(p.gap), (5.0 * 0.5 + 4.0 * 0.2 + 3.0 * 0.1) / 20.0);
    near(Some(p.severity), (5.0 * 0.25 + 4.0 * 0.04 + 3.0 * 0.01) / 20.0);
    near(Some(q.headcount), 4.0 / 20.0);
    near(Some(q.gap), 4.0 * 0.2 / 20.0);
    near(Some(q.severity), 4.0 * 0.04 / 20.0);
    // the gaps were 250 + 80 + 30 rupiah, 80 are left, 2000 were spent
    near(cost_benefit(&before, &after, 100.0, 2000.0), 280.0 / 2000.0);
    assert_eq!(cost_benefit(&before, &after, 100.0, 0.0), None);
}

#[test]
fn by_decile() {
    let mut incidence = Incidence::default();
    for (f, decile) in TABLE.iter().zip([1, 1, 2, 3, 10]) {
        incidence.add(Decile::new(decile), f.1, f.3, Rupiah(f.4));
    }
    incidence.add(None, 7, true, Rupiah(9000)); // without a decile: in no share
    let d = |n| Decile::new(n).unwrap();
    is(incidence.coverage(d(1)), 5, 9);
    is(incidence.coverage(d(10)), 0, 6);
    assert_eq!(incidence.coverage(d(5)), None, "nobody there is no coverage of zero");
    is(incidence.beneficiary_incidence(d(1)), 5, 10);
    is(incidence.benefit_incidence(d(1)), 1000, 2000);
    is(incidence.benefit_incidence(d(3)), 400, 2000);
    let budget = budget_at_cut(&incidence);
    assert_eq!((budget[0], budget[1], budget[2], budget[9]), ((1, 1000), (2, 1600), (3, 2000), (3, 2000)));
}
