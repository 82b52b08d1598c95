//! Progress on a terminal: one line per stage, silent when piped or asked to be.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
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

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
