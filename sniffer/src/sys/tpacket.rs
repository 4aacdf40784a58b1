//! The bytes of a `TPACKET_V3` block as `linux/if_packet.h` lays them out. Reads fields, never follows an offset.
//!
//! Fields are integers of the host's byte order, except those of the socket address that are said to be otherwise.

use std::mem::{offset_of, size_of};

/// Bytes of a block's header: `struct tpacket_block_desc`.
pub(crate) const BLOCK_HEADER_LEN: usize = size_of::<libc::tpacket_block_desc>();

/// Bytes in front of what a frame holds: `struct tpacket3_hdr`, padded, then `struct sockaddr_ll` (`TPACKET3_HDRLEN`).
pub(crate) const FRAME_HEADER_LEN: usize = libc::TPACKET3_HDRLEN;

/// Frames and packet data are laid out in multiples of this (`TPACKET_ALIGNMENT`).
pub(crate) const ALIGNMENT: usize = libc::TPACKET_ALIGNMENT;

/// Offset of the block's status word, and of its count of frames, within the block.
pub(crate) const BLOCK_STATUS: usize = block_field(offset_of!(libc::tpacket_hdr_v1, block_status));
pub(crate) const BLOCK_FRAME_COUNT: usize = block_field(offset_of!(libc::tpacket_hdr_v1, num_pkts));

const BLOCK_FIRST_FRAME: usize = block_field(offset_of!(libc::tpacket_hdr_v1, offset_to_first_pkt));
const VLAN: usize = offset_of!(libc::tpacket3_hdr, hv1);
const ADDRESS: usize = size_of::<libc::tpacket3_hdr>().next_multiple_of(ALIGNMENT);

const _: () = assert!(BLOCK_HEADER_LEN == 48);
const _: () = assert!(size_of::<libc::tpacket3_hdr>() == 48);
const _: () = assert!(size_of::<libc::sockaddr_ll>() == 20);
const _: () = assert!(FRAME_HEADER_LEN == ADDRESS + size_of::<libc::sockaddr_ll>());
// The status word is read and written as an atomic integer, which must be aligned in a page-aligned block.
const _: () = assert!(BLOCK_STATUS.is_multiple_of(4) && BLOCK_FRAME_COUNT.is_multiple_of(4));

/// Where a field of the version-1 header is within the block, whose own version and private offset come first.
const fn block_field(offset: usize) -> usize {
    offset_of!(libc::tpacket_block_desc, hdr) + offset
}

/// What a block's header says of the frames in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BlockHeader {
    /// How many frames the kernel put into the block.
    pub(crate) frame_count: u32,
    /// Offset of the first frame from the start of the block.
    pub(crate) first_frame: u32,
}

impl BlockHeader {
    /// The header at the start of `block`; `None` when the block is too short to have one.
    pub(crate) fn read(block: &[u8]) -> Option<Self> {
        let bytes = block.first_chunk::<BLOCK_HEADER_LEN>()?;
        Some(Self {
            frame_count: u32_at::<BLOCK_FRAME_COUNT, _>(bytes),
            first_frame: u32_at::<BLOCK_FIRST_FRAME, _>(bytes),
        })
    }
}

/// What the kernel wrote in front of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FrameHeader {
    /// Offset of the next frame from this one, 0 in the block's last.
    pub(crate) next_offset: u32,
    /// Time stamp: seconds since the epoch.
    pub(crate) seconds: u32,
    /// Time stamp: nanoseconds of the second.
    pub(crate) nanos: u32,
    /// Bytes captured.
    pub(crate) captured_len: u32,
    /// Bytes that the frame had.
    pub(crate) original_len: u32,
    /// `TP_STATUS_` bits.
    pub(crate) status: Status,
    /// Offset of the captured bytes from this header.
    pub(crate) data_offset: u16,
    /// The VLAN tag that the kernel took out of the bytes.
    pub(crate) vlan_tag: Option<VlanTag>,
    /// Where the frame was seen.
    pub(crate) address: LinkAddress,
}

/// The `TP_STATUS_` bits of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Status(u32);

/// A VLAN tag beside the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct VlanTag {
    /// The Ethertype that announces the tag: 0x8100 or 0x88a8 as a rule.
    pub(crate) protocol: u16,
    /// Priority, drop eligibility and VLAN identifier.
    pub(crate) control: u16,
}

