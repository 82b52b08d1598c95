//! Targeting: how well a programme reaches those it is meant for, in every published definition, each by its name.
//!
//! Two things are called *inclusion error* and two are called *targeting differential*; here each has its own method that
//! names the denominator. Counts are exact; a share with nothing in its denominator is `None`, never zero.
//!
//! ```
//! use bansos::targeting::{Reach, Row};
//! // ten families of one person; the poorest two are meant, the poorest one and the richest one are covered
//! let rows = (0..10).map(|i| Row { weight: 1, meant: i < 2, covered: i == 0 || i == 9 });
//! let reach = Reach::from_rows(rows);
//! assert_eq!(reach.exclusion_error().unwrap().value(), 0.5);          // one of two is missed
//! assert_eq!(reach.inclusion_error_of_covered().unwrap().value(), 0.5); // one of two covered is not meant
//! assert_eq!(reach.inclusion_error_of_not_meant().unwrap().value(), 0.125); // one of eight not meant is covered
//! ```

mod change;
mod curve;
mod incidence;
mod poverty;
mod reach;
mod suppress;

pub use change::{ChangeCell, RegisterChange, change};
pub use curve::{Point, TargetingError, cgh_index, concentration_curve, concentration_index};
pub use incidence::{DecileLine, Incidence, budget_at_cut};
pub use poverty::{Poverty, adequacy, cost_benefit, distributional_characteristic, generosity, poverty};
pub use reach::{Reach, Row, Share};
pub use suppress::{Cell, suppress};
