//! An installed tshark as the oracle of filters that see through tunnels: its display filters hold when they do at any
//! layer.

use std::path::Path;
use std::process::Command;

use sniffer::filter::{Metadata, NoNames, Options, Packet, SeeThrough, TunnelPorts, compile};
use sniffer::packet::LinkType;

use crate::corpus::Sample;
use crate::layered;
use crate::real;
use crate::support::skip;
use crate::tcpdump::{Kept, Savefile};

/// What tshark must not do: put datagrams together, and guess what unknown ports carry. GTP-U is not looked into when it is
/// no user data, and VXLAN has two ports here.
const PREFERENCES: [&str; 3] = ["ip.defragment:FALSE", "ipv6.defragment:FALSE", "vxlan.udp.port:4789,8472"];

/// Frames in which tshark finds more: it looks at versions and flags of tunnels less closely, and has no limits.
const NOT_SEEN: [&str; 7] =
    ["version 1", "without a network", "impossible", "4 deep", "5 deep", "6 deep", "too many"];

#[test]
fn every_tunnel_is_seen_through() {
    let samples = layered::frames(0);
    let is_inside = |sample: &Sample| {
        let is_known = ["tcp in", "tcp behind", "tcp tagged", "tcp 2 deep"]
            .iter()
            .any(|start| sample.name.starts_with(start));
        let is_unknown = ["on another port", "signalling"].iter().any(|what| sample.name.contains(what));
        is_known && !is_unknown && !NOT_SEEN.iter().any(|what| sample.name.contains(what))
    };
    let inside: Vec<Sample> = samples.into_iter().filter(is_inside).collect();
    assert!(inside.len() > 80, "the corpus has tunnels: {}", inside.len());
    for (expression, is_there) in [
        ("tcp port 443 and src port 40000", true),
        ("tcp[tcpflags] & tcp-syn != 0 and tcp[2:2] = 443", true),
        ("src net 192.168.7.0/24 or src net fd07::/16", true),
        ("udp dst port 443 or tcp port 444 or src host 192.168.7.2", false),
    ] {
        let kept = kept(&inside, expression);
        let wrong = inside.iter().enumerate().filter(|(number, _)| kept.contains(number) != is_there);
        let wrong: Vec<&str> = wrong.map(|(_, sample)| sample.name.as_str()).collect();
        assert!(wrong.is_empty(), "{expression}: {wrong:?}");
    }
}

#[test]
fn later_fragments_get_the_verdict_of_the_first() {
    let fragments: Vec<Sample> =
        layered::frames(0).into_iter().filter(|sample| sample.name.starts_with("fragment")).collect();
    for (expression, wanted) in
        [("tcp port 443", "of tcp"), ("not tcp port 443", "of udp"), ("udp[2:2] = 1053", "of udp")]
    {
        let kept = kept(&fragments, expression);
        for (number, sample) in fragments.iter().enumerate() {
            let is_lost = sample.name.contains("without a first");
            // By themselves they have no ports.
            let expected = if is_lost { expression.starts_with("not") } else { sample.name.contains(wanted) };
            assert_eq!(kept.contains(&number), expected, "{expression}: {}", sample.name);
        }
    }
}

#[test]
fn tshark_finds_the_same_frames_at_any_layer() {
    let Some(tshark) = skip::program("the layers of packets through tshark", "tshark") else { return };
    let is_comparable = |sample: &Sample| {
        let name = sample.name.as_str();
        !["fragment", "first", "last"].iter().any(|word| name.starts_with(word))
            && !NOT_SEEN.iter().any(|what| name.contains(what))
    };
    let samples: Vec<Sample> = layered::frames(0).into_iter().filter(is_comparable).collect();
    let file = Savefile::new("layers", LinkType::ETHERNET, samples.clone());
    let mut differences = Vec::new();
    for (expression, display_filter) in layered::expressions() {
        let Some(display_filter) = display_filter else { continue };
        let theirs = found(&tshark, &file.path, display_filter);
        let ours = kept(&samples, expression);
        let names: Vec<&str> = (&ours ^ &theirs).into_iter().map(|at| samples[at].name.as_str()).collect();
        if !names.is_empty() {
            differences.push(format!("{expression:?}: {names:?}"));
        }
    }
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
}

