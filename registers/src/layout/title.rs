//! Places that stand above a table: `DESA : TEMPURSARI`, `KECAMATAN KEDUNGJAJANG KABUPATEN LUMAJANG`.

use bansos::Text;

/// Names of places that the rows below have no column of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TitlePlace {
    pub(crate) province: Option<Text>,
    pub(crate) regency: Option<Text>,
    pub(crate) district: Option<Text>,
    pub(crate) village: Option<Text>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Province,
    /// A kota keeps its word: there is a kabupaten of the same name.
    Regency(&'static str),
    District,
    Village,
}

/// The level that a word announces.
fn level(word: &str) -> Option<Level> {
    let of = |word: &str| {
        Some(match word.trim_end_matches('.') {
            "PROVINSI" | "PROPINSI" | "PROV" => Level::Province,
            "KABUPATEN" | "KAB" => Level::Regency("KABUPATEN"),
            "KOTA" => Level::Regency("KOTA"),
            "KECAMATAN" | "KEC" | "DISTRIK" => Level::District,
            "DESA" | "KELURAHAN" | "KEL" | "NAGARI" | "PEKON" | "GAMPONG" | "KALURAHAN" => Level::Village,
            _ => return None,
        })
    };
    // DESA/KELURAHAN
    word.split('/').map(of).reduce(|all, next| all.filter(|_| next.is_some())).flatten()
}

/// Words before `DESA` that make it no place.
const NO_PLACE: [&str; 9] =
    ["DANA", "KEPALA", "PERANGKAT", "BADAN", "MUSYAWARAH", "PROGRAM", "PEMBANGUNAN", "TUNAI", "BLT"];
/// Words that end a name.
const ENDS: [&str; 14] = [
    "TAHUN", "BULAN", "PERIODE", "TAHAP", "SEMESTER", "TRIWULAN", "PER", "TANGGAL", "TA", "TH", "YANG", "DAN", "DUSUN",
    "RT",
];

impl TitlePlace {
    /// What the rows above a header say; of a level that they name twice, nothing.
    pub(crate) fn above(rows: &[Vec<String>]) -> Self {
        let mut place = Self::default();
        for row in rows {
            // a name may stand in the cell behind its word
            let cells: Vec<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
            let words: Vec<(usize, &str)> =
                (0..).zip(&cells).flat_map(|(at, cell)| cell.split_whitespace().map(move |w| (at, w))).collect();
            place.row(&words);
        }
        place
    }

    fn row(&mut self, words: &[(usize, &str)]) {
        let mut at = 0;
        while let Some((cell, word)) = words.get(at) {
            let (word, glued) = word.split_once(':').map_or((*word, ""), |(word, rest)| (word, rest));
            let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or("", |(_, word)| *word);
            at += 1;
            let Some(level) = level(&word.to_uppercase()) else { continue };
            if NO_PLACE.contains(&before.to_uppercase().as_str()) {
                continue;
            }
            let mut name: Vec<&str> = Vec::new();
            name.extend(Some(glued).filter(|glued| !glued.is_empty()));
            let mut of = *cell;
            while let Some((cell, word)) = words.get(at) {
                let bare = word.trim_matches([':', ',', '.', '-', '_']);
                // further cells belong to it only while it has no name
                let elsewhere = *cell != of && !name.is_empty();
                let ends = ENDS.contains(&bare.to_uppercase().as_str()) || level_of(word).is_some();
                if elsewhere || ends || word.contains(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')')) {
                    break;
                }
                at += 1;
                of = *cell;
                name.extend(Some(bare).filter(|bare| !bare.is_empty()));
                if word.ends_with([',', ';']) || (*word == "-" && !name.is_empty()) {
                    break;
                }
            }
            self.put(level, &name);
        }
    }

    fn put(&mut self, level: Level, name: &[&str]) {
        if name.is_empty() || name.len() > 5 {
            return;
        }
        let (slot, name) = match level {
            Level::Province => (&mut self.province, name.join(" ")),
            Level::Regency(word) => (&mut self.regency, format!("{word} {}", name.join(" "))),
            Level::District => (&mut self.district, name.join(" ")),
            Level::Village => (&mut self.village, name.join(" ")),
        };
        let name: Text = name.to_uppercase().into();
        match slot {
            Some(known) if *known != name => *slot = Some("".into()),
            _ => *slot = Some(name),
        }
    }

    /// Without the levels that are named twice, and without those that the table has a column of.
    pub(crate) fn without(mut self, has: impl Fn(&'static str) -> bool) -> Self {
        let slots = [
            (&mut self.province, "province"),
            (&mut self.regency, "regency"),
            (&mut self.district, "district"),
            (&mut self.village, "village"),
        ];
        for (slot, level) in slots {
            if has(level) || slot.as_deref().is_some_and(str::is_empty) {
                *slot = None;
            }
        }
        self
    }

    /// The names, from the village up.
    pub(super) fn shown(&self) -> String {
        let all = [&self.village, &self.district, &self.regency, &self.province];
        all.into_iter().flatten().map(|name| &**name).collect::<Vec<_>>().join(", ")
    }
}

fn level_of(word: &str) -> Option<Level> {
    level(&word.split(':').next().unwrap_or(word).trim_matches(',').to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &[&[&str]]) -> String {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        TitlePlace::above(&rows).without(|_| false).shown()
    }

    #[test]
    fn places_above_a_table() {
        assert_eq!(read(&[&["DESA : TEMPURSARI"], &["Kecamatan Kedungjajang"]]), "TEMPURSARI, KEDUNGJAJANG");
        assert_eq!(read(&[&["DAFTAR DTKS DESA TEMPURSARI TAHUN 2026"]]), "TEMPURSARI");
        assert_eq!(
            read(&[&["Desa/Kelurahan", ":", "Tempursari"], &["KAB. LUMAJANG, PROV. JAWA TIMUR"]]),
            "TEMPURSARI, KABUPATEN LUMAJANG, JAWA TIMUR"
        );
        assert_eq!(
            read(&[&["DESA TEMPURSARI KECAMATAN KEDUNGJAJANG KOTA MALANG"]]),
            "TEMPURSARI, KEDUNGJAJANG, KOTA MALANG"
        );
        assert_eq!(read(&[&["DESA:TEMPURSARI", "", "KEC: KEDUNGJAJANG"]]), "TEMPURSARI, KEDUNGJAJANG");
        for none in ["DAFTAR PENERIMA BLT DANA DESA TAHUN 2025", "KEPALA DESA", "DESA", "Rekap per kecamatan 2025"] {
            assert_eq!(read(&[&[none]]), "", "{none}");
        }
        assert_eq!(read(&[&["DESA A"], &["DESA B"]]), "", "two villages are none");
    }
}
