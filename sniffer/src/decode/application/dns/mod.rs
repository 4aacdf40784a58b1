//! DNS messages, RFC 1035, over UDP, TCP and multicast (RFC 6762): the header, and the reader of what is behind it.

mod name;
mod record;

pub use self::name::{DnsLabels, DnsName, DnsNameError};
pub use self::record::{DnsOption, DnsQuestion, DnsReader, DnsRecord};
use crate::decode::Payload;
use crate::decode::bytes::be16;
use crate::decode::walk::{Next, View};

/// Offsets of the fields.
mod field {
    pub(super) const ID: usize = 0;
    pub(super) const FLAGS: usize = 2;
    pub(super) const QUESTIONS: usize = 4;
    pub(super) const ANSWERS: usize = 6;
    pub(super) const AUTHORITIES: usize = 8;
    pub(super) const ADDITIONALS: usize = 10;
}

/// Bytes of the header.
const HEADER_LEN: usize = 12;

/// Bytes of the length in front of a message over TCP.
const PREFIX_LEN: usize = 2;

/// How a DNS message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DnsTransport {
    /// A datagram to or from port 53.
    Udp,
    /// A segment to or from port 53: a length comes first.
    Tcp,
    /// A multicast DNS datagram.
    Multicast,
}

/// A DNS message.
#[derive(Clone, Copy, Debug)]
pub struct Dns<'a> {
    header: &'a [u8; HEADER_LEN],
    transport: DnsTransport,
    prefix: Option<u16>,
    message: Payload<'a>,
}

impl<'a> Dns<'a> {
    /// The message at the start of `at`, if its header was captured whole.
    pub fn new(at: Payload<'a>, transport: DnsTransport) -> Option<Self> {
        let is_stream = transport == DnsTransport::Tcp;
        let (prefix, message) = if is_stream { (at.get(0), at.skip(PREFIX_LEN)) } else { (None, at) };
        let (header, _) = message.split()?;
        Some(Self { header, transport, prefix, message })
    }

    /// How the message travels.
    pub fn transport(&self) -> DnsTransport {
        self.transport
    }

    /// The length in front of a message over TCP: another one than that of what is there when the segment begins in the
    /// middle of a message, or does not end with one.
    pub fn prefix(&self) -> Option<u16> {
        self.prefix
    }

    /// The identifier that ties an answer to its question.
    pub fn id(&self) -> u16 {
        be16(self.header, field::ID)
    }

    /// The flags with operation and response code, as sent.
    pub fn flags(&self) -> u16 {
        be16(self.header, field::FLAGS)
    }

    /// Whether this is a response.
    pub fn is_response(&self) -> bool {
        self.flags() & 0x8000 != 0
    }

    /// The operation, 0 to 15; 0 is a query.
    pub fn operation(&self) -> u8 {
        (self.flags() >> 11 & 0x0f) as u8
    }

    /// Whether the server is the authority.
    pub fn is_authoritative(&self) -> bool {
        self.flags() & 0x0400 != 0
    }

    /// Whether the message was cut to fit its transport.
    pub fn is_truncated(&self) -> bool {
        self.flags() & 0x0200 != 0
    }

    /// Whether recursion is wanted.
    pub fn recursion_desired(&self) -> bool {
        self.flags() & 0x0100 != 0
    }

    /// Whether recursion is on offer.
    pub fn recursion_available(&self) -> bool {
        self.flags() & 0x0080 != 0
    }

    /// Whether the data is authenticated, RFC 4035.
    pub fn authentic_data(&self) -> bool {
        self.flags() & 0x0020 != 0
    }

    /// Whether unchecked data is welcome, RFC 4035.
    pub fn checking_disabled(&self) -> bool {
        self.flags() & 0x0010 != 0
    }

    /// The response code, 0 to 15.
    pub fn response_code(&self) -> u8 {
        (self.flags() & 0x0f) as u8
    }

    /// The upper eight bits of the response code, which an OPT record holds (RFC 6891 section 6.1.3); 0 without one.
    pub fn extended_code(&self) -> u16 {
        /// The record type of OPT.
        const OPT: u16 = 41;
        if self.additional_count() == 0 {
            return 0;
        }
        let mut reader = self.reader();
        let questions = (0..self.question_count()).try_for_each(|_| reader.skip_question());
        let records = u32::from(self.answer_count()) + u32::from(self.authority_count());
        if questions.is_none() || (0..records).try_for_each(|_| reader.record().map(drop)).is_none() {
            return 0;
        }
        let mut additional = (0..self.additional_count()).map_while(|_| reader.record());
        additional.find(|record| record.kind == OPT).map_or(0, |record| (record.ttl >> 24) as u16)
    }

    /// The number of questions.
    pub fn question_count(&self) -> u16 {
        be16(self.header, field::QUESTIONS)
    }

    /// The number of answer records.
    pub fn answer_count(&self) -> u16 {
        be16(self.header, field::ANSWERS)
    }

    /// The number of authority records.
    pub fn authority_count(&self) -> u16 {
        be16(self.header, field::AUTHORITIES)
    }

    /// The number of additional records.
    pub fn additional_count(&self) -> u16 {
        be16(self.header, field::ADDITIONALS)
    }

    /// The message without the length that TCP puts in front.
    pub fn message(&self) -> Payload<'a> {
        self.message
    }

    /// A reader that stands behind the header.
    pub fn reader(&self) -> DnsReader<'a> {
        DnsReader::new(self.message.bytes(), HEADER_LEN)
    }

    /// The name at `at` of the message.
    pub fn name_at(&self, at: usize) -> DnsName<'a> {
        DnsName::new(self.message.bytes(), at)
    }
}

impl<'a> View<'a> for Dns<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.message.skip(HEADER_LEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a.bc` asked for, and an A record whose owner is a pointer to it.
    const RESPONSE: [u8; 38] = [
        0x12, 0x34, 0x85, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, 1, b'a', 2, b'b', b'c', 0, 0, 1, 0, 1, 0xc0, 12, 0,
        1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 0, 9,
    ];

    #[test]
    fn questions_and_records_are_read_in_order() {
        let labels = |name: DnsName<'static>| name.labels().collect::<Vec<_>>();
        let dns = Dns::new(Payload::new(&RESPONSE, 38), DnsTransport::Udp).unwrap();
        assert!(dns.is_response() && dns.is_authoritative() && dns.recursion_available());
        assert_eq!((dns.id(), dns.question_count(), dns.answer_count()), (0x1234, 1, 1));
        let mut reader = dns.reader();
        let question = reader.question().unwrap();
        assert_eq!((labels(question.name), question.kind), (vec![Ok(&b"a"[..]), Ok(b"bc")], 1));
        let record = reader.record().unwrap();
        assert_eq!((labels(record.name), record.ttl), (vec![Ok(&b"a"[..]), Ok(b"bc")], 60));
        assert_eq!((record.data, record.len), (&[10, 0, 0, 9][..], 4));
        assert!(reader.is_at_end());
    }

    #[test]
    fn tcp_puts_a_length_in_front() {
        let bytes = [&[0, 38], &RESPONSE[..]].concat();
        assert_eq!(Dns::new(Payload::new(&bytes, 40), DnsTransport::Tcp).unwrap().id(), 0x1234);
    }
}
