//! What is asked of the plan.

use super::{Calendar, Officer, PlanError, PlanVillage, Target, Urgency};

/// What a visit costs an officer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Travel {
    /// Own desa 0, own kecamatan 1, elsewhere 2.
    #[default]
    Shared,
    /// Hundreds of metres in a straight line from the home desa.
    Distance,
}

/// What is asked of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The working days.
    pub calendar: Calendar,
    /// What a visit costs.
    pub travel: Travel,
    /// The greatest cost of one visit: with [`Travel::Shared`] 1 keeps officers in their kecamatan.
    pub reach: Option<u32>,
    /// Whether an even load comes before little travel: nobody rests while another works, though the way be long.
    pub even: bool,
    /// What makes a target urgent, the weightiest first.
    pub order: Vec<Urgency>,
}

impl Settings {
    /// Anybody may go anywhere, little travel before an even load; the poorest deciles first, then the most doubtful, then the oldest records.
    pub fn new(calendar: Calendar) -> Self {
        Self { calendar, travel: Travel::Shared, reach: None, even: false, order: Urgency::ALL.to_vec() }
    }
}

pub(super) fn check(
    places: &[PlanVillage],
    officers: &[Officer],
    targets: &[Target],
    settings: &Settings,
) -> Result<(), PlanError> {
    if officers.iter().all(|o| o.per_day == 0) {
        return Err(PlanError::NoOfficer);
    }
    let homes = officers.iter().map(|o| o.home);
    for place in homes.chain(targets.iter().map(|t| t.place)) {
        let Some(found) = places.get(place as usize) else { return Err(PlanError::UnknownPlace { place }) };
        let sound = |(lat, lon): (f64, f64)| lat.abs() <= 90.0 && lon.abs() <= 180.0;
        if settings.travel == Travel::Distance && !found.at.is_some_and(sound) {
            return Err(PlanError::NoCoordinates { place });
        }
    }
    match targets.iter().filter_map(|t| t.keep).find(|o| *o as usize >= officers.len()) {
        Some(officer) => Err(PlanError::UnknownOfficer { officer }),
        None => Ok(()),
    }
}
