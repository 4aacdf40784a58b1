//! The stages of frames that are seen through: the layers are written down for the filter, and later fragments get the
//! verdict of the first. The rules of the walk are those of `sniffer_common::layers`, which user space follows too.
//!
//! All that is known of a frame travels in its control buffer. Room that belongs to a processor would not do: with
//! `PREEMPT_RT`, and in test runs, another frame may come between two stages of this one.
#![forbid(unsafe_code)]

use sniffer_common::layers::{self, Bytes, FragmentKey, Layer, Part, Place, Words};
use sniffer_common::{Fault, FragmentCount, LinkHeader, Note, Slot};

use crate::access::{self, EXISTS, Frame, Integer, Linear};
use crate::stages::{DROP, keep_despite};
use crate::{config, count};

/// While the layers are walked, the note of the cell holds the place above the cell, and the number of runs above that.
const PLACE_SHIFT: u32 = 8;
const RUNS_SHIFT: u32 = 29;
const CELL: u32 = (1 << PLACE_SHIFT) - 1;
const PLACE: u32 = (1 << (RUNS_SHIFT - PLACE_SHIFT)) - 1;

/// How many steps a run takes. Frames without tunnels need two or three.
const STEPS_A_RUN: u32 = 4;
const LAST_RUN: u32 = layers::MAX_STEPS / STEPS_A_RUN - 1;

const _: () = assert!(sniffer_common::CELLS <= 1 << PLACE_SHIFT);
const _: () = assert!(LAST_RUN <= u32::MAX >> RUNS_SHIFT);

/// A way of reading the bytes of a frame.
pub(crate) trait Loads {
    /// The frame.
    fn frame(&self) -> &Frame;
    /// An integer in network order, None beyond the end.
    fn load<T: Integer>(&self, at: u32) -> Option<T>;
}

impl Loads for Linear<'_> {
    #[inline(always)]
    fn frame(&self) -> &Frame {
        self.frame()
    }

    #[inline(always)]
    fn load<T: Integer>(&self, at: u32) -> Option<T> {
        self.load(at)
    }
}

impl Loads for &Frame {
    #[inline(always)]
    fn frame(&self) -> &Frame {
        self
    }

    #[inline(always)]
    fn load<T: Integer>(&self, at: u32) -> Option<T> {
        (*self).load(at)
    }
}

/// The bytes of a frame in the host's order.
struct Loaded<L>(L);

impl<L: Loads> Bytes for Loaded<L> {
    #[inline(always)]
    fn captured(&self) -> u32 {
        self.0.frame().len()
    }

    #[inline(always)]
    fn byte(&self, at: u32) -> Option<u8> {
        self.0.load(at)
    }

    #[inline(always)]
    fn half(&self, at: u32) -> Option<u16> {
        self.0.load(at).map(u16::from_be)
    }

    #[inline(always)]
    fn word(&self, at: u32) -> Option<u32> {
        self.0.load(at).map(u32::from_be)
    }

    #[inline(always)]
    fn line(&self, at: u32) -> Option<[u64; 2]> {
        self.0.load::<[u64; 2]>(at).map(|[first, second]| [u64::from_be(first), u64::from_be(second)])
    }
}

/// The words in the control buffer.
struct Noted<'a>(&'a Frame);

impl Words for Noted<'_> {
    #[inline(always)]
    fn get(&self, layer: usize) -> Layer {
        self.0.layer(layer)
    }

    #[inline(always)]
    fn set(&mut self, layer: usize, word: Layer) {
        self.0.set_layer(layer, word);
    }
}

/// Goes a few headers further, and on to the filter at the last one.
#[inline(always)]
pub(crate) fn walk(loads: impl Loads) -> i64 {
    let bytes = Loaded(loads);
    let frame = bytes.0.frame();
    let note = frame.note(Note::Cell);
    let run = note >> RUNS_SHIFT;
    let has_begun = note & !CELL != 0 || begin(frame);
    let goes_on = has_begun && advance(&bytes) && advance(&bytes) && advance(&bytes) && advance(&bytes);
    if goes_on && run < LAST_RUN {
        frame.set_note(Note::Cell, frame.note(Note::Cell) + (1 << RUNS_SHIFT));
        access::tail_call(frame, Slot::Layers);
    }
    frame.set_note(Note::Cell, frame.note(Note::Cell) & CELL);
    filter(frame)
}

