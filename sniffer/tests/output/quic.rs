//! QUIC's Initial packets: the examples of the RFCs, hellos as browsers scatter them, and tshark.

use aes_gcm::aead::AeadInOut as _;
use aes_gcm::aes::Aes128;
use aes_gcm::aes::cipher::BlockCipherEncrypt as _;
use aes_gcm::{Aes128Gcm, KeyInit as _};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::savefiles::{Saved, printed, tshark, udp};
use crate::tls::{client_hello, in_decimal};

/// The connection identifier of the examples.
const CONNECTION: [u8; 8] = [0x83, 0x94, 0xc8, 0xf0, 0x3e, 0x51, 0x57, 0x08];

/// What the client says in the examples (RFC 9001 appendix A.2): one CRYPTO frame; padding follows.
const CRYPTO_FRAME: &str = "060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e868\
    04fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578\
    616d706c652e636f6dff01000100000a00080006001d00170018001000070005\
    04616c706e000500050100000000003300260024001d00209370b2c9caa47fba\
    baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b000302030400\
    0d0010000e0403050306030203080408050806002d00020101001c0002400100\
    3900320408ffffffffffffffff05048000ffff07048000ffff08011001048000\
    75300901100f088394c8f03e51570806048000ffff";

/// Bytes of the payload of the examples.
const PAYLOAD_LEN: usize = 1162;

fn bytes(hex: &str) -> Vec<u8> {
    let digits = hex.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(str::from_utf8(pair).expect("ASCII"), 16).expect("digits")).collect()
}

/// A version's number, first byte of an Initial packet, salt and label prefix.
#[derive(Clone, Copy)]
struct Version {
    number: u32,
    first: u8,
    salt: &'static str,
    prefix: &'static str,
}

const V1: Version =
    Version { number: 1, first: 0xc3, salt: "38762cf7f55934b34d179ae6a4c80cadccbb7f0a", prefix: "quic" };
const V2: Version = Version {
    number: 0x6b33_43cf,
    first: 0xd3,
    salt: "0dede3def700a6db819381be6e269dcbf9bd2ed9",
    prefix: "quicv2",
};

fn expand<const N: usize>(secret: &Hkdf<Sha256>, label: &str) -> [u8; N] {
    let label = format!("tls13 {label}");
    let info = [&[0, N as u8, label.len() as u8], label.as_bytes(), &[0]].concat();
    let mut out = [0; N];
    secret.expand(&info, &mut out).expect("a short key");
    out
}

/// An Initial packet with packet number 2 as a client protects it.
fn sealed(version: Version, payload: &[u8]) -> Vec<u8> {
    let initial = Hkdf::<Sha256>::new(Some(&bytes(version.salt)), &CONNECTION);
    let client = Hkdf::<Sha256>::from_prk(&expand::<32>(&initial, "client in")).expect("32 bytes");
    let label = |name: &str| format!("{} {name}", version.prefix);
    let length = (4 + payload.len() + 16) as u16 | 0x4000;
    let mut header =
        [&[version.first][..], &version.number.to_be_bytes(), &[8], &CONNECTION, &[0, 0]].concat();
    header.extend(length.to_be_bytes());
    let number_at = header.len();
    header.extend([0, 0, 0, 2]);

    let mut nonce: [u8; 12] = expand(&client, &label("iv"));
    nonce[11] ^= 2;
    let mut text = payload.to_vec();
    let cipher = Aes128Gcm::new(&expand::<16>(&client, &label("key")).into());
    let tag = cipher.encrypt_inout_detached(&nonce.into(), &header, text.as_mut_slice().into());
    let mut packet = [&header[..], &text, &tag.expect("a short text")].concat();

    let sample: [u8; 16] = packet[number_at + 4..number_at + 20].try_into().expect("16 bytes");
    let mut mask = sample.into();
    Aes128::new(&expand::<16>(&client, &label("hp")).into()).encrypt_block(&mut mask);
    packet[0] ^= mask[0] & 0x0f;
    packet[number_at..number_at + 4].iter_mut().zip(&mask[1..]).for_each(|(byte, mask)| *byte ^= mask);
    packet
}

fn padded(frames: &[u8]) -> Vec<u8> {
    let mut payload = frames.to_vec();
    payload.resize(PAYLOAD_LEN, 0);
    payload
}

/// A CRYPTO frame with a part of a hello.
fn crypto(hello: &[u8], part: std::ops::Range<usize>) -> Vec<u8> {
    let variable = |number: usize| (number as u16 | 0x4000).to_be_bytes();
    [&[6][..], &variable(part.start), &variable(part.len()), &hello[part]].concat()
}

