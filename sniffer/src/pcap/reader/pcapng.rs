//! pcapng: a stream of blocks (draft-ietf-opsawg-pcapng). Knows nothing of pcap.

use std::io::Read;

use super::Record;
use super::bytes::{ByteOrder, Fields};
use super::interface::{Interface, InterfaceNames, MAX_INTERFACES};
use super::packet::{self, Packet};
use super::window::Window;
use crate::packet::LinkType;
use crate::pcap::block::{
    BYTE_ORDER_MAGIC, ENHANCED_PACKET, INTERFACE_DESCRIPTION, PACKET, SECTION_HEADER, SIMPLE_PACKET,
    decode_flags,
};
use crate::pcap::link::maximum_snaplen;
use crate::pcap::{Damage, Error, Precision};

/// The type of a section header block, the same in both byte orders, which begins a file.
pub(super) const MAGIC: [u8; 4] = [0x0a, 0x0d, 0x0d, 0x0a];

/// Type and length before a block's body.
const BLOCK_HEADER_LEN: usize = 8;
/// Those and the length behind it.
const BLOCK_FRAME_LEN: usize = 12;
/// The shortest section header block.
const SECTION_HEADER_LEN: u32 = 28;
/// The longest block unless a link type needs more: `INITIAL_MAX_BLOCKSIZE` of libpcap's sf-pcapng.c.
const MAX_BLOCK_LEN: u32 = 16 * 1024 * 1024;
/// What a block may have besides captured bytes: its fields and 128 KiB of options, as libpcap has it.
const MAX_BLOCK_OVERHEAD: u32 = 32 + 131_072;
/// The longest section header block that begins a file: `BT_SHB_INSANE_MAX` there.
const MAX_FIRST_BLOCK_LEN: u32 = 1024 * 1024;

/// A pcapng file behind its first interface description.
#[derive(Debug)]
pub(super) struct File {
    blocks: Blocks,
    link_type: LinkType,
    snaplen: u32,
    precision: Precision,
}

impl File {
    /// Reads from the first section header to the first interface description, which stands for the whole file.
    pub(super) fn open<R: Read>(window: &mut Window<R>) -> Result<Self, Error> {
        window.fill(BLOCK_FRAME_LEN)?;
        // Four bytes of line ends could begin a text file; only the byte-order magic makes this a savefile.
        let order = section_order(window.bytes()).ok_or(Error::UnknownFormat)?;
        let length = Fields::new(&window.bytes()[4..], order).u32().unwrap_or_default();
        if !(SECTION_HEADER_LEN..=MAX_FIRST_BLOCK_LEN).contains(&length) {
            return Err(damaged(window, Damage::SectionLength(length)));
        }
        let mut blocks = Blocks::new(order);
        loop {
            let offset = window.offset();
            if blocks.next_block(window)?.is_none() {
                return Err(Error::Damaged { damage: Damage::NoInterface, offset });
            }
            if let Some(first) = blocks.interfaces.first() {
                let (link_type, snaplen, precision) = (first.link_type, first.snaplen, first.precision());
                return Ok(Self { blocks, link_type, snaplen, precision });
            }
        }
    }

    /// The next frame, taken out of the window; `None` at the end of the file.
    #[inline]
    pub(super) fn next_record<R: Read>(&mut self, window: &mut Window<R>) -> Result<Option<Record>, Error> {
        loop {
            match self.blocks.next_block(window)? {
                Some(Content::Record(record)) => return Ok(Some(record)),
                Some(Content::Other) => {}
                None => return Ok(None),
            }
        }
    }

    pub(super) fn link_type(&self) -> LinkType {
        self.link_type
    }

    pub(super) fn snaplen(&self) -> u32 {
        self.snaplen
    }

    pub(super) fn precision(&self) -> Precision {
        self.precision
    }

    pub(super) fn interface_names(&self) -> InterfaceNames {
        self.blocks.names.clone()
    }
}

/// What the blocks read so far say of those that follow.
#[derive(Debug)]
struct Blocks {
    order: ByteOrder,
    max_block_len: u32,
    /// The interfaces of the present section.
    interfaces: Vec<Interface>,
    /// How many the sections before had.
    earlier_interfaces: u32,
    names: InterfaceNames,
}

/// What a block was.
enum Content {
    Record(Record),
    Other,
}

impl Blocks {
    fn new(order: ByteOrder) -> Self {
        Self {
            order,
            max_block_len: MAX_BLOCK_LEN,
            interfaces: Vec::new(),
            earlier_interfaces: 0,
            names: InterfaceNames::default(),
        }
    }

    /// Takes one whole block out of the window.
    #[inline]
    fn next_block<R: Read>(&mut self, window: &mut Window<R>) -> Result<Option<Content>, Error> {
        let Some((kind, length)) = self.block_header(window)? else { return Ok(None) };
        let length = length as usize;
        let got = window.fill(length)?;
        if got < length {
            let (wanted, got) = (length - BLOCK_HEADER_LEN, got - BLOCK_HEADER_LEN);
            return Err(damaged(window, Damage::TruncatedBlock { wanted, got }));
        }
        let content =
            self.content(kind, &window.bytes()[..length]).map_err(|damage| damaged(window, damage))?;
        let Some(mut record) = content else {
            window.take(length, 0..0);
            return Ok(Some(Content::Other));
        };
        record.data = window.take(length, record.data);
        Ok(Some(Content::Record(record)))
    }

