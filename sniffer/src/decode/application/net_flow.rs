//! Cisco's `NetFlow` in the versions with records of one form: 1, 5 and 6.

use std::net::Ipv4Addr;

use crate::decode::message::{message, part};

message! {
    /// A datagram of `NetFlow`.
    NetFlow {
        /// The version.
        version: u16 = 0,
        /// How many records there are.
        count: u16 = 2,
        /// Milliseconds since the exporter was started.
        uptime: u32 = 4,
        /// The time, in seconds since 1970.
        seconds: u32 = 8,
        /// And nanoseconds.
        nanos: u32 = 12,
        /// The number of the first flow, from version 5 on.
        sequence: u32 = 16,
    }
}

part! {
    /// A flow.
    NetFlowRecord {
        /// Where it comes from.
        source: Ipv4Addr = 0,
        /// Where it goes.
        destination: Ipv4Addr = 4,
        /// The next router on its way.
        next_hop: Ipv4Addr = 8,
        /// The interface that it comes in on.
        input: u16 = 12,
        /// The interface that it leaves by.
        output: u16 = 14,
        /// How many packets there were.
        packets: u32 = 16,
        /// How many bytes.
        octets: u32 = 20,
        /// When it began, as uptime.
        first: u32 = 24,
        /// When its last packet was seen, as uptime.
        last: u32 = 28,
        /// The sender's port.
        source_port: u16 = 32,
        /// The receiver's port.
        destination_port: u16 = 34,
        /// All flags of TCP that were seen, from version 5 on.
        flags: u8 = 37,
        /// The protocol over IP.
        protocol: u8 = 38,
        /// The type of service.
        tos: u8 = 39,
        /// The same flags in version 1.
        flags_v1: u8 = 40,
        /// The autonomous system of the sender, from version 5 on.
        source_as: u16 = 40,
        /// The autonomous system of the receiver, from version 5 on.
        destination_as: u16 = 42,
        /// Bits of the sender's network, from version 5 on.
        source_mask: u8 = 44,
        /// Bits of the receiver's network, from version 5 on.
        destination_mask: u8 = 45,
        /// Bytes of encapsulation on the way in, in version 6.
        input_encapsulation: u8 = 46,
        /// Bytes of encapsulation on the way out, in version 6.
        output_encapsulation: u8 = 47,
    }
}

impl<'a> NetFlow<'a> {
    /// Bytes of the header and of a record; nothing in versions whose records have another form.
    fn lengths(&self) -> Option<(usize, usize)> {
        match self.version()? {
            1 => Some((16, 52)),
            5 => Some((24, 48)),
            6 => Some((24, 52)),
            _ => None,
        }
    }

    /// Whether the records of the version are known here.
    pub fn is_known(&self) -> bool {
        self.lengths().is_some()
    }

    /// Whether the header was captured whole.
    pub fn has_header(&self) -> bool {
        self.lengths().is_some_and(|(header_len, _)| self.whole().bytes().len() >= header_len)
    }

    /// The flows; `None` for one that was not captured whole, which is the last.
    pub fn records(&self) -> impl Iterator<Item = Option<NetFlowRecord<'a>>> + use<'a> {
        let (header_len, len) = self.lengths().unwrap_or_default();
        let mut left = if len == 0 { 0 } else { self.count().unwrap_or_default() };
        let mut rest = self.whole().skip(header_len);
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let is_whole = rest.bytes().len() >= len;
            let record = is_whole.then(|| NetFlowRecord::new(rest.with_claim(len as u32)));
            rest = rest.skip(len);
            left = if is_whole { left } else { 0 };
            Some(record)
        })
    }

    /// The flags of TCP that a flow of this datagram had.
    pub fn flags(&self, record: &NetFlowRecord<'_>) -> Option<u8> {
        if self.version()? == 1 { record.flags_v1() } else { record.flags() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Payload;

    #[test]
    fn records_follow_the_header_of_the_version() {
        let datagram = |version: u8, len: usize| {
            let mut bytes = vec![0, version, 0, 2];
            bytes.resize(len, 0);
            bytes
        };
        let sources = |bytes: &[u8]| {
            let flow = NetFlow::new(Payload::new(bytes, bytes.len() as u32));
            flow.records().map(|record| record.and_then(|record| record.source())).collect::<Vec<_>>()
        };
        let mut bytes = datagram(5, 24 + 48 + 48);
        bytes[24..28].copy_from_slice(&[10, 0, 0, 1]);
        bytes[72..76].copy_from_slice(&[10, 0, 0, 2]);
        let source = |last| Some(Ipv4Addr::new(10, 0, 0, last));
        assert_eq!(sources(&bytes), [source(1), source(2)]);
        assert_eq!(sources(&bytes[..119]), [source(1), None]);
        assert_eq!(sources(&datagram(1, 16 + 52 + 52)).len(), 2);
        assert_eq!(sources(&datagram(9, 100)), []);
    }
}
