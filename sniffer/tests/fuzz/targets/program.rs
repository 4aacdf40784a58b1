//! Any expression that is accepted: its programs decide as the evaluator does, on the packet of the input and on those
//! of the corpus.

use super::filters::{Input, emit_within_limits};
use super::simulator::{LAYOUT, verdict};
use crate::corpus::{Sample, frames};
use crate::filter::emit::{Access, OnMatch, Target};
use crate::filter::{Metadata, Packet, matches};

const KEPT: u32 = 0x0004_0000;

/// One of so many frames of the corpus is looked at.
const STEP: usize = 23;

pub(super) fn run(bytes: &[u8]) {
    let input = Input::new(bytes);
    let Some(filter) = input.filter() else { return };
    let samples = frames(input.options.link_type);
    let samples = samples.iter().skip(bytes.len() % STEP).step_by(STEP).map(packet);
    let packets: Vec<_> = samples.chain([input.packet]).map(|packet| input.layered(packet)).collect();
    for access in [Access::Direct(LAYOUT), Access::Compat] {
        let target = Target { access, on_match: OnMatch::Return(KEPT) };
        let Some(program) = emit_within_limits(&filter, &target) else { continue };
        for packet in &packets {
            let expected = if matches(filter.hir(), packet) { KEPT } else { 0 };
            for linear in [packet.data.len(), 14] {
                let verdict = verdict(&program, packet, linear);
                assert_eq!(verdict, expected, "{:?} on {packet:x?}, {linear} linear\n{program}", input.text);
            }
        }
    }
}

/// In the kernel frames are whole.
fn packet(sample: &Sample) -> Packet<'_> {
    let metadata = Metadata { protocol: 0x86dd, vlan_tci: Some(100), ..Metadata::default() };
    Packet { data: &sample.data, original_len: sample.data.len() as u32, metadata }
}
