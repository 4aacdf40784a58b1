//! One JSON object a packet, on a line of its own.

use std::net::IpAddr;

use super::fields::{self, Visit};
use super::lines::Lines;
use super::names::Names;
use super::text;
use crate::decode::{ForcedType, Layers};
use crate::packet::{Frame, PacketType};

/// Turns frames into JSON. `docs/json.md` has the schema.
///
/// ```
/// use sniffer::decode::decode;
/// use sniffer::packet::{Frame, LinkType, Timestamp};
/// use sniffer::print::{Json, Lines as _, Numbers};
///
/// let bytes = [0x45, 0, 0, 28, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0, 9, 0, 10, 0, 8, 0, 0];
/// let frame = Frame {
///     timestamp: Timestamp { seconds: 7, nanos: 5 },
///     link_type: LinkType::RAW,
///     data: &bytes,
///     original_len: 28,
///     interface: 0,
///     packet_type: None,
///     checksum: Default::default(),
/// };
/// let mut out = Vec::new();
/// Json::new(false, Box::new(Numbers)).line(&frame, &decode(&frame), &mut out);
/// let line = String::from_utf8(out)?;
/// assert!(line.starts_with(r#"{"number":1,"time":7.000000005,"link_type":"RAW","captured":28,"length":28,"#));
/// assert!(line.contains(r#"{"layer":"udp","source_port":9,"destination_port":10,"#));
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
pub struct Json {
    with_bytes: bool,
    forced_type: Option<ForcedType>,
    names: Box<dyn Names + Send>,
    count: u64,
    /// Where the name of an interface comes in before it is escaped.
    name: Vec<u8>,
}

impl Json {
    /// With the frame's bytes in hexadecimal, or without. Only interfaces are asked for by name.
    pub fn new(with_bytes: bool, names: Box<dyn Names + Send>) -> Self {
        Self { with_bytes, forced_type: None, names, count: 0, name: Vec::new() }
    }

    /// The same for packets that are taken for what somebody says, if that is so.
    #[must_use]
    pub fn of_type(self, forced_type: Option<ForcedType>) -> Self {
        Self { forced_type, ..self }
    }
}

impl Lines for Json {
    fn forced_type(&self) -> Option<ForcedType> {
        self.forced_type
    }

    fn line(&mut self, frame: &Frame<'_>, layers: &Layers<'_>, out: &mut Vec<u8>) {
        self.count += 1;
        let mut object = Object::open(out);
        object.number("number", self.count);
        object.time("time", frame);
        self.name.clear();
        if self.names.interface(frame.interface, &mut self.name) {
            object.text("interface", std::iter::once(self.name.as_slice()));
        }
        if let Some(packet_type) = frame.packet_type {
            object.word("direction", direction(packet_type));
        }
        match frame.link_type.name() {
            Some(name) => object.word("link_type", name),
            None => object.number("link_type", frame.link_type.0.into()),
        }
        object.number("captured", frame.data.len() as u64);
        object.number("length", frame.original_len.into());
        object.list("layers");
        for layer in layers.as_slice() {
            object.item();
            object.word("layer", fields::name(layer));
            fields::visit(layer, &mut object.nested());
        }
        object.end();
        object.key("stop");
        let mut stop = Object::open(object.out);
        fields::visit_stop(layers, &mut stop);
        stop.close();
        if self.with_bytes {
            object.bytes("bytes", frame.data);
        }
        object.close();
        out.push(b'\n');
    }

    fn count(&mut self) -> &mut u64 {
        &mut self.count
    }
}

/// The word for a frame's direction or addressee.
pub(super) fn direction(packet_type: PacketType) -> &'static str {
    match packet_type {
        PacketType::Host => "in",
        PacketType::Broadcast => "broadcast",
        PacketType::Multicast => "multicast",
        PacketType::OtherHost => "other",
        PacketType::Outgoing => "out",
        PacketType::Unknown(_) => "unknown",
    }
}

