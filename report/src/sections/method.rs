//! How it was done and how far it can be trusted: linkage figures, hidden counts, editions, words.

use crate::charts;
use crate::data::Linkage;
use crate::suppress::Shown;
use crate::view::{View, whole_known};
use crate::widgets::{note, section, t, table, td, th, th_n, v, w};
use crate::words::{Both, Count, Decimal, say};
use bansos::Bilingual;
use maud::{Markup, html};

pub(crate) fn render(view: &View) -> Markup {
    let lead = html! { p { (w("Supaya angka dapat diperiksa dan diulang.", "So that the numbers can be checked and repeated.")) } };
    section(
        "cara",
        &Bilingual::new("Cara kerja dan batasnya", "Method and limits"),
        &lead,
        &html! {
            @if let Some(l) = &view.data.linkage { (linkage(view, l)) }
            h3 { (w("Yang perlu diingat", "To keep in mind")) }
            ul.plain { @for s in limits(view) { li { (t(&s)) } } }
            h3 { (w("Edisi data dan aturan", "Editions of data and rules")) }
            (editions(view))
            h3 { (w("Arti kata", "Words")) }
            dl.words { @for (term, said) in words() { dt { (term) } dd { (t(&said)) } } }
        },
    )
}

fn linkage(view: &View, l: &Linkage) -> Markup {
    let fact = |name: Bilingual, value: Bilingual| html! { div { dt { (t(&name)) } dd { (t(&value)) } } };
    html! {
        h3 { (w("Menemukan orang yang sama", "Finding the same person")) }
        p { (w(
            "Setiap pasangan baris yang mungkin orang yang sama ditimbang (Fellegi–Sunter): makin banyak yang cocok dan makin jarang kecocokan itu terjadi kebetulan, makin besar bobotnya.",
            "Every pair of rows that may be one person is weighed (Fellegi–Sunter): the more agrees, and the rarer such agreement is by chance, the greater the weight.",
        )) }
        dl.facts {
            (fact(Bilingual::new("pasangan dibandingkan", "pairs compared"), l.pairs_compared.both()))
            (fact(Bilingual::new("dinyatakan orang yang sama", "taken as one person"), l.pairs_linked.both()))
            (fact(Bilingual::new("diserahkan untuk diputuskan", "left to be decided"), Count(view.alone(l.pairs_review), view.k).both()))
            (fact(Bilingual::new("ditolak karena aturan (kembar, dua NIK sah)", "refused by a rule (twins, two sound NIK)"), Count(view.alone(l.refused_by_constraint), view.k).both()))
            (fact(Bilingual::new("ambang gabung", "threshold to link"), Decimal(l.threshold_link, 1).both()))
            (fact(Bilingual::new("ambang periksa", "threshold to review"), Decimal(l.threshold_review, 1).both()))
            @if l.em_rounds > 0 { (fact(Bilingual::new("putaran EM", "EM rounds"), u64::from(l.em_rounds).both())) }
        }
        div.two {
            @if l.weights.len() > 2 {
                figure {
                    (charts::histogram("bobot-c", &l.weights, &[
                        (l.threshold_review, Bilingual::new("periksa", "review")), (l.threshold_link, Bilingual::new("gabung", "link")),
                    ]))
                    figcaption id="bobot-c" { (w("Pasangan menurut bobot (log₂); tinggi batang berskala log. Makin sepi di antara kedua ambang, makin jelas pemisahannya.", "Pairs by weight (log₂); bar heights on a log scale. The emptier between the thresholds, the clearer the separation.")) }
                }
            }
            div { (clusters(view, l)) }
        }
    }
}

/// Persons by number of rows; large groups are few, so the tail is put together until it hides nobody.
fn clusters(view: &View, l: &Linkage) -> Markup {
    let mut sizes: Vec<(u64, u64)> = l.cluster_sizes.iter().copied().filter(|s| s.1 > 0).collect();
    sizes.sort_unstable();
    let mut open = false;
    while sizes.len() > 1 && (sizes.len() > 6 || sizes.last().is_some_and(|s| s.1 < view.k.max(1))) {
        let Some((_, n)) = sizes.pop() else { break };
        if let Some(last) = sizes.last_mut() {
            last.1 += n;
        }
        open = true;
    }
    if sizes.is_empty() {
        return html! {};
    }
    let shown = whole_known(view.k, &sizes.iter().map(|s| s.1).collect::<Vec<_>>());
    let last = sizes.len() - 1;
    let head = html! { tr { (th("Baris per orang", "Rows per person")) (th_n("Orang", "Persons")) } };
    let body = html! { @for (i, (s, n)) in sizes.iter().zip(shown).enumerate() { tr {
        th scope="row" { @if open && i == last { (t(&say!("{s} atau lebih", "{s} or more", s = s.0))) } @else { (v(&s.0)) } }
        (td(n, view.k))
    } } };
    table(&Bilingual::new("Orang menurut banyaknya baris", "Persons by number of rows"), &head, &body)
}