/// What tshark looks into and we do not; frames of WCCP show GRE with a number of its own.
const ONLY_THEIRS: [&str; 5] = ["erspan", "pim", "macsec", "avsp", "ipcomp"];

/// Real captures, where there are some.
#[test]
fn tshark_finds_the_same_frames_in_real_captures() {
    let Some(tshark) = skip::program("the layers of real packets through tshark", "tshark") else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/captures");
    let Ok(files) = real::savefiles(&folder) else { return };
    let Some(file) = files.iter().find(|file| file.link_type == LinkType::ETHERNET) else { return };
    let layers = fields(&tshark, &file.path, None, &["frame.number", "frame.protocols", "_ws.malformed"]);
    let samples = file.samples();
    assert_eq!(layers.len(), samples.len());
    // Both stop at different places in what is damaged, cut, or longer than it says; later fragments follow the first, which
    // tshark does not know of; and we stop after 32 headers.
    let is_sound = |at: &usize| {
        let (sample, layers) = (&samples[*at], &layers[*at]);
        let is_whole = sample.data.len() as u32 == sample.original_len && layers[2].is_empty();
        let is_shown = !["eth:ethertype:ip", "eth:ethertype:ip:data"].contains(&layers[1].as_str());
        is_whole && is_shown && layers[1].matches(':').count() < 32 && !sample.name.contains("wccp")
    };
    let mut differences = Vec::new();
    for (expression, display_filter) in [
        ("tcp", "tcp"),
        ("udp", "udp"),
        ("icmp", "icmp"),
        ("icmp6", "icmpv6"),
        ("arp", "arp and not arp.opcode in {3, 4}"),
        ("ip", "ip"),
        ("ip6", "ipv6"),
    ] {
        let (ours, theirs) = (kept(samples, expression), found(&tshark, &file.path, display_filter));
        assert!(ours.intersection(&theirs).count() > 20, "{expression}: the captures have some");
        let is_explained = |at: &usize| {
            theirs.contains(at) && ONLY_THEIRS.iter().any(|protocol| layers[*at][1].contains(protocol))
        };
        let differing = &ours ^ &theirs;
        let differing = differing.iter().filter(|at| is_sound(at) && !is_explained(at));
        differences
            .extend(differing.map(|at| format!("{expression}: {} {:?}", samples[*at].name, layers[*at])));
    }
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
}

fn found(tshark: &Path, file: &Path, display_filter: &str) -> Kept {
    let numbers = fields(tshark, file, Some(display_filter), &["frame.number"]);
    numbers.iter().map(|fields| fields[0].parse::<usize>().expect("a number") - 1).collect()
}

/// What tshark says of these fields of the frames that a display filter finds.
fn fields(tshark: &Path, file: &Path, display_filter: Option<&str>, names: &[&str]) -> Vec<Vec<String>> {
    let mut command = Command::new(tshark);
    command.arg("-n").args(PREFERENCES.iter().flat_map(|preference| ["-o", preference]));
    command.arg("-r").arg(file).args(["-T", "fields"]);
    command.args(display_filter.iter().flat_map(|filter| ["-Y", filter]));
    command.args(names.iter().flat_map(|name| ["-e", name]));
    let output = command.output().expect("tshark runs");
    assert!(output.status.success(), "{display_filter:?}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn kept(samples: &[Sample], expression: &str) -> Kept {
    let options = Options { link_type: LinkType::ETHERNET, live: false, netmask: None, see_through: true };
    let filter = compile(expression, &options, &NoNames).unwrap_or_else(|error| panic!("{error}"));
    let mut evaluator = SeeThrough::new(LinkType::ETHERNET, false, TunnelPorts::default());
    let mut keeps = |sample: &Sample| {
        let (data, original_len) = (&sample.data, sample.original_len);
        evaluator.matches(filter.hir(), &Packet { data, original_len, metadata: Metadata::default() })
    };
    samples.iter().enumerate().filter(|(_, sample)| keeps(sample)).map(|(number, _)| number).collect()
}
