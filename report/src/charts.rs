//! Charts as inline SVG. Bars stretch with the page and carry no text, so their words stay readable on a phone; pictures with
//! words inside are drawn for 360 units and never grow beyond half a screen. A chart is drawn only from counts as they are
//! shown: the length of a bar must not tell what the table beside it hides.

use super::suppress::Shown;
use super::words::{Both, Count, grouped};
use bansos::Bilingual;
use maud::{Markup, html};

/// One bar of 0..=100 %, from `start` to `start + length` of `whole`.
pub(crate) fn bar(class: &str, start: u64, length: u64, whole: u64) -> Markup {
    parts(&[("gap", start), (class, length)], whole)
}

/// A bar of several parts, of `whole`.
pub(crate) fn parts(parts: &[(&str, u64)], whole: u64) -> Markup {
    let mut at = 0;
    html! {
        svg.bar viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.track x="0" y="0" width="1000" height="10" {}
            @for (class, n) in parts {
                @let x = thousandths(at, whole);
                @let end = thousandths(at + n, whole);
                @let () = at += n;
                @if *n > 0 && *class != "gap" {
                    // What is there is seen, be it ever so little.
                    rect.(class) x=(x) y="0" width=((end - x.min(end)).max(3)) height="10" {}
                }
            }
        }
    }
}

/// A bar of classes that make up `whole`: shown ones as they are, the hidden ones together as one hatched part.
pub(crate) fn stack(classes: &[(&str, Shown)], whole: u64) -> Markup {
    let shown: u64 = classes.iter().filter_map(|(_, s)| s.exact()).sum();
    let mut all: Vec<(&str, u64)> = classes.iter().filter_map(|(c, s)| Some((*c, s.exact()?))).collect();
    all.push(("hidden", whole.saturating_sub(shown)));
    parts(&all, whole)
}

fn thousandths(n: u64, whole: u64) -> u64 {
    if whole == 0 { 0 } else { (u128::from(n.min(whole)) * 1000 / u128::from(whole)) as u64 }
}

/// Words inside a picture, in both languages.
pub(crate) fn label(x: f64, y: f64, anchor: &str, class: &str, said: &Bilingual) -> Markup {
    html! {
        @if said.id == said.en {
            text.(class) x=(px(x)) y=(px(y)) text-anchor=(anchor) { (said.id) }
        } @else {
            text.(class) lang="id" x=(px(x)) y=(px(y)) text-anchor=(anchor) { (said.id) }
            text.(class) lang="en" x=(px(x)) y=(px(y)) text-anchor=(anchor) { (said.en) }
        }
    }
}

fn px(x: f64) -> String {
    let s = format!("{x:.1}");
    s.strip_suffix(".0").map(str::to_owned).unwrap_or(s)
}

/// Columns side by side, one label under each and the number above.
pub(crate) fn columns(
    named_by: &str,
    class: impl Fn(usize) -> &'static str,
    values: &[(Bilingual, Shown)],
    k: u64,
) -> Markup {
    let top = values.iter().filter_map(|(_, s)| s.exact()).max().unwrap_or(0).max(1);
    let (width, height, base) = (360.0, 170.0, 146.0);
    let step = width / values.len().max(1) as f64;
    html! {
        svg.picture viewBox=(format!("0 0 {width} {height}")) role="img" aria-labelledby=(named_by) {
            line.axis x1="0" x2=(px(width)) y1=(px(base)) y2=(px(base)) {}
            @for (i, (name, shown)) in values.iter().enumerate() {
                @let x = step * i as f64;
                @match shown.exact() {
                    Some(n) => {
                        @let h = n as f64 / top as f64 * (base - 22.0);
                        rect.(class(i)) x=(px(x + step * 0.12)) y=(px(base - h)) width=(px(step * 0.76)) height=(px(h)) {}
                        (label(x + step / 2.0, base - h - 5.0, "middle", "value", &short(n)))
                    }
                    None => {
                        (label(x + step / 2.0, base - 5.0, "middle", "value", &Count(*shown, k).both()))
                    }
                }
                (label(x + step / 2.0, base + 15.0, "middle", "name", name))
            }
        }
    }
}

/// A number short enough to stand over a column: 1.234 up to 9.999, then 12 rb / 12k.
fn short(n: u64) -> Bilingual {
    match n {
        0..=9_999 => n.both(),
        10_000..=999_999 => Bilingual::from_texts(format!("{} rb", n / 1000), format!("{}k", n / 1000)),
        _ => {
            let tenths = n / 100_000;
            Bilingual::from_texts(
                format!("{},{} jt", grouped(tenths / 10, '.'), tenths % 10),
                format!("{}.{}m", grouped(tenths / 10, ','), tenths % 10),
            )
        }
    }
}

