//! Any expression that is accepted: the kernel takes its programs, and they decide as the evaluator does. Does nothing
//! for a user who may not load programs.

use std::cell::RefCell;

use super::filters::{Input, emit_within_limits};
use crate::corpus::frames;
use crate::filter::{Layer, Metadata, Packet, TunnelPorts, matches};
use crate::support::skip;
use sniffer::load::{Config, KernelPath, Pipeline, TestFrame};
use sniffer::packet::{LinkType, PacketType};

/// One of so many frames of the corpus is run.
const STEP: usize = 61;

/// Bytes of an Ethernet frame that every kernel takes in a test run.
const SHORTEST: usize = 54;

thread_local! {
    static PIPELINES: RefCell<Vec<Pipeline>> = RefCell::new(pipelines(None));
    static SEEING_THROUGH: RefCell<Vec<Pipeline>> = RefCell::new(pipelines(Some(TunnelPorts::default())));
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
    let pipelines = if input.options.see_through { &SEEING_THROUGH } else { &PIPELINES };
    pipelines.with_borrow_mut(|pipelines| {
        for pipeline in pipelines {
            let Some(program) = emit_within_limits(&filter, &pipeline.target()) else { continue };
            if let Err(error) = pipeline.set_program(&program) {
                panic!("{:?} on {:?}: {error:?}\n{program}", input.text, pipeline.path());
            }
            for data in &packets {
                let protocol = u16::from_be_bytes([data[12], data[13]]);
                let metadata = Metadata { protocol, ifindex: 1, ..Metadata::default() };
                let packet = input.layered(Packet { data, original_len: data.len() as u32, metadata });
                if input.options.see_through && packet.metadata.layers.into_iter().any(is_fragment) {
                    continue;
                }
                let frame = TestFrame { data, protocol, packet_type: PacketType::Host };
                let kept = pipeline.run(&frame).expect("the kernel takes the frame") != 0;
                assert_eq!(kept, matches(filter.hir(), &packet), "{:?} on {data:x?}\n{program}", input.text);
            }
        }
    });
}

/// Fragments may have the verdict of an earlier input.
fn is_fragment(layer: Layer) -> bool {
    layer.0 & (Layer::FIRST_FRAGMENT | Layer::LATER_FRAGMENT) != 0
}

fn has_test_run(data: &[u8]) -> bool {
    (SHORTEST..3000).contains(&data.len()) && u16::from_be_bytes([data[12], data[13]]) >= 0x0600
}

/// The stages in each way of reading packets that this kernel has.
fn pipelines(see_through: Option<TunnelPorts>) -> Vec<Pipeline> {
    let load = |path| {
        let config = Config { see_through, path: Some(path), ..Config::new(10_000) };
        Pipeline::load(&config).ok()
    };
    [KernelPath::Direct, KernelPath::Compat].into_iter().filter_map(load).collect()
}
