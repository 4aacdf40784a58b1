//! The hellos of TLS, RFC 8446 section 4.1, as records and QUIC carry them. What was cut off is missing and nothing else.

use crate::decode::Ja4;
use crate::decode::bytes::{Cursor, words};

/// Types of handshake messages.
mod message {
    pub(super) const CLIENT_HELLO: u8 = 1;
    pub(super) const SERVER_HELLO: u8 = 2;
}

/// Types of extensions (<https://www.iana.org/assignments/tls-extensiontype-values>).
mod extension {
    pub(super) const SERVER_NAME: u16 = 0;
    pub(super) const SIGNATURE_ALGORITHMS: u16 = 13;
    pub(super) const ALPN: u16 = 16;
    pub(super) const SUPPORTED_VERSIONS: u16 = 43;
}

/// The hash that stands for the random number where a server asks for another hello (RFC 8446 section 4.1.3).
const RETRY: [u8; 32] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2,
    0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
];

/// A `ClientHello` or a `ServerHello`.
#[derive(Clone, Copy, Debug)]
pub struct TlsHello<'a> {
    kind: u8,
    version: u16,
    random: &'a [u8],
    cipher_suites: &'a [u8],
    extensions: &'a [u8],
    is_complete: bool,
}

/// An extension of a hello.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TlsExtension<'a> {
    /// Its type.
    pub kind: u16,
    /// Its data, as far as they were captured.
    pub data: &'a [u8],
}

impl<'a> TlsHello<'a> {
    /// The hello at the start of `bytes`, if there is one whose version was captured.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let mut cursor = Cursor::new(bytes);
        let kind = cursor.number(1) as u8;
        let body = cursor.vector(3);
        Self::of_body(kind, body, cursor.is_short(), false)
    }

    /// The hello at the start of a handshake message of DTLS (RFC 6347 section 4.2.2), or the first part of one.
    pub(super) fn of_datagram(bytes: &'a [u8]) -> Option<Self> {
        let mut cursor = Cursor::new(bytes);
        let (kind, len) = (cursor.number(1) as u8, cursor.number(3));
        let (_message, at) = (cursor.number(2), cursor.number(3));
        let body = cursor.vector(3);
        let is_cut = cursor.is_short() || (body.len() as u64) < len;
        if at == 0 { Self::of_body(kind, body, is_cut, true) } else { None }
    }

    fn of_body(kind: u8, body: &'a [u8], is_cut: bool, is_datagram: bool) -> Option<Self> {
        let is_client = match kind {
            message::CLIENT_HELLO => true,
            message::SERVER_HELLO => false,
            _ => return None,
        };
        let mut cursor = Cursor::new(body);
        let version = cursor.number(2) as u16;
        if cursor.is_short() {
            return None;
        }
        let random = cursor.take(32);
        cursor.vector(1);
        if is_datagram && is_client {
            // The cookie with which a server has answered.
            cursor.vector(1);
        }
        let cipher_suites = if is_client { cursor.vector(2) } else { cursor.take(2) };
        // The ways of compressing: those that a client offers, and the one that a server takes.
        if is_client {
            cursor.vector(1)
        } else {
            cursor.take(1)
        };
        // A hello from before extensions ends here.
        let extensions = if cursor.rest().is_empty() { &[] } else { cursor.vector(2) };
        let is_complete = !is_cut && !cursor.is_short();
        Some(Self { kind, version, random, cipher_suites, extensions, is_complete })
    }

    /// The type of the handshake message: 1 of a client, 2 of a server.
    pub fn kind(&self) -> u8 {
        self.kind
    }

    /// Whether a client says it.
    pub fn is_client(&self) -> bool {
        self.kind == message::CLIENT_HELLO
    }

    /// Whether a server asks for another `ClientHello`.
    pub fn is_retry(&self) -> bool {
        !self.is_client() && self.random == RETRY
    }

    /// The version field, which is TLS 1.2 at most.
    pub fn legacy_version(&self) -> u16 {
        self.version
    }

    /// Whether the hello is here from its first to its last byte.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// The cipher suites that a client offers in its order, or the one that a server has chosen.
    pub fn cipher_suites(&self) -> impl Iterator<Item = u16> {
        words(self.cipher_suites)
    }

    /// The extensions in their order.
    pub fn extensions(&self) -> impl Iterator<Item = TlsExtension<'a>> {
        let mut cursor = Cursor::new(self.extensions);
        std::iter::from_fn(move || {
            let kind = cursor.number(2) as u16;
            let data = cursor.vector(2);
            // An extension that was cut behind its length is still there.
            let is_there = !cursor.is_short() || !data.is_empty();
            is_there.then_some(TlsExtension { kind, data })
        })
    }

    fn extension(&self, kind: u16) -> Option<Cursor<'a>> {
        self.extensions()
            .find(|extension| extension.kind == kind)
            .map(|extension| Cursor::new(extension.data))
    }

    /// The versions that a client offers or the one that a server has chosen, GREASE among them.
    pub fn versions(&self) -> impl Iterator<Item = u16> {
        let extension = self.extension(extension::SUPPORTED_VERSIONS);
        let legacy = extension.is_none().then_some(self.version);
        let list = extension
            .map_or(&[][..], |mut cursor| if self.is_client() { cursor.vector(1) } else { cursor.take(2) });
        legacy.into_iter().chain(words(list))
    }

    /// Whether the client names a server.
    pub fn has_server_name(&self) -> bool {
        self.extension(extension::SERVER_NAME).is_some()
    }

    /// The server that the client wants to speak to (RFC 6066 section 3).
    pub fn server_name(&self) -> Option<&'a [u8]> {
        const HOST_NAME: u64 = 0;
        let mut list = Cursor::new(self.extension(extension::SERVER_NAME)?.vector(2));
        let kind = list.number(1);
        let name = list.vector(2);
        (kind == HOST_NAME && !list.is_short()).then_some(name)
    }

    /// The application protocols (ALPN, RFC 7301) that a client offers or the one that a server has chosen.
    pub fn protocols(&self) -> impl Iterator<Item = &'a [u8]> {
        let list = self.extension(extension::ALPN).map_or(&[][..], |mut cursor| cursor.vector(2));
        let mut list = Cursor::new(list);
        std::iter::from_fn(move || {
            let is_end = list.rest().is_empty();
            let name = list.vector(1);
            (!is_end && !list.is_short()).then_some(name)
        })
    }

    /// The signature algorithms that a client accepts.
    pub fn signature_algorithms(&self) -> impl Iterator<Item = u16> {
        let extension = self.extension(extension::SIGNATURE_ALGORITHMS);
        words(extension.map_or(&[][..], |mut cursor| cursor.vector(2)))
    }

    /// The fingerprint of a client whose whole hello is here; `transport` is `t` for TCP, `q` for QUIC and `d` for DTLS.
    pub fn ja4(&self, transport: u8) -> Option<Ja4> {
        Ja4::of(self, transport)
    }
}

