//! Places: rank order, quotas, overlaps, tiers, carry-over, budget; counts that always close.

use bansos::allocation::{AllocationError, Allotment, Families, Quota, Slate, allocate};
use bansos::date::Date;
use bansos::eligibility::Outcome;
use bansos::policy::Policy;
use bansos::programme::Tier;
use bansos::{Lang, Rupiah};
use proptest::prelude::*;

const ON: Date = Date::constant(2020, 5, 1);
use Outcome::{Eligible as E, Ineligible as I, Undetermined as U};

#[test]
fn bst_passes_over_whoever_has_pkh() {
    let families = Families::new(&[1, 2, 3, 4], &[1, 2, 3, 4], &[0; 4]).unwrap();
    let amounts = [Rupiah(100); 4];
    let pkh = Slate::new("pkh", &[E, I, E, U], &amounts).quota(Quota::National(1));
    let bst = Slate::new("bst", &[E, E, E, I], &amounts).quota(Quota::National(1));
    let a = allocate(&families, &[pkh, bst], &Policy::builtin(), ON).unwrap();
    assert_eq!(a.places(0), [Allotment::Given, Allotment::Ineligible, Allotment::Waiting(1), Allotment::Undetermined]);
    assert_eq!(a.places(1), [Allotment::Excluded(0), Allotment::Given, Allotment::Waiting(1), Allotment::Ineligible]);
    assert_eq!(
        a.explain(1, 0).unwrap().get(Lang::Id),
        "layak bst, tetapi sudah mendapat pkh yang tidak boleh bersamaan"
    );
    assert_eq!(a.composition(), [(0b01, 1), (0b10, 1)]);
    assert!(a.closes());
}

#[test]
fn quotas_by_region_do_not_look_over_the_border() {
    let families = Families::new(&[5, 1, 4, 2, 3], &[1, 2, 3, 4, 5], &[0, 0, 1, 1, 1]).unwrap();
    let amounts = [Rupiah(100); 5];
    let s = Slate::new("x", &[E; 5], &amounts).quota(Quota::ByRegion(vec![1, 2]));
    let a = allocate(&families, &[s], &Policy::builtin(), ON).unwrap();
    assert_eq!(
        a.places(0),
        [Allotment::Waiting(1), Allotment::Given, Allotment::Waiting(1), Allotment::Given, Allotment::Given]
    );
    assert_eq!(a.line(0, 1).unwrap().rupiah, Rupiah(200));
}

#[test]
fn present_recipients_come_first_and_tiers_can_exclude() {
    let families = Families::new(&[1, 2, 3], &[1, 2, 3], &[0; 3]).unwrap();
    let amounts = [Rupiah(100); 3];
    let present = [false, false, true];
    let national = Slate::new("a", &[E; 3], &amounts).quota(Quota::National(1)).carry_over(&present);
    let regency = Slate::new("b", &[E; 3], &amounts).tier(Tier::Regency).only_unhelped_by_other_tiers();
    let a = allocate(&families, &[national, regency], &Policy::builtin(), ON).unwrap();
    assert_eq!(a.places(0), [Allotment::Waiting(1), Allotment::Waiting(2), Allotment::Given]);
    assert_eq!(a.places(1), [Allotment::Given, Allotment::Given, Allotment::Excluded(0)]);
}

#[test]
fn a_budget_is_never_passed() {
    let families = Families::new(&[1, 2, 3], &[1, 2, 3], &[0; 3]).unwrap();
    let amounts = [Rupiah(60), Rupiah(60), Rupiah(40)];
    let s = Slate::new("a", &[E; 3], &amounts).budget(Rupiah(100));
    let a = allocate(&families, &[s], &Policy::builtin(), ON).unwrap();
    assert_eq!(a.places(0), [Allotment::Given, Allotment::Waiting(1), Allotment::Given]);
    assert_eq!(a.total(0).rupiah, Rupiah(100));
}

