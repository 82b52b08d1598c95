//! Allocation: quotas, rank order, overlaps between programmes and tiers; nobody paid twice, nobody skipped unseen.
//!
//! Programmes are filled in their order of priority. For each, families stand in rank order (present recipients first
//! where carry-over is asked for; equal ranks by key) and get a place while their region's quota, the national quota and
//! the budget last. A family that already has something the overlap rules exclude is passed over, and the answer says by
//! which programme. Everybody else who is eligible stands on the region's waiting list with a position.
//!
//! ```
//! use bansos::allocation::{allocate, Families, Allotment, Quota, Slate};
//! use bansos::eligibility::Outcome;
//! use bansos::{date::Date, policy::Policy, Rupiah};
//!
//! let families = Families::new(&[30, 10, 20], &[1, 2, 3], &[0, 0, 0]).unwrap();
//! let all = [Outcome::Eligible; 3];
//! let amount = [Rupiah(2_400_000); 3];
//! let slate = Slate::new("sembako", &all, &amount).quota(Quota::National(2));
//! let done = allocate(&families, &[slate], &Policy::builtin(), Date::constant(2026, 1, 1)).unwrap();
//! assert_eq!(done.place(0, 0), Some(Allotment::Waiting(1))); // the highest score is the least poor
//! assert_eq!(done.place(0, 1), Some(Allotment::Given));
//! assert!(done.closes());
//! ```

mod engine;
mod error;
mod input;
mod result;

pub use engine::allocate;
pub use error::AllocationError;
pub use input::{Families, Quota, Slate};
pub use result::{Allocation, Allotment, Line};
