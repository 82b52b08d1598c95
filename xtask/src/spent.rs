//! What a piece of work has cost: by the clock, and in processor time of the programs that were run for it.

use std::fmt;
use std::time::{Duration, Instant};

/// The kernel counts processor time in hundredths of a second (`USER_HZ`), on every Linux.
const TICKS: u64 = 100;

/// The beginning of a piece of work.
pub(crate) struct Start {
    clock: Instant,
    processor: Option<Duration>,
}

/// What it cost. There is no processor time where the system keeps no `/proc`.
#[derive(Clone, Copy)]
pub(crate) struct Spent {
    clock: Duration,
    processor: Option<Duration>,
}

impl Start {
    pub(crate) fn now() -> Self {
        Self { clock: Instant::now(), processor: of_children() }
    }

    pub(crate) fn spent(&self) -> Spent {
        let processor = of_children().zip(self.processor).map(|(now, then)| now.saturating_sub(then));
        Spent { clock: self.clock.elapsed(), processor }
    }
}

/// User and system time of all programs that were run and have ended (`cutime` and `cstime` of proc(5)).
fn of_children() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // the second field is a name in brackets that may hold spaces
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(13).map_while(|field| field.parse::<u64>().ok());
    Some(Duration::from_millis((times.next()? + times.next()?) * 1_000 / TICKS))
}

impl fmt::Display for Spent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>7.1} s", self.clock.as_secs_f64())?;
        match self.processor {
            Some(processor) => write!(f, " {:>7.1} s CPU", processor.as_secs_f64()),
            None => Ok(()),
        }
    }
}

impl std::iter::Sum for Spent {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        let nothing = Self { clock: Duration::ZERO, processor: Some(Duration::ZERO) };
        all.fold(nothing, |sum, one| Self {
            clock: sum.clock + one.clock,
            processor: sum.processor.zip(one.processor).map(|(a, b)| a + b),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_program_that_works_costs_processor_time() {
        let start = Start::now();
        std::process::Command::new("sh")
            .args(["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"])
            .status()
            .unwrap();
        let spent = start.spent();
        assert!(spent.processor.unwrap() >= Duration::from_millis(10), "{spent}");
    }
}
