//! The columns of a list that say what is received.

use super::programme::{named, note, words};
use super::{ListTitle, Period, Receipt};
use crate::layout::normal;
use crate::table::{Cells, decode};
use bansos::Rupiah;
use bansos::source::{Origin, Received};

const PROGRAMME: &[&str] =
    &["bansos", "jenis bansos", "program", "jenis bantuan", "nama program", "nama bantuan", "bantuan", "jenis program"];
const AMOUNT: &[&str] = &[
    "nominal",
    "nominal cair",
    "jumlah bantuan",
    "nilai bantuan",
    "besaran bantuan",
    "jumlah",
    "nilai",
    "besaran",
    "jumlah uang",
    "total bantuan",
    "rupiah",
    "jumlah rp",
    "jumlah diterima",
    "jumlah dana",
    "bantuan rp",
    "besar bantuan",
    "total diterima",
    "jml bantuan",
    "besaran bantuan rp",
    "jumlah bantuan rp",
    "nominal rp",
    "nilai rp",
    "jml",
    "jumlah bansos",
];
const STAGE: &[&str] = &["tahap", "tahap salur", "tahap penyaluran", "termin", "triwulan"];
const MONTH: &[&str] = &["bulan", "bulan salur", "bulan penyaluran"];
const YEAR: &[&str] = &["tahun", "periode", "tahun anggaran", "periode salur", "masa bayar"];
const STATUS: &[&str] = &[
    "status penyaluran",
    "status salur",
    "status cair",
    "status transaksi",
    "status pencairan",
    "status bayar",
    "status pembayaran",
    "status",
    "keterangan",
    "ket",
];

/// Where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReceiptColumns {
    title: ListTitle,
    programme: Option<usize>,
    amount: Option<usize>,
    stage: Option<usize>,
    month: Option<usize>,
    year: Option<usize>,
    status: Option<usize>,
    /// Columns with the amounts of one stage or month each: `TAHAP 1 | TAHAP 2`.
    stages: Vec<(usize, Period)>,
}

impl ReceiptColumns {
    /// By the headings; what is not in the cells is what the title says.
    pub(crate) fn new(header: &[String], title: ListTitle) -> Self {
        let own: Vec<String> = header.iter().map(|heading| normal(heading)).collect();
        // names stand in the order of how surely they mean it
        let at = |names: &[&str]| names.iter().find_map(|name| own.iter().position(|heading| *heading == normal(name)));
        Self {
            title,
            programme: at(PROGRAMME),
            amount: at(AMOUNT),
            stage: at(STAGE),
            month: at(MONTH),
            year: at(YEAR),
            status: at(STATUS),
            stages: stages(header),
        }
    }

    /// The programme that the title names, where no column names one, and the time.
    pub(crate) fn title(&self) -> ListTitle {
        self.title
    }

    /// Whether each row names its programme.
    pub(crate) fn names_programmes(&self) -> bool {
        self.programme.is_some()
    }

    /// Whether a column names the programme of each row.
    pub(crate) fn is_programme(&self, column: usize) -> bool {
        self.programme == Some(column)
    }

    /// Whether a column is one of them.
    pub(crate) fn reads(&self, column: usize) -> bool {
        [self.programme, self.amount, self.stage, self.month, self.year, self.status].contains(&Some(column))
            || self.stages.iter().any(|(at, _)| *at == column)
    }

    /// What a row says is received; of the three programmes that registers state too, noted there.
    pub(crate) fn read(&self, row: &Cells, origin: Origin, receives: &mut Received, receipts: &mut Vec<Receipt>) {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(|cell| decode(cell).0).unwrap_or_default();
        let period = Period::of_stage(&cell(self.stage))
            .or(Period::of_month(&cell(self.month)))
            .or(Period::of(&cell(self.year)))
            .or(self.title.period);
        let amount = rupiah(&cell(self.amount));
        let paid = paid(&cell(self.status));
        let mut programmes = named(&cell(self.programme));
        programmes.extend(self.title.programme.filter(|_| programmes.is_empty()));
        programmes.iter().for_each(|programme| note(receives, programme));
        let each: Vec<Option<&'static str>> = match programmes.is_empty() {
            true => vec![None],
            false => programmes.iter().copied().map(Some).collect(),
        };
        // an amount for several programmes is none of one
        let of_one = |amount: Option<Rupiah>| amount.filter(|_| each.len() == 1);
        let mut by_stage = self
            .stages
            .iter()
            .filter_map(|(at, stage)| {
                let text = cell(Some(*at));
                let amount = rupiah(&text);
                (amount.is_some_and(|amount| amount.0 > 1) || is_tick(&text))
                    .then(|| (stage.or(period), amount.filter(|amount| amount.0 > 1)))
            })
            .peekable();
        let times: Vec<(Period, Option<Rupiah>)> =
            if by_stage.peek().is_some() { by_stage.collect() } else { vec![(period, amount)] };
        for programme in each.iter().copied() {
            let receipt = |&(period, amount)| Receipt { origin, programme, period, amount: of_one(amount), paid };
            receipts.extend(times.iter().map(receipt));
        }
    }
}

