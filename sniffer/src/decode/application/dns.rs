//! DNS messages, RFC 1035, over UDP, TCP and multicast (RFC 6762): header, questions, records, compressed names.

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
/// The longest name that is followed, dots included (RFC 1035 section 3.1 allows 255 bytes on the wire).
const MAX_NAME_LEN: usize = 255;

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

/// A question: what is asked for, and about which name.
#[derive(Clone, Copy, Debug)]
pub struct DnsQuestion<'a> {
    /// The name.
    pub name: DnsName<'a>,
    /// The type of record.
    pub kind: u16,
    /// The class, with the unicast-response bit of multicast DNS on top.
    pub class: u16,
}

/// A resource record.
#[derive(Clone, Copy, Debug)]
pub struct DnsRecord<'a> {
    /// The owner.
    pub name: DnsName<'a>,
    /// The type.
    pub kind: u16,
    /// The class, with the cache-flush bit of multicast DNS on top; the sender's UDP size in an OPT record.
    pub class: u16,
    /// Time to live in seconds; extended code and flags in an OPT record.
    pub ttl: u32,
    /// Bytes of data, as the record claims.
    pub len: u16,
    /// The captured bytes of data, at most `len`.
    pub data: &'a [u8],
    /// Where the data begins in the message: names in it refer to the whole message.
    pub data_at: usize,
}

/// An option of an OPT record, RFC 6891 section 6.1.2.
#[derive(Clone, Copy, Debug)]
pub struct DnsOption<'a> {
    /// What it is.
    pub code: u16,
    /// What is in it, all of it captured.
    pub value: Payload<'a>,
}

impl<'a> DnsOption<'a> {
    /// The option at the start of `rest`, which then begins behind it; `None` where it was not captured whole.
    pub fn next(rest: &mut Payload<'a>) -> Option<Self> {
        let (code, len) = (rest.read()?, rest.read::<u16>()?);
        let value = rest.with_claim(len.into());
        value.all_captured()?;
        *rest = rest.skip(len.into());
        Some(Self { code, value })
    }
}

/// A name within a message.
#[derive(Clone, Copy, Debug)]
pub struct DnsName<'a> {
    message: &'a [u8],
    at: usize,
}

/// Why a name cannot be read further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DnsNameError {
    /// The capture or the message ends.
    Truncated,
    /// A compression pointer does not point backwards.
    BadPointer,
    /// A label is of the reserved type `0b10`.
    BadLabel,
    /// A label of the abandoned extended type (RFC 6891 section 5), with its low six bits.
    Extended(u8),
    /// The name is longer than a name may be.
    TooLong,
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
        DnsReader { message: self.message.bytes(), at: HEADER_LEN }
    }

    /// The name at `at` of the message.
    pub fn name_at(&self, at: usize) -> DnsName<'a> {
        DnsName { message: self.message.bytes(), at }
    }
}

impl<'a> View<'a> for Dns<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.message.skip(HEADER_LEN))
    }
}

/// A place in a message, moved by reading questions and records.
#[derive(Clone, Copy, Debug)]
pub struct DnsReader<'a> {
    message: &'a [u8],
    at: usize,
}

impl<'a> DnsReader<'a> {
    /// The name that begins here.
    pub fn name(&self) -> DnsName<'a> {
        DnsName { message: self.message, at: self.at }
    }

    /// Whether the captured message ends here.
    pub fn is_at_end(&self) -> bool {
        self.at >= self.message.len()
    }

    /// Moves behind all that was captured.
    pub fn skip_to_end(&mut self) {
        self.at = self.message.len();
    }

    /// Moves behind a question, of which only the name need be there.
    pub fn skip_question(&mut self) -> Option<()> {
        self.at = self.name().end()? + 4;
        Some(())
    }

    /// Reads a question; `None` when it is not there whole.
    pub fn question(&mut self) -> Option<DnsQuestion<'a>> {
        let name = self.name();
        let at = name.end()?;
        let [k0, k1, c0, c1] = *self.message.get(at..)?.first_chunk()?;
        self.at = at + 4;
        Some(DnsQuestion { name, kind: u16::from_be_bytes([k0, k1]), class: u16::from_be_bytes([c0, c1]) })
    }

    /// Reads a record; `None` when its fixed part is not there whole. Its data may be cut.
    pub fn record(&mut self) -> Option<DnsRecord<'a>> {
        let name = self.name();
        let at = name.end()?;
        let fixed: &[u8; 10] = self.message.get(at..)?.first_chunk()?;
        let data_at = at + fixed.len();
        let len = be16(fixed, 8);
        let end = data_at + len as usize;
        self.at = end;
        Some(DnsRecord {
            name,
            kind: be16(fixed, 0),
            class: be16(fixed, 2),
            ttl: crate::decode::bytes::be32(fixed, 4),
            len,
            data: self.message.get(data_at..end.min(self.message.len())).unwrap_or_default(),
            data_at,
        })
    }
}