#[test]
fn what_cannot_be_answered_is_an_error() {
    assert_eq!(Families::new(&[1], &[1, 2], &[0]).unwrap_err(), AllocationError::Lengths);
    assert_eq!(Families::new(&[1, 1], &[7, 7], &[0, 0]).unwrap_err(), AllocationError::KeyTwice);
    let families = Families::new(&[1], &[1], &[0]).unwrap();
    let (yes, money) = ([E], [Rupiah(1)]);
    let slates = [Slate::new("a", &yes, &money), Slate::new("a", &yes, &money)];
    assert_eq!(allocate(&families, &slates, &Policy::builtin(), ON).unwrap_err(), AllocationError::ProgrammeTwice);
    let minus = [Rupiah(-1)];
    let slates = [Slate::new("a", &yes, &minus)];
    assert_eq!(allocate(&families, &slates, &Policy::builtin(), ON).unwrap_err(), AllocationError::AmountNegative);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn counts_close_and_nobody_is_paid_twice(
        rows in prop::collection::vec((0i64..20, 0u32..4, 0usize..3, 0usize..3, 0usize..3, 1i64..500), 1..60),
        quotas in prop::collection::vec(0u64..10, 4),
        national in 0u64..30,
        budget in 0i64..5000,
        turn in 0usize..60,
    ) {
        let kinds = [E, I, U];
        let run = |rows: &[(i64, u32, usize, usize, usize, i64)], keys: &[u64]| {
            let score: Vec<i64> = rows.iter().map(|r| r.0).collect();
            let region: Vec<u32> = rows.iter().map(|r| r.1).collect();
            let stand = |f: fn(&(i64, u32, usize, usize, usize, i64)) -> usize| rows.iter().map(|r| kinds[f(r)]).collect::<Vec<_>>();
            let (a, b, c) = (stand(|r| r.2), stand(|r| r.3), stand(|r| r.4));
            let amount: Vec<Rupiah> = rows.iter().map(|r| Rupiah(r.5)).collect();
            let families = Families::new(&score, keys, &region).unwrap();
            let slates = [
                Slate::new("pkh", &a, &amount).quota(Quota::ByRegion(quotas.clone())),
                Slate::new("sembako", &b, &amount).quota(Quota::National(national)),
                Slate::new("bst", &c, &amount).budget(Rupiah(budget)),
            ];
            allocate(&families, &slates, &Policy::builtin(), ON).unwrap()
        };
        let keys: Vec<u64> = (0..rows.len() as u64).collect();
        let one = run(&rows, &keys);
        prop_assert!(one.closes());
        prop_assert!(one.total(2).rupiah <= Rupiah(budget));
        prop_assert!(one.total(1).given <= national);
        for (set, _) in one.composition() {
            prop_assert!(set & 0b100 == 0 || set == 0b100, "BST goes with neither PKH nor Sembako");
        }
        // nobody waits while someone behind him in his region got a place (no budget in the first programme)
        for (i, r) in rows.iter().enumerate() {
            for (j, s) in rows.iter().enumerate() {
                if r.1 == s.1 && (r.0, keys[i]) < (s.0, keys[j]) && one.place(0, j) == Some(Allotment::Given) {
                    prop_assert!(!matches!(one.place(0, i), Some(Allotment::Waiting(_))));
                }
            }
        }
        // the order of the rows does not matter
        let shift = turn % rows.len();
        let turned: Vec<_> = rows.iter().cycle().skip(shift).take(rows.len()).copied().collect();
        let turned_keys: Vec<u64> = keys.iter().cycle().skip(shift).take(rows.len()).copied().collect();
        let two = run(&turned, &turned_keys);
        for k in 0..3 {
            for i in 0..rows.len() {
                prop_assert_eq!(two.place(k, i), one.place(k, (i + shift) % rows.len()));
            }
        }
    }
}
