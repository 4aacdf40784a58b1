//! What each stage does with a frame, in order. Knows no byte of a packet.
#![forbid(unsafe_code)]

use sniffer_common::{Fault, Note, Slot, Stage};

use crate::access::{self, Frame};
use crate::classify::{self, Compat, Place, Progress, Reads};
use crate::reduce::{self, Decision, Unreduced};
use crate::tally::{self};
use crate::{config, count, log};

/// A socket filter's answer: the frame is neither cloned nor queued.
pub(crate) const DROP: i64 = 0;

/// How many headers of a frame are walked at most. The kernel allows 32 tail calls, and four are for the stages that follow.
const MAX_STEPS: u8 = 16;

/// Classifies the frame and counts it as seen.
#[inline(always)]
pub(crate) fn ingress<R: Reads>(frame: &Frame) -> i64 {
    if is_loopback_copy(frame) {
        return DROP;
    }
    if log::has_new_generation() {
        access::tail_call(frame, Slot::Report);
    }
    match R::classify(frame) {
        Progress::Cell(cell) => seen::<R>(frame, cell),
        Progress::At(place) => walk_on(frame, place),
    }
}

/// Goes one header further into a frame that does not show its classes at first sight.
#[inline(always)]
pub(crate) fn walk(frame: &Frame) -> i64 {
    let place = Place::noted(frame);
    let row = place.row;
    match classify::step(frame, place) {
        Progress::Cell(cell) => seen::<Compat>(frame, cell),
        Progress::At(place) if place.walked.steps >= MAX_STEPS => {
            seen::<Compat>(frame, classify::unknown(row))
        }
        Progress::At(place) => walk_on(frame, place),
    }
}

/// Counts the frame as matched and says how much of it to keep.
#[inline(always)]
pub(crate) fn accept(frame: &Frame) -> i64 {
    if !count::frame(Stage::Matched, frame.note(Note::Cell), frame) {
        return keep_despite(Fault::Uncounted, frame);
    }
    keep()
}

/// Counts the frame as matched; drops it where the capture wants only a part of those, and counts why.
#[inline(always)]
pub(crate) fn reduce(frame: &Frame) -> i64 {
    if !count::frame(Stage::Matched, frame.note(Note::Cell), frame) {
        return keep_despite(Fault::Uncounted, frame);
    }
    match reduce::decide(frame) {
        Ok(Decision::Keep(length)) => i64::from(length),
        Ok(Decision::Rules) => {
            access::tail_call(frame, Slot::Snap);
            keep_despite(Fault::Unreduced, frame)
        }
        Ok(Decision::Drop(stage)) if count::frame(stage, frame.note(Note::Cell), frame) => DROP,
        Ok(Decision::Drop(_)) | Err(Unreduced) => keep_despite(Fault::Unreduced, frame),
    }
}

/// Counts the frame as matched and in the tables of a capture that only counts, which keeps none.
#[inline(always)]
pub(crate) fn tally(frame: &Frame) -> i64 {
    if !count::frame(Stage::Matched, frame.note(Note::Cell), frame) {
        return keep_despite(Fault::Uncounted, frame);
    }
    tally::count(frame);
    DROP
}

/// Writes the line that the stage before asked for, and goes on where that one left off.
#[inline(always)]
pub(crate) fn report(frame: &Frame) -> i64 {
    if frame.note(Note::Kept) == 0 {
        log::generation(frame);
        access::tail_call(frame, Slot::Ingress);
    }
    log::kept(frame);
    keep()
}

/// Whether this is the outgoing copy of a frame on the loopback interface. The same frame comes back as an incoming one
/// at once, so that without this each would count twice.
#[inline(always)]
fn is_loopback_copy(frame: &Frame) -> bool {
    let loopback = config::loopback_ifindex();
    loopback != 0 && frame.ifindex() == loopback && frame.is_outgoing()
}

/// Counts the frame as seen and passes it to the filter, or to the accepting stage where there is no filter.
#[inline(always)]
fn seen<R: Reads>(frame: &Frame, cell: u32) -> i64 {
    frame.set_note(Note::Cell, cell);
    if !count::frame(Stage::Seen, R::noted_cell(frame, cell), frame) {
        return keep_despite(Fault::Uncounted, frame);
    }
    access::tail_call(frame, Slot::Filter);
    access::tail_call(frame, Slot::Accept);
    keep_despite(Fault::Unaccepted, frame)
}

#[inline(always)]
fn walk_on(frame: &Frame, mut place: Place) -> i64 {
    place.walked.steps += 1;
    place.note(frame);
    access::tail_call(frame, Slot::Walk);
    keep_despite(Fault::Uncounted, frame)
}

#[inline(always)]
fn keep() -> i64 {
    i64::from(config::snaplen())
}

/// A fault is never a reason to lose a frame: it is counted and told, and the frame is kept.
#[inline(always)]
pub(crate) fn keep_despite(fault: Fault, frame: &Frame) -> i64 {
    count::fault(fault);
    if log::is_on() {
        frame.set_note(Note::Kept, 1);
        access::tail_call(frame, Slot::Report);
    }
    keep()
}
