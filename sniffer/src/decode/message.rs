//! Views of messages and their parts whose fields stand at fixed places: a table of the fields is the whole decoder.

/// Makes the view of a message from its fields and the offsets of these. A field is empty where the capture, or the
/// room that the headers in front of the message leave, ends before it.
macro_rules! message {
    ($(#[$meta:meta])* $name:ident { $($fields:tt)* }) => {
        $crate::decode::message::part! { $(#[$meta])* $name { $($fields)* } }

        impl<'a> $crate::decode::walk::View<'a> for $name<'a> {
            fn next(&self) -> ($crate::decode::walk::Next, $crate::decode::Payload<'a>) {
                ($crate::decode::walk::Next::END, self.whole)
            }
        }
    };
}
pub(super) use message;

/// Makes the view of a part of a message, which no other layer follows.
macro_rules! part {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $ty:ty = $at:expr,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'a> {
            whole: $crate::decode::Payload<'a>,
        }

        impl<'a> $name<'a> {
            /// What is at the start of `at`, of which anything may be missing.
            pub fn new(at: $crate::decode::Payload<'a>) -> Self {
                Self { whole: at }
            }

            $(
                $(#[$doc])*
                pub fn $field(&self) -> Option<$ty> {
                    self.whole.get($at)
                }
            )*

            /// All of it from its first byte on.
            pub fn whole(&self) -> $crate::decode::Payload<'a> {
                self.whole
            }
        }
    };
}
pub(super) use part;
