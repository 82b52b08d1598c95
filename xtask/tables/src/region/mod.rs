//! The region tables of core: made from two npm packages (MIT, pinned by hash) and the hand-written files of data/region,
//! checked against what is known of the decrees and, for the codes alone, against a third package.

mod bridge;
mod compare;
mod input;
mod package;
mod render;
mod tables;
mod villages;

use crate::Outcome;
use xtask::Mode;

const CODES: &str = "core/src/region/table.rs";
const LAWS: &str = "core/src/region/laws.rs";
const DISTRICTS: &str = "core/src/region/district_names.rs";
const BPS: &str = "core/src/region/bps_table.rs";

/// Makes the tables, or compares them with what is checked in. Where npm cannot be reached the checked-in tables are still
/// counted, and that is said.
pub(crate) fn run(mode: Mode) -> Outcome {
    let input = input::Input::read()?;
    let (newest, before_split) = match (package::INDONESIA_NODEJS.fetch(), package::PARSENIK.fetch()) {
        (Ok(newest), Ok(before)) => (newest, package::before_split(&before)?),
        (Err(why), _) | (_, Err(why)) if mode == Mode::Compare => {
            eprintln!("region: NOT compared with the sources, they could not be fetched: {why}");
            return compare::offline();
        }
        (Err(why), _) | (_, Err(why)) => return Err(why),
    };
    let tables = tables::build(&input, &package::current(&newest)?, &before_split)?;
    compare::counts(&tables)?;
    mode.put(CODES, &render::codes(&input, &tables)?)?;
    mode.put(LAWS, &render::laws(&input)?)?;
    mode.put(DISTRICTS, &render::districts(&tables))?;
    villages::run(mode, &tables)?;
    villages::second_source(&package::villages(&newest)?)?;
    match package::DAERAH_INDONESIA.fetch() {
        Ok(bps) => {
            let pairs = bridge::pairs(&input, &tables, &package::bps(&bps)?)?;
            mode.put(BPS, &bridge::render(&input, &pairs)?)?;
        }
        Err(why) if mode == Mode::Compare => {
            eprintln!("region: BPS codes NOT compared, they could not be fetched: {why}")
        }
        Err(why) => return Err(why),
    }
    if mode == Mode::Compare {
        match package::IDN_AREA_DATA.fetch() {
            Ok(other) => compare::second_source(&tables, &package::idn_codes(&other)?)?,
            Err(why) => eprintln!("region: NOT compared with a second source, it could not be fetched: {why}"),
        }
    }
    Ok(())
}
