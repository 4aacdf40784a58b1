//! Statistics of `OpenFlow` 1.0, asked for and given.

use super::flow::Match;
use crate::decode::Payload;
use crate::decode::message::part;

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
