//! Proxy-means test: a welfare score predicted from what an enumerator can see.
//!
//! Spending is dear to measure, so it is measured for a sample and predicted for everybody from housing, assets, schooling
//! and size. PPLS, P3KE and DTSEN all rank this way. **DTSEN's own weights are not public**: neither the coefficients nor
//! the form of its 39-variable model nor the level it is fitted at. So no official model stands here and none is
//! imitated: a model is *data*, with a [`ModelStatus`] that says where it comes from, and `bansos-arrow` can fit one on a
//! register's own sample of spending.
//!
//! ```
//! use bansos::ranking::pmt::{Equation, PmtFact, CodeTerm, IfMissing, PmtModel, ModelStatus, ModelTarget, Term, Transform, Variable};
//!
//! let model = PmtModel {
//!     schema: 1,
//!     name: "teaching example".into(),
//!     status: ModelStatus::Example,
//!     note: "two variables, invented coefficients".into(),
//!     target: ModelTarget::Log,
//!     unit: "rupiah per head and month".into(),
//!     missing: IfMissing::Refuse,
//!     least_known: 0,
//!     digits: 9,
//!     variables: vec![Variable::number("luas_lantai", "m2").between(1.0, 500.0), Variable::category("jenis_lantai")],
//!     national: Equation::new(13.0, vec![
//!         Term::Number { variable: "luas_lantai".into(), transform: Transform::Log, coefficient: 0.25, if_missing: None },
//!         Term::Category {
//!             variable: "jenis_lantai".into(),
//!             levels: vec![CodeTerm::new(2, 0.0), CodeTerm::new(7, -0.4)],
//!             if_other: Some(-0.1),
//!             if_missing: None,
//!         },
//!     ]),
//!     regions: vec![],
//! };
//! model.check()?;
//! let facts = |name: &str| match name {
//!     "luas_lantai" => Some(PmtFact::Number(36.0)),
//!     "jenis_lantai" => Some(PmtFact::Code(7)),
//!     _ => None,
//! };
//! let scored = model.score(facts, None)?;
//! assert!((scored.score - (13.0 + 0.25 * 36_f64.ln() - 0.4)).abs() < 1e-9);
//! assert_eq!(scored.parts.len(), 2); // what each variable added
//! # Ok::<(), bansos::ranking::pmt::PmtError>(())
//! ```

mod apply;
mod check;
mod error;
mod model;

pub use apply::{PmtFact, ScorePart, Scored};
pub use error::PmtError;
pub use model::{
    CodeTerm, Equation, Factor, Fit, IfMissing, ModelStatus, ModelTarget, PmtModel, RegionEquation, Term, Transform,
    Variable, VariableKind,
};
