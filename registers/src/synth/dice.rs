//! Chance, seeded: ChaCha8 gives the same numbers on every machine and in every later version.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// 0 to n-1; 0 where n is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        ((u64::from(self.0.next_u32()) * u64::from(n)) >> 32) as usize
    }

    pub(super) fn between(&mut self, least: i32, most: i32) -> i32 {
        let span = usize::try_from(most - least + 1).unwrap_or(1);
        least + i32::try_from(self.below(span)).unwrap_or(0)
    }

    /// In [0, 1).
    pub(super) fn unit(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    pub(super) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    pub(super) fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    /// Like `pick`, and the first ones more often: about half of all draws come from the first quarter.
    pub(super) fn pick_common(&mut self, all: &[&'static str]) -> &'static str {
        let u = self.unit();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "u*u lies in [0, 1)")]
        let at = (u * u * all.len() as f64) as usize;
        all[at.min(all.len() - 1)]
    }

    /// Standard normal: the sum of twelve uniforms less six is near enough for houses and spending.
    pub(super) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers() {
        let draw = |seed| {
            let mut dice = Dice::new(seed);
            (0..8).map(|_| dice.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }
}
