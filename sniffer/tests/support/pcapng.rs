//! pcapng as its draft describes it, read independently of the library: little-endian, blocks and options as they stand.

/// The description of an interface.
pub(crate) const INTERFACE: u32 = 1;

/// Interface statistics.
pub(crate) const STATISTICS: u32 = 5;

/// A block: its type and what stands between its two lengths.
#[derive(Debug)]
pub(crate) struct Block {
    /// The type.
    pub(crate) kind: u32,
    body: Vec<u8>,
}

/// Takes a file apart.
///
/// # Panics
/// When it is not one, down to the last byte.
pub(crate) fn blocks(mut bytes: &[u8]) -> Vec<Block> {
    let mut blocks = Vec::new();
    while !bytes.is_empty() {
        let length = word(bytes, 4) as usize;
        assert_eq!(word(bytes, length - 4) as usize, length, "the two lengths of a block");
        blocks.push(Block { kind: word(bytes, 0), body: bytes[8..length - 4].to_vec() });
        bytes = &bytes[length..];
    }
    blocks
}

impl Block {
    /// The two bytes at an offset.
    pub(crate) fn u16(&self, offset: usize) -> u16 {
        u16::from_le_bytes(self.body[offset..offset + 2].try_into().expect("two bytes"))
    }

    /// The number in an option of eight bytes, of the options that begin at `start`.
    pub(crate) fn number(&self, start: usize, code: u16) -> Option<u64> {
        let mut rest = &self.body[start..];
        while let Some((head, behind)) = rest.split_at_checked(4) {
            let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
            if u16::from_le_bytes([head[0], head[1]]) == code {
                return Some(u64::from_le_bytes(behind[..length].try_into().expect("eight bytes")));
            }
            rest = &behind[length.next_multiple_of(4)..];
        }
        None
    }
}

fn word(bytes: &[u8], offset: usize) -> u32 {
    u32::from_le_bytes(bytes[offset..offset + 4].try_into().expect("four bytes"))
}
