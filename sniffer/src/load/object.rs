//! The prebuilt object, embedded, and its configuration.

use aya::include_bytes_aligned;
use sniffer_common::layers::MAX_TUNNEL_PORTS;
use sniffer_common::names;

use super::btf::SkbLayout;
use super::config::Config;
use super::elf::{self, ElfError};

/// Built from `sniffer-ebpf` by `cargo xtask build-ebpf`.
pub(super) static OBJECT: &[u8] =
    include_bytes_aligned!(concat!(env!("CARGO_MANIFEST_DIR"), "/ebpf/sniffer.bpf.o"));

/// The object for this configuration and this kernel. Without a layout its direct program must not be loaded.
pub(super) fn configured(config: &Config, layout: Option<&SkbLayout>) -> Result<Vec<u8>, ElfError> {
    let known = layout.copied().unwrap_or_default();
    // A capture that only counts has nobody who reads its ring: not even what is kept because of a fault goes there.
    let snaplen = if config.tally.is_some() { 0 } else { config.snaplen };
    let mut words = vec![
        (names::SNAPLEN, snaplen),
        (names::LINK_HEADER, config.link_header as u32),
        (names::LOOPBACK_IFINDEX, config.loopback_ifindex.unwrap_or(0)),
        (names::LOG_LEVEL, config.log_level as u32),
        (names::SKB_LEN, known.len as u32),
        (names::SKB_DATA_LEN, known.data_len as u32),
        (names::SKB_DATA, known.data as u32),
        (names::FLEX_TYPE, known.flex_type),
    ];
    let ports = config.see_through.map_or([0; MAX_TUNNEL_PORTS], |ports| ports.0);
    words.extend(names::TUNNEL_PORTS.into_iter().zip(ports));
    words.extend(config.reductions.words());
    let functions = [
        (names::KFUNC_CAST_CONTEXT, layout.map(|layout| layout.cast_context)),
        (names::KFUNC_READABLE, layout.map(|layout| layout.readable)),
    ];
    elf::prepare(OBJECT, &words, &functions)
}
