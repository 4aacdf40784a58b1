//! BGP, RFC 4271: the messages of a segment, and what of them can be told without a peer's capabilities.

mod attribute;
mod community;
mod family;
mod open;
mod prefix;
mod reach;
mod update;

pub use self::attribute::{BgpAttribute, BgpMetric, BgpPath, BgpTunnel, BgpValue};
pub use self::community::{BgpExtendedCommunities, BgpExtendedCommunity, BgpExtendedValue};
pub use self::family::{BgpFamilies, BgpFamily};
pub use self::open::{BgpCapability, BgpOption};
pub use self::prefix::{BgpPrefix, BgpPrefixError, BgpPrefixForm, BgpRoute, BgpRoutes};
pub use self::reach::BgpReach;
pub use self::update::BgpUpdate;

use std::net::Ipv4Addr;

use crate::decode::Payload;
use crate::decode::bytes::Cursor;
use crate::decode::message::part;
use crate::decode::walk::{Next, View};

/// The messages of a segment.
#[derive(Clone, Copy, Debug)]
pub struct Bgp<'a> {
    whole: Payload<'a>,
}

/// Bytes of the marker in front of every message.
const MARKER: [u8; 16] = [0xff; 16];

/// One message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BgpMessage<'a> {
    /// The type: 1 open, 2 update, 3 notification, 4 keepalive, 5 route refresh.
    pub kind: u8,
    /// Whether the segment has other bytes in front of it, such as the end of a message.
    pub is_behind_others: bool,
    /// Bytes of the message, as its header claims.
    pub length: u16,
    /// The message from its marker on, as far as it is in this segment.
    pub whole: &'a [u8],
    /// The message behind its header, as far as it is in this segment.
    pub body: &'a [u8],
}

/// What a message says, as far as it is told here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BgpBody {
    /// The beginning of a session.
    Open {
        /// The version of BGP.
        version: u8,
        /// The autonomous system; 23456 stands for one with a longer number.
        system: u16,
        /// Seconds after which silence ends the session.
        hold_time: u16,
        /// The router.
        router: Ipv4Addr,
        /// Bytes of optional parameters.
        parameters: u8,
    },
    /// Routes.
    Update {
        /// How many IPv4 routes are withdrawn.
        withdrawn: usize,
        /// Bytes of path attributes, routes of other families among them.
        attributes: usize,
        /// How many IPv4 routes are announced.
        announced: usize,
    },
    /// The end of a session.
    Notification {
        /// What went wrong.
        code: u8,
        /// And what of it.
        subcode: u8,
    },
    /// Nothing that is told.
    Other,
}

impl<'a> Bgp<'a> {
    /// The bytes of `at`; there is nothing that could be missing.
    pub fn new(at: Payload<'a>) -> Self {
        Self { whole: at }
    }

    /// The messages whose headers are in the segment, up to the first that goes on in another. A segment may begin inside
    /// a message, which is skipped.
    pub fn messages(&self) -> BgpMessages<'a> {
        BgpMessages { rest: self.whole.bytes() }
    }
}

impl<'a> View<'a> for Bgp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole)
    }
}

/// An iterator over messages.
#[derive(Clone, Debug)]
pub struct BgpMessages<'a> {
    rest: &'a [u8],
}

impl BgpMessages<'_> {
    /// Whether behind the last message another one begins, whose header goes on in another segment.
    pub fn is_cut_in_header(&self) -> bool {
        self.start().is_some()
    }

    /// Where the next message begins.
    fn start(&self) -> Option<usize> {
        self.rest.windows(MARKER.len()).position(|window| window == MARKER)
    }
}

impl<'a> Iterator for BgpMessages<'a> {
    type Item = BgpMessage<'a>;

    fn next(&mut self) -> Option<BgpMessage<'a>> {
        let start = self.start()?;
        let segment = &self.rest[start..];
        let mut cursor = Cursor::new(&segment[MARKER.len()..]);
        let (length, kind) = (cursor.number(2) as u16, cursor.number(1) as u8);
        if cursor.is_short() {
            return None;
        }
        let body = cursor.take(length.saturating_sub(BgpMessage::HEADER_LEN).into());
        let whole = &segment[..segment.len().min(length.into())];
        // Nothing can be told behind a length that has no room for the header.
        self.rest = if length < BgpMessage::HEADER_LEN { &[] } else { cursor.rest() };
        Some(BgpMessage { kind, is_behind_others: start > 0, length, whole, body })
    }
}

part! {
    /// What ends a session, RFC 4271 section 4.5.
    BgpNotification {
        /// What went wrong.
        code: u8 = 0,
        /// And what of it.
        subcode: u8 = 1,
        /// Behind the family of too many routes: how many are allowed.
        most_prefixes: u32 = 5,
        /// Bytes of what a peer says as it shuts down, RFC 9003.
        farewell_len: u8 = 2,
    }
}

impl<'a> BgpNotification<'a> {
    /// What is behind the codes.
    pub fn data(&self) -> Payload<'a> {
        self.whole().skip(2)
    }

    /// The family that has too many routes.
    pub fn family(&self) -> Option<BgpFamily> {
        BgpFamily::new(self.data())
    }
}

impl<'a> BgpMessage<'a> {
    /// The type of a message that begins a session.
    const OPEN: u8 = 1;
    /// The type of a message with routes.
    const UPDATE: u8 = 2;
    /// Bytes of marker, length and type.
    pub const HEADER_LEN: u16 = 19;

