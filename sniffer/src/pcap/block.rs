//! The numbers of pcapng blocks and packet flags (draft-ietf-opsawg-pcapng), for the reader and the writer. Knows no
//! I/O.

use crate::packet::{ChecksumState, PacketType};

pub(super) const SECTION_HEADER: u32 = 0x0a0d_0d0a;
pub(super) const INTERFACE_DESCRIPTION: u32 = 1;
pub(super) const PACKET: u32 = 2;
pub(super) const SIMPLE_PACKET: u32 = 3;
pub(super) const INTERFACE_STATISTICS: u32 = 5;
pub(super) const ENHANCED_PACKET: u32 = 6;

/// Stands behind a section header's length and tells the section's byte order.
pub(super) const BYTE_ORDER_MAGIC: u32 = 0x1a2b_3c4d;

/// The option that ends options.
pub(super) const END_OF_OPTIONS: u16 = 0;
/// The option of any block that holds what a user has to say.
pub(super) const COMMENT: u16 = 1;
/// Options of a section header: processor, operating system and program of who wrote it.
pub(super) const SHB_HARDWARE: u16 = 2;
pub(super) const SHB_OS: u16 = 3;
pub(super) const SHB_USERAPPL: u16 = 4;
/// Options of an interface description.
pub(super) const IF_NAME: u16 = 2;
pub(super) const IF_SPEED: u16 = 8;
pub(super) const IF_TSRESOL: u16 = 9;
pub(super) const IF_FILTER: u16 = 11;
pub(super) const IF_OS: u16 = 12;
pub(super) const IF_TSOFFSET: u16 = 14;
/// The first byte of a filter that is an expression of pcap-filter(7).
pub(super) const FILTER_EXPRESSION: u8 = 0;
/// Options of interface statistics: times of the first and the last frame, and how many were received, wanted by
/// the filter, lost by the system, and delivered.
pub(super) const ISB_STARTTIME: u16 = 2;
pub(super) const ISB_ENDTIME: u16 = 3;
pub(super) const ISB_IFRECV: u16 = 4;
pub(super) const ISB_IFDROP: u16 = 5;
pub(super) const ISB_FILTERACCEPT: u16 = 6;
pub(super) const ISB_OSDROP: u16 = 7;
pub(super) const ISB_USRDELIV: u16 = 8;
/// The option of a packet whose value is the word that the functions below take apart.
pub(super) const PACKET_FLAGS: u16 = 2;

const DIRECTION: u32 = 0b11;
const INBOUND: u32 = 1;
const OUTBOUND: u32 = 2;
const RECEPTION_SHIFT: u32 = 2;
const RECEPTION: u32 = 0b111;
const CHECKSUM_NOT_READY: u32 = 1 << 9;
const CHECKSUM_VALID: u32 = 1 << 10;

/// What the flags of a packet say of its addressee and of its checksums.
pub(super) fn decode_flags(flags: u32) -> (Option<PacketType>, ChecksumState) {
    let packet_type = match (flags & DIRECTION, flags >> RECEPTION_SHIFT & RECEPTION) {
        (OUTBOUND, _) => Some(PacketType::Outgoing),
        (_, 2) => Some(PacketType::Multicast),
        (_, 3) => Some(PacketType::Broadcast),
        (_, 4) => Some(PacketType::OtherHost),
        (_, 1) | (INBOUND, _) => Some(PacketType::Host),
        _ => None,
    };
    let checksum = if flags & CHECKSUM_NOT_READY != 0 {
        ChecksumState::NotReady
    } else if flags & CHECKSUM_VALID != 0 {
        ChecksumState::Valid
    } else {
        ChecksumState::Unknown
    };
    (packet_type, checksum)
}

/// The flags that say what is known; `None` when nothing is.
pub(super) fn encode_flags(packet_type: Option<PacketType>, checksum: ChecksumState) -> Option<u32> {
    let inbound = |reception: u32| INBOUND | reception << RECEPTION_SHIFT;
    let direction = match packet_type {
        Some(PacketType::Host) => inbound(1),
        Some(PacketType::Multicast) => inbound(2),
        Some(PacketType::Broadcast) => inbound(3),
        Some(PacketType::OtherHost) => inbound(4),
        Some(PacketType::Outgoing) => OUTBOUND,
        Some(PacketType::Unknown(_)) | None => 0,
    };
    let checksum = match checksum {
        ChecksumState::Unknown => 0,
        ChecksumState::NotReady => CHECKSUM_NOT_READY,
        ChecksumState::Valid => CHECKSUM_VALID,
    };
    Some(direction | checksum).filter(|&flags| flags != 0)
}
