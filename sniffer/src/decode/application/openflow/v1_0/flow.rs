//! Flows of `OpenFlow` 1.0: what packets they have, what is done with these, how flows begin and end.

use std::net::Ipv4Addr;

use crate::decode::Payload;
use crate::decode::message::part;

part! {
    /// What packets a flow has.
    Match {
        /// The fields that do not matter, bit by bit; for addresses how many of their last bits do not.
        wildcards: u32 = 0,
        /// The port that they come in at.
        input: u16 = 4,
        /// Where a frame comes from.
        source: [u8; 6] = 6,
        /// Where it goes.
        destination: [u8; 6] = 12,
        /// Its VLAN.
        vlan: u16 = 18,
        /// Its priority.
        priority: u8 = 20,
        /// Its EtherType.
        ether_type: u16 = 22,
        /// The type of service of its packet.
        tos: u8 = 24,
        /// The protocol of that, or the operation of ARP.
        protocol: u8 = 25,
        /// Where the packet comes from.
        ip_source: Ipv4Addr = 28,
        /// Where it goes.
        ip_destination: Ipv4Addr = 32,
        /// The port that it comes from, or the type of ICMP.
        source_port: u16 = 36,
        /// The port that it goes to, or the code of ICMP.
        destination_port: u16 = 38,
    }
}

impl Match<'_> {
    /// Bytes of a match.
    pub const LEN: usize = 40;
}

part! {
    /// What to do with a packet.
    Action {
        /// The type: 0 output, 1 VLAN, 2 priority, 3 no VLAN, 4 and 5 hardware addresses, 6 and 7 addresses, 8 type of service,
        /// 9 and 10 ports, 11 queue, 0xffff of a vendor.
        kind: u16 = 0,
        /// Bytes of the action.
        length: u16 = 2,
        /// The port to send to, a port to set, or a VLAN.
        number: u16 = 4,
        /// How much of the packet the controller gets.
        max_len: u16 = 6,
        /// A priority or a type of service.
        byte: u8 = 4,
        /// A hardware address.
        mac: [u8; 6] = 4,
        /// An address.
        address: Ipv4Addr = 4,
        /// A queue.
        queue: u32 = 12,
    }
}

impl<'a> Action<'a> {
    /// Bytes of type and length.
    pub const HEADER_LEN: usize = 4;

    /// What is behind type and length, as far as the length says.
    pub fn value(&self) -> Payload<'a> {
        let len = u32::from(self.length().unwrap_or(0)).saturating_sub(Self::HEADER_LEN as u32);
        self.whole().skip(Self::HEADER_LEN).with_claim(len)
    }
}

part! {
    /// How a flow is changed.
    FlowMod {
        /// What the controller calls the flow.
        cookie: u64 = 40,
        /// 0 add, 1 and 2 modify, 3 and 4 delete.
        command: u16 = 48,
        /// Seconds without a packet after which it ends.
        idle_timeout: u16 = 50,
        /// Seconds after which it ends.
        hard_timeout: u16 = 52,
        /// Its priority.
        priority: u16 = 54,
        /// A packet that is kept, to which it is applied.
        buffer: u32 = 56,
        /// Of deletion: only of flows to this port.
        output: u16 = 60,
        /// Flags: 1 tell when it ends, 2 check for overlaps, 4 emergency.
        flags: u16 = 62,
    }
}

impl<'a> FlowMod<'a> {
    /// What to do with its packets.
    pub fn actions(&self) -> Payload<'a> {
        self.whole().skip(64)
    }
}

part! {
    /// A flow that has ended.
    FlowRemoved {
        /// What the controller calls it.
        cookie: u64 = 40,
        /// Its priority.
        priority: u16 = 48,
        /// Why: 0 no packets came, 1 its time is over, 2 it was deleted.
        reason: u8 = 50,
        /// Seconds that it was there.
        seconds: u32 = 52,
        /// And nanoseconds.
        nanos: u32 = 56,
        /// Seconds without a packet after which it ends.
        idle_timeout: u16 = 60,
        /// Its packets.
        packets: u64 = 64,
        /// Its bytes.
        bytes: u64 = 72,
    }
}