/// A mark that something was received, and no amount.
fn is_tick(text: &str) -> bool {
    matches!(text.trim(), "v" | "V" | "√" | "✓" | "✔" | "x" | "X" | "1" | "ya" | "Ya" | "YA")
}

/// Columns that are called by a stage or a month and nothing else: two at least.
fn stages(header: &[String]) -> Vec<(usize, Period)> {
    let found: Vec<_> =
        header.iter().enumerate().filter_map(|(at, heading)| Some((at, Period::of_column(heading)?))).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// An amount that is wholly one: `600000`, `Rp 1.200.000`, `Rp. 600.000,-`, `300.000,00`. Of `Rp 300.000 x 3` or `1,2 juta` nothing.
fn rupiah(text: &str) -> Option<Rupiah> {
    let upper = text.to_uppercase();
    let bare =
        upper.trim().trim_start_matches("IDR").trim_start_matches("RP").trim_start_matches(['.', ':', ' ']).trim();
    let bare = bare.trim_end_matches([';', '=']).trim_end();
    let bare =
        [",-", ".-", ",00", ".00", ",=", ".0"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare).trim_end();
    let grouped = |by: char| {
        let mut parts = bare.split(by);
        let first = parts.next().unwrap_or_default();
        (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3)
    };
    let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    let whole = digits.len() == bare.len() || (bare.len() > 3 && (grouped('.') || grouped(',')));
    let only = bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    digits.parse().ok().filter(|amount| whole && only && *amount > 0).map(Rupiah)
}

/// Whether a cell says that money went out. A remark of something else says nothing.
fn paid(text: &str) -> Option<bool> {
    let words = words(text);
    let has = |any: &[&str]| words.split(' ').any(|word| any.contains(&word));
    if has(&[
        "GAGAL", "BELUM", "TIDAK", "TDK", "BATAL", "DITOLAK", "TOLAK", "RETUR", "DITUNDA", "TUNDA", "EXCLUDE", "BLM",
    ]) {
        return Some(false);
    }
    has(&[
        "BERHASIL",
        "SUKSES",
        "CAIR",
        "SALUR",
        "TERSALUR",
        "TERSALURKAN",
        "DISALURKAN",
        "DIBAYAR",
        "DIBAYARKAN",
        "TRANSAKSI",
        "DITERIMA",
        "LUNAS",
        "SUDAH",
    ])
    .then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_that_are_wholly_amounts() {
        for text in [
            "1200000",
            "Rp 1.200.000",
            "Rp. 1.200.000,-",
            "1.200.000,00",
            "1,200,000",
            "IDR 1200000",
            "1.200.000=",
            "1200000.0",
        ] {
            assert_eq!(rupiah(text), Some(Rupiah(1_200_000)), "{text}");
        }
        for text in ["", "-", "1.2 juta", "Rp 300.000 x 3", "Rp 1.200.000 (4 bln)", "Rp 1.200.000/KPM", "1.20.000", "0"]
        {
            assert_eq!(rupiah(text), None, "{text}");
        }
    }

    #[test]
    fn money_that_went_out() {
        for (text, said) in [
            ("Berhasil", Some(true)),
            ("SUDAH SALUR", Some(true)),
            ("Gagal salur", Some(false)),
            ("belum cair", Some(false)),
            ("lansia", None),
            ("", None),
        ] {
            assert_eq!(paid(text), said, "{text}");
        }
    }
}
