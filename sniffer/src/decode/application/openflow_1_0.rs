//! What the messages of `OpenFlow` 1.0 hold: structures whose fields stand at fixed places, and lists of them.

use std::net::Ipv4Addr;

use crate::decode::Payload;
use crate::decode::message::part;

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

part! {
    /// What statistics are asked for or given.
    Statistics {
        /// The type: 0 of the switch, 1 of flows, 2 of flows together, 3 of tables, 4 of ports, 5 of queues.
        kind: u16 = 0,
        /// Flags: in a reply 1 that more follow.
        flags: u16 = 2,
    }
}

impl<'a> Statistics<'a> {
    /// What is asked for or given.
    pub fn body(&self) -> Payload<'a> {
        self.whole().skip(4)
    }
}

part! {
    /// Whose statistics are asked for.
    StatisticsRequest {
        /// The port.
        port: u16 = 0,
        /// The queue.
        queue: u32 = 4,
        /// The table of flows.
        table: u8 = 40,
        /// Only of flows to this port.
        output: u16 = 42,
    }
}

part! {
    /// Who made a switch.
    Description {
        /// The manufacturer, with zeros behind as all of these.
        manufacturer: [u8; 256] = 0,
        /// The hardware.
        hardware: [u8; 256] = 256,
        /// The software.
        software: [u8; 256] = 512,
        /// The serial number.
        serial: [u8; 32] = 768,
        /// What its owner calls it.
        datapath: [u8; 256] = 800,
    }
}

part! {
    /// Statistics of a flow.
    FlowStatistics {
        /// Bytes with the actions.
        length: u16 = 0,
        /// The table.
        table: u8 = 2,
        /// Seconds that it has been there.
        seconds: u32 = 44,
        /// And nanoseconds.
        nanos: u32 = 48,
        /// Its priority.
        priority: u16 = 52,
        /// Seconds without a packet after which it ends.
        idle_timeout: u16 = 54,
        /// Seconds after which it ends.
        hard_timeout: u16 = 56,
        /// What the controller calls it.
        cookie: u64 = 64,
        /// Its packets.
        packets: u64 = 72,
        /// Its bytes.
        bytes: u64 = 80,
    }
}

impl<'a> FlowStatistics<'a> {
    /// Bytes in front of the actions.
    pub const HEADER_LEN: usize = 88;

    /// The packets that it has.
    pub fn matched(&self) -> Match<'a> {
        Match::new(self.whole().skip(4))
    }
}

part! {
    /// Statistics of flows together.
    AggregateStatistics {
        /// Their packets.
        packets: u64 = 0,
        /// Their bytes.
        bytes: u64 = 8,
        /// How many flows they are.
        flows: u32 = 16,
    }
}

part! {
    /// Statistics of a table.
    TableStatistics {
        /// Its number.
        table: u8 = 0,
        /// Its name, with zeros behind.
        name: [u8; 32] = 4,
        /// The fields that need not matter, bit by bit.
        wildcards: u32 = 36,
        /// How many flows it has room for.
        max_entries: u32 = 40,
        /// How many it has.
        active: u32 = 44,
        /// How many packets were looked up.
        lookups: u64 = 48,
        /// How many of them were found.
        matched: u64 = 56,
    }
}

part! {
    /// Statistics of a port.
    PortStatistics {
        /// Its number.
        port: u16 = 0,
    }
}

impl PortStatistics<'_> {
    /// Packets and bytes received and sent, dropped ones and errors of both, three kinds of errors, and collisions.
    pub fn counters(&self) -> impl Iterator<Item = Option<u64>> {
        let mut counters = self.whole().skip(8);
        (0..12).map(move |_| counters.read())
    }
}

part! {
    /// Statistics of a queue.
    QueueStatistics {
        /// The port.
        port: u16 = 0,
        /// The queue.
        queue: u32 = 4,
        /// Bytes sent.
        bytes: u64 = 8,
        /// Packets sent.
        packets: u64 = 16,
        /// Packets dropped.
        errors: u64 = 24,
    }
}

part! {
    /// A packet to be sent.
    PacketOut {
        /// The kept packet that is meant, if one is.
        buffer: u32 = 0,
        /// The port that it came from.
        input: u16 = 4,
        /// Bytes of the actions.
        actions_len: u16 = 6,
    }
}

impl<'a> PacketOut<'a> {
    /// The actions, and the packet behind them.
    pub fn rest(&self) -> Payload<'a> {
        self.whole().skip(8)
    }
}

part! {
    /// A packet for the controller.
    PacketIn {
        /// What the switch calls the packet that it keeps, if it does.
        buffer: u32 = 0,
        /// Bytes of the packet.
        total_len: u16 = 4,
        /// The port that it came from.
        input: u16 = 6,
        /// Why it is sent: 0 no flow has it, 1 an action.
        reason: u8 = 8,
    }
}

impl<'a> PacketIn<'a> {
    /// Bytes in front of the packet.
    pub const HEADER_LEN: u32 = 10;

    /// The packet.
    pub fn data(&self) -> Payload<'a> {
        self.whole().skip(10)
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
