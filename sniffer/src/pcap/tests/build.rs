//! Savefiles in any byte order, field by field.

/// Writes numbers in one byte order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    Little,
    Big,
}

pub(super) const ORDERS: [Order; 2] = [Order::Little, Order::Big];

impl Order {
    pub(super) fn u16(self, value: u16) -> [u8; 2] {
        match self {
            Self::Little => value.to_le_bytes(),
            Self::Big => value.to_be_bytes(),
        }
    }

    pub(super) fn u32(self, value: u32) -> [u8; 4] {
        match self {
            Self::Little => value.to_le_bytes(),
            Self::Big => value.to_be_bytes(),
        }
    }

    pub(super) fn u64(self, value: u64) -> [u8; 8] {
        match self {
            Self::Little => value.to_le_bytes(),
            Self::Big => value.to_be_bytes(),
        }
    }

    /// Several 32-bit words.
    pub(super) fn words(self, values: &[u32]) -> Vec<u8> {
        values.iter().flat_map(|&value| self.u32(value)).collect()
    }

    /// A pcap file header.
    pub(super) fn pcap(self, magic: u32, version: (u16, u16), snaplen: u32, link_type: u32) -> Vec<u8> {
        [
            self.words(&[magic]),
            [self.u16(version.0), self.u16(version.1)].concat(),
            self.words(&[0, 0, snaplen, link_type]),
        ]
        .concat()
    }

    /// A pcap record whose captured length is the data's.
    pub(super) fn record(self, seconds: u32, fraction: u32, original: u32, data: &[u8]) -> Vec<u8> {
        [self.words(&[seconds, fraction, data.len() as u32, original]), data.to_vec()].concat()
    }

    /// A pcapng block around a body, padded to a multiple of four.
    pub(super) fn block(self, kind: u32, body: &[u8]) -> Vec<u8> {
        let mut body = body.to_vec();
        body.resize(body.len().next_multiple_of(4), 0);
        let length = body.len() as u32 + 12;
        [self.words(&[kind, length]), body, self.words(&[length])].concat()
    }

    pub(super) fn section(self, version: (u16, u16)) -> Vec<u8> {
        let body = [
            self.words(&[0x1a2b_3c4d]),
            [self.u16(version.0), self.u16(version.1)].concat(),
            self.u64(u64::MAX).to_vec(),
        ];
        self.block(0x0a0d_0d0a, &body.concat())
    }

    pub(super) fn interface(self, link_type: u16, snaplen: u32, options: &[u8]) -> Vec<u8> {
        let fixed = [self.u16(link_type), self.u16(0)].concat();
        self.block(1, &[fixed, self.words(&[snaplen]), options.to_vec()].concat())
    }

    pub(super) fn option(self, code: u16, value: &[u8]) -> Vec<u8> {
        let mut value = value.to_vec();
        let length = value.len() as u16;
        value.resize(value.len().next_multiple_of(4), 0);
        [self.u16(code).to_vec(), self.u16(length).to_vec(), value].concat()
    }

    /// An enhanced packet block whose captured length is the data's.
    pub(super) fn enhanced(
        self,
        interface: u32,
        ticks: u64,
        original: u32,
        data: &[u8],
        options: &[u8],
    ) -> Vec<u8> {
        let fixed = [interface, (ticks >> 32) as u32, ticks as u32, data.len() as u32, original];
        let mut data = data.to_vec();
        data.resize(data.len().next_multiple_of(4), 0);
        self.block(6, &[self.words(&fixed), data, options.to_vec()].concat())
    }
}