/// What `struct sockaddr_ll` tells of a received frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LinkAddress {
    /// Protocol above the link layer, in network order as the kernel wrote it.
    pub(crate) protocol: [u8; 2],
    /// The interface's index.
    pub(crate) interface: u32,
    /// `ARPHRD_` type of the interface.
    pub(crate) hardware_type: u16,
    /// `PACKET_HOST` and its kin.
    pub(crate) packet_type: u8,
    /// How many bytes of `sender` count.
    pub(crate) sender_len: u8,
    /// The sender's link-layer address.
    pub(crate) sender: [u8; 8],
}

impl FrameHeader {
    /// The header at the start of `frame`; `None` when too few bytes are left for one.
    #[inline]
    pub(crate) fn read(frame: &[u8]) -> Option<Self> {
        let bytes = frame.first_chunk::<FRAME_HEADER_LEN>()?;
        let status = Status(u32_at::<{ offset_of!(libc::tpacket3_hdr, tp_status) }, _>(bytes));
        Some(Self {
            next_offset: u32_at::<{ offset_of!(libc::tpacket3_hdr, tp_next_offset) }, _>(bytes),
            seconds: u32_at::<{ offset_of!(libc::tpacket3_hdr, tp_sec) }, _>(bytes),
            nanos: u32_at::<{ offset_of!(libc::tpacket3_hdr, tp_nsec) }, _>(bytes),
            captured_len: u32_at::<{ offset_of!(libc::tpacket3_hdr, tp_snaplen) }, _>(bytes),
            original_len: u32_at::<{ offset_of!(libc::tpacket3_hdr, tp_len) }, _>(bytes),
            status,
            data_offset: u16_at::<{ offset_of!(libc::tpacket3_hdr, tp_mac) }, _>(bytes),
            vlan_tag: VlanTag::read(bytes, status),
            address: LinkAddress::read(bytes),
        })
    }
}

impl Status {
    /// The network card fills the transport checksum in after the frame was seen.
    pub(crate) fn checksum_not_ready(self) -> bool {
        self.0 & libc::TP_STATUS_CSUMNOTREADY != 0
    }

    /// The transport checksum was verified.
    pub(crate) fn checksum_valid(self) -> bool {
        self.0 & libc::TP_STATUS_CSUM_VALID != 0
    }
}

impl VlanTag {
    fn read(bytes: &[u8; FRAME_HEADER_LEN], status: Status) -> Option<Self> {
        const CONTROL: usize = VLAN + offset_of!(libc::tpacket_hdr_variant1, tp_vlan_tci);
        const PROTOCOL: usize = VLAN + offset_of!(libc::tpacket_hdr_variant1, tp_vlan_tpid);
        if status.0 & libc::TP_STATUS_VLAN_VALID == 0 {
            return None;
        }
        let known = status.0 & libc::TP_STATUS_VLAN_TPID_VALID != 0;
        Some(Self {
            protocol: if known { u16_at::<PROTOCOL, _>(bytes) } else { libc::ETH_P_8021Q as u16 },
            control: u32_at::<CONTROL, _>(bytes) as u16,
        })
    }
}

impl LinkAddress {
    fn read(bytes: &[u8; FRAME_HEADER_LEN]) -> Self {
        Self {
            protocol: array_at::<{ ADDRESS + offset_of!(libc::sockaddr_ll, sll_protocol) }, _, 2>(bytes),
            interface: u32_at::<{ ADDRESS + offset_of!(libc::sockaddr_ll, sll_ifindex) }, _>(bytes),
            hardware_type: u16_at::<{ ADDRESS + offset_of!(libc::sockaddr_ll, sll_hatype) }, _>(bytes),
            packet_type: array_at::<{ ADDRESS + offset_of!(libc::sockaddr_ll, sll_pkttype) }, _, 1>(bytes)[0],
            sender_len: array_at::<{ ADDRESS + offset_of!(libc::sockaddr_ll, sll_halen) }, _, 1>(bytes)[0],
            sender: array_at::<{ ADDRESS + offset_of!(libc::sockaddr_ll, sll_addr) }, _, 8>(bytes),
        }
    }
}

fn u32_at<const OFFSET: usize, const LEN: usize>(bytes: &[u8; LEN]) -> u32 {
    u32::from_ne_bytes(array_at::<OFFSET, LEN, 4>(bytes))
}

fn u16_at<const OFFSET: usize, const LEN: usize>(bytes: &[u8; LEN]) -> u16 {
    u16::from_ne_bytes(array_at::<OFFSET, LEN, 2>(bytes))
}

/// The `N` bytes at `OFFSET`: that they are there is checked by the compiler.
#[inline]
fn array_at<const OFFSET: usize, const LEN: usize, const N: usize>(bytes: &[u8; LEN]) -> [u8; N] {
    const { assert!(OFFSET + N <= LEN) };
    std::array::from_fn(|index| bytes[OFFSET + index])
}
