//! IEEE 802.11: which address is source and which destination, the tests of the frame control field, and the headers of
//! variable length before the payload.

use super::ether::Mac;
use super::{Lowerer, RADIO, WLAN_PAYLOAD};
use crate::filter::ast::{Direction, WlanAddress};
use crate::filter::build::{add, all, alu, and, any, equal, load, masked, not, or, set};
use crate::filter::error::Result;
use crate::filter::hir::{AluOp, Hir, Size, Value, Var};
use crate::filter::link::{Link, Radio, Scheme};
use crate::filter::span::Span;
use crate::filter::wlan::{CONTROL, DATA, DIRECTION_MASK, SUBTYPE_ACK, SUBTYPE_CTS, SUBTYPE_MASK, TYPE_MASK};

/// The four address fields.
const ADDRESS_1: u32 = 4;
const ADDRESS_2: u32 = 10;
const ADDRESS_3: u32 = 16;
const ADDRESS_4: u32 = 24;
/// The bits of the second byte.
const TO_DS: u8 = 0x01;
const FROM_DS: u8 = 0x02;
/// The subtype bit of data frames with a `QoS` field.
const QOS: u8 = 0x80;

impl Lowerer<'_> {
    /// `wlan type …`, `wlan subtype …`
    pub(super) fn wlan_type(&self, mask: u8, value: u8, span: Span) -> Result<Hir> {
        self.require_wlan(span)?;
        Ok(self.header_bits(0, mask, value))
    }

    /// `wlan dir …`
    pub(super) fn wlan_direction(&self, direction: u8, span: Span) -> Result<Hir> {
        self.require_wlan(span)?;
        Ok(self.header_bits(1, DIRECTION_MASK, direction))
    }

    pub(super) fn is_data_frame(&self) -> Hir {
        and(self.header_bits(0, CONTROL, 0), self.header_bits(0, DATA, DATA))
    }

    /// An address by its role, or by its field.
    pub(super) fn wlan_host(&self, mac: Mac, direction: Direction) -> Hir {
        match direction {
            Direction::Src => self.wlan_source(mac),
            Direction::Dst => self.wlan_destination(|lowerer, field| lowerer.mac_at(field, mac)),
            Direction::SrcAndDst => {
                and(self.wlan_host(mac, Direction::Src), self.wlan_host(mac, Direction::Dst))
            }
            Direction::SrcOrDst => {
                or(self.wlan_host(mac, Direction::Src), self.wlan_host(mac, Direction::Dst))
            }
            Direction::Wlan(field) => self.wlan_address(mac, field),
        }
    }

    /// Management frames have the source in the second field, data frames where the direction bits say; control frames
    /// have none.
    fn wlan_source(&self, mac: Mac) -> Hir {
        let bit = |bit| self.header_bits(1, bit, bit);
        let from_ds = and(
            bit(FROM_DS),
            or(
                and(not(bit(TO_DS)), self.mac_at(ADDRESS_3, mac)),
                and(bit(TO_DS), self.mac_at(ADDRESS_4, mac)),
            ),
        );
        let data = or(and(not(bit(FROM_DS)), self.mac_at(ADDRESS_2, mac)), from_ds);
        self.management_or_data(self.mac_at(ADDRESS_2, mac), data)
    }

    /// The same for the destination, whose field is tested by `test`.
    fn wlan_destination(&self, test: impl Fn(&Self, u32) -> Hir) -> Hir {
        let to_ds = || self.header_bits(1, TO_DS, TO_DS);
        let data = or(and(not(to_ds()), test(self, ADDRESS_1)), and(to_ds(), test(self, ADDRESS_3)));
        self.management_or_data(test(self, ADDRESS_1), data)
    }

    pub(super) fn wlan_multicast(&self) -> Hir {
        self.wlan_destination(Self::is_group)
    }

    /// No control frame, and what is to hold of a management frame, or of a data frame.
    fn management_or_data(&self, management: Hir, data: Hir) -> Hir {
        let is_data = || self.header_bits(0, DATA, DATA);
        and(self.header_bits(0, CONTROL, 0), or(and(not(is_data()), management), and(is_data(), data)))
    }

    /// An address field, in frames that have it.
    fn wlan_address(&self, mac: Mac, field: WlanAddress) -> Hir {
        let not_management = || self.header_bits(0, DATA, DATA);
        match field {
            WlanAddress::Addr1 => self.mac_at(ADDRESS_1, mac),
            WlanAddress::Addr2 => and(self.has_second_address(), self.mac_at(ADDRESS_2, mac)),
            WlanAddress::Addr3 => {
                and(not(self.header_bits(0, TYPE_MASK, CONTROL)), self.mac_at(ADDRESS_3, mac))
            }
            WlanAddress::Addr4 => {
                and(self.header_bits(1, DIRECTION_MASK, DIRECTION_MASK), self.mac_at(ADDRESS_4, mac))
            }
            WlanAddress::Ra => and(not_management(), self.mac_at(ADDRESS_1, mac)),
            WlanAddress::Ta => {
                all([not_management(), self.has_second_address(), self.mac_at(ADDRESS_2, mac)])
            }
        }
    }

    /// All frames but CTS and ACK control frames.
    fn has_second_address(&self) -> Hir {
        let subtype_is_not = |subtype| not(self.header_bits(0, SUBTYPE_MASK, subtype));
        or(
            not(self.header_bits(0, TYPE_MASK, CONTROL)),
            and(subtype_is_not(SUBTYPE_CTS), subtype_is_not(SUBTYPE_ACK)),
        )
    }

    /// `hir` behind the computation of the positions that it uses.
    pub(super) fn with_radio_header(&self, hir: Hir) -> Hir {
        let link = Link::of(self.options.link_type);
        if link.scheme != Scheme::Wlan {
            return hir;
        }
        let radio = link.radio();
        let uses_payload = mentions(&hir, WLAN_PAYLOAD);
        let uses_radio = radio != Radio::None && (uses_payload || mentions(&hir, RADIO));
        let mut steps = Vec::new();
        if radio == Radio::Ppi {
            const PPI_LINK_TYPE: u32 = 4;
            steps.push(equal(load(None, PPI_LINK_TYPE, Size::Word), 105_u32.swap_bytes()));
        }
        if uses_radio {
            steps.push(radio_header(radio));
        }
        if uses_payload {
            steps.push(wlan_header(radio));
        }
        all(steps.into_iter().chain([hir]))
    }
}

