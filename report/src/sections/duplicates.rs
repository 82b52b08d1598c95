//! Persons entered twice, numbers shared, persons in two families.

use super::register;
use crate::suppress::{Net, Shown};
use crate::view::View;
use crate::widgets::{count, section, t, table, td, th, th_n, w};
use bansos::Bilingual;
use maud::{Markup, html};

pub(crate) fn render(view: &View) -> Markup {
    let d = &view.data.duplicates;
    let lead = html! { p { (w(
        "NIK yang sama tidak cukup untuk menyatakan dua baris orang yang sama, dan NIK yang berbeda tidak cukup untuk menyatakan berbeda. Nama, tanggal lahir, nama ibu, kartu keluarga dan desa ikut ditimbang; yang meragukan tidak digabung, melainkan diserahkan kepada manusia.",
        "The same NIK is not enough to call two rows one person, nor a different NIK to call them two. Name, birth date, mother's name, family card and village are weighed too; what is doubtful is not merged but left to a person to decide.",
    )) } };
    let facts: [(Bilingual, u64, Bilingual); 6] = [
        (
            Bilingual::new("NIK dipakai lebih dari satu orang (NIK ganda)", "NIK carried by more than one person"),
            d.shared_niks,
            Bilingual::new("Padankan dengan Dukcapil", "To be settled with Dukcapil"),
        ),
        (
            Bilingual::new("Orang yang memakai NIK ganda", "Persons carrying a shared NIK"),
            d.shared_nik_persons,
            Bilingual::new("Datangi bila Dukcapil tidak dapat memutuskan", "Visit where Dukcapil cannot tell"),
        ),
        (
            Bilingual::new("Orang dengan dua NIK atau lebih", "Persons with two or more NIK"),
            d.persons_two_niks,
            Bilingual::new("Pakai NIK yang padan; catat yang lain", "Use the matched NIK; note the other"),
        ),
        (
            Bilingual::new("Orang yang menjadi anggota dua keluarga", "Persons who are members of two families"),
            d.persons_two_families,
            Bilingual::new("Tetapkan satu keluarga", "Settle on one family"),
        ),
        (
            Bilingual::new(
                "Nomor Kartu Keluarga dipakai lebih dari satu keluarga",
                "Family-card numbers used by more than one family",
            ),
            d.shared_cards,
            Bilingual::new("Periksa kartu keluarga", "Check the family card"),
        ),
        (
            Bilingual::new("Pasangan data yang meragukan", "Doubtful pairs of records"),
            d.review_pairs,
            Bilingual::new("Putuskan: orang yang sama atau bukan", "Decide: the same person or not"),
        ),
    ];
    let head = html! { tr { (th("Keadaan", "What")) (th_n("Jumlah", "Count")) } };
    let body = html! { @for (what, n, act) in &facts { tr { th scope="row" { (t(what)) @if *n > 0 { small { (t(act)) } } } (td(view.alone(*n), view.k)) } } };
    section(
        "ganda",
        &Bilingual::new("Orang dan nomor ganda", "Duplicate persons and numbers"),
        &lead,
        &html! {
            (within(view))
            (table(&Bilingual::new("Nomor dan keanggotaan yang bertentangan", "Numbers and memberships in conflict"), &head, &body))
            p.note { (w("Setiap kelompok dan buktinya ada di duplicates.csv.", "Every cluster and its evidence is in duplicates.csv.")) }
        },
    )
}

fn within(view: &View) -> Markup {
    let list = &view.data.duplicates.within;
    if list.is_empty() {
        return html! {};
    }
    // The rows of all registers together follow from the counts that close; so those of one are protected against them.
    let mut net = Net::new(view.k);
    let ids: Vec<_> = list
        .iter()
        .map(|w| {
            let id = net.cell(w.extra_rows, 0);
            if view.alone(w.persons).exact().is_none() {
                net.guard(id);
            }
            id
        })
        .collect();
    net.sum(None, &ids);
    let solved = net.solve();
    let open = view.persons_in.open();
    let head = html! { tr { (th("Register", "Register")) (th_n("Orang tercatat lebih dari sekali", "Persons entered more than once")) (th_n("Baris berlebih", "Rows too many")) } };
    let body = html! { @for (w, id) in list.iter().zip(&ids) {
        @let extra = if open { solved.get(*id) } else if w.extra_rows == 0 { Shown::Exact(0) } else { Shown::Withheld };
        @let persons = match extra { Shown::Exact(_) => view.alone(w.persons), hidden => hidden };
        tr { th scope="row" { (register(&w.source)) } td.n { (count(persons, view.k)) } td.n { (count(extra, view.k)) } }
    } };
    table(&Bilingual::new("Orang yang sama dalam satu register", "The same person within one register"), &head, &body)
}
