//! House, assets and spending of a family, all following one hidden welfare, so that a proxy-means model can be fitted.

use super::dice::Dice;

/// Codes as in the Regsosek extract.
#[derive(Clone, Debug)]
pub(super) struct Housing {
    pub(super) tenure: u8,
    pub(super) area: u16,
    pub(super) floor: u8,
    pub(super) wall: u8,
    pub(super) roof: u8,
    pub(super) water: u8,
    pub(super) lighting: u8,
    pub(super) power: u8,
    pub(super) fuel: u8,
    pub(super) toilet: u8,
    pub(super) closet: u8,
    pub(super) fridge: bool,
    pub(super) ac: bool,
    pub(super) gold: bool,
    pub(super) motorcycle: bool,
    pub(super) car: bool,
    pub(super) laptop: bool,
    pub(super) land: bool,
    pub(super) cattle: u8,
    pub(super) savings: bool,
    /// Rupiah per head and month; known for a sampled tenth.
    pub(super) spending: i64,
}

/// The first code whose bound the score reaches.
fn grade(score: f64, steps: &[(f64, u8)], else_code: u8) -> u8 {
    steps.iter().find(|(bound, _)| score > *bound).map_or(else_code, |(_, code)| *code)
}

impl Housing {
    pub(super) fn of(dice: &mut Dice, welfare: f64, size: usize, rural: bool) -> Self {
        let mut score = |noise: f64| welfare + noise * dice.normal();
        let floor = grade(score(0.5), &[(1.6, 1), (-0.1, 2), (-1.3, 5)], 7);
        let wall = grade(score(0.6), &[(-0.7, 1), (-1.5, 3)], 4);
        let water = grade(score(0.8), &[(1.0, 1), (0.0, 3), (-1.2, 5)], 7);
        let lighting = grade(score(0.7), &[(-1.7, 1), (-2.1, 2), (-2.5, 3)], 4);
        let power = grade(score(0.5), &[(1.5, 4), (0.7, 3), (-0.2, 2)], 1);
        let fuel = grade(score(0.6), &[(-0.9, 3)], 9);
        let toilet = grade(score(0.6), &[(-0.6, 1), (-1.6, 2)], 4);
        let closet = grade(score(0.6), &[(-0.5, 1)], 3);
        let fridge = score(0.7) > -0.1;
        let ac = score(0.6) > 1.4;
        let gold = score(0.9) > 0.6;
        let motorcycle = score(0.8) > -0.8;
        let car = score(0.5) > 1.3;
        let laptop = score(0.8) > 0.8;
        let land = score(1.0) > 0.6;
        let savings = score(0.8) > 0.5;
        let area = 50.0 + 14.0 * score(0.7);
        let tenure = if dice.chance(0.85) { 1 } else { *dice.pick(&[2, 3, 4]) };
        let roof = if dice.chance(0.82) { 2 } else { 4 };
        let cattle = if rural && dice.chance(0.15) { u8::try_from(dice.between(1, 4)).unwrap_or(1) } else { 0 };
        let things: f64 = [(fridge, 0.06), (motorcycle, 0.08), (car, 0.22), (ac, 0.12), (laptop, 0.07), (gold, 0.05)]
            .iter()
            .map(|(has, worth)| if *has { *worth } else { 0.0 })
            .sum();
        #[allow(clippy::cast_precision_loss, reason = "families are small")]
        let crowd = 0.05 * (size as f64 - 3.4);
        let log = 13.15 + 0.38 * welfare + things - crowd + 0.15 * dice.normal();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to what a house and a purse can be"
        )]
        let (area, spending) = (area.clamp(12.0, 300.0) as u16, log.exp().clamp(90_000.0, 60_000_000.0) as i64);
        Self {
            tenure,
            area,
            floor,
            wall,
            roof,
            water,
            lighting,
            power,
            fuel,
            toilet,
            closet,
            fridge,
            ac,
            gold,
            motorcycle,
            car,
            laptop,
            land,
            cattle,
            savings,
            spending,
        }
    }

    pub(super) fn roof_word(&self) -> &'static str {
        if self.roof == 2 { "Genteng" } else { "Seng" }
    }

    pub(super) fn wall_word(&self) -> &'static str {
        match self.wall {
            1 => "Tembok",
            3 => "Kayu/Papan",
            _ => "Bambu",
        }
    }

    pub(super) fn floor_word(&self) -> &'static str {
        match self.floor {
            1 | 2 => "Keramik",
            5 => "Semen",
            _ => "Tanah",
        }
    }

    pub(super) fn lighting_word(&self) -> &'static str {
        match (self.lighting, self.power) {
            (1, 3..) => "Listrik Pribadi > 900 Watt",
            (1, _) => "Listrik Pribadi s/d 900 Watt",
            (2 | 3, _) => "Listrik Bersama",
            _ => "Non-Listrik",
        }
    }

    pub(super) fn fuel_word(&self) -> &'static str {
        if self.fuel == 3 { "Listrik/Gas" } else { "Arang/Kayu" }
    }

    pub(super) fn water_word(&self) -> &'static str {
        match self.water {
            1 => "Air Kemasan/Isi Ulang",
            3 => "Ledeng/PAM",
            5 => "Sumur Terlindung",
            _ => "Sumur Tidak Terlindung",
        }
    }

    pub(super) fn toilet_word(&self) -> &'static str {
        match (self.toilet, self.closet) {
            (1, 1) => "Ya, dengan Septic Tank",
            (1, _) => "Ya, tanpa Septic Tank",
            (2, _) => "Jamban Umum/Bersama",
            _ => "Lainnya",
        }
    }
}