impl<'a> DnsName<'a> {
    /// The labels from left to right, without the root's. Behind an error there are none.
    pub fn labels(self) -> DnsLabels<'a> {
        DnsLabels { message: self.message, at: Some(self.at), lowest: self.at, len: 0 }
    }

    /// Where the name ends in the message: behind its root label or its first compression pointer.
    pub fn end(self) -> Option<usize> {
        let mut at = self.at;
        loop {
            let len = *self.message.get(at)?;
            match len {
                0 => return Some(at + 1),
                0x01..=0x3f => at += 1 + len as usize,
                0xc0.. => return Some(at + 2),
                _ => return None,
            }
        }
    }
}

/// An iterator over the labels of a name; it follows compression pointers, which must point backwards.
#[derive(Clone, Debug)]
pub struct DnsLabels<'a> {
    message: &'a [u8],
    at: Option<usize>,
    lowest: usize,
    len: usize,
}

impl<'a> DnsLabels<'a> {
    fn label(&mut self, mut at: usize) -> Result<Option<&'a [u8]>, DnsNameError> {
        loop {
            let len = *self.message.get(at).ok_or(DnsNameError::Truncated)?;
            match len {
                0 => return Ok(None),
                0x01..=0x3f => return self.plain(at + 1, len as usize).map(Some),
                0xc0.. => {
                    let low = *self.message.get(at + 1).ok_or(DnsNameError::Truncated)?;
                    let target = usize::from(u16::from_be_bytes([len & 0x3f, low]));
                    if target >= self.lowest {
                        return Err(DnsNameError::BadPointer);
                    }
                    self.lowest = target;
                    at = target;
                }
                0x40..=0x7f => return Err(DnsNameError::Extended(len & 0x3f)),
                _ => return Err(DnsNameError::BadLabel),
            }
        }
    }

    fn plain(&mut self, at: usize, len: usize) -> Result<&'a [u8], DnsNameError> {
        let bytes = self.message.get(at..at + len).ok_or(DnsNameError::Truncated)?;
        if self.len > MAX_NAME_LEN {
            return Err(DnsNameError::TooLong);
        }
        self.len += len + 1;
        self.at = Some(at + len);
        Ok(bytes)
    }
}

impl<'a> Iterator for DnsLabels<'a> {
    type Item = Result<&'a [u8], DnsNameError>;

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at.take()?;
        self.label(at).transpose()
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

    fn labels(name: DnsName<'_>) -> Vec<Result<&[u8], DnsNameError>> {
        name.labels().collect()
    }

    #[test]
    fn questions_and_records_are_read_in_order() {
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
    fn names_that_cannot_be_read_say_why() {
        let check = |message: &[u8], expected: &[Result<&[u8], DnsNameError>]| {
            assert_eq!(labels(DnsName { message, at: 0 }), expected);
        };
        check(&[1, b'a'], &[Ok(b"a"), Err(DnsNameError::Truncated)]);
        check(&[5, b'a'], &[Err(DnsNameError::Truncated)]);
        check(&[0xc0, 0], &[Err(DnsNameError::BadPointer)]);
        check(&[1, b'a', 0xc0, 9], &[Ok(b"a"), Err(DnsNameError::BadPointer)]);
        check(&[0x80], &[Err(DnsNameError::BadLabel)]);
        check(&[0x41], &[Err(DnsNameError::Extended(1))]);
        let long: Vec<u8> = [10; 11].repeat(40);
        assert_eq!(labels(DnsName { message: &long, at: 0 }).last(), Some(&Err(DnsNameError::TooLong)));
    }

    #[test]
    fn tcp_puts_a_length_in_front() {
        let bytes = [&[0, 38], &RESPONSE[..]].concat();
        assert_eq!(Dns::new(Payload::new(&bytes, 40), DnsTransport::Tcp).unwrap().id(), 0x1234);
    }
}
