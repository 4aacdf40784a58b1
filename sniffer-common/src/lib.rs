//! The words that the kernel side and the user side share: names, slot numbers, counter layouts. Holds no logic beyond
//! the meaning of a number, and knows neither aya nor the filter language.
#![no_std]
#![forbid(unsafe_code)]
#![expect(clippy::inline_always, reason = "the kernel side must not contain calls, see there")]

pub mod layers;
pub mod names;

mod counters;
mod flow;
mod numbered;
mod tally;

pub use counters::{CELLS, Cell, Fault, FragmentCount, Link, MATRIX_WORDS, Matrix, Stage, Transport, cell};
pub use flow::{End, Flow, FlowEvent};
pub use tally::{Host, Port, Table, TableEvent, Traffic};

use numbered::numbered;

numbered! {
    /// The slots of the program array [`names::STAGES`].
    pub enum Slot: u32 {
        /// The program generated from the expression; empty when every frame is wanted.
        Filter,
        /// The program that counts a frame as matched and says how many of its bytes to keep.
        Accept,
        /// The program that goes through the headers of a frame which does not show its classes at first sight, one a run.
        Walk,
        /// The program that writes lines for the log; empty when the log is off. It stands apart because its code is longer
        /// than that of all other stages together, and the attached program is charged to the socket by its length.
        Report,
        /// Ingress, for the reporting stage to go back to.
        Ingress,
        /// With `--see-through`: the program that writes the layers of a frame down, some a run. It stands in
        /// [`Slot::Filter`] too, so that ingress knows nothing of it.
        Layers,
        /// The program that knows the verdicts on first fragments.
        Fragments,
        /// The program generated from the expression, when [`Slot::Filter`] is taken.
        Within,
        /// The program that keeps the verdict on the first fragments that the filter wants.
        Remember,
        /// The program generated from the rules that say how much to keep of which frame; empty when there are none.
        Snap,
    }
}

/// What a stage leaves in the frame's control buffer (`cb` of `struct __sk_buff`) for those behind it. The kernel sets
/// all words to 0 before the first stage.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The index of the frame's cell; during a walk, of the first cell of its link class.
    Cell = 0,
    /// Not 0 when the reporting stage is to say that the frame was kept.
    Kept = 1,
    /// What the walk has come to.
    What = 2,
    /// Where that is, in bytes. Behind the accepting stage: [`Note::HEADERS_END`].
    At = 3,
    /// How far the walk is, as [`Walked`]; 0 for frames that need none.
    Walked = 4,
}

impl Note {
    /// Where the headers of the frame end, in bytes; more than any frame has when that is not known. For the program in
    /// [`Slot::Snap`], when the walk's notes are no longer needed.
    pub const HEADERS_END: Self = Self::At;
}

/// How far a walk is, in one word of the control buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// How many headers it has gone through.
    pub steps: u8,
    /// Whether one of them was a fragment header that says that there are other fragments.
    pub fragmented: bool,
    /// Where the IPv6 header begins whose extension headers are walked, in bytes.
    pub ipv6_at: u16,
}

impl Walked {
    /// From the word.
    #[inline(always)]
    pub const fn from_word(word: u32) -> Self {
        Self { steps: word as u8, fragmented: word >> 8 & 1 != 0, ipv6_at: (word >> 16) as u16 }
    }

    /// As a word.
    #[inline(always)]
    pub const fn to_word(self) -> u32 {
        self.steps as u32 | (self.fragmented as u32) << 8 | (self.ipv6_at as u32) << 16
    }
}

/// What the bytes of a frame begin with; the values of the word [`names::LINK_HEADER`].
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkHeader {
    /// An Ethernet header.
    Ethernet = 0,
    /// The network header: `SOCK_DGRAM` sockets, and devices without a link header.
    None = 1,
    /// A header that the kernel side does not know: all frames are of the class [`Link::Other`].
    Other = 2,
}

/// How much of a frame to keep; the values of the word [`names::SNAP`].
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Snap {
    /// As much as of every other frame.
    Whole = 0,
    /// The headers and so many bytes more as [`names::SNAP_EXTRA`] says.
    Headers = 1,
    /// What the program in [`Slot::Snap`] says.
    Rules = 2,
}

impl Note {
    /// Where the words of the layers begin, for the filter and for the stages around it, which are all behind the walk.
    pub const LAYERS: usize = 1;
}

const _: () = assert!(Note::LAYERS + layers::MAX_LAYERS == 5);
