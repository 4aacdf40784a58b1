//! What is printed of a frame, in all forms, and what must hold of it whatever the frame is.

use std::cell::RefCell;
use std::str;

use sniffer::decode::{ForcedType, Layers, decode_as};
use sniffer::packet::{ChecksumState, Frame, LinkType, Timestamp};
use sniffer::print::{Columns, HexDump, Json, Lines, Numbers, Options, Printer, Selection};

thread_local! {
    static PRINTERS: RefCell<Printers> = RefCell::new(Printers::new());
}

/// One printer of each form.
struct Printers {
    /// Lines without `-v` and bytes.
    brief: Vec<Printer>,
    /// Lines with them.
    long: Vec<Printer>,
    json: Json,
    fields: Selection,
    out: Vec<u8>,
}

/// How many lines a frame has without `-v` and bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Brief {
    /// Any number: what is not decoded is shown in hexadecimal.
    Any,
    /// One.
    OneLine,
}

/// A frame that a savefile might hold.
pub(super) fn frame(link_type: LinkType, data: &[u8], original_len: u32) -> Frame<'_> {
    let (timestamp, checksum) = (Timestamp { seconds: 1_700_000_000, nanos: 0 }, ChecksumState::Unknown);
    Frame { timestamp, link_type, data, original_len, interface: 0, packet_type: None, checksum }
}

/// Prints the frame in all forms. Lines are ASCII without control characters but tabs and line ends, fields have tabs only
/// between them, and JSON is an object of UTF-8 without control characters.
pub(super) fn check(frame: &Frame<'_>, brief: Brief) {
    for forced in [None, picked(frame)] {
        let layers = decode_as(frame, forced);
        let brief = if forced.is_none() { brief } else { Brief::Any };
        PRINTERS.with_borrow_mut(|printers| printers.check(frame, &layers, brief));
    }
}

/// A type that somebody might say the frame is of: the last byte picks it.
fn picked(frame: &Frame<'_>) -> Option<ForcedType> {
    let all: Vec<_> = ForcedType::names().collect();
    ForcedType::named(all[usize::from(*frame.data.last()?) % all.len()])
}

impl Printers {
    fn new() -> Self {
        let lines = |options| Printer::new(options);
        let long = |verbose, link_header, hex| Options { verbose, link_header, hex, ..Options::default() };
        let columns: Vec<String> = Columns::names().collect();
        Self {
            brief: vec![
                lines(Options::default()),
                lines(Options { quiet: 1, link_header: true, ..Options::default() }),
            ],
            long: vec![
                lines(long(1, true, HexDump::Ascii { link: true })),
                lines(long(3, false, HexDump::HexAscii { link: false })),
            ],
            json: Json::new(true, Box::new(Numbers)),
            fields: Selection::new(Columns::new(&columns).expect("its own names"), "\t", Box::new(Numbers)),
            out: Vec::new(),
        }
    }

    fn check(&mut self, frame: &Frame<'_>, layers: &Layers<'_>, brief: Brief) {
        let out = &mut self.out;
        let is_text = |byte: &u8| matches!(byte, b'\n' | b'\t' | b' '..=b'~');
        for printer in &mut self.brief {
            let text = printed(printer, frame, layers, out);
            assert!(text.iter().all(is_text), "{frame:x?}: {}", text.escape_ascii());
            let lines = text.split_inclusive(|byte| *byte == b'\n').count();
            assert!(brief == Brief::Any || lines == 1, "{frame:x?}: {}", text.escape_ascii());
        }
        for printer in &mut self.long {
            let text = printed(printer, frame, layers, out);
            assert!(text.iter().all(is_text), "{frame:x?}: {}", text.escape_ascii());
        }
        let fields = printed(&mut self.fields, frame, layers, out);
        let columns = fields.split(|byte| *byte == b'\t').count();
        assert_eq!(columns, Columns::names().count(), "{frame:x?}: {}", fields.escape_ascii());
        assert!(fields[..fields.len() - 1].iter().all(|byte| *byte != b'\n' && is_text(byte)), "{frame:x?}");
        let json = str::from_utf8(printed(&mut self.json, frame, layers, out)).expect("UTF-8");
        assert!(!json.trim_end_matches('\n').chars().any(char::is_control), "{frame:x?}: {json}");
        let object: serde_json::Value = serde_json::from_str(json).unwrap_or_else(|_| panic!("{json}"));
        assert!(object.is_object());
    }
}

/// What one printer makes of the frame: it ends with a line end.
fn printed<'o>(
    printer: &mut impl Lines,
    frame: &Frame<'_>,
    layers: &Layers<'_>,
    out: &'o mut Vec<u8>,
) -> &'o [u8] {
    out.clear();
    printer.line(frame, layers, out);
    assert!(out.ends_with(b"\n"), "{frame:x?}: {}", out.escape_ascii());
    out
}
