//! IPv6 extension headers, RFC 8200 section 4: options, routing and fragment headers.

use std::net::Ipv6Addr;

use crate::decode::bytes::{be16, be32};
use crate::decode::walk::{Next, View};
use crate::decode::{IpProtocol, Ipv6Options, Payload, Protocol, StopReason};

/// Bytes of the shortest extension header, and the unit of its length field.
const UNIT: usize = 8;

/// An extension header that begins with next header and length: hop-by-hop options, destination options, routing.
#[derive(Clone, Copy, Debug)]
pub struct Ipv6Extension<'a> {
    kind: IpProtocol,
    header: &'a [u8; 2],
    whole: Payload<'a>,
}

impl<'a> Ipv6Extension<'a> {
    /// The header of the given kind at the start of `at`, if its first two bytes were captured.
    pub fn new(at: Payload<'a>, kind: IpProtocol) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { kind, header, whole: at })
    }

    /// Which of the extension headers this is.
    pub fn kind(&self) -> IpProtocol {
        self.kind
    }

    /// What follows.
    pub fn next_header(&self) -> IpProtocol {
        self.header[0].into()
    }

    /// The length field: eight-byte units behind the first one.
    pub fn len_units(&self) -> u8 {
        self.header[1]
    }

    /// Bytes of the header, as its length field claims.
    pub fn header_len(&self) -> usize {
        (self.len_units() as usize + 1) * UNIT
    }

    /// Whether all of the header was captured.
    pub fn is_complete(&self) -> bool {
        self.whole.bytes().len() >= self.header_len()
    }

    /// The captured bytes behind the length field, up to the header's end.
    pub fn data(&self) -> &'a [u8] {
        self.whole.with_claim(self.header_len() as u32).skip(2).bytes()
    }

    /// The options of a hop-by-hop or destination options header, as far as they were captured.
    pub fn options(&self) -> Ipv6Options<'a> {
        Ipv6Options::new(self.data())
    }

    /// Whether the options can be walked to the end of the header, or the header holds none.
    fn is_well_formed(&self) -> bool {
        self.kind == IpProtocol::Routing || self.options().all(|option| option.is_well_formed())
    }

    /// Where a routing header leads in the end: its last address, or the first segment of RFC 8754.
    pub fn final_destination(&self) -> Option<Ipv6Addr> {
        if self.kind != IpProtocol::Routing {
            return None;
        }
        let (&[kind, ..], addresses) = self.data().split_first_chunk::<6>()?;
        let addresses = addresses.as_chunks::<16>().0;
        match kind {
            0 | 2 => addresses.last(),
            4 => addresses.first(),
            _ => None,
        }
        .map(|address| Ipv6Addr::from(*address))
    }

    /// What the header is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.whole.skip(self.header_len())
    }
}

impl<'a> View<'a> for Ipv6Extension<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let protocol = Protocol::NextHeader(self.next_header());
        let next = if !self.is_complete() {
            Next::Stop(StopReason::Truncated, protocol)
        } else if !self.is_well_formed() {
            Next::Stop(StopReason::Malformed, protocol)
        } else {
            Next::Decode(protocol)
        };
        (next, self.payload())
    }
}

/// Offsets of the fields of the fragment header.
mod fragment {
    pub(super) const NEXT_HEADER: usize = 0;
    pub(super) const OFFSET_MORE: usize = 2;
    pub(super) const ID: usize = 4;
}

/// The fragment header.
#[derive(Clone, Copy, Debug)]
pub struct Ipv6Fragment<'a> {
    header: &'a [u8; UNIT],
    payload: Payload<'a>,
}

impl<'a> Ipv6Fragment<'a> {
    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, payload) = at.split()?;
        Some(Self { header, payload })
    }

    /// What the reassembled packet has behind this header.
    pub fn next_header(&self) -> IpProtocol {
        self.header[fragment::NEXT_HEADER].into()
    }

    /// Where this fragment's payload belongs in the packet, in bytes.
    pub fn offset(&self) -> u16 {
        be16(self.header, fragment::OFFSET_MORE) & 0xfff8
    }

    /// The bit of every fragment but the last.
    pub fn more_fragments(&self) -> bool {
        be16(self.header, fragment::OFFSET_MORE) & 1 != 0
    }

    /// Identification, which the fragments of one packet share.
    pub fn id(&self) -> u32 {
        be32(self.header, fragment::ID)
    }

    /// What the header is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.payload
    }
}

impl<'a> View<'a> for Ipv6Fragment<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let protocol = Protocol::NextHeader(self.next_header());
        if self.offset() == 0 {
            (Next::Decode(protocol), self.payload)
        } else {
            (Next::Stop(StopReason::Fragment, protocol), self.payload)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_header_is_counted_in_units_of_eight_bytes() {
        let bytes = [[17, 1, 5, 2, 0, 0, 1, 0], [0; 8], [9; 8]].concat();
        let extension = Ipv6Extension::new(Payload::new(&bytes, 24), IpProtocol::HopByHop).unwrap();
        assert_eq!((extension.next_header(), extension.header_len()), (IpProtocol::Udp, 16));
        assert_eq!((extension.data().len(), extension.payload().bytes()), (14, &[9; 8][..]));
        let cut = Ipv6Extension::new(Payload::new(&bytes[..12], 24), IpProtocol::HopByHop).unwrap();
        assert_eq!((cut.is_complete(), cut.data().len(), cut.payload().bytes().len()), (false, 10, 0));
    }

    #[test]
    fn a_fragment_offset_is_in_bytes() {
        let bytes = [6, 0, 0x05, 0xa9, 0, 0, 0, 7];
        let fragment = Ipv6Fragment::new(Payload::new(&bytes, 8)).unwrap();
        assert_eq!((fragment.next_header(), fragment.offset()), (IpProtocol::Tcp, 1448));
        assert_eq!((fragment.more_fragments(), fragment.id()), (true, 7));
    }
}
