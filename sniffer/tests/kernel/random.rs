//! Conditions that no expression is: what the verifier makes of their programs, and what the programs decide.

// The generator of the code generator's own tests.
#[expect(dead_code, reason = "here no condition asks for layers")]
#[path = "../../src/filter/testing.rs"]
mod testing;

use sniffer::filter::emit::emit;
use sniffer::filter::{Entries, Field, Layer, Metadata, NoNames, Packet, Set, SetKind, hir, matches};
use sniffer::load::TestFrame;
use sniffer::packet::PacketType;

use crate::pipeline::pipelines;
use crate::support::skip;

use testing::{Layers, Sweep};

/// The kernel refuses shorter frames of every protocol in some versions: an IPv6 header has 40 bytes.
const SHORTEST: usize = 40;

#[test]
fn random_programs_load_and_give_the_evaluators_verdicts() {
    if !skip::is_root() {
        return;
    }
    for mut pipeline in pipelines() {
        let path = pipeline.path();
        let mut check = |hir: &hir::Hir, packets: &[Packet<'_>]| {
            let program = emit(hir, &pipeline.target()).expect("the condition is small");
            if let Err(error) = pipeline.set_program(&program) {
                panic!("{path:?}: {error:?}\n{hir:?}\n{program}");
            }
            for packet in packets.iter().filter(|packet| packet.data.len() >= SHORTEST) {
                let mut packet = *packet;
                // What a test run cannot make otherwise.
                packet.metadata.packet_type = 0;
                packet.metadata.ifindex = LOOPBACK;
                packet.metadata.vlan_tci = None;
                packet.metadata.layers = Default::default();
                let protocol = packet.metadata.protocol;
                let frame = TestFrame { data: packet.data, protocol, packet_type: PacketType::Host };
                let kept = pipeline.run(&frame).expect("the kernel takes the frame") != 0;
                assert_eq!(kept, matches(hir, &packet), "{path:?}: {packet:x?}\n{hir:?}\n{program}");
            }
        };
        // No stage writes layers down here.
        let layers = Layers::NotAsked;
        Sweep { seed: 5, conditions: 300, layers }.of_all(&mut check);
        Sweep { seed: 7, conditions: 60, layers }.of_members(&mut check);
    }
}

/// The interface of frames that a test run makes.
const LOOPBACK: u32 = 1;
