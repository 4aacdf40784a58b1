//! What user space decides before the programs are loaded. The words stand in `.rodata`, which the kernel freezes, so
//! that the verifier takes them for constants and removes the branches that they rule out.

use aya_ebpf::Global;
use sniffer_common::LinkHeader;
use sniffer_common::layers::{Ports, TunnelPorts};

/// Defines a word under the name that user space knows it by.
macro_rules! word {
    ($name:ident, $read:ident, $default:expr, $doc:literal) => {
        #[unsafe(no_mangle)]
        static $name: Global<u32> = Global::new($default);

        #[doc = $doc]
        #[inline(always)]
        pub(crate) fn $read() -> u32 {
            $name.load()
        }
    };
}

word!(SNAPLEN, snaplen, 262_144, "How many bytes of a matched frame to keep.");
word!(LINK_HEADER, link_header, 0, "A `LinkHeader`: what the bytes begin with.");
word!(LOOPBACK_IFINDEX, loopback_ifindex, 0, "The loopback interface, 0 for none.");
word!(TUNNEL_PORT_0, tunnel_port_0, 0, "A port of a tunnel, 0 for none.");
word!(TUNNEL_PORT_1, tunnel_port_1, 0, "A port of a tunnel, 0 for none.");
word!(TUNNEL_PORT_2, tunnel_port_2, 0, "A port of a tunnel, 0 for none.");
word!(TUNNEL_PORT_3, tunnel_port_3, 0, "A port of a tunnel, 0 for none.");
word!(TUNNEL_PORT_4, tunnel_port_4, 0, "A port of a tunnel, 0 for none.");
word!(TUNNEL_PORT_5, tunnel_port_5, 0, "A port of a tunnel, 0 for none.");
word!(TUNNEL_PORT_6, tunnel_port_6, 0, "A port of a tunnel, 0 for none.");
word!(TUNNEL_PORT_7, tunnel_port_7, 0, "A port of a tunnel, 0 for none.");
word!(SKB_LEN, skb_len, 0, "The offset of `len` in `struct sk_buff`.");
word!(SKB_DATA_LEN, skb_data_len, 0, "The offset of `data_len` in `struct sk_buff`.");
word!(SKB_DATA, skb_data, 0, "The offset of `data` in `struct sk_buff`.");
word!(FLEX_TYPE, flex_type, 0, "The BTF id of `struct file_handle`.");
word!(SAMPLE, sample, 0, "Below which random numbers frames are sampled, 0 for all.");
word!(IS_ADJUSTED, is_adjusted, 0, "1 when frames are sampled by a number that changes, too.");
word!(SAMPLE_FLOWS, sample_flows, 0, "Below which hashes flows are sampled, 0 for all.");
word!(FLOW_FRAMES, flow_frames, 0, "How many frames of a flow to keep, 0 for all.");
word!(FLOW_BYTES, flow_bytes, 0, "How many bytes of a flow to keep, 0 for all.");
word!(
    RATE_INTERVAL,
    rate_interval,
    0,
    "The nanoseconds between two frames at the highest rate, 0 for no limit."
);
word!(RATE_AHEAD, rate_ahead, 0, "How many nanoseconds frames may be ahead of the highest rate.");
word!(SNAP, snap, 0, "A `Snap`: how much of a frame to keep.");
word!(SNAP_EXTRA, snap_extra, 0, "How many bytes to keep behind the headers.");

/// Whether the bytes begin with that.
#[inline(always)]
pub(crate) fn begins_with(header: LinkHeader) -> bool {
    link_header() == header as u32
}

/// The ports of tunnels.
pub(crate) struct Tunnels;

impl Ports for Tunnels {
    #[inline(always)]
    fn find(&self, port: u16) -> u32 {
        let number = |word| TunnelPorts::number(word, port);
        number(tunnel_port_0())
            | number(tunnel_port_1())
            | number(tunnel_port_2())
            | number(tunnel_port_3())
            | number(tunnel_port_4())
            | number(tunnel_port_5())
            | number(tunnel_port_6())
            | number(tunnel_port_7())
    }
}
