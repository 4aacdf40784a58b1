//! The hellos of TLS, against the example of JA4's specification and against tshark.

use crate::savefiles::{Saved, printed, tcp, tshark};

const GREASE: u16 = 0x3a3a;

/// What the client of the example in JA4's specification offers, in its order, with GREASE where browsers put it.
const SUITES: [u16; 16] = [
    GREASE, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c,
    0x009d, 0x002f, 0x0035,
];
const EXTENSIONS: [u16; 17] = [
    GREASE, 0x001b, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002d, 0x000d, 0x0005, 0x0023, 0x0012, 0x002b,
    0xff01, 0x000b, 0x000a, 0x0015,
];
const ALGORITHMS: [u16; 8] = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// Bytes behind their length of two bytes.
fn counted(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u16).to_be_bytes()[..], bytes].concat()
}

/// The data of an extension, as far as they matter to a decoder that shows names, protocols, versions and algorithms.
fn data(extension: u16) -> Vec<u8> {
    match extension {
        0x0000 => counted(&[&[0][..], &counted(b"www.example.com")].concat()),
        0x000d => counted(&words(&ALGORITHMS)),
        0x0010 => counted(b"\x02h2\x08http/1.1"),
        0x002b => [&[6][..], &words(&[GREASE, 0x0304, 0x0303])].concat(),
        _ => Vec::new(),
    }
}

/// A handshake message.
fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[kind, 0][..], &counted(body)].concat()
}

/// The `ClientHello` of the example.
pub(crate) fn client_hello() -> Vec<u8> {
    let extension = |kind: &u16| [&kind.to_be_bytes()[..], &counted(&data(*kind))].concat();
    let extensions: Vec<u8> = EXTENSIONS.iter().flat_map(extension).collect();
    let body = [&[3, 3][..], &[7; 32], &[0], &counted(&words(&SUITES)), &[1, 0], &counted(&extensions)];
    message(1, &body.concat())
}

fn server_hello() -> Vec<u8> {
    let extensions = [&[0, 0x10][..], &counted(&counted(b"\x02h2"))].concat();
    message(2, &[&[3, 3][..], &[7; 32], &[0, 0xc0, 0x2f, 0], &counted(&extensions)].concat())
}

fn record(message: &[u8]) -> Vec<u8> {
    [&[22, 3, 1][..], &counted(message)].concat()
}

#[test]
fn a_client_has_the_fingerprint_of_the_specification() {
    let file = Saved::new("ja4", &[tcp([40000, 443], &record(&client_hello()))]);
    let fields = "tls.server_name,tls.alpn.protocol,tls.versions.version,tls.ja4";
    assert_eq!(
        printed(&file.0, &["--fields", fields, "--separator", " "]),
        "www.example.com h2,http/1.1 14906,772,771 t13d1516h2_8daaf6152771_e5627efa2ab1\n"
    );
}

#[test]
fn hellos_are_those_of_tshark() {
    let frames = [tcp([40000, 443], &record(&client_hello())), tcp([443, 40000], &record(&server_hello()))];
    let file = Saved::new("tls", &frames);
    let ours = [
        "tls.content_type",
        "tls.handshake_type",
        "tls.server_name",
        "tls.alpn.protocol",
        "tls.extensions.type",
        "tls.cipher_suites.suite",
        "tls.record_version",
        "tls.legacy_version",
    ];
    let theirs = [
        "tls.record.content_type",
        "tls.handshake.type",
        "tls.handshake.extensions_server_name",
        "tls.handshake.extensions_alpn_str",
        "tls.handshake.extension.type",
        "tls.handshake.ciphersuite",
        "tls.record.version",
        "tls.handshake.version",
    ];
    let Some(theirs) = tshark(&file.0, &theirs) else { return };
    assert_eq!(printed(&file.0, &["--fields", &ours.join(",")]), in_decimal(&theirs));
}

/// The same lines with hexadecimal numbers written in decimal.
pub(crate) fn in_decimal(lines: &str) -> String {
    let value = |value: &str| match value.strip_prefix("0x").map(|digits| u64::from_str_radix(digits, 16)) {
        Some(Ok(number)) => number.to_string(),
        _ => value.to_owned(),
    };
    let column = |column: &str| column.split(',').map(value).collect::<Vec<_>>().join(",");
    let line = |line: &str| line.split('\t').map(column).collect::<Vec<_>>().join("\t") + "\n";
    lines.lines().map(line).collect()
}
