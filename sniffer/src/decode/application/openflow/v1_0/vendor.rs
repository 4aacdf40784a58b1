//! What vendors add to `OpenFlow` 1.0.

use std::net::Ipv4Addr;

use crate::decode::Payload;
use crate::decode::message::part;

part! {
    /// Something of a vendor.
    Vendor {
        /// The vendor.
        vendor: u32 = 0,
        /// What the vendor calls it.
        subtype: u32 = 4,
    }
}

impl<'a> Vendor<'a> {
    /// What is behind the vendor.
    pub fn data(&self) -> Payload<'a> {
        self.whole().skip(4)
    }

    /// What is behind the subtype.
    pub fn value(&self) -> Payload<'a> {
        self.whole().skip(8)
    }
}

part! {
    /// What is behind the subtype of a message of Big Switch Networks.
    BigSwitchMessage {
        /// An index, or whether mirrors are reported.
        byte: u8 = 0,
        /// A port, a service or a status.
        number: u32 = 0,
        /// A mask.
        mask: Ipv4Addr = 4,
    }
}

part! {
    /// An action of Big Switch Networks that sends copies.
    Mirror {
        /// Where to.
        port: u32 = 0,
        /// EtherType and tag that the copy gets.
        tag: u32 = 4,
        /// When: 0 on the way in, 1 on the way out.
        stage: u8 = 8,
    }
}
