//! What a run costs: CPU time and memory of this process, from /proc; zero where there is none.

/// CPU seconds of this process so far, user and system.
pub fn processor() -> f64 {
    std::fs::read_to_string("/proc/self/stat")
        .ok()
        .and_then(|s| {
            let ticks: Vec<f64> =
                s.rsplit(')').next()?.split_whitespace().skip(11).take(2).filter_map(|t| t.parse().ok()).collect();
            Some(ticks.iter().sum::<f64>() / 100.0)
        })
        .unwrap_or(0.0)
}

/// Resident memory in MiB.
pub fn resident() -> u64 {
    status("VmRSS")
}

/// The most there was, in MiB.
pub fn peak() -> u64 {
    status("VmHWM")
}

fn status(key: &str) -> u64 {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|s| s.lines().find(|l| l.starts_with(key))?.split_whitespace().nth(1)?.parse::<u64>().ok())
        .map_or(0, |kib| kib / 1024)
}

/// CPU seconds between one call and the next.
#[derive(Debug)]
pub struct Lap(f64);

impl Lap {
    /// Starts.
    pub fn start() -> Self {
        Self(processor())
    }

    /// Seconds since the start or the last lap, in hundredths.
    pub fn lap(&mut self) -> f64 {
        let now = processor();
        ((now - std::mem::replace(&mut self.0, now)) * 100.0).round() / 100.0
    }
}
