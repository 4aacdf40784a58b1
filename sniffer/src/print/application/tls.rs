//! The hellos of TLS under a packet's line, with `-v`: tcpdump says nothing of them.

use crate::decode::{Dtls, Tls, TlsHello};
use crate::print::line::Line;
use crate::print::tokens;

pub(super) fn print(line: &mut Line<'_>, record: &Tls<'_>) {
    if let Some(hello) = record.hello().filter(|_| line.is_verbose()) {
        line.text("\n\tTLS");
        print_hello(line, &hello, b't');
    }
}

/// The same of DTLS.
pub(super) fn print_dtls(line: &mut Line<'_>, record: &Dtls<'_>) {
    if let Some(hello) = record.hello().filter(|_| line.is_verbose()) {
        line.text("\n\tDTLS");
        print_hello(line, &hello, b'd');
    }
}

/// What a hello says, of a client that came by the transport that JA4 has this letter for.
pub(super) fn print_hello(line: &mut Line<'_>, hello: &TlsHello<'_>, transport: u8) {
    line.text(match (hello.is_client(), hello.is_retry()) {
        (true, _) => ", ClientHello, versions",
        (false, false) => ", ServerHello, version",
        (false, true) => ", HelloRetryRequest, version",
    });
    for version in hello.versions() {
        line.byte(b' ');
        tokens::print_or_hex(line, VERSIONS, version, 4, ["", ""]);
    }
    if let Some(name) = hello.server_name() {
        line.text(", server name ");
        line.untrusted(name);
    }
    for (index, name) in hello.protocols().enumerate() {
        line.text(if index == 0 { ", ALPN " } else { " " });
        line.untrusted(name);
    }
    if hello.is_client() {
        line.labelled(", cipher suites ", hello.cipher_suites().count() as u64);
    } else if let Some(suite) = hello.cipher_suites().next() {
        line.text(", cipher suite ");
        tokens::print_or_hex(line, CIPHER_SUITES, suite, 4, ["", ""]);
    }
    if let Some(fingerprint) = hello.ja4(transport) {
        line.text(", JA4 ");
        line.untrusted(fingerprint.as_bytes());
    }
    if !hello.is_complete() {
        line.truncated("tls");
    }
}

/// Versions of TLS, and of DTLS, which counts downwards.
const VERSIONS: &[(u16, &str)] = &[
    (0x0304, "1.3"),
    (0x0303, "1.2"),
    (0x0302, "1.1"),
    (0x0301, "1.0"),
    (0x0300, "SSL-3.0"),
    (0xfeff, "1.0"),
    (0xfefd, "1.2"),
    (0xfefc, "1.3"),
];

/// The suites that servers choose today (<https://www.iana.org/assignments/tls-parameters>).
const CIPHER_SUITES: &[(u16, &str)] = &[
    (0x1301, "TLS_AES_128_GCM_SHA256"),
    (0x1302, "TLS_AES_256_GCM_SHA384"),
    (0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
    (0x1304, "TLS_AES_128_CCM_SHA256"),
    (0xc02b, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
    (0xc02c, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
    (0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
    (0xc030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
    (0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
    (0xcca9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
    (0xc013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
    (0xc014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
    (0x009c, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
    (0x009d, "TLS_RSA_WITH_AES_256_GCM_SHA384"),
    (0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA"),
    (0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"),
];