/// Empties the words and notes the first place. False when there is none.
#[inline(always)]
fn begin(frame: &Frame) -> bool {
    frame.set_layer(0, Layer(0));
    frame.set_layer(1, Layer(0));
    frame.set_layer(2, Layer(0));
    frame.set_layer(3, Layer(0));
    let place = if config::begins_with(LinkHeader::Ethernet) {
        Place::ethernet(0)
    } else if config::begins_with(LinkHeader::None) {
        Place::of_kernel(frame.protocol())
    } else {
        Place::END
    };
    note(frame, place)
}

/// Takes one step. Reading the place back from the note leaves the verifier without knowledge of it, so that it follows each
/// step but once.
#[inline(always)]
fn advance(bytes: &Loaded<impl Loads>) -> bool {
    let frame = bytes.0.frame();
    let place = Place::from_bits(frame.note(Note::Cell) >> PLACE_SHIFT & PLACE);
    note(frame, layers::step(bytes, &config::Tunnels, &mut Noted(frame), place))
}

#[inline(always)]
fn note(frame: &Frame, place: Place) -> bool {
    let around = frame.note(Note::Cell) & !(PLACE << PLACE_SHIFT);
    frame.set_note(Note::Cell, around | place.to_bits() << PLACE_SHIFT);
    !place.is_end()
}

/// Passes a frame whose layers are known to the filter, by way of the stage for fragments if it is one.
#[inline(always)]
fn filter(frame: &Frame) -> i64 {
    const FRAGMENTS: u32 = Layer::FIRST_FRAGMENT | Layer::LATER_FRAGMENT;
    let all = frame.layer(0).0 | frame.layer(1).0 | frame.layer(2).0 | frame.layer(3).0;
    if all & FRAGMENTS != 0 {
        access::tail_call(frame, Slot::Fragments);
    }
    access::tail_call(frame, Slot::Within);
    access::tail_call(frame, Slot::Accept);
    keep_despite(Fault::Unaccepted, frame)
}

/// Gives a later fragment the verdict of the first, and takes note of first ones, which count as unwanted until the filter
/// wants them.
#[inline(always)]
pub(crate) fn fragments(frame: &Frame) -> i64 {
    let verdict = recall(frame);
    set_verdicts(frame, false, || count::fragment(FragmentCount::First));
    match verdict {
        Some(true) => access::tail_call(frame, Slot::Remember),
        Some(false) => return DROP,
        None => {}
    }
    access::tail_call(frame, Slot::Within);
    access::tail_call(frame, Slot::Accept);
    keep_despite(Fault::Unaccepted, frame)
}

/// Keeps the verdict on first fragments that the filter wants, and goes on to the last stage.
#[inline(always)]
pub(crate) fn remember(frame: &Frame) -> i64 {
    set_verdicts(frame, true, || {});
    access::tail_call(frame, Slot::Accept);
    keep_despite(Fault::Unaccepted, frame)
}

/// The verdict that the frame gets from a first fragment, if its last layer is a later one: no walk goes on behind that.
#[inline(always)]
fn recall(frame: &Frame) -> Option<bool> {
    let layer = Noted(frame).last();
    if layer.part() != Part::Later {
        return None;
    }
    let verdict = key(frame, layer).and_then(|key| access::recall(&key));
    count::fragment(if verdict.is_some() { FragmentCount::Followed } else { FragmentCount::Orphaned });
    verdict
}

#[inline(always)]
fn key(frame: &Frame, layer: Layer) -> Option<FragmentKey> {
    FragmentKey::of(&Loaded(frame), layer, FragmentKey::tap(frame.ifindex(), frame.is_outgoing()))
}

/// Sets the verdict on every layer that is a first fragment.
#[inline(always)]
fn set_verdicts(frame: &Frame, verdict: bool, each: impl Fn()) {
    set_verdict(frame, 0, verdict, &each);
    set_verdict(frame, 1, verdict, &each);
    set_verdict(frame, 2, verdict, &each);
    set_verdict(frame, 3, verdict, &each);
}

#[inline(always)]
fn set_verdict(frame: &Frame, layer: usize, verdict: bool, each: impl Fn()) {
    let layer = frame.layer(layer);
    if layer.part() != Part::First {
        return;
    }
    each();
    if !key(frame, layer).is_some_and(|key| keep_verdict(&key, verdict)) {
        count::fragment(FragmentCount::Unremembered);
    }
}

/// Keeps a verdict, and counts the datagrams that had none. False when the kernel does not take it.
#[inline(always)]
fn keep_verdict(key: &FragmentKey, verdict: bool) -> bool {
    match access::enter_verdict(key, verdict) {
        Ok(()) => {
            count::fragment(FragmentCount::Entered);
            true
        }
        Err(error) => error == -EXISTS && access::change_verdict(key, verdict),
    }
}
