//! families.parquet: one line for each family, with the row every value came from.

use super::persons::{entry, listed};
use crate::Results;
use crate::places::Place;
use crate::table::{Flags, Numbers, Table, TextLists, Texts, write_chunks};
use bansos::household::Keluarga;
use bansos::programme::ids;
use bansos_registers::write::{OutFolder, WriteError};
use std::ops::Range;

pub(super) fn write(results: &Results, out: &OutFolder) -> Result<(), WriteError> {
    write_chunks(&out.path("families.parquet"), results.people.families.len(), |rows| columns(results, rows))
}

fn columns(results: &Results, range: Range<u32>) -> Table {
    let Results { linkage, people, ranking, .. } = results;
    let [mut id, mut card, mut head, mut district_code, mut district, mut village_code, mut village, mut address] =
        <[Texts; 8]>::default();
    let [mut members, mut stated_size, mut spending, mut decile, mut decile_row, mut estimate] =
        <[Numbers; 6]>::default();
    let [mut pkh, mut sembako, mut bst] = <[Flags; 3]>::default();
    let [mut welfare, mut stated_deciles, mut provenance, mut conflicts, mut decile_basis] = <[Texts; 5]>::default();
    let mut sources = TextLists::default();

    for i in range {
        let f = &people.families[i as usize];
        let residence = f.residence().map(|k| &*k.value);
        let place = Place::as_written(residence);
        id.push(&linkage.family_id(i));
        card.maybe(f.card().map(|k| k.value.to_digits()).as_deref());
        head.maybe(f.members().first().map(|art| linkage.person_id(*art.person())).as_deref());
        district_code.push(&place.district_code);
        district.push(&place.district);
        village_code.push(&place.village_code);
        village.push(&place.village);
        address.maybe(residence.and_then(|r| r.address.as_deref()));
        members.push(f.members().len() as i64);
        stated_size.maybe(f.stated_size().map(|k| k.value.into()));
        spending.maybe(f.spending_per_capita().map(|k| k.value.0));
        decile.maybe(ranking.deciles[i as usize].map(|d| d.get().into()));
        decile_basis.maybe(Some(ranking.basis(&results.intake, i)).filter(|basis| !basis.is_empty()));
        estimate.maybe(ranking.estimate(i).map(|d| d.get().into()));
        decile_row.maybe(ranking.official(i).map(|from| from.row.into()));
        pkh.maybe(yes(f, ids::PKH));
        sembako.maybe(yes(f, ids::SEMBAKO));
        bst.maybe(yes(f, ids::BST));
        welfare.push(&answers(f));
        stated_deciles.push(&stated(f));
        sources.push(f.sources().iter().map(|s| s.word()));
        provenance.push(&of_family(f));
        conflicts.push(&listed(f.conflicts()));
    }
    let mut table = Table::default();
    for (name, column) in [
        ("family_id", id.done()),
        ("family_card", card.done()),
        ("head_person_id", head.done()),
        ("district_code", district_code.done()),
        ("district", district.done()),
        ("village_code", village_code.done()),
        ("village", village.done()),
        ("address", address.done()),
        ("members", members.done()),
        ("stated_size", stated_size.done()),
        ("spending_per_capita", spending.done()),
        ("decile", decile.done()),
        ("receives_pkh", pkh.done()),
        ("receives_sembako", sembako.done()),
        ("receives_bst", bst.done()),
        ("welfare", welfare.done()),
        ("stated_deciles", stated_deciles.done()),
        ("sources", sources.done()),
        ("provenance", provenance.done()),
        ("conflicts", conflicts.done()),
        ("decile_basis", decile_basis.done()),
        ("decile_row", decile_row.done()),
        ("decile_estimate", estimate.done()),
    ] {
        table.add(name, column);
    }
    table
}

fn yes(f: &Keluarga<u32>, programme: &str) -> Option<bool> {
    f.receives(programme).map(|k| k.value)
}

/// `variable=code` as the source codes it, separated by spaces.
fn answers(f: &Keluarga<u32>) -> String {
    let Some(kept) = f.welfare() else { return String::new() };
    kept.value.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
}

/// `source=decile` for each source that states one.
fn stated(f: &Keluarga<u32>) -> String {
    f.stated_deciles()
        .iter()
        .map(|k| format!("{}={}", k.from.source.word(), k.value.get()))
        .collect::<Vec<_>>()
        .join(" ")
}

fn of_family(f: &Keluarga<u32>) -> String {
    let mut said = String::with_capacity(96);
    macro_rules! say {
        ($($field:ident)*) => { $(if let Some(k) = f.$field() { entry(&mut said, stringify!($field), k.from); })* };
    }
    say!(card residence stated_size welfare spending_per_capita);
    for (field, programme) in
        [("receives_pkh", ids::PKH), ("receives_sembako", ids::SEMBAKO), ("receives_bst", ids::BST)]
    {
        if let Some(k) = f.receives(programme) {
            entry(&mut said, field, k.from);
        }
    }
    said
}
