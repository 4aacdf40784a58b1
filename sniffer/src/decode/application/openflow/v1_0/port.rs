//! What a switch of `OpenFlow` 1.0 is: its features, its ports and their queues.

use crate::decode::Payload;
use crate::decode::message::part;

part! {
    /// What a switch is and can do.
    Features {
        /// The identifier of the switch.
        datapath: u64 = 0,
        /// How many packets it keeps.
        buffers: u32 = 8,
        /// How many tables it has.
        tables: u8 = 12,
        /// What it can do, bit by bit.
        capabilities: u32 = 16,
        /// The actions that it knows, bit by bit.
        actions: u32 = 20,
    }
}

impl<'a> Features<'a> {
    /// The ports of the switch.
    pub fn ports(&self) -> Payload<'a> {
        self.whole().skip(24)
    }
}

part! {
    /// A port of a switch.
    Port {
        /// Its number; from 0xff00 on those of virtual ports.
        number: u16 = 0,
        /// Its hardware address.
        address: [u8; 6] = 2,
        /// Its name, with zeros behind.
        name: [u8; 16] = 8,
        /// What it is told to do, bit by bit.
        config: u32 = 24,
        /// Its state: 1 the link is down, 0x300 the state of the spanning tree.
        state: u32 = 28,
        /// What it does, bit by bit.
        current: u32 = 32,
        /// What it says that it can do.
        advertised: u32 = 36,
        /// What it can do.
        supported: u32 = 40,
        /// What its peer says that it can do.
        peer: u32 = 44,
    }
}

impl Port<'_> {
    /// Bytes of a port.
    pub const LEN: usize = 48;
}

part! {
    /// How a port is changed.
    PortMod {
        /// Its number.
        number: u16 = 0,
        /// Its hardware address.
        address: [u8; 6] = 2,
        /// What it is told to do.
        config: u32 = 8,
        /// The bits that count of this.
        mask: u32 = 12,
        /// What it shall say that it can do.
        advertise: u32 = 16,
    }
}

part! {
    /// A queue of a port.
    Queue {
        /// Its identifier.
        id: u32 = 0,
        /// Bytes with its properties.
        length: u16 = 4,
    }
}

impl Queue<'_> {
    /// Bytes in front of the properties.
    pub const HEADER_LEN: usize = 8;
}

part! {
    /// A property of a queue.
    QueueProperty {
        /// The type: 1 a rate.
        kind: u16 = 0,
        /// Bytes of the property.
        length: u16 = 2,
        /// The rate, in tenths of a percent.
        rate: u16 = 8,
    }
}

impl QueueProperty<'_> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 8;
}
