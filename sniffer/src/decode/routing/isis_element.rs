//! The elements of IS-IS: their frame, and the neighbours, routes and metrics in them.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::decode::{Payload, Wire, u24};

/// An element of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsisElement<'a> {
    /// The type: 1 areas, 22 neighbours, 135 routes.
    pub kind: u8,
    /// The value.
    pub value: IsisCursor<'a>,
}

impl<'a> IsisElement<'a> {
    /// The type of an element with the name of a router, RFC 5301.
    pub const HOST_NAME: u8 = 137;

    /// The element at the start of `rest`; nothing where its header was not captured.
    pub fn read(rest: &mut Payload<'a>) -> Option<Self> {
        let [kind, len] = rest.read()?;
        let value = IsisCursor { at: *rest, room: len };
        *rest = rest.skip(len.into());
        Some(Self { kind, value })
    }
}

/// A place in an element: how many bytes are left of it, and those of the message from there on. Some lengths in elements
/// are meant to be compared with what was read, after it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsisCursor<'a> {
    at: Payload<'a>,
    room: u8,
}

/// Why a field is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsisError {
    /// The element has no room for it.
    Short,
    /// It was not captured.
    Truncated,
}

impl<'a> IsisCursor<'a> {
    /// Bytes that are left of the element.
    pub fn room(self) -> u8 {
        self.room
    }

    /// What is left of the element.
    pub fn rest(self) -> Payload<'a> {
        self.at.with_claim(self.room.into())
    }

    /// The message from here on, whatever the element has room for.
    pub fn beyond(self) -> Payload<'a> {
        self.at
    }

    /// The field at this place, and steps over it.
    ///
    /// # Errors
    /// When the element has no room for it, or it was not captured.
    pub fn read<T: Wire>(&mut self) -> Result<T, IsisError> {
        if usize::from(self.room) < size_of::<T>() {
            return Err(IsisError::Short);
        }
        let field = self.at.get(0).ok_or(IsisError::Truncated)?;
        self.skip(size_of::<T>() as u8);
        Ok(field)
    }

    /// The same of a number with three bytes.
    ///
    /// # Errors
    /// When the element has no room for it, or it was not captured.
    pub fn read_u24(&mut self) -> Result<u32, IsisError> {
        self.read().map(u24)
    }

    /// The bytes of a field of this length, and steps over it.
    ///
    /// # Errors
    /// When the element has no room for it, or it was not captured.
    pub fn take(&mut self, len: u8) -> Result<Payload<'a>, IsisError> {
        if self.room < len {
            return Err(IsisError::Short);
        }
        let field = self.at.with_claim(len.into());
        if field.is_truncated() {
            return Err(IsisError::Truncated);
        }
        self.skip(len);
        Ok(field)
    }

    /// The place behind so many bytes; the end of the element, where it has fewer.
    pub fn skip(&mut self, count: u8) {
        self.at = self.at.skip(count.into());
        self.room = self.room.saturating_sub(count);
    }
}

/// Four metrics of a link: by default, delay, expense and error. The bits in front say which count, and where they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsisMetrics(pub [u8; 4]);

impl IsisMetrics {
    /// The metrics that count, by their places: value and whether it holds outside the area. The first one always counts.
    pub fn counting(self) -> impl Iterator<Item = (usize, u8, bool)> {
        const UNSUPPORTED: u8 = 0x80;
        const EXTERNAL: u8 = 0x40;
        let metrics = self.0.into_iter().enumerate();
        let counting = metrics.filter(|(place, metric)| *place == 0 || metric & UNSUPPORTED == 0);
        counting.map(|(place, metric)| (place, metric & 0x3f, metric & EXTERNAL != 0))
    }

    /// Whether a route goes down from level 2 to level 1.
    pub fn is_down(self) -> bool {
        self.0[0] & 0x80 != 0
    }
}

/// A route with its mask: metrics, network, mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsisOldRoute {
    /// The metrics.
    pub metrics: IsisMetrics,
    /// The network.
    pub prefix: Ipv4Addr,
    /// Its mask.
    pub mask: Ipv4Addr,
}

impl IsisOldRoute {
    /// Bytes of such a route.
    pub const LEN: u8 = 12;