    /// Whether all of the message is in this segment.
    pub fn is_complete(&self) -> bool {
        self.body.len() + usize::from(Self::HEADER_LEN) == usize::from(self.length)
    }

    /// What is behind the header.
    pub fn payload(&self) -> Payload<'a> {
        Payload::new(self.body, self.body.len() as u32)
    }

    /// The optional parameters of an open message; nothing where it is too short for its fields.
    pub fn parameters(&self) -> Option<Payload<'a>> {
        /// Bytes in front of the parameters.
        const FIXED_LEN: usize = 10;
        let len: u8 = self.payload().get(FIXED_LEN - 1)?;
        Some(self.payload().skip(FIXED_LEN).with_claim(len.into()))
    }

    /// The capabilities of an open message, up to the first that its list has no room for.
    pub fn capabilities(&self) -> impl Iterator<Item = BgpOption<'a>> + use<'a> {
        let parameters = self.parameters().filter(|_| self.kind == Self::OPEN).unwrap_or(Payload::EMPTY);
        let capabilities = |parameter: &BgpOption<'a>| parameter.kind == BgpOption::CAPABILITIES;
        BgpOption::all(parameters).filter(capabilities).flat_map(|parameter| BgpOption::all(parameter.value))
    }

    /// What an update consists of; nothing of one that goes on in another segment or has no room for its lists.
    pub fn update(&self) -> Option<BgpUpdate<'a>> {
        let is_whole = self.kind == Self::UPDATE && self.is_complete();
        is_whole.then(|| BgpUpdate::new(self.payload())).flatten()
    }

    /// The list behind a length of two bytes at the start of `rest`, and steps over it; nothing where the message has no
    /// room for it.
    pub fn list(rest: &mut Payload<'a>) -> Option<Payload<'a>> {
        let len: u16 = rest.read()?;
        let list = rest.with_claim(len.into());
        *rest = rest.skip(len.into());
        (!list.is_truncated()).then_some(list)
    }

    /// What the message says; nothing of one that goes on in another segment or is too short.
    pub fn body(&self) -> Option<BgpBody> {
        let mut cursor = Cursor::new(self.body);
        let body = match self.kind {
            1 => BgpBody::Open {
                version: cursor.number(1) as u8,
                system: cursor.number(2) as u16,
                hold_time: cursor.number(2) as u16,
                router: Ipv4Addr::from_bits(cursor.number(4) as u32),
                parameters: cursor.number(1) as u8,
            },
            2 => {
                let (withdrawn, attributes) = (cursor.vector(2), cursor.vector(2));
                BgpBody::Update {
                    withdrawn: prefixes(withdrawn),
                    attributes: attributes.len(),
                    announced: prefixes(cursor.rest()),
                }
            }
            3 => BgpBody::Notification { code: cursor.number(1) as u8, subcode: cursor.number(1) as u8 },
            _ => BgpBody::Other,
        };
        (self.is_complete() && !cursor.is_short()).then_some(body)
    }
}

/// How many prefixes stand in a list: the bits of each, and as many bytes as these need.
fn prefixes(list: &[u8]) -> usize {
    let mut cursor = Cursor::new(list);
    let mut count = 0;
    while !cursor.rest().is_empty() {
        let bits = cursor.number(1) as usize;
        cursor.take(bits.div_ceil(8));
        count += usize::from(!cursor.is_short());
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u8, body: &[u8]) -> Vec<u8> {
        [&MARKER[..], &[0, BgpMessage::HEADER_LEN as u8 + body.len() as u8, kind], body].concat()
    }

    #[test]
    fn messages_follow_each_other() {
        let open = message(1, &[4, 0x5b, 0xa0, 0, 90, 10, 0, 0, 1, 0]);
        let update = message(2, &[0, 3, 16, 10, 1, 0, 2, 7, 8, 24, 192, 0, 2, 0, 9, 10]);
        let bytes =
            [&[1, 2][..], &open, &update, &message(4, &[]), &message(3, &[6, 2]), &update[..30]].concat();
        let bgp = Bgp::new(Payload::new(&bytes, bytes.len() as u32));
        let bodies: Vec<_> = bgp.messages().map(|message| message.body()).collect();
        let router = Ipv4Addr::new(10, 0, 0, 1);
        let expected = [
            Some(BgpBody::Open { version: 4, system: 23456, hold_time: 90, router, parameters: 0 }),
            Some(BgpBody::Update { withdrawn: 1, attributes: 2, announced: 2 }),
            Some(BgpBody::Other),
            Some(BgpBody::Notification { code: 6, subcode: 2 }),
            None,
        ];
        assert_eq!(bodies, expected);
    }

    #[test]
    fn a_length_without_room_for_the_header_ends_the_list() {
        let bytes = [&MARKER[..], &[0, 18, 4]].concat();
        let bytes = [bytes.clone(), bytes].concat();
        let messages: Vec<_> = Bgp::new(Payload::new(&bytes, 38)).messages().collect();
        let found: Vec<_> =
            messages.iter().map(|message| (message.kind, message.length, message.body)).collect();
        assert_eq!(found, [(4, 18, &[][..])]);
        assert_eq!(messages[0].body(), None);
    }
}
