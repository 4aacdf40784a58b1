//! What user space does for filters that see through tunnels: the layers of a frame by the rules of the kernel side, and
//! the verdicts that later fragments get from the first.

use std::collections::{HashMap, VecDeque};

use sniffer_common::layers::{self, Bytes, FragmentKey, MAX_STEPS, MAX_VERDICTS, Part, Place, Words};

use super::hir::Hir;
use super::{Layer, MAX_LAYERS, Metadata, Packet, TunnelPorts, matches};
use crate::packet::LinkType;

/// `PACKET_OUTGOING` of `linux/if_packet.h`.
const OUTGOING: u8 = 4;

/// Evaluates filters that see through tunnels on the frames of one capture, in their order.
#[derive(Debug)]
pub struct SeeThrough {
    link_type: LinkType,
    live: bool,
    ports: TunnelPorts,
    verdicts: Verdicts,
}

impl SeeThrough {
    /// For packets as [`Options`](super::Options) describe them, and tunnels on these ports.
    pub fn new(link_type: LinkType, live: bool, ports: TunnelPorts) -> Self {
        Self { link_type, live, ports, verdicts: Verdicts::default() }
    }

    /// The layers of a packet.
    pub fn layers(&self, packet: &Packet<'_>) -> [Layer; MAX_LAYERS] {
        let (bytes, mut found) = (Captured(packet.data), Found::default());
        let mut place = self.begin(packet);
        for _ in 0..MAX_STEPS {
            if place.is_end() {
                break;
            }
            place = layers::step(&bytes, &self.ports, &mut found, place);
        }
        found.0
    }

    /// Whether the filter keeps the packet. A later fragment gets the verdict of the first; when that was not seen it is
    /// judged by itself.
    pub fn matches(&mut self, hir: &Hir, packet: &Packet<'_>) -> bool {
        let layers = self.layers(packet);
        let Metadata { ifindex, packet_type, .. } = packet.metadata;
        let tap = FragmentKey::tap(ifindex, packet_type == OUTGOING);
        let key = |layer: &Layer| FragmentKey::of(&Captured(packet.data), *layer, tap);
        let later = layers.iter().find(|layer| layer.part() == Part::Later).and_then(key);
        let verdict = later.and_then(|key| self.verdicts.get(&key)).unwrap_or_else(|| {
            let mut packet = *packet;
            packet.metadata.layers = layers;
            matches(hir, &packet)
        });
        for key in layers.iter().filter(|layer| layer.part() == Part::First).filter_map(key) {
            self.verdicts.set(key, verdict);
        }
        verdict
    }

    fn begin(&self, packet: &Packet<'_>) -> Place {
        if self.live && self.link_type != LinkType::ETHERNET {
            return Place::of_kernel(packet.metadata.protocol);
        }
        // A header that is cut leads nowhere: 0 is no protocol.
        let number = |at| Captured(packet.data).half(at).unwrap_or(0);
        match self.link_type {
            LinkType::ETHERNET => Place::ethernet(0),
            LinkType::LINUX_SLL => Place::ethertype(number(14), 16),
            LinkType::LINUX_SLL2 => Place::ethertype(number(0), 20),
            LinkType::C_HDLC => Place::ethertype(number(2), 4),
            LinkType::PPP | LinkType::PPP_HDLC => Place::ppp(number(2), 4),
            LinkType::PPP_ETHER => Place::ppp(number(6), 8),
            LinkType::RAW | LinkType::IPV4 | LinkType::IPV6 => Place::version(0),
            LinkType::NULL | LinkType::LOOP => Place::version(4),
            _ => Place::END,
        }
    }
}

/// Whether there are rules for where a walk begins in this link type.
pub(super) fn begins_in(link_type: LinkType) -> bool {
    matches!(
        link_type,
        LinkType::ETHERNET
            | LinkType::LINUX_SLL
            | LinkType::LINUX_SLL2
            | LinkType::C_HDLC
            | LinkType::PPP
            | LinkType::PPP_HDLC
            | LinkType::PPP_ETHER
            | LinkType::RAW
            | LinkType::IPV4
            | LinkType::IPV6
            | LinkType::NULL
            | LinkType::LOOP
    )
}

/// The words found so far.
#[derive(Default)]
struct Found([Layer; MAX_LAYERS]);

impl Words for Found {
    fn get(&self, layer: usize) -> Layer {
        self.0[layer]
    }

    fn set(&mut self, layer: usize, word: Layer) {
        self.0[layer] = word;
    }
}

/// The captured bytes.
struct Captured<'a>(&'a [u8]);

impl Captured<'_> {
    fn array<const N: usize>(&self, at: u32) -> Option<[u8; N]> {
        self.0.get(at as usize..)?.first_chunk().copied()
    }
}

impl Bytes for Captured<'_> {
    fn captured(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    fn byte(&self, at: u32) -> Option<u8> {
        self.array(at).map(|[byte]| byte)
    }

    fn half(&self, at: u32) -> Option<u16> {
        self.array(at).map(u16::from_be_bytes)
    }

    fn word(&self, at: u32) -> Option<u32> {
        self.array(at).map(u32::from_be_bytes)
    }

    fn line(&self, at: u32) -> Option<[u64; 2]> {
        Some([self.array(at).map(u64::from_be_bytes)?, self.array(at + 8).map(u64::from_be_bytes)?])
    }
}

/// The verdicts on first fragments; the oldest are forgotten.
#[derive(Debug, Default)]
struct Verdicts {
    by_key: HashMap<FragmentKey, bool>,
    order: VecDeque<FragmentKey>,
}

impl Verdicts {
    fn get(&self, key: &FragmentKey) -> Option<bool> {
        self.by_key.get(key).copied()
    }

    fn set(&mut self, key: FragmentKey, verdict: bool) {
        if self.by_key.insert(key, verdict).is_some() {
            return;
        }
        self.order.push_back(key);
        if self.order.len() > MAX_VERDICTS as usize
            && let Some(oldest) = self.order.pop_front()
        {
            self.by_key.remove(&oldest);
        }
    }
}
