//! JA4, the fingerprint of a TLS client: what its `ClientHello` offers, in 36 characters
//! (<https://github.com/FoxIO-LLC/ja4>, `technical_details/JA4.md`).

use arrayvec::ArrayVec;
use sha2::{Digest as _, Sha256};

use super::tls_hello::is_grease;
use crate::decode::TlsHello;

const LEN: usize = 36;
/// The most cipher suites, extensions and signature algorithms, each: a hello with more of them has no fingerprint.
const MAX_NUMBERS: usize = 256;

type Numbers = ArrayVec<u16, MAX_NUMBERS>;

/// A fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ja4([u8; LEN]);

impl Ja4 {
    /// The fingerprint of the client of a hello that is here whole, with the letter of its transport.
    pub(super) fn of(hello: &TlsHello<'_>, transport: u8) -> Option<Self> {
        if !hello.is_client() || !hello.is_complete() {
            return None;
        }
        let mut suites = meaningful(hello.cipher_suites())?;
        let mut extensions = meaningful(hello.extensions().map(|extension| extension.kind))?;
        let algorithms = meaningful(hello.signature_algorithms())?;
        suites.sort_unstable();
        extensions.sort_unstable();
        let version = hello
            .versions()
            .filter(|version| !is_grease(*version))
            .max_by_key(|version| age(*version))
            .unwrap_or_default();

        let mut text = ArrayVec::<u8, LEN>::new();
        text.push(transport);
        text.extend(version_digits(version));
        text.push(if hello.has_server_name() { b'd' } else { b'i' });
        text.extend(two_digits(suites.len()));
        text.extend(two_digits(extensions.len()));
        text.extend(protocol_characters(hello.protocols().next().unwrap_or_default()));
        // Server name and ALPN are told above, and do not change what the client is.
        extensions.retain(|extension| !matches!(extension, 0 | 16));
        text.push(b'_');
        text.extend(digest(&suites, &[]));
        text.push(b'_');
        text.extend(digest(&extensions, &algorithms));
        text.into_inner().ok().map(Self)
    }

    /// The 36 characters.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The numbers without those that mean nothing; `None` when there are too many.
fn meaningful(numbers: impl Iterator<Item = u16>) -> Option<Numbers> {
    let mut kept = Numbers::new();
    for number in numbers.filter(|number| !is_grease(*number)) {
        kept.try_push(number).ok()?;
    }
    Some(kept)
}

/// What grows with every version: DTLS counts its versions downwards.
fn age(version: u16) -> u16 {
    let is_of_dtls = version >> 8 == 0xfe;
    if is_of_dtls { !version } else { version }
}

fn version_digits(version: u16) -> [u8; 2] {
    *match version {
        0x0304 => b"13",
        0x0303 => b"12",
        0x0302 => b"11",
        0x0301 => b"10",
        0x0300 => b"s3",
        0x0002 => b"s2",
        0xfeff => b"d1",
        0xfefd => b"d2",
        0xfefc => b"d3",
        _ => b"00",
    }
}

fn two_digits(count: usize) -> [u8; 2] {
    let count = count.min(99) as u8;
    [b'0' + count / 10, b'0' + count % 10]
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// The first and the last character of a protocol's name, or the outermost hexadecimal digits where one is no letter or digit.
fn protocol_characters(name: &[u8]) -> [u8; 2] {
    let (Some(first), Some(last)) = (name.first(), name.last()) else { return *b"00" };
    if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() {
        return [*first, *last];
    }
    [HEX[usize::from(first >> 4)], HEX[usize::from(last & 15)]]
}

/// The first twelve digits of the hash over numbers with commas between, and over those of a second list behind `_`.
fn digest(numbers: &[u16], second: &[u16]) -> [u8; 12] {
    if numbers.is_empty() {
        return [b'0'; 12];
    }
    let mut hash = Sha256::new();
    for (list, mut separator) in [(numbers, &b""[..]), (second, b"_")] {
        for number in list {
            hash.update(separator);
            hash.update([12, 8, 4, 0].map(|shift| HEX[usize::from(number >> shift & 15)]));
            separator = b",";
        }
    }
    let hash = hash.finalize();
    std::array::from_fn(|place| HEX[usize::from(hash[place / 2] >> (4 * (1 - place % 2)) & 15)])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    #[test]
    fn lists_have_the_digests_of_the_specification() {
        let suites = [
            0x002f, 0x0035, 0x009c, 0x009d, 0x1301, 0x1302, 0x1303, 0xc013, 0xc014, 0xc02b, 0xc02c, 0xc02f,
            0xc030, 0xcca8, 0xcca9,
        ];
        let extensions = [5, 10, 11, 13, 0x12, 0x15, 0x17, 0x1b, 0x23, 0x2b, 0x2d, 0x33, 0x4469, 0xff01];
        let algorithms = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];
        assert_eq!(&digest(&suites, &[]), b"8daaf6152771");
        assert_eq!(&digest(&extensions, &algorithms), b"e5627efa2ab1");
        assert_eq!(&digest(&extensions, &[]), b"6d807ffa2a79");
        assert_eq!(&digest(&[], &algorithms), b"000000000000");
    }

    #[test]
    fn the_newest_version_of_dtls_has_the_lowest_number() {
        let newest =
            |versions: [u16; 2]| versions.into_iter().max_by_key(|version| age(*version)).map(version_digits);
        assert_eq!(newest([0xfeff, 0xfefd]), Some(*b"d2"));
        assert_eq!(newest([0xfefc, 0xfefd]), Some(*b"d3"));
        assert_eq!(newest([0x0303, 0x0304]), Some(*b"13"));
    }

    #[test]
    fn protocols_are_two_characters() {
        let check = |name: &[u8], expected: &[u8; 2]| assert_eq!(&protocol_characters(name), expected);
        check(b"h2", b"h2");
        check(b"http/1.1", b"h1");
        check(b"h", b"hh");
        check(b"", b"00");
        check(&[0xab], b"ab");
        check(&[0xab, 0xcd], b"ad");
        check(&[0x30, 0xab], b"3b");
        check(&[0x30, 0x31, 0xab, 0xcd], b"3d");
        check(&[0x30, 0xab, 0xcd, 0x31], b"01");
    }
}