fn limits(view: &View) -> Vec<Bilingual> {
    let mut all = Vec::new();
    if view.k > 1 {
        all.push(say!(
            "Angka 1 sampai {last} orang atau keluarga ditulis {small}; tanda {dot} berarti angka disembunyikan supaya yang kecil tidak dapat dihitung dari jumlahnya. Wilayah dengan kurang dari {k} keluarga digabung. Banyaknya baris berkas dan pasangan data ditulis apa adanya.",
            "Counts from 1 to {last} persons or families are written {small}; {dot} means that a count is withheld so that small ones cannot be worked out from totals. Places with fewer than {k} families are shown together. Numbers of file rows and of pairs are written as they are.",
            last = view.k - 1,
            small = Count(Shown::Small, view.k),
            dot = "•",
            k = view.k,
        ));
    }
    all.push(Bilingual::new(
        "Laporan ini tidak memuat nama, NIK, nomor KK atau alamat siapa pun. Berkas hasil lainnya memuatnya: simpan dan bagikan menurut UU 27/2022 tentang Pelindungan Data Pribadi.",
        "This report holds nobody's name, NIK, family-card number or address. The other result files do: keep and share them as Law 27/2022 on personal data protection asks.",
    ));
    all.push(Bilingual::new(
        "NIK yang “sah” di sini berarti bentuk dan isinya masuk akal. Apakah NIK itu benar milik orangnya hanya dapat dijawab Dukcapil.",
        "A “sound” NIK here means that its form and content make sense. Whether it belongs to the person only Dukcapil can answer.",
    ));
    all.push(Bilingual::new(
        "Rupiah dibulatkan tiga angka; jumlah pastinya ada di decisions.parquet. Persentase dibulatkan.",
        "Rupiah are rounded to three figures; exact amounts are in decisions.parquet. Percentages are rounded.",
    ));
    all
}

fn editions(view: &View) -> Markup {
    let about = &view.data.about;
    let head = html! { tr { (th("Data", "Data")) (th("Edisi", "Edition")) } };
    let body = html! {
        @for e in &about.editions { tr { th scope="row" { (e.name) } td { (e.edition) } } }
        @if let Some(overlay) = &about.overlay { tr { th scope="row" { (w("aturan tambahan", "overlay")) } td { (overlay) } } }
        tr { th scope="row" { "bansos" } td { (about.version) } }
    };
    html! {
        (table(&Bilingual::new("Edisi yang dipakai", "Editions used"), &head, &body))
        @if about.elapsed_ms > 0 { (note(&say!("Dikerjakan dalam {s} detik.", "Done in {s} seconds.", s = Decimal(about.elapsed_ms as f64 / 1000.0, 1)))) }
    }
}

fn words() -> [(&'static str, Bilingual); 8] {
    [
        (
            "Desil",
            Bilingual::new(
                "sepersepuluh keluarga menurut peringkat kesejahteraan; 1 paling miskin",
                "a tenth of families by welfare rank; 1 is the poorest",
            ),
        ),
        (
            "Dukcapil",
            Bilingual::new(
                "dinas kependudukan dan pencatatan sipil, pemilik data NIK",
                "the civil registry office, owner of NIK data",
            ),
        ),
        ("Exclusion error", Bilingual::new("yang berhak tetapi terlewat", "entitled but passed over")),
        ("Inclusion error", Bilingual::new("yang tercantum tetapi tidak berhak", "listed but not entitled")),
        (
            "KPM",
            Bilingual::new(
                "keluarga penerima manfaat: keluarga yang sudah masuk suatu program; tidak sama dengan keluarga di laporan ini",
                "a family taken into a programme; not the same as the families of this report",
            ),
        ),
        ("NIK ganda", Bilingual::new("satu NIK pada dua orang atau lebih", "one NIK on two or more persons")),
        ("Padan", Bilingual::new("cocok dengan data Dukcapil", "agrees with Dukcapil's data")),
        (
            "Verivali",
            Bilingual::new(
                "verifikasi dan validasi di lapangan, diputuskan dalam musyawarah desa/kelurahan",
                "checking in the field, decided in the village meeting",
            ),
        ),
    ]
}
