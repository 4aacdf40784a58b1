//! One packet: each layer in turn, then what stopped the decoding.

mod layer;
mod lengths;
mod network;
mod stop;

use self::layer::print_layer;
pub(super) use self::lengths::{is_impossible, print_impossible};
pub(super) use self::network::Network;
use self::stop::print_stop;
use super::flows::Segment;
use super::line::Line;
use super::options::Options;
use super::transport;
use crate::decode::{Layer, Layers, Payload, Protocol, TcpFlags, decode_payload};
use crate::packet::{Frame, LinkType};

/// The frame and what of it has been printed.
pub(super) struct Context<'a> {
    pub(super) frame: Option<Frame<'a>>,
    pub(super) network: Option<Network<'a>>,
    /// The station that sent the packet around what is being printed.
    source: Option<[u8; 6]>,
}

/// Prints all of a packet but time stamp and line end.
pub(super) fn print<'a>(line: &mut Line<'_>, frame: &Frame<'a>, layers: &Layers<'a>) {
    let mut context = Context { frame: Some(*frame), network: None, source: None };
    let is_raw = matches!(frame.link_type, LinkType::RAW | LinkType::IPV4 | LinkType::IPV6);
    if is_raw && line.options.link_header {
        line.text("ip: ");
    }
    print_layers(line, &mut context, layers);
}

/// Prints layers and stop.
fn print_layers<'a>(line: &mut Line<'_>, context: &mut Context<'a>, layers: &Layers<'a>) {
    let end = opaque_from(&line.options, layers.as_slice());
    for layer in &layers.as_slice()[..end.unwrap_or(layers.as_slice().len())] {
        print_layer(line, context, layer);
        if ends_quietly(&line.options, layer) {
            return;
        }
    }
    if end.is_some() {
        return;
    }
    print_stop(line, context, layers.as_slice(), layers.stop(), layers.rest());
    let is_open = |layer: &&Layer<'_>| matches!(layer, Layer::L2tp(message) if message.data().is_some());
    for _ in layers.as_slice().iter().filter(is_open) {
        line.text("}");
    }
}

/// Whether nothing is printed behind this layer: with `-q` nothing of what a datagram or a segment holds, but of a datagram
/// where somebody says what that is; with `-v` nothing behind the reason that a reset gives.
fn ends_quietly(options: &Options, layer: &Layer<'_>) -> bool {
    if let Layer::Tcp(segment) = layer
        && segment.flags().has(TcpFlags::RST)
        && options.verbose > 0
    {
        return true;
    }
    let is_transport = match layer {
        Layer::Udp(datagram) => datagram.forced().is_none(),
        layer => matches!(layer, Layer::Tcp(_)),
    };
    is_transport && options.quiet > 0
}

/// How many layers a line shows, where that is not all of them: a tunnel that tcpdump does not know, or does not look into
/// without `-v`, is opaque to a line that is to be tcpdump's.
fn opaque_from(options: &Options, layers: &[Layer<'_>]) -> Option<usize> {
    let end = |(index, layer): (usize, &Layer<'_>)| match layer {
        Layer::GtpU(_) => Some(index),
        Layer::InterceptShim(_) => Some(index + 1),
        _ => None,
    };
    layers.iter().enumerate().find_map(end).filter(|_| options.verbose == 0)
}

/// The TCP segments of a frame whose numbers count from those of others, in the order in which they are printed; `None`
/// when the frame may quote others, and only printing tells.
pub(super) fn counted_segments<'l>(
    options: Options,
    layers: &'l Layers<'_>,
) -> Option<impl Iterator<Item = Segment> + 'l> {
    let layers = layers.as_slice();
    let layers = &layers[..opaque_from(&options, layers).unwrap_or(layers.len())];
    let may_quote = |layer: &Layer<'_>| match layer {
        Layer::Icmpv4(_) | Layer::Icmpv6(_) => true,
        Layer::Pim(_) => options.verbose > 0,
        Layer::OpenFlow(_) => options.verbose > 2,
        _ => false,
    };
    if layers.iter().any(may_quote) {
        return None;
    }
    let mut network = None;
    Some(layers.iter().filter_map(move |layer| {
        Network::enter(&mut network, layer);
        if let Layer::Tcp(tcp) = layer { transport::tcp::counted(&options, tcp, network) } else { None }
    }))
}

/// The most packets that are printed within each other: an error may quote an error.
const MAX_QUOTES: u8 = 4;

/// Prints the packet that an error quotes.
pub(super) fn print_quoted(line: &mut Line<'_>, protocol: Protocol, quote: Payload<'_>) {
    let link_header = std::mem::replace(&mut line.options.link_header, false);
    print_enclosed(line, protocol, quote);
    line.options.link_header = link_header;
}

/// Prints a packet that is in another one.
pub(super) fn print_enclosed(line: &mut Line<'_>, protocol: Protocol, quote: Payload<'_>) {
    if line.quoted == MAX_QUOTES {
        return;
    }
    line.quoted += 1;
    let layers = decode_payload(protocol, quote, line.options.forced_type);
    let mut context = Context { frame: None, network: None, source: None };
    print_layers(line, &mut context, &layers);
    line.quoted -= 1;
}
