//! Progress on a terminal: one line per stage, silent when piped or asked to be.

use bansos::Lang;
use bansos_pipeline::{self as pipeline, Stage};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Where progress goes.
#[derive(Clone, Copy)]
pub(crate) struct Progress {
    visible: bool,
}

impl Progress {
    pub(crate) fn new(quiet: bool, json: bool) -> Self {
        Self { visible: !quiet && !json && stderr().is_terminal() }
    }

    /// Does a stage under a progress line, and says in the log how long it took.
    pub(crate) fn during<T>(self, what: &str, work: impl FnOnce(&ProgressBar) -> T) -> T {
        let start = Instant::now();
        let bar = self.stage(what, None);
        let done = work(&bar);
        bar.finish_and_clear();
        tracing::info!("{what}: {:.1} s", start.elapsed().as_secs_f64());
        done
    }

    /// A stage whose length is known (bar) or not (spinner).
    pub(crate) fn stage(self, what: &str, total: Option<u64>) -> ProgressBar {
        let bar = match total {
            Some(n) => ProgressBar::new(n).with_style(style("{msg:28} {bar:32} {human_pos}/{human_len} {eta}")),
            None => ProgressBar::new_spinner().with_style(style("{msg:28} {spinner} {human_pos} {elapsed}")),
        };
        if self.visible {
            bar.enable_steady_tick(Duration::from_millis(120));
        } else {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        bar.with_message(what.to_owned())
    }
}

/// The stages of a job, a line each.
pub(crate) struct Bars {
    progress: Progress,
    lang: Lang,
    now: Mutex<Option<(Stage, ProgressBar, Instant)>>,
}

impl Bars {
    pub(crate) fn new(progress: Progress, lang: Lang) -> Self {
        Self { progress, lang, now: Mutex::new(None) }
    }

    /// Shows a step; a new stage takes the place of the last.
    pub(crate) fn show(&self, step: pipeline::Progress) {
        let Ok(mut now) = self.now.lock() else { return };
        if now.as_ref().is_none_or(|(stage, ..)| *stage != step.stage) {
            end(now.take(), self.lang);
            let bar = self.progress.stage(step.stage.label(self.lang), (step.total > 0).then_some(step.total));
            *now = Some((step.stage, bar, Instant::now()));
        }
        if let Some((_, bar, _)) = now.as_ref().filter(|_| step.total > 0) {
            bar.set_length(step.total);
            bar.set_position(step.done);
        }
    }

    /// Takes the last line away.
    pub(crate) fn finish(&self) {
        if let Ok(mut now) = self.now.lock() {
            end(now.take(), self.lang);
        }
    }
}

fn end(stage: Option<(Stage, ProgressBar, Instant)>, lang: Lang) {
    if let Some((stage, bar, start)) = stage {
        bar.finish_and_clear();
        tracing::info!("{}: {:.1} s", stage.label(lang), start.elapsed().as_secs_f64());
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
