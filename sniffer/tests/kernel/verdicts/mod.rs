//! One set of expressions, one set of frames, four engines: the reference evaluator, the kernel by test run, and live
//! frames on both ends of a wire. All must agree, whichever way the kernel programs read.

mod live;
mod long;
mod random_expressions;
mod see_through;
mod shown;
mod test_run;

use sniffer::filter::{Error, ErrorKind, Filter, Metadata, Packet, matches};
use sniffer::load::{Config, LinkHeader, Pipeline};
use sniffer::packet::LinkType;

use crate::corpus;
use crate::pipeline::{config, pipelines_of};
use crate::support::expression::live;

/// The link types of live frames.
const LIVE: [LinkType; 2] = [LinkType::ETHERNET, LinkType::LINUX_SLL2];

/// The stages for a link type of live frames in each way of reading packets.
fn stages(link_type: LinkType) -> Vec<Pipeline> {
    stages_of(link_type, config())
}

/// The same with other settings.
fn stages_of(link_type: LinkType, config: Config) -> Vec<Pipeline> {
    let link_header = if link_type == LinkType::LINUX_SLL2 { LinkHeader::None } else { LinkHeader::Ethernet };
    pipelines_of(&Config { link_header, ..config })
}

/// The expressions of the corpus for the link type, compiled.
fn filters(link_type: LinkType) -> Vec<(&'static str, Filter)> {
    let all = corpus::expressions().into_iter().filter(|expression| expression.link_type == link_type);
    let compiled = all.filter_map(|expression| match live(link_type, expression.text) {
        Ok(filter) => Some((expression.text, filter)),
        // The kernel keeps only some fields of what savefiles have as the cooked header.
        Err(Error { kind: ErrorKind::NoLinkHeader, .. }) => None,
        Err(error) => panic!("{link_type}: {error}"),
    });
    compiled.collect()
}

/// The evaluator's verdict on bytes captured whole.
fn keeps(filter: &Filter, data: &[u8], metadata: Metadata) -> bool {
    matches(filter.hir(), &Packet { data, original_len: data.len() as u32, metadata })
}

/// The bytes as far as they fit a line.
fn hex(bytes: &[u8]) -> String {
    format!("{:02x?}", &bytes[..bytes.len().min(100)])
}
