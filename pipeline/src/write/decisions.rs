//! decisions.parquet, and deciles.csv with deciles.parquet.

use crate::Results;
use crate::decide::ProgrammeDecisions;
use crate::table::{Dates, Numbers, Table, Texts, write_chunks};
use bansos_registers::write::{OutFolder, SafeCsv, WriteError};

/// One line for each family and programme that is in force, programme by programme.
pub(super) fn write(results: &Results, out: &OutFolder) -> Result<(), WriteError> {
    let families = results.people.families.len();
    let programmes: Vec<&ProgrammeDecisions> = results.decisions.programmes.iter().filter(|d| d.in_force).collect();
    let with = results.decisions.overlays.join("; ");
    write_chunks(&out.path("decisions.parquet"), families * programmes.len(), |rows| {
        let lines = rows.map(|line| (line as usize / families, line as usize % families));
        columns(results, lines.map(|(p, family)| (programmes[p], family)), &with)
    })
}

fn columns<'d>(results: &Results, lines: impl Iterator<Item = (&'d ProgrammeDecisions, usize)>, with: &str) -> Table {
    let [mut family, mut programme, mut outcome, mut reasons, mut missing, mut edition, mut overlays, mut basis] =
        <[Texts; 8]>::default();
    let (mut amount, mut as_of) = (Numbers::default(), Dates::default());
    for (decided, i) in lines {
        let d = &decided.families[i];
        family.push(&results.linkage.family_id(i as u32));
        programme.push(&decided.programme.id);
        outcome.push(d.outcome.word());
        amount.push(d.year.0);
        reasons.push(&d.reasons);
        missing.push(&d.missing);
        as_of.maybe(Some(results.as_of));
        edition.push(&results.decisions.edition);
        overlays.push(with);
        basis.push(results.ranking.basis(&results.intake, i as u32));
    }
    let mut table = Table::default();
    for (name, column) in [
        ("family_id", family.done()),
        ("programme", programme.done()),
        ("outcome", outcome.done()),
        ("amount_year", amount.done()),
        ("reasons", reasons.done()),
        ("missing", missing.done()),
        ("as_of", as_of.done()),
        ("edition", edition.done()),
        ("overlays", overlays.done()),
        ("decile_basis", basis.done()),
    ] {
        table.add(name, column);
    }
    table
}

/// One line for each family; a family that is not ranked has no decile.
pub(super) fn write_deciles(results: &Results, out: &OutFolder) -> Result<(), WriteError> {
    let Results { linkage, people, ranking, .. } = results;
    let header = ["family_id", "kecamatan", "desa", "members", "score", "decile", "decile_basis"];
    let mut csv = SafeCsv::begin(&out.path("deciles.csv"), &header)?;
    let [mut id, mut district, mut village, mut score, mut basis] = <[Texts; 5]>::default();
    let [mut members, mut decile] = <[Numbers; 2]>::default();
    for (i, f) in (0u32..).zip(&people.families) {
        let place = results.places.of(f.residence().map(|k| &*k.value));
        let family = linkage.family_id(i);
        let size = f.members().len();
        let s = ranking.scores[i as usize].map(|s| format!("{s:.6}")).unwrap_or_default();
        let d = ranking.deciles[i as usize].map(|d| d.get());
        let shown = d.map(|d| d.to_string()).unwrap_or_default();
        let on = ranking.basis(&results.intake, i);
        csv.row([family.as_str(), &place.district, &place.village, &size.to_string(), &s, &shown, on])?;
        basis.push(on);
        id.push(&family);
        district.push(&place.district);
        village.push(&place.village);
        members.push(size as i64);
        score.maybe((!s.is_empty()).then_some(s.as_str()));
        decile.maybe(d.map(i64::from));
    }
    csv.finish()?;
    let mut table = Table::default();
    for (name, column) in [
        ("family_id", id.done()),
        ("kecamatan", district.done()),
        ("desa", village.done()),
        ("members", members.done()),
        ("score", score.done()),
        ("decile", decile.done()),
        ("decile_basis", basis.done()),
    ] {
        table.add(name, column);
    }
    table.write(&out.path("deciles.parquet"))
}