/// Stores the length of what precedes the 802.11 header.
fn radio_header(radio: Radio) -> Hir {
    const AVS_LENGTH: u32 = 4;
    const PRISM_LENGTH: u32 = 144;
    let avs = || set(RADIO, load(None, AVS_LENGTH, Size::Word));
    match radio {
        Radio::None => Hir::Const(true),
        Radio::Avs => avs(),
        // Some drivers send AVS headers under the name of Prism; a magic number tells.
        Radio::Prism => or(
            and(masked(load(None, 0, Size::Word), 0xffff_f000, 0x8021_1000), avs()),
            set(RADIO, Value::Const(PRISM_LENGTH)),
        ),
        Radio::Radiotap | Radio::Ppi => {
            let high = alu(AluOp::Shl, load(None, 3, Size::Byte), Value::Const(8));
            set(RADIO, alu(AluOp::Or, high, load(None, 2, Size::Byte)))
        }
    }
}

/// Stores the position of the LLC header: behind 24 bytes, in `QoS` data frames 26, and padding where radiotap says so.
fn wlan_header(radio: Radio) -> Hir {
    const HEADER: u32 = 24;
    let start = if radio == Radio::None { Value::Const(0) } else { Value::Var(RADIO) };
    let control = |bits: u8| masked(load(Some(start.clone()), 0, Size::Byte), bits.into(), bits.into());
    let grown = |bytes| set(WLAN_PAYLOAD, add(Value::Var(WLAN_PAYLOAD), Value::Const(bytes)));
    let qos = or(and(control(QOS), grown(2)), Hir::Const(true));
    let padding = if radio == Radio::Radiotap { radiotap_padding() } else { Hir::Const(true) };
    let data_frame = all([control(DATA), not(control(CONTROL)), qos, padding]);
    and(set(WLAN_PAYLOAD, add(start.clone(), Value::Const(HEADER))), or(data_frame, Hir::Const(true)))
}

/// Rounds the payload's position up when the flags field of radiotap says that the hardware aligned it. All fields are
/// little-endian.
fn radiotap_padding() -> Hir {
    const PRESENT: u32 = 4;
    const HAS_TSFT: u32 = 0x0000_0001_u32.swap_bytes();
    const HAS_FLAGS: u32 = 0x0000_0002_u32.swap_bytes();
    const HAS_MORE: u32 = 0x8000_0000_u32.swap_bytes();
    const PADDED: u32 = 0x20;
    let present = |bit| masked(load(None, PRESENT, Size::Word), bit, bit);
    let padded = |flags| masked(load(None, flags, Size::Byte), PADDED, PADDED);
    let rounded = alu(AluOp::And, add(Value::Var(WLAN_PAYLOAD), Value::Const(3)), Value::Const(!3));
    all([
        present(HAS_FLAGS),
        not(present(HAS_MORE)),
        any([and(present(HAS_TSFT), padded(16)), and(not(present(HAS_TSFT)), padded(8))]),
        set(WLAN_PAYLOAD, rounded),
    ])
}

/// Whether `hir` reads `var`.
fn mentions(hir: &Hir, var: Var) -> bool {
    match hir {
        Hir::Const(_) => false,
        Hir::Not(inner) => mentions(inner, var),
        Hir::All(items) | Hir::Any(items) => items.iter().any(|item| mentions(item, var)),
        Hir::Compare { lhs, rhs, .. } => reads(lhs, var) || reads(rhs, var),
        Hir::Set { value, .. } => reads(value, var),
        Hir::Chain(chain) => reads(&chain.first, var) || reads(&chain.position, var),
    }
}

fn reads(value: &Value, var: Var) -> bool {
    match value {
        Value::Const(_) | Value::Len | Value::Meta(_) => false,
        Value::Var(other) => *other == var,
        Value::Load { index, .. } => index.as_deref().is_some_and(|index| reads(index, var)),
        Value::Alu { lhs, rhs, .. } => reads(lhs, var) || reads(rhs, var),
    }
}
