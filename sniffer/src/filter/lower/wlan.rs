//! IEEE 802.11: which address is source and which destination, and the tests of the frame control field.

use super::Lowerer;
use super::ether::Mac;
use super::member::Wanted;
use crate::filter::ast::{Direction, WlanAddress};
use crate::filter::build::{all, and, not, or};
use crate::filter::error::Result;
use crate::filter::hir::Hir;
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
    pub(super) fn wlan_host(&self, wanted: &Wanted<Mac>, direction: Direction) -> Hir {
        match direction {
            Direction::Src => self.wlan_source(wanted),
            Direction::Dst => self.wlan_destination(|lowerer, field| lowerer.mac_at(field, wanted)),
            Direction::SrcAndDst => {
                and(self.wlan_host(wanted, Direction::Src), self.wlan_host(wanted, Direction::Dst))
            }
            Direction::SrcOrDst => {
                or(self.wlan_host(wanted, Direction::Src), self.wlan_host(wanted, Direction::Dst))
            }
            Direction::Wlan(field) => self.wlan_address(wanted, field),
        }
    }

    /// Management frames have the source in the second field, data frames where the direction bits say; control frames
    /// have none.
    fn wlan_source(&self, wanted: &Wanted<Mac>) -> Hir {
        let bit = |bit| self.header_bits(1, bit, bit);
        let from_ds = and(
            bit(FROM_DS),
            or(
                and(not(bit(TO_DS)), self.mac_at(ADDRESS_3, wanted)),
                and(bit(TO_DS), self.mac_at(ADDRESS_4, wanted)),
            ),
        );
        let data = or(and(not(bit(FROM_DS)), self.mac_at(ADDRESS_2, wanted)), from_ds);
        self.management_or_data(self.mac_at(ADDRESS_2, wanted), data)
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
    fn wlan_address(&self, wanted: &Wanted<Mac>, field: WlanAddress) -> Hir {
        let not_management = || self.header_bits(0, DATA, DATA);
        match field {
            WlanAddress::Addr1 => self.mac_at(ADDRESS_1, wanted),
            WlanAddress::Addr2 => and(self.has_second_address(), self.mac_at(ADDRESS_2, wanted)),
            WlanAddress::Addr3 => {
                and(not(self.header_bits(0, TYPE_MASK, CONTROL)), self.mac_at(ADDRESS_3, wanted))
            }
            WlanAddress::Addr4 => {
                and(self.header_bits(1, DIRECTION_MASK, DIRECTION_MASK), self.mac_at(ADDRESS_4, wanted))
            }
            WlanAddress::Ra => and(not_management(), self.mac_at(ADDRESS_1, wanted)),
            WlanAddress::Ta => {
                all([not_management(), self.has_second_address(), self.mac_at(ADDRESS_2, wanted)])
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
}
