//! The flow limit: how much of each flow was kept, in a table that forgets the flow that was not met for longest. Knows
//! no header.
#![forbid(unsafe_code)]

use sniffer_common::{Flow, FlowEvent};

use crate::access::EXISTS;
use crate::headers::TcpFlags;
use crate::reduce::Unreduced;
use crate::{access, config, count, maps};

/// Whether frames of flows are counted at all.
#[inline(always)]
pub(crate) fn is_limited() -> bool {
    config::flow_frames() != 0 || config::flow_bytes() != 0
}

/// Whether the flow of a frame of `length` bytes has had its share; counts the frame where it has not. Segments with which
/// connections begin and end are never over the limit, and the first of them begins the share anew: ports are used again.
///
/// Two processors that meet the same flow at once may both find room for a last frame.
#[inline(always)]
pub(crate) fn is_over(flow: &Flow, flags: TcpFlags, length: u32) -> Result<bool, Unreduced> {
    let (limit, amount) =
        if config::flow_frames() != 0 { (config::flow_frames(), 1) } else { (config::flow_bytes(), length) };
    let amount = u64::from(amount);
    let Some(kept) = access::shared_of_flow(&maps::FLOWS, flow) else {
        return enter(flow, amount).map(|()| false);
    };
    if flags.is_opening() {
        kept.store(amount);
        return Ok(false);
    }
    if kept.load() < u64::from(limit) {
        kept.add(amount);
        return Ok(false);
    }
    if flags.is_control() {
        count::flow_event(FlowEvent::KeptOverLimit);
    }
    Ok(!flags.is_control())
}

/// Enters a flow that was not in the table.
#[inline(always)]
fn enter(flow: &Flow, amount: u64) -> Result<(), Unreduced> {
    match access::enter_flow(&maps::FLOWS, flow, amount) {
        Ok(()) => count::flow_event(FlowEvent::Entered),
        // Another processor was faster.
        Err(error) if error == -EXISTS => {}
        Err(_) => return Err(Unreduced),
    }
    Ok(())
}
