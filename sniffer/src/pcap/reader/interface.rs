//! pcapng interfaces: link type, limits, the meaning of time stamps, names. Knows nothing of packets.

use std::sync::{Arc, Mutex, PoisonError};

use super::bytes::{ByteOrder, Fields};
use crate::packet::{LinkType, Timestamp};
use crate::pcap::block::{END_OF_OPTIONS, IF_NAME, IF_TSOFFSET, IF_TSRESOL, INTERFACE_DESCRIPTION};
use crate::pcap::link::{canonical, effective_snaplen};
use crate::pcap::{Damage, Precision};

/// Interfaces that a file may describe in all its sections together, to bound what is kept of them.
pub const MAX_INTERFACES: u32 = 65_536;

/// Bytes of a name that are kept; a Linux name has 15 at most, those of other systems a few dozen.
const MAX_NAME_LEN: usize = 255;

/// The names of a pcapng file's interfaces, by [`Frame::interface`](crate::packet::Frame::interface). A copy of the
/// handle sees the same names.
#[derive(Clone, Debug, Default)]
pub struct InterfaceNames(Arc<Mutex<Vec<Option<Box<str>>>>>);

impl InterfaceNames {
    /// The name of an interface, if the file tells one.
    pub fn get(&self, interface: u32) -> Option<String> {
        let names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.get(interface as usize)?.as_deref().map(str::to_owned)
    }

    pub(super) fn push(&self, name: Option<Box<str>>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(name);
    }
}

/// An interface description as far as frames need it.
#[derive(Debug)]
pub(super) struct Interface {
    pub(super) link_type: LinkType,
    pub(super) snaplen: u32,
    resolution: Resolution,
    /// Seconds to add to every time stamp.
    offset: i64,
}

/// The unit of time stamps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Resolution {
    Micros,
    Nanos,
    /// Any other, as the number of units a second.
    PerSecond(u64),
}

impl Interface {
    /// Reads a description; the name comes beside it because it is kept elsewhere.
    pub(super) fn parse(body: &[u8], order: ByteOrder) -> Result<(Self, Option<Box<str>>), Damage> {
        let too_short = Damage::BlockTooShort(INTERFACE_DESCRIPTION);
        let mut fields = Fields::new(body, order);
        let fixed = (fields.u16(), fields.u16(), fields.u32());
        let (Some(link_type), Some(_reserved), Some(snaplen)) = fixed else { return Err(too_short) };
        let link_type = canonical(link_type);
        let snaplen = effective_snaplen(link_type, snaplen);
        let mut options = Options::default();
        while !fields.rest().is_empty() {
            let (Some(code), Some(length)) = (fields.u16(), fields.u16()) else { return Err(too_short) };
            let padded = fields.bytes(usize::from(length).next_multiple_of(4));
            let Some(value) = padded.and_then(|value| value.get(..usize::from(length))) else {
                return Err(too_short);
            };
            if code == END_OF_OPTIONS {
                expect_length("opt_endofopt", length, 0)?;
                break;
            }
            options.take(code, length, value, order)?;
        }
        let resolution = options.resolution.unwrap_or(Resolution::Micros);
        let interface = Self { link_type, snaplen, resolution, offset: options.offset.unwrap_or(0) };
        Ok((interface, options.name))
    }

    /// Ticks since the epoch as a point in time; beyond what 64 bits of seconds hold, the nearest that they do.
    #[inline]
    pub(super) fn timestamp(&self, ticks: u64) -> Timestamp {
        let (seconds, nanos) = match self.resolution {
            Resolution::Micros => (ticks / 1_000_000, ticks % 1_000_000 * 1000),
            Resolution::Nanos => (ticks / 1_000_000_000, ticks % 1_000_000_000),
            Resolution::PerSecond(units) => {
                let nanos = u128::from(ticks % units) * 1_000_000_000 / u128::from(units);
                (ticks / units, nanos as u64)
            }
        };
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX).saturating_add(self.offset);
        Timestamp { seconds, nanos: nanos as u32 }
    }

    pub(super) fn precision(&self) -> Precision {
        match self.resolution {
            Resolution::Micros => Precision::Micros,
            Resolution::PerSecond(units) if 1_000_000_u64.is_multiple_of(units) => Precision::Micros,
            Resolution::Nanos | Resolution::PerSecond(_) => Precision::Nanos,
        }
    }
}

#[derive(Default)]
struct Options {
    name: Option<Box<str>>,
    resolution: Option<Resolution>,
    offset: Option<i64>,
}

impl Options {
    fn take(&mut self, code: u16, length: u16, value: &[u8], order: ByteOrder) -> Result<(), Damage> {
        match code {
            IF_NAME if self.name.is_none() => {
                let name = value.get(..MAX_NAME_LEN).unwrap_or(value);
                self.name = Some(String::from_utf8_lossy(name).into());
            }
            IF_TSRESOL => {
                let [resolution] = *fixed("if_tsresol", length, value)?;
                once("if_tsresol", &mut self.resolution, Resolution::parse(resolution)?)?;
            }
            IF_TSOFFSET => {
                let offset = order.u64(*fixed("if_tsoffset", length, value)?) as i64;
                once("if_tsoffset", &mut self.offset, offset)?;
            }
            _ => {}
        }
        Ok(())
    }
}

impl Resolution {
    /// The option's byte: a negated exponent of ten, or of two where the high bit is set.
    fn parse(byte: u8) -> Result<Self, Damage> {
        let exponent = byte & 0x7f;
        let base: u8 = if byte & 0x80 == 0 { 10 } else { 2 };
        match u64::from(base).checked_pow(u32::from(exponent)) {
            Some(1_000_000) => Ok(Self::Micros),
            Some(1_000_000_000) => Ok(Self::Nanos),
            Some(units) => Ok(Self::PerSecond(units)),
            None => Err(Damage::Resolution { base, exponent }),
        }
    }
}

fn once<T>(option: &'static str, slot: &mut Option<T>, value: T) -> Result<(), Damage> {
    if slot.replace(value).is_some() { Err(Damage::OptionTwice(option)) } else { Ok(()) }
}

fn fixed<'a, const N: usize>(
    option: &'static str,
    length: u16,
    value: &'a [u8],
) -> Result<&'a [u8; N], Damage> {
    value.try_into().map_err(|_| Damage::OptionLength { option, length, expected: N as u16 })
}

fn expect_length(option: &'static str, length: u16, expected: u16) -> Result<(), Damage> {
    if length == expected { Ok(()) } else { Err(Damage::OptionLength { option, length, expected }) }
}
