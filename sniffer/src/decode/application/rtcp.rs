//! RTCP, RFC 3550: reports about streams of RTP, several in a datagram.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A datagram of RTCP.
    Rtcp {
        /// Version, padding and count of the first packet.
        first: u8 = 0,
    }
}

impl<'a> Rtcp<'a> {
    /// The packets of the datagram, one after the other; `None` for one whose first words were not captured, which is the
    /// last.
    pub fn packets(&self) -> impl Iterator<Item = Option<RtcpPacket<'a>>> + use<'a> {
        let mut rest = self.whole();
        std::iter::from_fn(move || {
            if rest.bytes().is_empty() {
                return None;
            }
            let packet = RtcpPacket::new(rest);
            rest = packet.map_or(Payload::EMPTY, |packet| rest.skip(packet.length() as usize));
            Some(packet)
        })
    }
}

/// A packet, which ends where its length says.
#[derive(Clone, Copy, Debug)]
pub struct RtcpPacket<'a> {
    header: &'a [u8; 8],
    body: Payload<'a>,
}

/// What the sender of a stream says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RtcpSender {
    /// The time, as NTP has it.
    pub time: u64,
    /// The same in the units of the stream's time stamps.
    pub timestamp: u32,
    /// How many packets it has sent.
    pub packets: u32,
    /// How many bytes of payload.
    pub bytes: u32,
}

/// What a receiver says of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RtcpReport {
    /// The stream.
    pub source: u32,
    /// The share that was lost since the last report, in 256ths.
    pub fraction_lost: u8,
    /// How many packets were lost.
    pub lost: u32,
    /// The highest number that was seen, with how often numbers began anew.
    pub highest: u32,
    /// How unevenly packets come, in units of the stream's time stamps.
    pub jitter: u32,
    /// When the sender's last report was sent, in seconds of 65536 parts.
    pub last_report: u32,
    /// How long ago it came, in the same units.
    pub delay: u32,
}

impl<'a> RtcpPacket<'a> {
    /// A sender's report.
    pub const SENDER_REPORT: u8 = 200;
    /// A receiver's report.
    pub const RECEIVER_REPORT: u8 = 201;
    /// What sources are called.
    pub const DESCRIPTION: u8 = 202;
    /// Sources that leave.
    pub const GOODBYE: u8 = 203;
    /// Bytes of the words that all packets begin with.
    pub const HEADER_LEN: u32 = 8;
    /// Bytes of what a sender says.
    pub const SENDER_LEN: u32 = 20;
    /// Bytes of a receiver's report on a stream.
    pub const REPORT_LEN: u32 = 24;

    fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        let packet = Self { header, body: Payload::EMPTY };
        let whole = at.with_claim(packet.length().min(at.claimed()));
        Some(Self { body: whole.skip(Self::HEADER_LEN as usize), ..packet })
    }

    /// What the packet is.
    pub fn kind(&self) -> u8 {
        self.header[1]
    }

    /// How many reports or sources there are.
    pub fn count(&self) -> u8 {
        self.header[0] & 0x1f
    }

    /// Bytes of the packet, as it claims.
    pub fn length(&self) -> u32 {
        (u32::from(u16::from_be_bytes([self.header[2], self.header[3]])) + 1) * 4
    }

    /// Who sends the packet.
    pub fn source(&self) -> u32 {
        let [.., a, b, c, d] = *self.header;
        u32::from_be_bytes([a, b, c, d])
    }

    /// What a sender says of its stream.
    pub fn sender(&self) -> Option<RtcpSender> {
        let at = self.body;
        Some(RtcpSender { time: at.get(0)?, timestamp: at.get(8)?, packets: at.get(12)?, bytes: at.get(16)? })
    }

    /// Reports on streams, of packets that have such; `None` for one that was not captured, which is the last.
    pub fn reports(&self) -> impl Iterator<Item = Option<RtcpReport>> + use<'a> {
        let (count, sender_len) = match self.kind() {
            Self::SENDER_REPORT => (self.count(), Self::SENDER_LEN),
            Self::RECEIVER_REPORT => (self.count(), 0),
            _ => (0, 0),
        };
        let mut rest = self.body.skip(sender_len as usize);
        let mut left = count;
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let report = RtcpReport::read(&mut rest);
            left = if report.is_some() { left } else { 0 };
            Some(report)
        })
    }
}

impl RtcpReport {
    fn read(rest: &mut Payload<'_>) -> Option<Self> {
        if rest.bytes().len() < RtcpPacket::REPORT_LEN as usize {
            return None;
        }
        let (source, lost): (u32, u32) = (rest.read()?, rest.read()?);
        Some(Self {
            source,
            fraction_lost: (lost >> 24) as u8,
            lost: lost & 0x00ff_ffff,
            highest: rest.read()?,
            jitter: rest.read()?,
            last_report: rest.read()?,
            delay: rest.read()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_follow_one_another_and_have_reports() {
        let words = |words: &[u32]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<_>>();
        let reports = [1, 0x0500_0007, 1000, 12, 0x18000, 0x28000, 2, 0, 0, 0, 0, 0];
        let receiver = [words(&[0x82c9_000d, 9]), words(&reports)].concat();
        let bytes = [receiver, words(&[0x81cb_0001, 9]), vec![0x81, 0xcb]].concat();
        let rtcp = Rtcp::new(Payload::new(&bytes, bytes.len() as u32));
        let packets: Vec<_> = rtcp.packets().collect();
        let [Some(first), Some(second), None] = packets[..] else { panic!("{packets:?}") };
        assert_eq!((first.kind(), first.source(), second.kind(), second.length()), (201, 9, 203, 8));
        let report = first.reports().next().flatten().unwrap();
        assert_eq!((report.fraction_lost, report.lost, report.highest, report.delay), (5, 7, 1000, 0x28000));
        let sources: Vec<_> = first.reports().flatten().map(|report| report.source).collect();
        assert_eq!((sources, second.reports().count()), (vec![1, 2], 0));
    }
}
