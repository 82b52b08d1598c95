//! `Debug` for what holds the values of persons.

/// Says the type's name and the fields that are named, never the others: what holds somebody's name, birth or income may end up in a
/// log or a failed assertion.
#[doc(hidden)]
#[macro_export]
macro_rules! reticent {
    ($($name:ident$(<$life:lifetime>)? { $($field:ident),* })*) => {$(
        impl ::core::fmt::Debug for $name$(<$life>)? {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(stringify!($name))$(.field(stringify!($field), &self.$field))*.finish_non_exhaustive()
            }
        }
    )*};
}
