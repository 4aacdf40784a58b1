//! Questions and resource records of DNS, read one after the other.

use super::name::DnsName;
use crate::decode::Payload;
use crate::decode::bytes::{be16, be32};

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

/// A place in a message, moved by reading questions and records.
#[derive(Clone, Copy, Debug)]
pub struct DnsReader<'a> {
    message: &'a [u8],
    at: usize,
}

impl<'a> DnsReader<'a> {
    /// The name that begins here.
    pub fn name(&self) -> DnsName<'a> {
        DnsName::new(self.message, self.at)
    }

    /// A reader that stands at `at` of a message.
    pub(super) fn new(message: &'a [u8], at: usize) -> Self {
        Self { message, at }
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
            ttl: be32(fixed, 4),
            len,
            data: self.message.get(data_at..end.min(self.message.len())).unwrap_or_default(),
            data_at,
        })
    }
}