const FIELDS: &str = "quic.type,quic.version,quic.destination,quic.length,quic.complete,quic.server_name,\
    quic.alpn.protocol,quic.ja4";

fn fields(frames: &[Vec<u8>]) -> String {
    let file = Saved::new("quic", frames);
    printed(&file.0, &["--fields", FIELDS, "--separator", " "])
}

#[test]
fn the_examples_of_the_rfcs_are_opened() {
    let payload = padded(&bytes(CRYPTO_FRAME));
    let (v1, v2) = (sealed(V1, &payload), sealed(V2, &payload));
    // The tag covers every byte in front of it, so that the packets are those of the RFCs.
    assert!(v1.ends_with(&bytes("e221af44860018ab0856972e194cd934")), "RFC 9001 appendix A.2");
    assert!(v2.ends_with(&bytes("a18b2faa745b6fe189cf772a9f84cbfc")), "RFC 9369 appendix A.2");
    let found = fields(&[udp([40000, 4433], &v1), udp([40000, 443], &v2)]);
    let (first, second) = found.trim_end().split_once('\n').expect("two lines");
    let hello = "8394c8f03e515708 1182 1 example.com alpn q13d0211an_";
    assert!(first.starts_with(&format!("initial 1 {hello}")), "{first}");
    assert!(second.starts_with(&format!("initial 1798521807 {hello}")), "{second}");
}

#[test]
fn a_hello_that_is_scattered_over_its_packet_is_found() {
    let hello = client_hello();
    let len = hello.len();
    let frames = [
        crypto(&hello, 100..len),
        vec![1, 0, 0],
        crypto(&hello, 40..120),
        vec![2, 0, 0, 0, 0],
        crypto(&hello, 0..41),
    ];
    let whole = sealed(V1, &padded(&frames.concat()));
    assert!(
        fields(&[udp([40000, 443], &whole)])
            .ends_with(" 1 www.example.com h2,http/1.1 q13d1516h2_8daaf6152771_e5627efa2ab1\n")
    );
    // The end comes in another packet.
    let start = sealed(V1, &padded(&crypto(&hello, 0..len - 1)));
    assert!(fields(&[udp([40000, 443], &start)]).ends_with(" 0 www.example.com h2,http/1.1 \n"));
}

#[test]
fn what_cannot_be_opened_keeps_its_header() {
    let packet = sealed(V1, &padded(&crypto(&client_hello(), 0..200)));
    let mut damaged = packet.clone();
    damaged[900] ^= 1;
    let other_keys = [&packet[..6], &[9; 8], &packet[14..]].concat();
    let frames = [&damaged[..], &other_keys, &packet[..1000]].map(|packet| udp([40000, 443], packet));
    assert_eq!(
        fields(&frames),
        "initial 1 8394c8f03e515708 1182    \ninitial 1 0909090909090909 1182    \ninitial 1 8394c8f03e515708 1182    \n"
    );
}

#[test]
fn verbose_lines_have_the_hello_below() {
    let file = Saved::new("quic-text", &[udp([40000, 443], &sealed(V2, &padded(&bytes(CRYPTO_FRAME))))]);
    assert!(printed(&file.0, &["-nt"]).ends_with("10.0.0.2.443: UDP, length 1200\n"));
    let verbose = printed(&file.0, &["-ntv"]);
    let below = "\n\tQUICv2, Initial, dcid 0x8394c8f03e515708, length 1182, ClientHello, versions 1.3, \
        server name example.com, ALPN alpn, cipher suites 2, JA4 q13d0211an_";
    assert!(verbose.contains(below), "{verbose}");
}

#[test]
fn hellos_are_those_of_tshark() {
    let hello = client_hello();
    let ours = "quic.version,quic.destination,quic.length,quic.server_name,quic.alpn.protocol,\
        quic.extensions.type,quic.cipher_suites.suite,quic.legacy_version";
    let theirs = [
        "quic.version",
        "quic.dcid",
        "quic.length",
        "tls.handshake.extensions_server_name",
        "tls.handshake.extensions_alpn_str",
        "tls.handshake.extension.type",
        "tls.handshake.ciphersuite",
        "tls.handshake.version",
    ];
    // A file each: to tshark, packets with one connection identifier are one connection.
    for crypto_frame in [bytes(CRYPTO_FRAME), crypto(&hello, 0..hello.len())] {
        let file = Saved::new("quic-tshark", &[udp([40000, 443], &sealed(V1, &padded(&crypto_frame)))]);
        let Some(theirs) = tshark(&file.0, &theirs) else { return };
        assert_eq!(printed(&file.0, &["--fields", ours]), in_decimal(&theirs));
    }
}
