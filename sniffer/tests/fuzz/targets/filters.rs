//! How bytes become an expression, a link type and a packet.

use crate::bpf::AssembleError;
use crate::corpus::LINK_TYPES;
use crate::filter::emit::{EmitError, Program, Target};
use crate::filter::{Filter, Metadata, NoNames, Options, Packet, SeeThrough, TunnelPorts, compile};
use crate::generate::Random;

/// An expression with what it is for, and the packet behind it.
pub(super) struct Input<'a> {
    pub(super) text: String,
    pub(super) options: Options,
    pub(super) packet: Packet<'a>,
}

impl<'a> Input<'a> {
    /// The first byte says what the expression is for (its lowest bit whether frames are live, its highest one whether tunnels
    /// are seen through, the others the link type), the text ends with a zero byte or with the input, a packet
    /// follows. A text that begins with `?` stands for a random expression with the rest of it as the seed.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let (kind, rest) = bytes.split_first().map_or((0, bytes), |(kind, rest)| (*kind, rest));
        let end = rest.iter().position(|byte| *byte == 0).unwrap_or(rest.len());
        let data = rest.get(end + 1..).unwrap_or_default();
        let link_type = LINK_TYPES[usize::from(kind >> 1 & 0x3f) % LINK_TYPES.len()];
        let text = match rest[..end].strip_prefix(b"?") {
            Some(seed) => Random::new(hash(seed)).expression(link_type),
            None => String::from_utf8_lossy(&rest[..end]).into_owned(),
        };
        let netmask = Some([255, 255, 255, 0].into());
        let metadata = Metadata { protocol: 0x0800, ..Metadata::default() };
        Self {
            text,
            options: Options { link_type, live: kind & 1 == 1, netmask, see_through: kind & 0x80 != 0 },
            packet: Packet { data, original_len: data.len() as u32, metadata },
        }
    }

    /// The packet with its layers, which filters that see through tunnels ask for.
    pub(super) fn layered<'p>(&self, mut packet: Packet<'p>) -> Packet<'p> {
        let Options { link_type, live, .. } = self.options;
        packet.metadata.layers = SeeThrough::new(link_type, live, TunnelPorts::default()).layers(&packet);
        packet
    }

    /// The expression compiled, if it means anything.
    pub(super) fn filter(&self) -> Option<Filter> {
        compile(&self.text, &self.options, &NoNames).ok()
    }
}

/// The program of an expression, unless that exceeds a limit of the kernel's machine, as where several headers of unknown length
/// stand before what is asked for.
pub(super) fn emit_within_limits(filter: &Filter, target: &Target) -> Option<Program> {
    match filter.emit(target) {
        Ok(program) => Some(program),
        Err(
            EmitError::TooMuchStack(_)
            | EmitError::TooLong(_)
            | EmitError::Jump(AssembleError::JumpTooFar { .. }),
        ) => None,
        Err(error) => panic!("{error}"),
    }
}

/// Never 0 (FNV-1a of Fowler, Noll and Vo).
fn hash(bytes: &[u8]) -> u64 {
    let hash = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, hash) | 1
}
