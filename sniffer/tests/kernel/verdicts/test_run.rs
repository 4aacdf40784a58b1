//! The kernel's verdicts by test run.

use sniffer::filter::Metadata;
use sniffer::load::TestFrame;
use sniffer::packet::{LinkType, PacketType};

use super::{filters, hex, keeps, shown, stages};
use crate::specimens;
use crate::support::skip;

/// The interface of frames that a test run makes.
const LOOPBACK: u32 = 1;

#[test]
fn test_runs_give_the_evaluators_verdicts() {
    if !skip::is_root() {
        return;
    }
    let specimens: Vec<_> = specimens::ethernet().into_iter().filter(|frame| has_test_run(frame)).collect();
    for (link_type, mut pipeline) in stages() {
        let path = pipeline.path();
        for (expression, filter) in filters(link_type) {
            let program = filter.emit(&pipeline.target()).expect("the expression is small");
            pipeline.set_filter(&program.insns).expect("the kernel takes the program");
            for specimen in &specimens {
                let (data, protocol) = (shown::bytes(link_type, specimen), shown::ethertype(specimen));
                let metadata = Metadata { protocol, ifindex: LOOPBACK, ..Metadata::default() };
                let frame = TestFrame { data, protocol, packet_type: PacketType::Host };
                let verdict = pipeline.run(&frame).expect("the kernel takes the frame");
                let expected = keeps(&filter, data, metadata);
                assert_eq!(verdict != 0, expected, "{path:?}, {link_type}: {expression} on {}", hex(data));
            }
        }
    }
}

/// Some kernels want an IP header behind the link-layer header that they take off, whatever the protocol, and all no more
/// than a page; an Ethertype below 0x0600 they take for a length.
pub(super) fn has_test_run(frame: &[u8]) -> bool {
    let network = shown::bytes(LinkType::LINUX_SLL2, frame);
    (40..3000).contains(&network.len()) && shown::ethertype(frame) >= 0x0600
}
