//! Filters that see through tunnels: the kernel's verdicts by test run and on live frames.

use sniffer::counters::{FragmentCounts, Fragments};
use sniffer::filter::{Filter, Layer, MAX_LAYERS, Metadata, Packet, SeeThrough, TunnelPorts};
use sniffer::load::{Config, Pipeline, Reductions, SnapTo, TestFrame};
use sniffer::packet::{LinkType, PacketType};

use super::shown::{self, Shown};
use super::test_run::has_test_run;
use super::{LIVE, hex, stages_of};
use crate::corpus::Sample;
use crate::layered;
use crate::pipeline::{config, pipelines_of};
use crate::support::expression::{live, seeing_through};
use crate::support::skip;

/// The interface of frames that a test run makes.
const LOOPBACK: u32 = 1;

/// Every so many expressions the frames that are cut have their turn too, which are ten times as many as the whole ones.
const CUT_EVERY: usize = 7;

/// The stages that see through tunnels.
pub(super) fn stages_seeing_through() -> impl Iterator<Item = (LinkType, Pipeline)> {
    LIVE.into_iter().flat_map(|link_type| {
        let pipelines = stages_of(link_type, config_seeing_through()).into_iter();
        pipelines.map(move |pipeline| (link_type, pipeline))
    })
}

fn config_seeing_through() -> Config {
    Config { see_through: Some(TunnelPorts::default()), ..config() }
}

/// The expressions of the corpus that the link type has.
pub(super) fn filters(link_type: LinkType) -> impl Iterator<Item = (&'static str, Filter)> {
    let is_there = move |expression: &str| {
        let is_ethernet = ["vlan", "mpls", "pppoes", "geneve", "vxlan", "ether"];
        link_type == LinkType::ETHERNET || !is_ethernet.iter().any(|word| expression.contains(word))
    };
    let all = layered::expressions().into_iter().filter(move |(text, _)| is_there(text));
    all.map(move |(text, _)| {
        (text, seeing_through(link_type, text).unwrap_or_else(|error| panic!("{error}")))
    })
}

/// The frames of a round: whole ones, and at times the beginnings of some.
fn samples(round: usize) -> Vec<Sample> {
    let whole = layered::frames(round as u16);
    if !round.is_multiple_of(CUT_EVERY) {
        return whole;
    }
    let is_cut = |sample: &&Sample| sample.name.starts_with("tcp in") && sample.name.ends_with(" over ip");
    let is_single = |sample: &&Sample| sample.name.matches(" in ").count() == 1;
    let cut: Vec<Sample> = whole.iter().filter(is_cut).filter(is_single).flat_map(beginnings).collect();
    [whole, cut].concat()
}

/// One of so many whole frames is run with a random expression.
const STEP: usize = 7;

/// Frames of all shapes whose verdict is their own: a pipeline remembers those on first fragments.
pub(super) fn without_fragments() -> Vec<Vec<u8>> {
    let is_whole = |sample: &Sample| {
        let packet = Packet { data: &sample.data, original_len: 0, metadata: Metadata::default() };
        let layers = SeeThrough::new(LinkType::ETHERNET, false, TunnelPorts::default()).layers(&packet);
        layers.iter().all(|layer| layer.0 & (Layer::FIRST_FRAGMENT | Layer::LATER_FRAGMENT) == 0)
    };
    let frames = samples(0).into_iter().filter(|sample| is_whole(sample) && has_test_run(&sample.data));
    frames.map(|sample| sample.data).step_by(STEP).collect()
}

/// Every beginning that has an Ethernet header.
fn beginnings(whole: &Sample) -> Vec<Sample> {
    let cut = |len: usize| Sample {
        name: format!("{} cut to {len}", whole.name),
        data: whole.data[..len].to_vec(),
        original_len: whole.original_len,
    };
    (14..whole.data.len()).map(cut).collect()
}

/// The same frames for a wire, on which a series may be sent again: without those whose verdict then would be another.
pub(super) fn wire(round: usize) -> Vec<Vec<u8>> {
    let is_steady = |sample: &Sample| !sample.name.contains("in another order");
    let frames = samples(round).into_iter().filter(is_steady).map(|sample| sample.data);
    frames.filter(|frame| shown::is_receivable(frame)).collect()
}

/// The layers of a live frame.
pub(super) fn layers(link_type: LinkType, data: &[u8], metadata: Metadata) -> [Layer; MAX_LAYERS] {
    let packet = Packet { data, original_len: data.len() as u32, metadata };
    SeeThrough::new(link_type, true, TunnelPorts::default()).layers(&packet)
}

