//! Any expression that is accepted: the kernel takes its programs, and they decide as the evaluator does. Does nothing
//! for a user who may not load programs.

use std::cell::RefCell;

use super::filters::Input;
use crate::corpus::frames;
use crate::filter::{Metadata, Packet, matches};
use crate::support::skip;
use log::LevelFilter;
use sniffer::load::{Config, KernelPath, Pipeline, Reductions, TestFrame};
use sniffer::packet::{LinkType, PacketType};

/// One of so many frames of the corpus is run.
const STEP: usize = 61;

/// Bytes of an Ethernet frame that every kernel takes in a test run.
const SHORTEST: usize = 54;

thread_local! {
    static PIPELINES: RefCell<Vec<Pipeline>> = RefCell::new(pipelines());
}

pub(super) fn run(bytes: &[u8]) {
    if !skip::is_root() {
        return;
    }
    let mut input = Input::new(bytes);
    input.options.link_type = LinkType::ETHERNET;
    input.options.live = true;
    let Some(filter) = input.filter() else { return };
    let samples = frames(LinkType::ETHERNET);
    let samples = samples.iter().skip(bytes.len() % STEP).step_by(STEP).map(|sample| &sample.data[..]);
    let packets: Vec<_> = samples.chain([input.packet.data]).filter(|data| has_test_run(data)).collect();
    PIPELINES.with_borrow_mut(|pipelines| {
        for pipeline in pipelines {
            let program = filter.emit(&pipeline.target()).expect("the expression is small");
            if let Err(error) = pipeline.set_program(&program) {
                panic!("{:?} on {:?}: {error:?}\n{program}", input.text, pipeline.path());
            }
            for data in &packets {
                let protocol = u16::from_be_bytes([data[12], data[13]]);
                let frame = TestFrame { data, protocol, packet_type: PacketType::Host };
                let kept = pipeline.run(&frame).expect("the kernel takes the frame") != 0;
                let metadata = Metadata { protocol, ifindex: 1, ..Metadata::default() };
                let packet = Packet { data, original_len: data.len() as u32, metadata };
                assert_eq!(kept, matches(filter.hir(), &packet), "{:?} on {data:x?}\n{program}", input.text);
            }
        }
    });
}

fn has_test_run(data: &[u8]) -> bool {
    (SHORTEST..3000).contains(&data.len()) && u16::from_be_bytes([data[12], data[13]]) >= 0x0600
}

/// The stages in each way of reading packets that this kernel has.
fn pipelines() -> Vec<Pipeline> {
    let load = |path| {
        let (snaplen, log_level) = (10_000, LevelFilter::Off);
        let config = Config {
            snaplen,
            cooked: false,
            loopback_ifindex: None,
            log_level,
            path: Some(path),
            see_through: None,
            reductions: Reductions::default(),
            tally: None,
        };
        Pipeline::load(&config).ok()
    };
    [KernelPath::Direct, KernelPath::Compat].into_iter().filter_map(load).collect()
}
