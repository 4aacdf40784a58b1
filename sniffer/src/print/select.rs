//! Chosen fields of each packet, for scripts: one line a packet, one column a field.

use std::net::IpAddr;

use super::fields::{self, Visit};
use super::json::{direction, time};
use super::lines::Lines;
use super::names::Names;
use super::text;
use crate::decode::{ForcedType, Layers};
use crate::packet::Frame;

/// What may be asked for of every frame.
const OF_FRAMES: [&str; 7] = ["number", "time", "interface", "direction", "link_type", "captured", "length"];

/// A field that no packet has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no field `{0}`")]
pub struct UnknownField(pub String);

/// Turns frames into lines of chosen fields. A field that a packet has several times, as in a tunnel, has its values
/// between commas; one that it does not have is empty.
pub struct Selection {
    columns: Vec<Column>,
    separator: Vec<u8>,
    forced_type: Option<ForcedType>,
    names: Box<dyn Names + Send>,
    count: u64,
    scratch: Vec<u8>,
}

/// One chosen field, and its values in the packet that is being looked at.
#[derive(Clone, Debug)]
struct Column {
    /// The layer; the frame itself has none.
    layer: Option<String>,
    /// The list within the layer, where the field is in one.
    list: Option<String>,
    field: String,
    value: Vec<u8>,
}

impl Column {
    /// A column by its name, such as `length`, `ipv4.source` or `dns.questions.name`.
    fn new(name: &str) -> Self {
        let mut parts = name.split('.').map(str::to_owned);
        let (first, second, third) = (parts.next(), parts.next(), parts.next());
        let (layer, list, field) = match (second, third) {
            (None, _) => (None, None, first),
            (second, None) => (first, None, second),
            (second, third) => (first, second, third),
        };
        Self { layer, list, field: field.unwrap_or_default(), value: Vec::new() }
    }

    /// Makes room for another value.
    fn next_value(&mut self) -> &mut Vec<u8> {
        if !self.value.is_empty() {
            self.value.push(b',');
        }
        &mut self.value
    }
}

/// Fields that were chosen, in order.
#[derive(Clone, Debug)]
pub struct Columns(Vec<Column>);

impl Columns {
    /// The fields of these names.
    ///
    /// # Errors
    /// The first name that is none.
    pub fn new(names: &[impl AsRef<str>]) -> Result<Self, UnknownField> {
        let column = |name: &str| {
            let is_known = Self::names().any(|known| known == name);
            if is_known { Ok(Column::new(name)) } else { Err(UnknownField(name.to_owned())) }
        };
        names.iter().map(|name| column(name.as_ref())).collect::<Result<_, _>>().map(Self)
    }

    /// The names of all fields that may be chosen, those of the frame and then those of the layers.
    pub fn names() -> impl Iterator<Item = String> {
        OF_FRAMES.iter().map(|&name| name.to_owned()).chain(fields::names())
    }
}

impl Selection {
    /// These columns with the separator between them. Only interfaces are asked for by name.
    pub fn new(columns: Columns, separator: &str, names: Box<dyn Names + Send>) -> Self {
        let (Columns(columns), separator) = (columns, separator.as_bytes().to_vec());
        Self { columns, separator, forced_type: None, names, count: 0, scratch: Vec::new() }
    }

    /// The same for packets that are taken for what somebody says, if that is so.
    #[must_use]
    pub fn of_type(self, forced_type: Option<ForcedType>) -> Self {
        Self { forced_type, ..self }
    }

    fn look_at(&mut self, frame: &Frame<'_>, layers: &Layers<'_>) {
        for column in &mut self.columns {
            column.value.clear();
            let out = &mut column.value;
            match column.field.as_str() {
                _ if column.layer.is_some() => {}
                "number" => text::decimal(out, self.count),
                "time" => time(frame, out),
                "interface" => {
                    self.scratch.clear();
                    self.names.interface(frame.interface, &mut self.scratch);
                    text::untrusted(out, &self.scratch);
                }
                "direction" => {
                    out.extend_from_slice(frame.packet_type.map_or("", direction).as_bytes());
                }
                "link_type" => match frame.link_type.name() {
                    Some(name) => out.extend_from_slice(name.as_bytes()),
                    None => text::decimal(out, frame.link_type.0.into()),
                },
                "captured" => text::decimal(out, frame.data.len() as u64),
                _ => text::decimal(out, frame.original_len.into()),
            }
        }
        for layer in layers.as_slice() {
            let (columns, scratch, name) = (&mut self.columns, &mut self.scratch, fields::name(layer));
            // Some layers cost more than a look: a hello is hashed for its fingerprint.
            if columns.iter().any(|column| column.layer.as_deref() == Some(name)) {
                fields::visit(layer, &mut Values { columns, scratch, layer: name, list: None });
            }
        }
    }
}

impl Lines for Selection {
    fn forced_type(&self) -> Option<ForcedType> {
        self.forced_type
    }

    fn line(&mut self, frame: &Frame<'_>, layers: &Layers<'_>, out: &mut Vec<u8>) {
        self.count += 1;
        self.look_at(frame, layers);
        for (index, column) in self.columns.iter().enumerate() {
            if index > 0 {
                out.extend_from_slice(&self.separator);
            }
            out.extend_from_slice(&column.value);
        }
        out.push(b'\n');
    }

    fn count(&mut self) -> &mut u64 {
        &mut self.count
    }
}

/// Picks the values of the chosen fields of a layer.
struct Values<'c> {
    columns: &'c mut [Column],
    scratch: &'c mut Vec<u8>,
    layer: &'static str,
    list: Option<&'static str>,
}

impl Values<'_> {
    fn chosen(&mut self, field: &str) -> impl Iterator<Item = &mut Column> {
        let (layer, list) = (self.layer, self.list);
        self.columns.iter_mut().filter(move |column| {
            column.field == field && column.layer.as_deref() == Some(layer) && column.list.as_deref() == list
        })
    }

    fn add(&mut self, field: &str, write: impl Fn(&mut Vec<u8>)) {
        self.chosen(field).for_each(|column| write(column.next_value()));
    }
}

impl Visit for Values<'_> {
    fn number(&mut self, name: &'static str, value: u64) {
        self.add(name, |out| text::decimal(out, value));
    }

    fn flag(&mut self, name: &'static str, value: bool) {
        self.add(name, |out| out.push(if value { b'1' } else { b'0' }));
    }

    fn word(&mut self, name: &'static str, value: &'static str) {
        self.add(name, |out| out.extend_from_slice(value.as_bytes()));
    }

    fn bytes(&mut self, name: &'static str, value: &[u8]) {
        self.add(name, |out| text::hex_bytes(out, value));
    }

    fn text<'t>(&mut self, name: &'static str, pieces: impl Iterator<Item = &'t [u8]>) {
        self.scratch.clear();
        pieces.for_each(|piece| text::untrusted(self.scratch, piece));
        let text = std::mem::take(self.scratch);
        self.add(name, |out| out.extend_from_slice(&text));
        *self.scratch = text;
    }

    fn address(&mut self, name: &'static str, value: IpAddr) {
        self.add(name, |out| text::address(out, value));
    }

    fn mac(&mut self, name: &'static str, value: &[u8]) {
        self.add(name, |out| text::mac(out, value));
    }

    fn list(&mut self, name: &'static str) {
        self.list = Some(name);
    }

    fn item(&mut self) {}

    fn end(&mut self) {
        self.list = None;
    }
}
