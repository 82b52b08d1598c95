//! Eligibility over columns: families and persons as Arrow tables, outcome, rupiah and reason codes as Arrow columns.
//!
//! The rules are the core's; a person is packed once and judged by look-up ([`bansos::eligibility::Batch`]), families in
//! parallel. The result does not depend on threads, and equals the row path for every family (tested).
//!
//! | table | column | type | meaning |
//! |---|---|---|---|
//! | families | `family` | text or integer | key; not needed when persons name the row |
//! | | `decile` | integer | 1 to 10; anything else, or null: unknown |
//! | | `registered`, `remote` | boolean | null: unknown |
//! | | `size` | integer | stated number of members |
//! | | `region` | text | Kemendagri code |
//! | | `receives_<programme>` | boolean | `receives_pkh`, `receives_sembako`, … |
//! | | `fact_<name>` | integer | a region's own facts |
//! | persons | `family_row` or `family` | unsigned, or as in families | the family's row from 0, or its key |
//! | | `birth_date` | date32 | |
//! | | `age` | integer | used where the birth date is null |
//! | | `sex`, `relation`, `presence`, `attendance`, `school_level` | text (plain or dictionary) | the words of the core's lists |
//! | | `pregnant`, `severe_disability`, `rights_victim`, `registered` | boolean | |
//! | | `pregnancy_order` | integer | |
//! | | `occupation` | text | stands for flags |
//! | | `flag_<word>` | boolean | `flag_asn`, … |
//!
//! A column that is absent is unknown for everybody; columns of other names are listed in [`Determined::ignored`].

mod error;
mod families;
mod group;
mod persons;
mod result;
mod run;
mod words;

pub use error::{ColumnType, ColumnsError};
pub use persons::person_codes;
pub use result::Determined;
pub use run::{Options, determine_columns};
