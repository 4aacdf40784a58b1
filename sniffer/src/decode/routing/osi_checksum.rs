//! The checksum of the protocols of OSI, ISO 8473 annex C: two sums, one of the bytes and one of the sums on the way.

use crate::decode::Payload;

/// How a checksum compares with the bytes that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OsiChecksum {
    /// There is none, or not all that it covers was captured.
    Unverified,
    /// It is right.
    Correct,
    /// It should be this.
    Incorrect(u16),
}

impl OsiChecksum {
    /// Compares a checksum that stands at `place` in the bytes that it covers.
    pub fn of(covered: Payload<'_>, checksum: u16, place: usize) -> Self {
        if checksum == 0 || covered.is_truncated() || place + 2 > covered.bytes().len() {
            return Self::Unverified;
        }
        match expected(covered.bytes(), place) {
            expected if expected == checksum => Self::Correct,
            expected => Self::Incorrect(expected),
        }
    }
}

/// The checksum that makes both sums 0 modulo 255; as 0 stands for no checksum, it has 255 in its place.
fn expected(covered: &[u8], place: usize) -> u16 {
    let (mut sum, mut sums) = (0_i64, 0_i64);
    for (at, byte) in covered.iter().enumerate() {
        sum += if at == place || at == place + 1 { 0 } else { i64::from(*byte) };
        sums += sum % 255;
    }
    let weighted = (covered.len() - place) as i64 * (sum % 255);
    let byte = |value: i64| match value.rem_euclid(255) {
        0 => 255,
        value => value as u16,
    };
    byte(weighted - sum - sums) << 8 | byte(sums - weighted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sums_of_a_right_checksum_are_zero() {
        let mut bytes: Vec<u8> = (0..40).map(|at| (at * 37 % 256) as u8).collect();
        let compare = |bytes: &[u8]| {
            let checksum = u16::from_be_bytes([bytes[12], bytes[13]]);
            OsiChecksum::of(Payload::new(bytes, 40), checksum, 12)
        };
        let OsiChecksum::Incorrect(expected) = compare(&bytes) else { panic!("a wrong checksum") };
        bytes[12..14].copy_from_slice(&expected.to_be_bytes());
        assert_eq!(compare(&bytes), OsiChecksum::Correct);
        let sums = bytes.iter().fold((0_u32, 0_u32), |(sum, sums), byte| {
            let sum = (sum + u32::from(*byte)) % 255;
            (sum, (sums + sum) % 255)
        });
        assert_eq!(sums, (0, 0));
        assert_eq!(compare(&bytes[..39]), OsiChecksum::Unverified);
    }
}
