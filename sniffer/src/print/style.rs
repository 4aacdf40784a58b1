//! Colours of lines: the only escape sequences that are ever printed. Knows no terminal.

/// What a part of a line is, which decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// The time stamp.
    Time,
    /// A host's address or name.
    Host,
    /// The flags of a segment.
    Flags,
    /// What is wrong with a packet, or missing.
    Fault,
}

impl Style {
    /// The sequence in front (ECMA-48, SGR), in colours that can be read on light and dark ground.
    const fn start(self) -> &'static [u8] {
        match self {
            Self::Time => b"\x1b[2m",
            Self::Host => b"\x1b[36m",
            Self::Flags => b"\x1b[33m",
            Self::Fault => b"\x1b[31m",
        }
    }
}

/// Appends what `write` appends, styled if that `is_wanted` and there is something.
pub(super) fn styled(is_wanted: bool, style: Style, out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    if !is_wanted {
        return write(out);
    }
    let before = out.len();
    out.extend_from_slice(style.start());
    let start = out.len();
    write(out);
    if out.len() == start {
        out.truncate(before);
    } else {
        out.extend_from_slice(b"\x1b[0m");
    }
}