    /// Type and length of the next block; `None` at the end of the file.
    #[inline]
    fn block_header<R: Read>(&mut self, window: &mut Window<R>) -> Result<Option<(u32, u32)>, Error> {
        let got = window.fill(BLOCK_HEADER_LEN)?;
        if got == 0 {
            return Ok(None);
        }
        if got < BLOCK_HEADER_LEN {
            return Err(damaged(window, Damage::TruncatedBlock { wanted: BLOCK_HEADER_LEN, got }));
        }
        if window.bytes().starts_with(&MAGIC) && window.fill(BLOCK_FRAME_LEN)? == BLOCK_FRAME_LEN {
            // A section brings its own byte order, and even the length of its header is in it.
            let order = section_order(window.bytes());
            self.order = order.ok_or_else(|| damaged(window, Damage::ByteOrderMagic))?;
        }
        let mut fields = Fields::new(window.bytes(), self.order);
        let (Some(kind), Some(length)) = (fields.u32(), fields.u32()) else { return Ok(None) };
        self.check_length(length).map_err(|damage| damaged(window, damage))?;
        Ok(Some((kind, length)))
    }

    fn check_length(&self, length: u32) -> Result<(), Damage> {
        if length < BLOCK_FRAME_LEN as u32 {
            Err(Damage::BlockTooSmall(length))
        } else if !length.is_multiple_of(4) {
            Err(Damage::BlockLength(length))
        } else if length > self.max_block_len {
            Err(Damage::BlockTooLarge { length, maximum: self.max_block_len })
        } else {
            Ok(())
        }
    }

    /// Reads a whole block, from its type to its trailing length; a record's data is a place in it.
    #[inline]
    fn content(&mut self, kind: u32, block: &[u8]) -> Result<Option<Record>, Damage> {
        let (body, trailer) = block.split_at(block.len() - 4);
        let trailer = Fields::new(trailer, self.order).u32().unwrap_or_default();
        if trailer as usize != block.len() {
            return Err(Damage::BlockTrailer { header: block.len() as u32, trailer });
        }
        let body = &body[BLOCK_HEADER_LEN..];
        let fields = Fields::new(body, self.order);
        match kind {
            ENHANCED_PACKET => self.packet(kind, packet::enhanced(fields)).map(Some),
            PACKET => self.packet(kind, packet::obsolete(fields)).map(Some),
            SIMPLE_PACKET => self.packet(kind, packet::simple(fields, self.interfaces.first())).map(Some),
            INTERFACE_DESCRIPTION => self.add_interface(body).map(|()| None),
            SECTION_HEADER => self.begin_section(fields).map(|()| None),
            _ => Ok(None),
        }
    }

    fn begin_section(&mut self, mut fields: Fields<'_>) -> Result<(), Damage> {
        // The byte-order magic has been read, and the section's length is not needed to find its end.
        let fixed = (fields.u32(), fields.u16(), fields.u16(), fields.u64());
        let (Some(_), Some(major), Some(minor), Some(_)) = fixed else {
            return Err(Damage::BlockTooShort(SECTION_HEADER));
        };
        if major != 1 || ![0, 2].contains(&minor) {
            return Err(Damage::PcapngVersion { major, minor });
        }
        self.earlier_interfaces += self.interfaces.len() as u32;
        self.interfaces.clear();
        Ok(())
    }

    fn add_interface(&mut self, body: &[u8]) -> Result<(), Damage> {
        if self.earlier_interfaces + self.interfaces.len() as u32 >= MAX_INTERFACES {
            return Err(Damage::TooManyInterfaces(MAX_INTERFACES));
        }
        let (interface, name) = Interface::parse(body, self.order)?;
        let longest = maximum_snaplen(interface.link_type) + MAX_BLOCK_OVERHEAD;
        self.max_block_len = self.max_block_len.max(longest);
        self.interfaces.push(interface);
        self.names.push(name);
        Ok(())
    }

    #[inline]
    fn packet(&self, kind: u32, packet: Option<Packet<'_>>) -> Result<Record, Damage> {
        let too_short = Damage::BlockTooShort(kind);
        let Some(mut packet) = packet else { return Err(too_short) };
        let Some(interface) = self.interfaces.get(packet.interface as usize) else {
            return Err(self.unknown_interface(packet.interface));
        };
        let captured = packet.captured;
        if captured > interface.snaplen {
            return Err(Damage::AboveSnaplen { length: captured, snaplen: interface.snaplen });
        }
        let captured = captured as usize;
        if packet.rest.bytes(captured).is_none() {
            return Err(too_short);
        }
        let (packet_type, checksum) = decode_flags(packet::flags(packet.rest, captured).unwrap_or(0));
        let start = BLOCK_HEADER_LEN + packet.fixed_len;
        Ok(Record {
            timestamp: interface.timestamp(packet.ticks),
            link_type: interface.link_type,
            data: start..start + captured,
            original_len: packet.original,
            interface: self.earlier_interfaces + packet.interface,
            packet_type,
            checksum,
        })
    }

    fn unknown_interface(&self, number: u32) -> Damage {
        if self.interfaces.is_empty() && self.earlier_interfaces == 0 {
            Damage::PacketBeforeInterface
        } else {
            Damage::UnknownInterface(number)
        }
    }
}

/// The byte order that the magic behind a section header's type and length tells.
fn section_order(block: &[u8]) -> Option<ByteOrder> {
    let magic = *block.get(BLOCK_HEADER_LEN..)?.first_chunk()?;
    [ByteOrder::Little, ByteOrder::Big].into_iter().find(|order| order.u32(magic) == BYTE_ORDER_MAGIC)
}

fn damaged<R: Read>(window: &Window<R>, damage: Damage) -> Error {
    Error::Damaged { damage, offset: window.offset() }
}
