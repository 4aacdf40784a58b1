//! IGMP versions 1 to 3: RFC 1112, RFC 2236, RFC 3376.

use std::net::Ipv4Addr;

use crate::decode::Payload;
use crate::decode::number::wire_numbers;
use crate::decode::walk::{Next, View};

/// Offsets of the fields.
mod field {
    pub(super) const MAX_RESPONSE: usize = 1;
    pub(super) const GROUP: usize = 4;
    pub(super) const RECORD_COUNT: usize = 6;
    pub(super) const RECORDS: usize = 8;
}

wire_numbers! {
    /// The types of IGMP message (<https://www.iana.org/assignments/igmp-type-numbers>).
    IgmpType: u8 {
        /// Who listens to this group?
        Query = 0x11,
        /// Listens to a group, version 1.
        ReportV1 = 0x12,
        /// DVMRP, RFC 1075.
        Dvmrp = 0x13,
        /// PIM version 1.
        PimV1 = 0x14,
        /// Listens to a group, version 2.
        ReportV2 = 0x16,
        /// Listens no more, version 2.
        Leave = 0x17,
        /// Multicast traceroute response.
        MtraceResponse = 0x1e,
        /// Multicast traceroute.
        Mtrace = 0x1f,
        /// Listens to groups and sources, version 3.
        ReportV3 = 0x22,
    }
}

/// What a report of version 3 says of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IgmpRecord {
    /// 1 and 2 its sources are included or excluded, 3 and 4 from now on, 5 and 6 more are allowed or blocked.
    pub kind: u8,
    /// How many sources follow.
    pub sources: u16,
    /// The group.
    pub group: Ipv4Addr,
}

impl IgmpRecord {
    /// The record at the start of `rest`, and steps over it and its sources.
    fn read(rest: &mut Payload<'_>) -> Option<Self> {
        let [kind, auxiliary_words] = rest.read()?;
        let (sources, group): (u16, Ipv4Addr) = (rest.read()?, rest.read()?);
        *rest = rest.skip((usize::from(sources) + usize::from(auxiliary_words)) * 4);
        Some(Self { kind, sources, group })
    }
}

/// An IGMP message.
#[derive(Clone, Copy, Debug)]
pub struct Igmp<'a> {
    kind: IgmpType,
    whole: Payload<'a>,
}

impl<'a> Igmp<'a> {
    /// The message at the start of `at`, if its type was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let kind = (*at.bytes().first()?).into();
        Some(Self { kind, whole: at })
    }

    /// The type.
    pub fn kind(&self) -> IgmpType {
        self.kind
    }

    /// The maximum response code, in tenths of a second below 128 and as RFC 3376 section 4.1.1 encodes it above.
    pub fn max_response(&self) -> Option<u8> {
        self.whole.bytes().get(field::MAX_RESPONSE).copied()
    }

    /// The group.
    pub fn group(&self) -> Option<Ipv4Addr> {
        self.address_at(field::GROUP)
    }

    /// The group records of a report of version 3, up to the first that was not captured whole.
    pub fn records(&self) -> impl Iterator<Item = IgmpRecord> + use<'a> {
        let is_report = self.kind == IgmpType::ReportV3;
        let count = self.whole.get(field::RECORD_COUNT).filter(|_| is_report).unwrap_or(0_u16);
        let mut rest = self.whole.skip(field::RECORDS);
        (0..count).map_while(move |_| IgmpRecord::read(&mut rest))
    }

    /// The address at `offset` of the message, if it was captured.
    pub fn address_at(&self, offset: usize) -> Option<Ipv4Addr> {
        let bytes = self.whole.bytes().get(offset..)?.first_chunk::<4>()?;
        Some(Ipv4Addr::from(*bytes))
    }

    /// The 16-bit number at `offset` of the message, if it was captured.
    pub fn u16_at(&self, offset: usize) -> Option<u16> {
        let bytes = self.whole.bytes().get(offset..)?.first_chunk()?;
        Some(u16::from_be_bytes(*bytes))
    }

    /// The message from its type on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Igmp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole.skip(8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_names_group_and_response_time() {
        let igmp = Igmp::new(Payload::new(&[0x11, 100, 0, 0, 224, 0, 0, 1], 8)).unwrap();
        assert_eq!((igmp.kind(), igmp.max_response()), (IgmpType::Query, Some(100)));
        assert_eq!(igmp.group(), Some(Ipv4Addr::new(224, 0, 0, 1)));
        let cut = Igmp::new(Payload::new(&[0x11, 100, 0, 0, 224, 0, 0], 8)).unwrap();
        assert_eq!(cut.group(), None);
    }

    #[test]
    fn records_stand_behind_their_sources() {
        let bytes =
            [0x22, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 1, 224, 0, 1, 1, 10, 0, 0, 9, 6, 0, 0, 0, 224, 0, 1, 2];
        let records = |len| Igmp::new(Payload::new(&bytes[..len], 28)).unwrap().records().collect::<Vec<_>>();
        let first = IgmpRecord { kind: 1, sources: 1, group: Ipv4Addr::new(224, 0, 1, 1) };
        let second = IgmpRecord { kind: 6, sources: 0, group: Ipv4Addr::new(224, 0, 1, 2) };
        assert_eq!(records(28), [first, second]);
        assert_eq!(records(27), [first]);
    }
}
