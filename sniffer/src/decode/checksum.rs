//! The internet checksum, RFC 1071, with the pseudo-headers of IPv4 and IPv6.

use std::net::IpAddr;

use super::IpProtocol;

/// A running sum of 16-bit words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checksum(u64);

impl Checksum {
    /// The sum of a pseudo-header: addresses, protocol and length of what the checksum covers.
    pub fn of_pseudo_header(source: IpAddr, destination: IpAddr, protocol: IpProtocol, len: u32) -> Self {
        let mut sum = Self::default();
        for address in [source, destination] {
            match address {
                IpAddr::V4(address) => sum.add(&address.octets()),
                IpAddr::V6(address) => sum.add(&address.octets()),
            }
        }
        sum.add(&len.to_be_bytes());
        sum.add(&[0, protocol.into()]);
        sum
    }

    /// Adds bytes; only the last ones to be added may be odd in number.
    pub fn add(&mut self, bytes: &[u8]) {
        let (words, odd) = bytes.as_chunks::<2>();
        let words: u64 = words.iter().map(|word| u64::from(u16::from_be_bytes(*word))).sum();
        self.0 += words + odd.first().map_or(0, |byte| u64::from(*byte) << 8);
    }

    /// What a checksum field that holds `found` should hold, where the sum covers the field; `None` when it is right.
    pub fn expected(self, found: u16) -> Option<u16> {
        let sum = fold(self.0);
        (sum != u16::MAX).then(|| fold(u64::from(found) + u64::from(!sum)))
    }
}

/// The sum with its carries added in.
fn fold(mut sum: u64) -> u16 {
    while sum > u64::from(u16::MAX) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    sum as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn a_right_sum_is_all_ones_and_a_wrong_one_tells_the_right_one() {
        // The header of RFC 1071's kind of example: a real IPv4 header with its checksum, 0xb861.
        let mut header =
            [0x45, 0, 0, 0x73, 0, 0, 0x40, 0, 0x40, 0x11, 0xb8, 0x61, 0xc0, 0xa8, 0, 1, 0xc0, 0xa8, 0, 0xc7];
        let expected = |header: &[u8]| {
            let mut sum = Checksum::default();
            sum.add(header);
            sum.expected(u16::from_be_bytes([header[10], header[11]]))
        };
        assert_eq!(expected(&header), None);
        header[10] = 0x12;
        assert_eq!(expected(&header), Some(0xb861));
    }

    #[test]
    fn a_pseudo_header_and_an_odd_byte_count() {
        let (source, destination) = (Ipv4Addr::new(10, 0, 0, 1).into(), Ipv4Addr::new(10, 0, 0, 2).into());
        let mut sum = Checksum::of_pseudo_header(source, destination, IpProtocol::Udp, 9);
        sum.add(&[0, 1, 0, 2, 0, 9, 0, 0, 0xff]);
        // 0x0a00 + 1 + 0x0a00 + 2 + 9 + 17 + 1 + 2 + 9 + 0xff00 = 0x11329, folded 0x132a, inverted 0xecd5.
        assert_eq!(sum.expected(0), Some(0xecd5));
    }
}
