//! Names of columns, as they are compared.

/// A column name without case, spaces and punctuation: `Kode Kemendagri` and `kode_kemendagri` are one.
///
/// ```
/// assert_eq!(bansos_registers::layout::normal(" Kabupaten/Kota "), "kabupatenkota");
/// ```
pub fn normal(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
