//! Filters that see through tunnels: the kernel's verdicts by test run and on live frames.

use sniffer::filter::{Filter, Metadata, Packet, SeeThrough, TunnelPorts};
use sniffer::load::{Config, Pipeline, TestFrame};
use sniffer::packet::{LinkType, PacketType};

use super::{LIVE, hex, shown, stages_of};
use crate::layered;
use crate::pipeline::config;
use crate::support::expression::seeing_through;
use crate::support::skip;

/// The interface of frames that a test run makes.
const LOOPBACK: u32 = 1;

/// The stages that see through tunnels.
fn stages_seeing_through() -> impl Iterator<Item = (LinkType, Pipeline)> {
    let config = Config { see_through: Some(TunnelPorts::default()), ..config() };
    LIVE.into_iter().flat_map(move |link_type| {
        stages_of(link_type, config).into_iter().map(move |pipeline| (link_type, pipeline))
    })
}

/// The expressions of the corpus that the link type has.
fn filters(link_type: LinkType) -> impl Iterator<Item = (&'static str, Filter)> {
    let is_there = move |expression: &str| {
        let is_ethernet = ["vlan", "mpls", "pppoes", "geneve", "vxlan", "ether"];
        link_type == LinkType::ETHERNET || !is_ethernet.iter().any(|word| expression.contains(word))
    };
    let all = layered::expressions().into_iter().filter(move |(text, _)| is_there(text));
    all.map(move |(text, _)| {
        (text, seeing_through(link_type, text).unwrap_or_else(|error| panic!("{error}")))
    })
}

#[test]
fn test_runs_give_the_evaluators_verdicts_at_every_layer() {
    if !skip::is_root() {
        return;
    }
    for (link_type, mut pipeline) in stages_seeing_through() {
        let path = pipeline.path();
        for (round, (expression, filter)) in filters(link_type).enumerate() {
            let program = filter.emit(&pipeline.target()).expect("the expression is small");
            pipeline.set_filter(&program.insns).expect("the kernel takes the program");
            let mut evaluator = SeeThrough::new(link_type, true, TunnelPorts::default());
            for sample in layered::frames(round as u16) {
                if !super::test_run::has_test_run(&sample.data) {
                    continue;
                }
                let (data, protocol) =
                    (shown::bytes(link_type, &sample.data), shown::ethertype(&sample.data));
                let metadata = Metadata { protocol, ifindex: LOOPBACK, ..Metadata::default() };
                let frame = TestFrame { data, protocol, packet_type: PacketType::Host };
                let verdict = pipeline.run(&frame).expect("the kernel takes the frame");
                let packet = Packet { data, original_len: data.len() as u32, metadata };
                let expected = evaluator.matches(filter.hir(), &packet);
                assert_eq!(
                    verdict != 0,
                    expected,
                    "{path:?}, {link_type}: {expression} on {}: {}",
                    sample.name,
                    hex(data)
                );
            }
        }
    }
}
