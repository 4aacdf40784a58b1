//! What a client's Initial packet of QUIC says, under the keys that everyone can derive: RFC 9001 section 5, RFC 9369 section 3.3.

use aes_gcm::aead::AeadInOut as _;
use aes_gcm::aes::Aes128;
use aes_gcm::aes::cipher::BlockCipherEncrypt as _;
use aes_gcm::{Aes128Gcm, KeyInit as _};
use arrayvec::ArrayVec;
use hkdf::Hkdf;
use sha2::Sha256;

use super::quic::variable;
use crate::decode::bytes::Cursor;
use crate::decode::{QuicVersion, TlsHello};

/// The longest packet that is opened: more than what fits into Ethernet's frames.
const MAX_PACKET: usize = 2048;
/// The most pieces into which clients scatter a hello.
const MAX_PIECES: usize = 64;
/// Bytes of a key and of a block of AES.
const KEY_LEN: usize = 16;
/// Bytes of the tag behind the payload.
const TAG_LEN: usize = 16;
/// Bytes of the nonce.
const NONCE_LEN: usize = 12;

/// What is different between the versions.
struct Words {
    salt: [u8; 20],
    key: &'static [u8],
    nonce: &'static [u8],
    header: &'static [u8],
}

const V1: Words = Words {
    salt: [
        0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc,
        0xbb, 0x7f, 0x0a,
    ],
    key: b"quic key",
    nonce: b"quic iv",
    header: b"quic hp",
};

const V2: Words = Words {
    salt: [
        0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93, 0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9,
        0xbd, 0x2e, 0xd9,
    ],
    key: b"quicv2 key",
    nonce: b"quicv2 iv",
    header: b"quicv2 hp",
};

/// The beginning of what the CRYPTO frames of a packet carry, put together.
#[derive(Clone, Debug)]
pub struct QuicCrypto(ArrayVec<u8, MAX_PACKET>);

impl QuicCrypto {
    /// The hello that it begins with, which may go on in another packet.
    pub fn hello(&self) -> Option<TlsHello<'_>> {
        TlsHello::new(&self.0)
    }
}

/// Opens a client's Initial packet, which has its packet number at `number_at`; nothing where the keys are not these.
pub(super) fn open(
    version: QuicVersion,
    destination: &[u8],
    packet: &[u8],
    number_at: usize,
) -> Option<QuicCrypto> {
    let keys = Keys::derive(version, destination)?;
    let mut packet = ArrayVec::<u8, MAX_PACKET>::try_from(packet).ok()?;
    let header_len = keys.unmask_header(&mut packet, number_at)?;
    let (header, sealed) = packet.split_at_mut(header_len);
    let number = &header[number_at..];
    let mut nonce = keys.nonce;
    for (byte, number) in nonce.iter_mut().rev().zip(number.iter().rev()) {
        *byte ^= number;
    }
    let (payload, tag) = sealed.split_last_chunk_mut::<TAG_LEN>()?;
    let cipher = Aes128Gcm::new(&keys.key.into());
    cipher.decrypt_inout_detached(&nonce.into(), header, (&mut *payload).into(), &(*tag).into()).ok()?;
    Some(QuicCrypto(joined(crypto_frames(payload))))
}

struct Keys {
    key: [u8; KEY_LEN],
    nonce: [u8; NONCE_LEN],
    header: [u8; KEY_LEN],
}

impl Keys {
    fn derive(version: QuicVersion, destination: &[u8]) -> Option<Self> {
        let words = match version {
            QuicVersion::V1 => &V1,
            QuicVersion::V2 => &V2,
        };
        let initial = Hkdf::<Sha256>::new(Some(&words.salt), destination);
        let client = Hkdf::from_prk(&expand::<32>(&initial, b"client in")?).ok()?;
        Some(Self {
            key: expand(&client, words.key)?,
            nonce: expand(&client, words.nonce)?,
            header: expand(&client, words.header)?,
        })
    }

