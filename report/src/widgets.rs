//! Small pieces of HTML: bilingual text, numbers, tables that scroll by themselves, notes.

use super::suppress::Shown;
use super::words::{Both, Count, Share};
use bansos::Bilingual;
use maud::{Markup, html};

/// Text in both languages; the page shows one of them.
pub(crate) fn t(said: &Bilingual) -> Markup {
    if said.id == said.en {
        html! { (said.id) }
    } else {
        html! { span lang="id" { (said.id) } span lang="en" { (said.en) } }
    }
}

/// A short pair of fixed words.
pub(crate) fn w(id: &'static str, en: &'static str) -> Markup {
    t(&Bilingual::new(id, en))
}

/// Anything that reads differently in the two languages.
pub(crate) fn v(value: &impl Both) -> Markup {
    t(&value.both())
}

/// A count as it may be shown; a hidden one explains itself.
pub(crate) fn count(shown: Shown, k: u64) -> Markup {
    match shown {
        Shown::Exact(_) => v(&Count(shown, k)),
        Shown::Small => html! { span.hid title=(format!("1–{}", k.saturating_sub(1))) { "<" (k) } },
        Shown::Withheld => {
            html! { span.hid { span aria-hidden="true" { "•" } span.vh { (w("disembunyikan", "withheld")) } } }
        }
    }
}

/// A number cell.
pub(crate) fn td(shown: Shown, k: u64) -> Markup {
    html! { td.n { (count(shown, k)) } }
}

/// A number cell with a number that hides nothing.
pub(crate) fn tdn(n: u64) -> Markup {
    html! { td.n { (v(&n)) } }
}

/// A number cell tinted by how much it is of the greatest in its column.
pub(crate) fn tint(shown: Shown, k: u64, greatest: u64) -> Markup {
    let step = match shown.exact() {
        Some(n) if n > 0 && greatest > 0 => 1 + (n.saturating_mul(5) / greatest.max(1)).min(4),
        _ => 0,
    };
    html! { td.n.{ "h" (step) } { (count(shown, k)) } }
}

/// A share cell; a hidden count has none.
pub(crate) fn share(shown: Shown, whole: u64) -> Markup {
    html! { td.n.soft { @match shown.exact() { Some(n) => (v(&Share(n, whole))), None => "" } } }
}

/// A table in a frame that scrolls sideways where the page is narrow.
pub(crate) fn table(label: &Bilingual, head: &Markup, body: &Markup) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" {
            table {
                caption { (t(label)) }
                thead { (head) }
                tbody { (body) }
            }
        }
    }
}

/// A header cell over numbers.
pub(crate) fn th_n(id: &'static str, en: &'static str) -> Markup {
    html! { th.n scope="col" { (w(id, en)) } }
}

/// A header cell over words.
pub(crate) fn th(id: &'static str, en: &'static str) -> Markup {
    html! { th scope="col" { (w(id, en)) } }
}

/// A header cell over names of places.
pub(crate) fn th_said(said: &Bilingual) -> Markup {
    html! { th scope="col" { (t(said)) } }
}

/// A section with its heading and the one sentence that says what it shows.
pub(crate) fn section(id: &str, title: &Bilingual, lead: &Markup, body: &Markup) -> Markup {
    html! {
        section id=(id) aria-labelledby=(format!("{id}-h")) {
            h2 id=(format!("{id}-h")) { (t(title)) }
            div.lead { (lead) }
            (body)
        }
    }
}

/// A code in a narrow place: it may break after a dot or underscore, not in the middle of a word.
pub(crate) fn code(code: &str) -> Markup {
    html! { code { @for part in code.split_inclusive(['.', '_']) { (part) wbr; } } }
}

/// A note in small letters.
pub(crate) fn note(said: &Bilingual) -> Markup {
    html! { p.note { (t(said)) } }
}

/// A drawer that opens.
pub(crate) fn drawer(title: &Markup, body: &Markup) -> Markup {
    html! { details { summary { (title) } (body) } }
}

/// The coloured squares that name the parts of a chart.
pub(crate) fn legend(parts: &[(&str, Bilingual)]) -> Markup {
    html! {
        ul.legend {
            @for (class, name) in parts {
                li { i.(class) aria-hidden="true" {} (t(name)) }
            }
        }
    }
}
