//! The kernel's verdicts by test run.

use sniffer::filter::emit::Program;
use sniffer::filter::{Filter, Metadata};
use sniffer::load::{Pipeline, TestFrame};
use sniffer::packet::{LinkType, PacketType};

use super::{LIVE, filters, hex, keeps, see_through, shown, stages};
use crate::specimens;
use crate::support::skip;

/// The interface of frames that a test run makes.
const LOOPBACK: u32 = 1;

#[test]
fn test_runs_give_the_evaluators_verdicts() {
    if !skip::is_root() {
        return;
    }
    let specimens = specimens::ethernet();
    for link_type in LIVE {
        let filters = filters(link_type);
        for mut pipeline in stages(link_type) {
            for (expression, filter) in &filters {
                compare(&mut pipeline, link_type, expression, filter, &specimens);
            }
        }
    }
}

/// Compares the kernel's verdict on each frame that a test run can have with the evaluator's, and says how many frames it
/// kept.
#[track_caller]
pub(super) fn compare(
    pipeline: &mut Pipeline,
    link_type: LinkType,
    what: &str,
    filter: &Filter,
    frames: &[Vec<u8>],
) -> usize {
    let program = filter.emit(&pipeline.target()).expect("the expression is small");
    compare_program(pipeline, link_type, what, filter, &program, frames)
}

/// The same for a program of the filter that is there already.
#[track_caller]
pub(super) fn compare_program(
    pipeline: &mut Pipeline,
    link_type: LinkType,
    what: &str,
    filter: &Filter,
    program: &Program,
    frames: &[Vec<u8>],
) -> usize {
    let path = pipeline.path();
    pipeline.set_program(program).unwrap_or_else(|error| panic!("{path:?}, {link_type}: {what}: {error}"));
    let keep = |frame: &&Vec<u8>| {
        let (data, protocol) = (shown::bytes(link_type, frame), shown::ethertype(frame));
        let metadata = Metadata { protocol, ifindex: LOOPBACK, ..Metadata::default() };
        let metadata = Metadata { layers: see_through::layers(link_type, data, metadata), ..metadata };
        let frame = TestFrame { data, protocol, packet_type: PacketType::Host };
        let is_kept = pipeline.run(&frame).expect("the kernel takes the frame") != 0;
        let expected = keeps(filter, data, metadata);
        assert_eq!(is_kept, expected, "{path:?}, {link_type}: {what} on {}", hex(data));
        is_kept
    };
    frames.iter().filter(|frame| has_test_run(frame)).filter(keep).count()
}

/// Some kernels want an IP header behind the link-layer header that they take off, whatever the protocol, and all no more
/// than a page; an Ethertype below 0x0600 they take for a length.
pub(super) fn has_test_run(frame: &[u8]) -> bool {
    let network = shown::bytes(LinkType::LINUX_SLL2, frame);
    (40..3000).contains(&network.len()) && shown::ethertype(frame) >= 0x0600
}
