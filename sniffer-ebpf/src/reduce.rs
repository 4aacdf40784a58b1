//! What a capture keeps of the frames that its filter wants: a sample, the beginning of each flow, not more than so many a
//! second, and not all of their bytes. Each in turn; what is not asked for is not in the program.
#![forbid(unsafe_code)]

use sniffer_common::{Note, Snap, Stage};

use crate::access::{self, Frame};
use crate::headers::Headers;
use crate::{config, flow, maps};

/// What becomes of a frame.
pub(crate) enum Decision {
    /// So many bytes of it are kept.
    Keep(u32),
    /// The rules in their slot say how many bytes are kept.
    Rules,
    /// It goes, and is counted at this stage.
    Drop(Stage),
}

/// Where the headers end of a frame that is kept whole.
const BEYOND_EVERY_FRAME: u32 = 1 << 30;

/// A table could not be used. The frame is kept then.
pub(crate) struct Unreduced;

/// Decides about a frame.
#[inline(always)]
pub(crate) fn decide(frame: &Frame) -> Result<Decision, Unreduced> {
    if is_out_of_sample(config::sample(), access::random) {
        return Ok(Decision::Drop(Stage::SampledOut));
    }
    if config::is_adjusted() != 0 {
        let part = access::shared(&maps::ADJUSTED_SAMPLE, 0).ok_or(Unreduced)?.load();
        if is_out_of_sample(part as u32, access::random) {
            return Ok(Decision::Drop(Stage::SampledOut));
        }
    }
    let headers = if needs_headers() { Headers::locate(frame) } else { Headers::NONE };
    if needs_flows() && headers.is_ip() {
        let flow = headers.flow(frame);
        if is_out_of_sample(config::sample_flows(), || flow.hash()) {
            return Ok(Decision::Drop(Stage::SampledOut));
        }
        if flow::is_limited() && flow::is_over(&flow, headers.tcp_flags(frame), frame.len())? {
            return Ok(Decision::Drop(Stage::OverFlowLimit));
        }
    }
    if config::rate_interval() != 0 && is_over_rate()? {
        return Ok(Decision::Drop(Stage::OverRate));
    }
    Ok(length(frame, &headers))
}

#[inline(always)]
fn needs_headers() -> bool {
    needs_flows() || config::snap() != Snap::Whole as u32
}

#[inline(always)]
fn needs_flows() -> bool {
    config::sample_flows() != 0 || flow::is_limited()
}

/// Whether what is drawn is not below the part that is sampled.
#[inline(always)]
fn is_out_of_sample(part: u32, draw: impl FnOnce() -> u32) -> bool {
    part != 0 && draw() >= part
}

/// Whether a frame comes too early for the rate; one that does not uses up the time to the next one.
///
/// The instruction sets of old kernels have no addition that returns what was there before. So processors that meet a
/// frame at once may each find time for it; but each uses it up, so that it is missing later.
#[inline(always)]
fn is_over_rate() -> Result<bool, Unreduced> {
    let used_up_to = access::shared(&maps::RATE, 0).ok_or(Unreduced)?;
    let (now, used) = (access::now(), used_up_to.load());
    if used > now + u64::from(config::rate_ahead()) {
        return Ok(true);
    }
    if used < now {
        // Time in which nothing came is not kept for later.
        used_up_to.store(now);
    }
    used_up_to.add(config::rate_interval().into());
    Ok(false)
}

/// How many bytes to keep.
#[inline(always)]
fn length(frame: &Frame, headers: &Headers) -> Decision {
    if config::snap() == Snap::Whole as u32 {
        return Decision::Keep(config::snaplen());
    }
    let end = if headers.is_ip() { headers.end(frame) } else { BEYOND_EVERY_FRAME };
    if config::snap() == Snap::Rules as u32 {
        frame.set_note(Note::HEADERS_END, end);
        return Decision::Rules;
    }
    Decision::Keep(config::snaplen().min(end + config::snap_extra()))
}