    /// Takes the mask off the first byte and the packet number, and says where the header ends.
    fn unmask_header(&self, packet: &mut [u8], number_at: usize) -> Option<usize> {
        /// Where the sample that the mask is made of begins, counted from the packet number.
        const SAMPLE_AT: usize = 4;
        let sample = packet.get(number_at + SAMPLE_AT..)?.first_chunk::<KEY_LEN>()?;
        let mut mask = (*sample).into();
        Aes128::new(&self.header.into()).encrypt_block(&mut mask);
        packet[0] ^= mask[0] & 0x0f;
        let header_len = number_at + 1 + usize::from(packet[0] & 3);
        for (byte, mask) in packet[number_at..header_len].iter_mut().zip(&mask[1..]) {
            *byte ^= mask;
        }
        Some(header_len)
    }
}

/// HKDF-Expand-Label of RFC 8446 section 7.1, without a context.
fn expand<const N: usize>(secret: &Hkdf<Sha256>, label: &[u8]) -> Option<[u8; N]> {
    const PREFIX: &[u8] = b"tls13 ";
    let label_len = [(PREFIX.len() + label.len()) as u8];
    let info: [&[u8]; 5] = [&(N as u16).to_be_bytes(), &label_len, PREFIX, label, &[0]];
    let mut out = [0; N];
    secret.expand_multi_info(&info, &mut out).ok()?;
    Some(out)
}

/// A run of bytes of the handshake and where it belongs.
type Piece<'a> = (u64, &'a [u8]);

/// The pieces in the CRYPTO frames of a payload, up to the first frame that a client does not send with its hello.
fn crypto_frames(payload: &[u8]) -> ArrayVec<Piece<'_>, MAX_PIECES> {
    let mut pieces = ArrayVec::new();
    let mut cursor = Cursor::new(payload);
    while !cursor.rest().is_empty() && !cursor.is_short() && !pieces.is_full() {
        match cursor.number(1) {
            // PADDING and PING.
            0 | 1 => {}
            kind @ (2 | 3) => skip_acknowledgement(&mut cursor, kind == 3),
            6 => {
                let (offset, len) = (variable(&mut cursor), variable(&mut cursor));
                pieces.push((offset, cursor.take(usize::try_from(len).unwrap_or(usize::MAX))));
            }
            _ => break,
        }
    }
    pieces
}

/// Skips an ACK frame behind its type.
fn skip_acknowledgement(cursor: &mut Cursor<'_>, has_congestion_counts: bool) {
    variable(cursor);
    variable(cursor);
    let ranges = variable(cursor);
    variable(cursor);
    for _ in 0..ranges {
        variable(cursor);
        variable(cursor);
        if cursor.is_short() {
            return;
        }
    }
    if has_congestion_counts {
        for _ in 0..3 {
            variable(cursor);
        }
    }
}

/// The bytes from the first on, up to the first that is missing.
fn joined(mut pieces: ArrayVec<Piece<'_>, MAX_PIECES>) -> ArrayVec<u8, MAX_PACKET> {
    pieces.sort_unstable_by_key(|(offset, _)| *offset);
    let mut bytes = ArrayVec::new();
    for (offset, piece) in pieces {
        let Some(known) = (bytes.len() as u64).checked_sub(offset) else { break };
        let new = piece.get(known as usize..).unwrap_or_default();
        if bytes.try_extend_from_slice(new).is_err() {
            break;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scattered_pieces_are_joined_up_to_the_first_gap() {
        let payload = [
            &[0, 1, 6, 3, 2][..],
            b"de",
            &[2, 0x40, 5, 0, 0, 0, 6, 0, 3],
            b"abc",
            &[6, 2, 2],
            b"cd",
            &[6, 9, 1],
            b"x",
        ];
        let payload = payload.concat();
        let pieces = crypto_frames(&payload);
        assert_eq!(pieces.len(), 4);
        assert_eq!(joined(pieces).as_slice(), b"abcde");
    }

    #[test]
    fn frames_that_lie_about_their_length_end_the_list() {
        assert_eq!(joined(crypto_frames(&[6, 0, 9, b'a'])).as_slice(), b"a");
        assert!(
            joined(crypto_frames(&[2, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0])).is_empty()
        );
        assert!(joined(crypto_frames(&[0x1c, 6, 0, 1, b'a'])).is_empty());
    }
}
