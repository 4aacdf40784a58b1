//! The classic savefile as `pcap-savefile(5)` describes it, read independently of the library: little-endian,
//! microseconds.

/// A savefile taken apart.
#[derive(Debug)]
pub(crate) struct Savefile {
    /// `LINKTYPE_` value.
    pub(crate) link_type: u32,
    /// Bytes kept of a frame.
    pub(crate) snapshot_length: u32,
    /// The captured bytes of each frame.
    pub(crate) frames: Vec<Vec<u8>>,
}

impl Savefile {
    /// Parses a complete file.
    ///
    /// # Panics
    /// When it is not one, down to the last byte.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let (file, rest) = Self::take(bytes);
        assert!(rest.is_empty(), "{} bytes behind the last record", rest.len());
        file
    }

    /// Parses what there is of a file that is still being written.
    pub(crate) fn parse_whole_records(bytes: &[u8]) -> Self {
        Self::take(bytes).0
    }

    fn take(bytes: &[u8]) -> (Self, &[u8]) {
        let Some((header, mut rest)) = bytes.split_at_checked(24) else {
            return (Self { link_type: 0, snapshot_length: 0, frames: Vec::new() }, bytes);
        };
        assert_eq!(header[..8], [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0], "magic number and version 2.4");
        let mut file =
            Self { link_type: word(header, 20), snapshot_length: word(header, 16), frames: Vec::new() };
        while let Some((record, behind)) = rest.split_at_checked(16) {
            let Some((frame, behind)) = behind.split_at_checked(word(record, 8) as usize) else { break };
            file.frames.push(frame.to_vec());
            rest = behind;
        }
        (file, rest)
    }
}

fn word(bytes: &[u8], offset: usize) -> u32 {
    u32::from_le_bytes(bytes[offset..offset + 4].try_into().expect("four bytes"))
}
