//! Where definitions are alive, by paths: what is needed on one way takes no register on another, and a call on another
//! way than that from a definition to its use destroys nothing.

use std::collections::{BTreeSet, HashMap};

use super::super::ir::{BlockId, Ir};
use super::schedule::Log;
use super::steps::{DefId, Schedule};

/// Fills in what definitions know of calls, and what blocks know of definitions.
pub(super) fn analyse(schedule: &mut Schedule, log: &Log, ir: &Ir) {
    let mut live_in: HashMap<BlockId, BTreeSet<DefId>> = HashMap::new();
    let (mut uses, mut calls) = (log.uses.as_slice(), log.calls.as_slice());
    for block in (0..schedule.blocks.len()).rev() {
        let start = block.checked_sub(1).map_or(0, |before| schedule.blocks[before].end + 1);
        let (id, own_uses) = (schedule.blocks[block].id, split_behind(&mut uses, |(at, _)| *at < start));
        let own_calls = split_behind(&mut calls, |at| *at < start);
        let behind = ir.blocks[id.index()].end.successors().filter_map(|next| live_in.get(&next));
        let mut live: BTreeSet<DefId> = behind.flatten().copied().collect();
        schedule.blocks[block].last_uses =
            own_uses.iter().filter(|(_, def)| !live.contains(def)).map(|(at, def)| (*def, *at)).collect();
        let mut uses_left = own_uses;
        for call in own_calls.iter().rev() {
            live.extend(split_behind(&mut uses_left, |(at, _)| at <= call).iter().map(|(_, def)| *def));
            cross(schedule, *call, &live);
        }
        live.extend(uses_left.iter().map(|(_, def)| *def));
        near(schedule, start, own_uses, own_calls);
        live.retain(|def| schedule.defs[def.index()].start < start);
        schedule.blocks[block].live_in = live.iter().copied().collect();
        live_in.insert(id, live);
    }
}

/// Notes that all of `live` that were made before the call are needed behind it.
fn cross(schedule: &mut Schedule, call: u32, live: &BTreeSet<DefId>) {
    for def in live {
        let def = &mut schedule.defs[def.index()];
        def.crosses_call |= def.start < call;
    }
}

/// Notes how far a block's own definitions are used before a call.
fn near(schedule: &mut Schedule, start: u32, uses: &[(u32, DefId)], calls: &[u32]) {
    for (at, def) in uses {
        let def = &mut schedule.defs[def.index()];
        let next_call = calls[calls.partition_point(|call| *call <= def.start)..].first();
        if def.start >= start && next_call.is_none_or(|call| at <= call) {
            def.near_end = *at;
        }
    }
}

/// Cuts the entries that do not satisfy `before` off the end of an ascending list, and returns them.
fn split_behind<'a, T>(list: &mut &'a [T], before: impl Fn(&T) -> bool) -> &'a [T] {
    let (front, back) = list.split_at(list.partition_point(before));
    *list = front;
    back
}
