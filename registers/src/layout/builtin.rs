//! The layouts that come with the library.

use super::Layout;
use super::codes::data;
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
);

/// Every layout that comes with the library.
///
/// ```
/// assert!(bansos_registers::layout::builtin().iter().any(|l| l.id == "dtks-bnba"));
/// ```
pub fn builtin() -> &'static [Layout] {
    static ALL: OnceLock<Vec<Layout>> = OnceLock::new();
    // The data is checked by the tests below; one that cannot be read would be missing there.
    ALL.get_or_init(|| LAYOUTS.iter().filter_map(|(name, text)| Layout::from_toml(name, text).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_is_sound() {
        for (name, text) in LAYOUTS {
            let layout = Layout::from_toml(name, text).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(layout.id, *name);
        }
        assert_eq!(builtin().len(), LAYOUTS.len());
    }
}