/// A row of ten small columns, each a share of 0..=100 %; what is unknown stays empty.
pub(crate) fn ten(named_by: &str, shares: &[Option<f64>; 10]) -> Markup {
    let top = shares.iter().flatten().copied().fold(0.0_f64, f64::max).max(0.01);
    html! {
        svg.ten viewBox="0 0 160 44" role="img" aria-labelledby=(named_by) {
            line.axis x1="0" x2="160" y1="43.5" y2="43.5" {}
            @for (i, s) in shares.iter().enumerate() {
                @if let Some(s) = s {
                    @let h = (s / top * 40.0).max(0.6);
                    rect.decile x=(px(16.0 * i as f64 + 2.0)) y=(px(43.0 - h)) width="12" height=(px(h)) {}
                }
            }
        }
    }
}

/// Three circles with a number in each of the seven fields, in the order a, b, ab, c, ac, bc, abc.
pub(crate) fn venn(named_by: &str, names: [&str; 3], fields: [Shown; 7], k: u64) -> Markup {
    let at: [(f64, f64); 7] =
        [(104.0, 96.0), (256.0, 96.0), (180.0, 84.0), (180.0, 236.0), (128.0, 172.0), (232.0, 172.0), (180.0, 142.0)];
    html! {
        svg.picture viewBox="0 0 360 300" role="img" aria-labelledby=(named_by) {
            circle.set0 cx="138" cy="112" r="84" {}
            circle.set1 cx="222" cy="112" r="84" {}
            circle.set2 cx="180" cy="186" r="84" {}
            (label(84.0, 20.0, "middle", "title", &names[0].both()))
            (label(276.0, 20.0, "middle", "title", &names[1].both()))
            (label(180.0, 292.0, "middle", "title", &names[2].both()))
            @for ((x, y), shown) in at.iter().zip(fields) {
                (label(*x, y + 5.0, "middle", "value big", &Count(shown, k).both()))
            }
        }
    }
}

/// Counts by class of a scale, with marks at some places of it.
pub(crate) fn histogram(named_by: &str, classes: &[(f64, u64)], marks: &[(f64, Bilingual)]) -> Markup {
    let (width, base) = (360.0, 128.0);
    let (Some(first), Some(last)) = (classes.first(), classes.last()) else { return html! {} };
    let gaps = classes.windows(2).filter_map(|w| Some(w.get(1)?.0 - w.first()?.0));
    let class_width = gaps.fold(f64::INFINITY, f64::min).min(1e9);
    let class_width = if class_width.is_finite() && classes.len() > 1 { class_width } else { 1.0 };
    let span = (last.0 + class_width - first.0).max(f64::MIN_POSITIVE);
    let place = |w: f64| (w - first.0) / span * width;
    // Pairs are many where the match is hopeless and few where it is doubtful: the doubtful are what is to be seen.
    let tall = |n: u64| if n == 0 { 0.0 } else { (n as f64).ln_1p() };
    let top = classes.iter().map(|c| tall(c.1)).fold(0.0, f64::max).max(1.0);
    html! {
        svg.picture viewBox="0 0 360 150" role="img" aria-labelledby=(named_by) {
            @for (from, n) in classes {
                @let h = tall(*n) / top * (base - 26.0);
                rect.weight x=(px(place(*from))) y=(px(base - h)) width=(px((class_width / span * width - 1.0).max(0.8))) height=(px(h)) {}
            }
            line.axis x1="0" x2=(px(width)) y1=(px(base)) y2=(px(base)) {}
            @for (i, (weight, said)) in marks.iter().enumerate() {
                line.mark x1=(px(place(*weight))) x2=(px(place(*weight))) y1="18" y2=(px(base)) {}
                (label(place(*weight) + if i == 0 { -4.0 } else { 4.0 }, 14.0, if i == 0 { "end" } else { "start" }, "name", said))
            }
            @for i in 0..=4 {
                @let w = first.0 + span * f64::from(i) / 4.0;
                @let anchor = match i { 0 => "start", 4 => "end", _ => "middle" };
                (label(place(w), base + 16.0, anchor, "name", &format!("{w:.0}").replace('-', "−").both()))
            }
        }
    }
}
