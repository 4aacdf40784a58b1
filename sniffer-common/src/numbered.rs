//! Enums whose variants are numbers from 0 on: slots, rows and indices of maps.

/// Defines such an enum. Its variants have the numbers of their places in the list, which are those of the maps; so a new
/// one goes to the end.
macro_rules! numbered {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident: $number:ident {
            $($(#[$variant_attribute:meta])* $variant:ident,)+
        }
    ) => {
        $(#[$attribute])*
        #[repr($number)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_attribute])* $variant,)+
        }

        impl $name {
            /// All of them in the order of their numbers.
            pub const ALL: [Self; Self::COUNT as usize] = [$(Self::$variant),+];

            /// How many there are.
            pub const COUNT: u32 = [$(stringify!($variant)),+].len() as u32;
        }
    };
}

pub(crate) use numbered;