/// Whether a number means nothing: clients send such so that servers do not forget to ignore them (RFC 8701).
pub(super) fn is_grease(number: u16) -> bool {
    let [high, low] = number.to_be_bytes();
    high == low && low & 0x0f == 0x0a
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A `ClientHello` with a server name, two protocols and two versions of which one is GREASE.
    fn client_hello() -> Vec<u8> {
        let extensions = [
            &b"\0\0\0\x09\0\x07\0\0\x04a.bc"[..],
            b"\0\x10\0\x0e\0\x0c\x02h2\x08http/1.1",
            b"\0\x2b\0\x05\x04\x0a\x0a\x03\x04",
            b"\0\x0d\0\x04\0\x02\x04\x03",
        ];
        let extensions = extensions.concat();
        let body = [
            &[3, 3][..],
            &[7; 32],
            &[1, 9],
            &[0, 4, 0x13, 1, 0, 0xff, 1, 0],
            &[0, extensions.len() as u8],
            &extensions,
        ];
        let body = body.concat();
        [&[1, 0, 0, body.len() as u8], &body[..]].concat()
    }

    #[test]
    fn a_client_says_what_it_wants() {
        let bytes = client_hello();
        let hello = TlsHello::new(&bytes).unwrap();
        assert!(hello.is_client() && hello.is_complete());
        assert_eq!(hello.server_name(), Some(&b"a.bc"[..]));
        assert_eq!(hello.protocols().collect::<Vec<_>>(), [&b"h2"[..], b"http/1.1"]);
        assert_eq!(hello.versions().collect::<Vec<_>>(), [0x0a0a, 0x0304]);
        assert_eq!(hello.cipher_suites().collect::<Vec<_>>(), [0x1301, 0x00ff]);
        assert_eq!(hello.signature_algorithms().collect::<Vec<_>>(), [0x0403]);
        assert_eq!(hello.extensions().map(|extension| extension.kind).collect::<Vec<_>>(), [0, 16, 43, 13]);
    }

    #[test]
    fn a_cut_hello_gives_what_there_is_and_no_fingerprint() {
        let bytes = client_hello();
        let mut names = 0;
        for len in 0..bytes.len() {
            let Some(hello) = TlsHello::new(&bytes[..len]) else { continue };
            assert!(!hello.is_complete() && hello.ja4(b't').is_none(), "{len}");
            assert!(hello.extensions().count() <= 4 && hello.protocols().count() <= 2);
            names += usize::from(hello.server_name().is_some());
        }
        assert_eq!(names, bytes.len() - 63, "the name is known from its last byte on");
    }

    #[test]
    fn a_server_says_what_it_has_chosen() {
        let random = [7; 32];
        let extensions = b"\0\x0b\0\x10\0\x05\0\x03\x02h2\0\0";
        let body = [&[3, 3][..], &random, &[0, 0xc0, 0x2f, 0], extensions].concat();
        let bytes = [&[2, 0, 0, body.len() as u8], &body[..]].concat();
        let hello = TlsHello::new(&bytes).unwrap();
        assert!(!hello.is_client() && hello.is_complete() && !hello.is_retry());
        assert_eq!(hello.cipher_suites().collect::<Vec<_>>(), [0xc02f]);
        assert_eq!(hello.versions().collect::<Vec<_>>(), [0x0303]);
        assert_eq!(hello.protocols().collect::<Vec<_>>(), [b"h2"]);
    }
}
