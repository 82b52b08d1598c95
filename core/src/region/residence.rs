//! Where somebody lives, as a source writes it.

use super::RegionCode;
use crate::Text;

/// Where a family lives, as declared: codes where the source gives them, names as written.
#[derive(Clone, Default, PartialEq)]
pub struct Residence {
    /// The deepest code that the source gives, in the scheme the source uses.
    pub region: Option<RegionCode>,
    /// Names as written.
    pub province_name: Option<Text>,
    /// Kabupaten or kota as written.
    pub regency_name: Option<Text>,
    /// Kecamatan as written.
    pub district_name: Option<Text>,
    /// Desa or kelurahan as written.
    pub village_name: Option<Text>,
    /// The street, hamlet, RT and RW as written.
    pub address: Option<Text>,
}

crate::reticent! { Residence { region } }