/// The evaluator of a filter, as the frames of one tap come.
pub(super) fn judge(link_type: LinkType, filter: &Filter) -> impl FnMut(&Shown) -> bool {
    let mut evaluator = SeeThrough::new(link_type, true, TunnelPorts::default());
    move |shown| {
        let (data, metadata) = (shown.data.as_slice(), shown.metadata);
        evaluator.matches(filter.hir(), &Packet { data, original_len: data.len() as u32, metadata })
    }
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
            pipeline.set_program(&program).expect("the kernel takes the program");
            let mut keeps = judge(link_type, &filter);
            for sample in samples(round) {
                if !has_test_run(&sample.data) {
                    continue;
                }
                let (data, protocol) =
                    (shown::bytes(link_type, &sample.data), shown::ethertype(&sample.data));
                let metadata = Metadata { protocol, ifindex: LOOPBACK, ..Metadata::default() };
                let frame = TestFrame { data, protocol, packet_type: PacketType::Host };
                let verdict = pipeline.run(&frame).expect("the kernel takes the frame");
                let expected = keeps(&Shown { data: data.to_vec(), metadata });
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

/// How much is kept of a frame does not depend on what its filter looks at. Where the words of the layers do not tell the
/// end of the headers, all of the frame is kept.
#[test]
fn reductions_find_the_same_headers_behind_layers() {
    if !skip::is_root() {
        return;
    }
    let reductions = Reductions { snap: SnapTo::Headers(16), ..Reductions::default() };
    let seeing = Config { reductions, ..config_seeing_through() };
    let plain = Config { see_through: None, ..seeing };
    let filter = live(LinkType::ETHERNET, "greater 1").expect("an expression");
    let pipelines = pipelines_of(&plain).into_iter().zip(pipelines_of(&seeing));
    for (mut plain, mut seeing) in pipelines {
        for pipeline in [&mut plain, &mut seeing] {
            let program = filter.emit(&pipeline.target()).expect("the expression is small");
            pipeline.set_program(&program).expect("the kernel takes the program");
        }
        for Sample { name, data, .. } in layered::frames(0).iter().filter(|sample| has_test_run(&sample.data))
        {
            let kept = |pipeline: &Pipeline| {
                pipeline.run(&TestFrame::ethernet(data)).expect("the frame is taken") as usize
            };
            let (expected, kept) = (kept(&plain), kept(&seeing));
            let is_extended = name.starts_with("tcp behind") || name.starts_with("fragment");
            assert!(kept == expected || is_extended && kept > data.len(), "{name}: {kept}, not {expected}");
        }
    }
}

/// A later fragment whose first one's verdict had to make room is judged by itself, and the table says how many have gone.
#[test]
fn verdicts_beyond_the_table_are_forgotten_and_counted() {
    const DATAGRAMS: u16 = 20_000;
    const ID: usize = 14 + 4;
    if !skip::is_root() {
        return;
    }
    let samples = layered::frames(0);
    let [first, later] = ["fragment 0 of tcp in order", "fragment 1 of tcp in order"]
        .map(|name| &samples.iter().find(|sample| sample.name == name).expect("the corpus has it").data);
    let filter = seeing_through(LinkType::ETHERNET, "tcp port 443").expect("an expression");
    for mut pipeline in pipelines_of(&config_seeing_through()) {
        let (verdicts, counts) = pipeline.take_fragment_maps().expect("nobody else has taken them");
        let fragments = Fragments::new(verdicts, counts).expect("the maps are as they should be");
        pipeline.set_program(&filter.emit(&pipeline.target()).expect("it is small")).expect("it is taken");
        let is_kept = |fragment: &[u8], id: u16| {
            let mut data = fragment.to_vec();
            data[ID..ID + 2].copy_from_slice(&id.to_be_bytes());
            pipeline.run(&TestFrame::ethernet(&data)).expect("the frame is taken") != 0
        };
        assert!((0..DATAGRAMS).all(|id| is_kept(first, id)));
        // A first fragment that comes again has its verdict already.
        assert!(is_kept(first, DATAGRAMS - 1));
        assert_eq!((is_kept(later, 0), is_kept(later, DATAGRAMS - 1)), (false, true));
        let counts = fragments.read().expect("the maps can be read");
        let present = u64::from(DATAGRAMS) - counts.evicted;
        // The kernel forgets some at a time, and rounds the size up to a multiple of its processors.
        assert!((1..=17_000).contains(&present), "{counts:?}");
        let evicted = counts.evicted;
        let expected = FragmentCounts {
            first: u64::from(DATAGRAMS) + 1,
            followed: 1,
            orphaned: 1,
            unremembered: 0,
            evicted,
        };
        assert_eq!(counts, expected);
    }
}
