//! A frame taken apart into layers, with the place and the reason where decoding stopped. Knows no text.
//!
//! Captured bytes are checked against headers, never against the lengths that a packet claims; what was decoded is
//! returned together with where and why it ended, so that a cut or damaged frame still gives its intact part.
//!
//! ```
//! use sniffer::decode::{decode, Layer, StopReason};
//! use sniffer::packet::{Frame, LinkType};
//!
//! let bytes = [0x45, 0, 0, 28, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0, 9, 0, 10, 0, 8, 0, 0];
//! let frame = Frame {
//!     timestamp: Default::default(),
//!     link_type: LinkType::RAW,
//!     data: &bytes,
//!     original_len: 28,
//!     interface: 0,
//!     packet_type: None,
//!     checksum: Default::default(),
//! };
//! let layers = decode(&frame);
//! let [Layer::Ipv4(ip), Layer::Udp(udp)] = layers.as_slice() else { panic!("{layers:?}") };
//! assert_eq!((ip.ttl(), udp.destination_port()), (64, 10));
//! assert_eq!(layers.stop().reason, StopReason::End);
//! ```
//!
//! What is asked of a frame is most often one of its layers, wherever that stands; [`Layers::stop`] tells whether there
//! would have been more:
//!
//! ```
//! use sniffer::decode::{Layer, StopReason, decode};
//! use sniffer::packet::Frame;
//!
//! /// The port that a connection is opened to, and whether the frame was captured whole.
//! fn opened(frame: &Frame<'_>) -> Option<(u16, bool)> {
//!     let layers = decode(frame);
//!     let port = layers.as_slice().iter().find_map(|layer| match layer {
//!         Layer::Tcp(tcp) if tcp.flags().has(sniffer::decode::TcpFlags::SYN) => Some(tcp.destination_port()),
//!         _ => None,
//!     })?;
//!     Some((port, layers.stop().reason != StopReason::Truncated))
//! }
//! # let bytes = [0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
//! #     0, 9, 0, 80, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 2, 0, 0, 0, 0, 0, 0];
//! # let (timestamp, link_type) = (Default::default(), sniffer::packet::LinkType::RAW);
//! # let (data, checksum) = (&bytes[..], Default::default());
//! # let frame = Frame { timestamp, link_type, data, original_len: 40, interface: 0, packet_type: None, checksum };
//! # assert_eq!(opened(&frame), Some((80, true)));
//! ```
#![forbid(unsafe_code)]

mod bytes;
mod checksum;
mod forced;
mod layers;
mod message;
mod number;
mod payload;
mod walk;

mod application;
mod link;
mod link_local;
mod network;
mod routing;
mod transport;
mod tunnel;

pub use self::application::*;
pub use self::checksum::Checksum;
pub use self::forced::ForcedType;
pub use self::layers::{Layer, Layers, MAX_LAYERS, Stop, StopReason};
pub use self::link::*;
pub use self::link_local::*;
pub use self::network::*;
pub use self::number::{EtherType, IpProtocol};
pub use self::payload::{Payload, Wire, u24};
pub use self::routing::*;
pub use self::transport::*;
pub use self::tunnel::*;
pub use self::walk::{Protocol, decode, decode_as, decode_payload};
