//! Cisco's dynamic trunking protocol, behind SNAP: a list of elements.

use crate::decode::message::message;
use crate::decode::{CiscoElement, Payload};

message! {
    /// A message of the dynamic trunking protocol.
    Dtp {
        /// The version.
        version: u8 = 0,
    }
}

impl<'a> Dtp<'a> {
    /// What is behind the version.
    pub fn body(&self) -> Payload<'a> {
        self.whole().skip(1)
    }

    /// The elements that are captured, up to one whose length cannot be.
    pub fn elements(&self) -> impl Iterator<Item = CiscoElement<'a>> + use<'a> {
        CiscoElement::all(self.body())
    }
}
