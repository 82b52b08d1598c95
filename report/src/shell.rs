//! The page around every page of the project: one file, nothing fetched from anywhere, one set of colours.

use bansos::Lang;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Colours for light and dark, the font, and which of two languages is seen.
const BASE: &str = include_str!("base.css");

/// Head and style of a page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shell<'a> {
    /// The language of the page; `None` where it holds both and its script shows one.
    pub lang: Option<Lang>,
    /// Title of the window.
    pub title: &'a str,
    /// Style of this page, after the common one.
    pub style: &'a str,
    /// Script of this page; empty where it has none.
    pub script: &'a str,
}

impl Shell<'_> {
    /// The whole page around a body. The browser is forbidden to load anything or to send anything.
    #[must_use]
    pub fn around(&self, body: &Markup) -> Markup {
        let both = self.lang.is_none().then_some("id");
        let script = if self.script.is_empty() { "" } else { " script-src 'unsafe-inline';" };
        let policy =
            format!("default-src 'none'; style-src 'unsafe-inline';{script} base-uri 'none'; form-action 'none'");
        html! {
            (DOCTYPE)
            html lang=(if self.lang == Some(Lang::En) { "en" } else { "id" }) data-lang=[both] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta http-equiv="Content-Security-Policy" content=(policy);
                    meta name="robots" content="noindex";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    style { (PreEscaped(BASE)) (PreEscaped(self.style)) }
                }
                body {
                    (body)
                    @if !self.script.is_empty() { script { (PreEscaped(self.script)) } }
                }
            }
        }
    }
}
