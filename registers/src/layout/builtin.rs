//! The layouts that come with the library.

use super::Layout;
use super::codes::data;
use super::model::generals;
use std::sync::OnceLock;

const LAYOUTS: &[(&str, &str)] = data!("layouts":
    "dtks-bnba",
    "p3ke-keluarga",
    "p3ke-individu",
    "regsosek-keluarga",
    "regsosek-anggota",
    "regsosek-2022-keluarga",
    "regsosek-2022-anggota",
    "bdt-2015-ruta",
    "bdt-2015-art",
    "dtsen-keluarga",
    "dtsen-anggota",
    "dtsen-bast-keluarga",
    "dtsen-bast-anggota",
    "siks-offline-rt",
    "siks-offline-art",
    "siks-desil",
    "siks-penerima",
    "siks-pbi",
    "dukcapil",
    "opensid",
    "usulan-keluarga",
    "usulan-anggota",
);

/// Every layout that comes with the library.
///
/// ```
/// assert!(bansos_registers::layout::builtin().iter().any(|l| l.id == "dtks-bnba"));
/// ```
pub fn builtin() -> &'static [Layout] {
    static ALL: OnceLock<Vec<Layout>> = OnceLock::new();
    // The data is checked by the tests below; one that cannot be read would be missing there.
    let read = |(name, text): &(&str, &str)| Layout::from_toml(name, text).ok();
    ALL.get_or_init(|| LAYOUTS.iter().filter_map(read).chain(generals().iter().cloned()).collect())
}

#[cfg(test)]
mod tests {
    use super::super::model::{GENERAL, Known, general};
    use super::*;
    use crate::Kind;

    #[test]
    fn every_layout_is_sound() {
        for (name, text) in LAYOUTS.iter().chain(GENERAL) {
            let layout = Layout::from_toml(name, text).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(layout.id, *name);
            assert!(!layout.basis.is_empty(), "{name} says nowhere where it was seen");
        }
        assert_eq!(builtin().len(), LAYOUTS.len() + GENERAL.len());
    }

    #[test]
    fn nobody_passes_over_what_matters() {
        let umum = &general(Kind::Persons).unwrap().columns;
        for layout in builtin() {
            for name in umum
                .iter()
                .filter(|(field, _)| super::super::find::matters(*field))
                .flat_map(|(_, column)| &column.names)
            {
                assert_ne!(layout.index.get(name), Some(&Known::Ignored), "{}: {name}", layout.id);
            }
        }
    }
}
