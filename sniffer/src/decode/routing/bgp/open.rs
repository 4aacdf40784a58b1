//! What a peer says of itself as a session of BGP begins: optional parameters and capabilities, RFC 5492.

use super::{BgpFamilies, BgpFamily};
use crate::decode::Payload;

/// An optional parameter of an open message, or a capability in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BgpOption<'a> {
    /// The type, of parameters or of capabilities (<https://www.iana.org/assignments/capability-codes>).
    pub kind: u8,
    /// Bytes of the value, as it claims.
    pub len: u8,
    /// The value, as far as it is there.
    pub value: Payload<'a>,
    /// Whether the value ends behind the end of its list.
    pub is_beyond_list: bool,
}

/// What a capability says.
#[derive(Clone, Debug)]
pub enum BgpCapability<'a> {
    /// The peer knows routes of this family, RFC 4760.
    Family(BgpFamily),
    /// How many labels a route of each family may have, RFC 8277.
    Labels(BgpFamilies<'a>),
    /// The peer restarts without dropping what it forwards, RFC 4724.
    Restart {
        /// Whether it has.
        has_restarted: bool,
        /// Seconds that this may take.
        seconds: u16,
        /// The families, with flags: 0x80 forwarding goes on.
        families: BgpFamilies<'a>,
    },
    /// The number of the peer's system, RFC 6793.
    System(u32),
    /// In which direction routes of each family may have several paths, RFC 7911.
    Paths(BgpFamilies<'a>),
    /// That it is there is all that it says.
    Plain,
    /// What has no decoder.
    Other,
}

impl<'a> BgpOption<'a> {
    /// The type of the parameter that holds capabilities.
    pub const CAPABILITIES: u8 = 2;

    /// The option at the start of `rest`, and steps over it; nothing where type and length are missing.
    pub fn read(rest: &mut Payload<'a>) -> Option<Self> {
        let (kind, len): (u8, u8) = (rest.read()?, rest.read()?);
        let (value, is_beyond_list) = (rest.with_claim(len.into()), u32::from(len) > rest.claimed());
        *rest = rest.skip(len.into());
        Some(Self { kind, len, value, is_beyond_list })
    }

    /// The options of a list, up to the first that it has no room for.
    pub(super) fn all(mut rest: Payload<'a>) -> impl Iterator<Item = Self> {
        std::iter::from_fn(move || Self::read(&mut rest).filter(|option| !option.value.is_truncated()))
    }

    /// The fewest bytes that a capability of this type has.
    pub fn least_len(&self) -> u8 {
        match self.kind {
            1 | 65 => 4,
            64 => 2,
            _ => 0,
        }
    }

    /// What the option says as a capability; nothing of one that is too short.
    pub fn capability(&self) -> Option<BgpCapability<'a>> {
        const RESTARTED: u16 = 0x8000;
        Some(match self.kind {
            1 => BgpCapability::Family(BgpFamily::spaced(self.value)?),
            8 => BgpCapability::Labels(BgpFamilies(self.value)),
            64 => {
                let flags_and_time: u16 = self.value.get(0)?;
                BgpCapability::Restart {
                    has_restarted: flags_and_time & RESTARTED != 0,
                    seconds: flags_and_time & 0x0fff,
                    families: BgpFamilies(self.value.skip(2)),
                }
            }
            65 => BgpCapability::System(self.value.get(0)?),
            69 => BgpCapability::Paths(BgpFamilies(self.value)),
            2 | 71 | 128 => BgpCapability::Plain,
            _ => BgpCapability::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_tell_where_they_leave_their_list() {
        let bytes = [2, 6, 65, 4, 0, 1, 0, 2, 1, 9, 7];
        let mut rest = Payload::new(&bytes, 11);
        let parameter = BgpOption::read(&mut rest).unwrap();
        assert_eq!((parameter.kind, parameter.is_beyond_list), (BgpOption::CAPABILITIES, false));
        let capability = BgpOption::read(&mut { parameter.value }).unwrap().capability();
        assert!(matches!(capability, Some(BgpCapability::System(65538))));
        let beyond = BgpOption::read(&mut rest).unwrap();
        assert_eq!((beyond.len, beyond.is_beyond_list, rest.claimed()), (9, true, 0));
    }
}