    /// The route at the start of `cursor`, and steps over it.
    ///
    /// # Errors
    /// When the element has no room for it, or it was not captured.
    pub fn read(cursor: &mut IsisCursor<'_>) -> Result<Self, IsisError> {
        let mut field = cursor.take(Self::LEN)?;
        let mut route =
            || Some(Self { metrics: IsisMetrics(field.read()?), prefix: field.read()?, mask: field.read()? });
        route().ok_or(IsisError::Truncated)
    }
}

/// The network of a route of one of the newer forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsisPrefix {
    /// A network of IPv4.
    V4(Ipv4Addr),
    /// A network of IPv6.
    V6(Ipv6Addr),
}

/// A route of one of the newer forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsisRoute {
    /// The metric.
    pub metric: u32,
    /// Whether it goes down from level 2 to level 1.
    pub is_down: bool,
    /// Whether it comes from another protocol; a route of IPv4 does not say.
    pub is_external: bool,
    /// Whether elements follow.
    pub has_details: bool,
    /// The network.
    pub prefix: IsisPrefix,
    /// Bits of the network.
    pub len: u8,
}

/// Why there is no route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsisRouteError {
    /// The network has so many bits, which are more than there can be.
    Length(u8),
    /// It was not captured.
    Truncated,
}

impl IsisRoute {
    /// The route of IPv4 or IPv6 at the start of `at`, and steps over it.
    ///
    /// # Errors
    /// When it was not captured, or its network has more bits than there can be.
    pub fn read(at: &mut Payload<'_>, is_ipv6: bool) -> Result<Self, IsisRouteError> {
        let (metric, flags) = read_metric(at).ok_or(IsisRouteError::Truncated)?;
        let (len, longest) =
            if is_ipv6 { (at.read().ok_or(IsisRouteError::Truncated)?, 128) } else { (flags & 0x3f, 32) };
        if len > longest {
            return Err(IsisRouteError::Length(len));
        }
        let count = usize::from(len.div_ceil(8));
        let bytes = at.bytes().get(..count).ok_or(IsisRouteError::Truncated)?;
        *at = at.skip(count);
        let mut octets = [0; 16];
        octets[..count].copy_from_slice(bytes);
        let [a, b, c, d, ..] = octets;
        let prefix =
            if is_ipv6 { IsisPrefix::V6(octets.into()) } else { IsisPrefix::V4([a, b, c, d].into()) };
        let has_details = flags & if is_ipv6 { 0x20 } else { 0x40 } != 0;
        let is_external = is_ipv6 && flags & 0x40 != 0;
        Ok(Self { metric, is_down: flags & 0x80 != 0, is_external, has_details, prefix, len })
    }
}

fn read_metric(at: &mut Payload<'_>) -> Option<(u32, u8)> {
    Some((at.read()?, at.read()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_have_as_many_bytes_as_their_bits_need() {
        let bytes = [0, 0, 0, 10, 0xd4, 10, 1, 16, 7];
        let mut at = Payload::new(&bytes, 9);
        let route = IsisRoute::read(&mut at, false).unwrap();
        assert_eq!((route.prefix, route.len), (IsisPrefix::V4([10, 1, 16, 0].into()), 20));
        assert!(route.is_down && route.has_details);
        assert_eq!(at.bytes(), [7]);
        assert_eq!(IsisRoute::read(&mut Payload::new(&bytes[..7], 9), false), Err(IsisRouteError::Truncated));
        let long = [0, 0, 0, 1, 0x3f];
        assert_eq!(IsisRoute::read(&mut Payload::new(&long, 5), false), Err(IsisRouteError::Length(63)));
    }

    #[test]
    fn a_field_is_missing_for_one_of_two_reasons() {
        let bytes = [22, 5, 1, 2, 3];
        let element = IsisElement::read(&mut Payload::new(&bytes, 7)).unwrap();
        let mut value = element.value;
        assert_eq!(value.read::<[u8; 3]>(), Ok([1, 2, 3]));
        assert_eq!(value.read::<u16>(), Err(IsisError::Truncated));
        assert_eq!(value.read::<u32>(), Err(IsisError::Short));
    }
}
