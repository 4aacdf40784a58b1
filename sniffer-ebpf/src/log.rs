//! Lines for the log. With the log level 0 the verifier removes every trace of them from the other stages.
#![forbid(unsafe_code)]

use aya_log_ebpf::{
    info,
    macro_support::{Level, level_enabled},
    warn,
};

use crate::{access::Frame, maps};

/// Where lines come from, as loggers filter and show it.
const TARGET: &str = "sniffer::kernel";

/// Indices into [`maps::GENERATIONS`].
const SET: u32 = 0;
const LOGGED: u32 = 1;

/// Whether faults are logged.
#[inline(always)]
pub(crate) fn is_on() -> bool {
    level_enabled(Level::Warn)
}

/// Whether the filter slot was set since the last line about that.
#[inline(always)]
pub(crate) fn has_new_generation() -> bool {
    level_enabled(Level::Info) && maps::GENERATIONS.get(SET) != maps::GENERATIONS.get(LOGGED)
}

/// Says that the filter slot was set. Two processors may find that out at once and both say so.
#[inline(always)]
pub(crate) fn generation(frame: &Frame) {
    let (Some(&set), Some(&logged)) = (maps::GENERATIONS.get(SET), maps::GENERATIONS.get(LOGGED)) else {
        return;
    };
    if maps::GENERATIONS.set(LOGGED, set, 0).is_err() {
        return;
    }
    if logged == 0 {
        info!(frame.context(), target: TARGET, "program attached");
    } else {
        info!(frame.context(), target: TARGET, "slot swapped, generation {}", set);
    }
}

/// Says that a frame was kept because something could not be reached.
#[inline(always)]
pub(crate) fn kept(frame: &Frame) {
    warn!(frame.context(), target: TARGET, "frame kept because a look-up failed");
}
