//! Expressions and frames that every engine which runs filters must agree on: the evaluator, the kernel, and an installed
//! tcpdump. The expressions are data, `filters.txt`; the frames are built here.

mod packets;
mod wrap;

use sniffer::packet::LinkType;

/// An expression of the corpus.
#[derive(Clone, Debug)]
pub(crate) struct Expression {
    /// The link type that it is for.
    pub(crate) link_type: LinkType,
    /// The first version of libpcap that means the same by it; `(0, 0, 0)` for all.
    pub(crate) since: (u32, u32, u32),
    /// The text.
    pub(crate) text: &'static str,
}

/// A frame of the corpus.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    /// What it is, for messages.
    pub(crate) name: String,
    /// The captured bytes.
    pub(crate) data: Vec<u8>,
    /// The length on the wire; more than the captured bytes when the frame is cut.
    pub(crate) original_len: u32,
}

impl Sample {
    /// A frame that was captured whole.
    pub(crate) fn whole(name: &str, data: Vec<u8>) -> Self {
        Self { name: name.to_owned(), original_len: data.len() as u32, data }
    }
}

/// The link types that have a section in `filters.txt`.
pub(crate) const LINK_TYPES: [LinkType; 19] = [
    LinkType::ETHERNET,
    LinkType::LINUX_SLL,
    LinkType::LINUX_SLL2,
    LinkType::RAW,
    LinkType::IPV4,
    LinkType::IPV6,
    LinkType::NULL,
    LinkType::LOOP,
    LinkType::PPP,
    LinkType::PPP_HDLC,
    LinkType::PPP_ETHER,
    LinkType::C_HDLC,
    LinkType::SLIP,
    LinkType::FDDI,
    LinkType::IEEE802_5,
    LinkType::IEEE802_11,
    LinkType::IEEE802_11_RADIOTAP,
    LinkType::IEEE802_11_AVS,
    LinkType::IEEE802_11_PRISM,
];

/// The expressions of `filters.txt`. A section `[EN10MB RAW since 1.10.6]` names link types and the version of libpcap
/// from which on its expressions mean this; `#` begins a comment.
pub(crate) fn expressions() -> Vec<Expression> {
    let mut expressions = Vec::new();
    let mut section: (Vec<LinkType>, _) = (Vec::new(), (0, 0, 0));
    for line in include_str!("filters.txt").lines() {
        let line = line.split(" #").next().expect("split gives at least one part").trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(head) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = parse_section(head);
            continue;
        }
        let (link_types, since) = &section;
        expressions.extend(link_types.iter().map(|link_type| Expression {
            link_type: *link_type,
            since: *since,
            text: line,
        }));
    }
    expressions
}

fn parse_section(head: &str) -> (Vec<LinkType>, (u32, u32, u32)) {
    let (names, since) = head.split_once(" since ").unwrap_or((head, "0.0.0"));
    let link_type = |name: &str| LinkType::from_name(name).unwrap_or_else(|| panic!("no link type {name}"));
    (names.split(' ').map(link_type).collect(), version(since).expect("a version of three numbers"))
}

/// `1.10.3` as numbers.
pub(crate) fn version(text: &str) -> Option<(u32, u32, u32)> {
    let mut numbers = text.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// Frames of a link type: protocols of all kinds, and every beginning of some of them.
pub(crate) fn frames(link_type: LinkType) -> Vec<Sample> {
    let mut frames: Vec<Sample> = Vec::new();
    for packet in packets::all() {
        if let Some(data) = wrap::in_link(link_type, packet.protocol, &packet.bytes) {
            frames.push(Sample::whole(packet.name, data));
        }
    }
    frames.extend(wrap::special(link_type));
    if link_type == LinkType::ETHERNET {
        let tagged: Vec<Sample> = named(&frames, TAGGED).map(wrap::in_tag).collect();
        frames.extend(tagged);
    }
    let cut: Vec<Sample> = named(&frames, CUT).flat_map(beginnings).collect();
    frames.extend(cut);
    frames
}

fn named<'a>(frames: &'a [Sample], names: &'a [&str]) -> impl Iterator<Item = &'a Sample> {
    frames.iter().filter(|sample| names.contains(&sample.name.as_str()))
}

/// The Ethernet frames that are in the corpus with a VLAN tag too.
const TAGGED: &[&str] = &["one label", "pppoe session ip", "geneve bare ip"];

/// The frames whose every beginning is in the corpus too.
const CUT: &[&str] = &[
    "tcp with options",
    "udp over ipv6",
    "tcp behind ipv6 headers",
    "first ipv6 fragment",
    "arp request",
    "tagged tcp",
    "two labels",
    "pppoe session ip",
    "geneve ethernet with options",
    "decnet long",
    "isis csnp",
    "snap appletalk",
    "wlan qos data",
];

/// The frame cut to every length.
fn beginnings(sample: &Sample) -> Vec<Sample> {
    let cut = |len: usize| Sample {
        name: format!("{} cut to {len}", sample.name),
        data: sample.data[..len].to_vec(),
        original_len: sample.original_len,
    };
    (0..sample.data.len().min(120)).map(cut).collect()
}