/// Seconds since 1970 with nine digits behind the point.
pub(super) fn time(frame: &Frame<'_>, out: &mut Vec<u8>) {
    let time = frame.timestamp;
    if time.seconds < 0 {
        out.push(b'-');
    }
    text::decimal(out, time.seconds.unsigned_abs());
    out.push(b'.');
    text::decimal_padded(out, time.nanos.into(), 9);
}

/// A JSON object under construction.
struct Object<'o> {
    out: &'o mut Vec<u8>,
    /// Whether a member has been written that a comma must follow, at the open level.
    has_members: bool,
    /// The same of the list that is open around the level.
    has_items: bool,
}

impl<'o> Object<'o> {
    fn open(out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, has_members: false, has_items: false }
    }

    /// The members that follow are put into the open object, lists of their own among them.
    fn nested(&mut self) -> Object<'_> {
        Object { out: self.out, has_members: self.has_members, has_items: false }
    }

    fn close(self) {
        self.out.push(b'}');
    }

    fn key(&mut self, name: &str) {
        if std::mem::replace(&mut self.has_members, true) {
            self.out.push(b',');
        }
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
    }

    fn quoted(&mut self, name: &str, write: impl FnOnce(&mut Vec<u8>)) {
        self.key(name);
        self.out.push(b'"');
        write(self.out);
        self.out.push(b'"');
    }

    fn time(&mut self, name: &str, frame: &Frame<'_>) {
        self.key(name);
        time(frame, self.out);
    }
}

impl Visit for Object<'_> {
    fn number(&mut self, name: &'static str, value: u64) {
        self.key(name);
        text::decimal(self.out, value);
    }

    fn flag(&mut self, name: &'static str, value: bool) {
        self.key(name);
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn word(&mut self, name: &'static str, value: &'static str) {
        self.quoted(name, |out| out.extend_from_slice(value.as_bytes()));
    }

    fn bytes(&mut self, name: &'static str, value: &[u8]) {
        self.quoted(name, |out| text::hex_bytes(out, value));
    }

    fn text<'t>(&mut self, name: &'static str, pieces: impl Iterator<Item = &'t [u8]>) {
        self.quoted(name, |out| pieces.for_each(|piece| escape(piece, out)));
    }

    fn address(&mut self, name: &'static str, value: IpAddr) {
        self.quoted(name, |out| text::address(out, value));
    }

    fn mac(&mut self, name: &'static str, value: &[u8]) {
        self.quoted(name, |out| text::mac(out, value));
    }

    fn list(&mut self, name: &'static str) {
        self.key(name);
        self.out.push(b'[');
        self.has_items = false;
    }

    fn item(&mut self) {
        self.out.extend_from_slice(if std::mem::replace(&mut self.has_items, true) { b"},{" } else { b"{" });
        self.has_members = false;
    }

    fn end(&mut self) {
        self.out.extend_from_slice(if self.has_items { b"}]" } else { b"]" });
        self.has_members = true;
    }
}

/// Appends bytes as the inside of a JSON string (RFC 8259 section 7). Control characters never stand there as such, and
/// what is not UTF-8 becomes U+FFFD.
fn escape(bytes: &[u8], out: &mut Vec<u8>) {
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '"' | '\\' => out.extend_from_slice(&[b'\\', character as u8]),
                character if character.is_control() => {
                    out.extend_from_slice(b"\\u");
                    text::hex(out, u32::from(character).into(), 4);
                }
                character => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        if !chunk.invalid().is_empty() {
            out.extend_from_slice("\u{fffd}".as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_from_packets_hold_no_control_characters() {
        let check = |bytes: &[u8], expected: &str| {
            let mut out = Vec::new();
            escape(bytes, &mut out);
            assert_eq!(String::from_utf8(out).as_deref(), Ok(expected));
        };
        check(b"GET \"/\\\"", r#"GET \"/\\\""#);
        check(b"\x1b[31m\r\n\0\x7f", r"\u001b[31m\u000d\u000a\u0000\u007f");
        check("naïve \u{9b}".as_bytes(), r"naïve \u009b");
        check(&[b'a', 0xff, b'b'], "a\u{fffd}b");
    }
}
