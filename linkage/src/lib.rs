//! **bansos-linkage**: who is whom. One Fellegi–Sunter engine with two front doors: [`register`] knows persons, families
//! and NIKs and needs no tuning; [`table`] links any table under settings of the user's own.

#[cfg(feature = "clk")]
pub mod clk;
pub mod clusters;
pub mod measure;
pub mod register;
pub mod table;
pub mod watch;
