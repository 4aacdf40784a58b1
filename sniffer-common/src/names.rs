//! Names of programs, maps, configuration words and kernel functions in the object file. User space looks them up by
//! these; the kernel side defines symbols of the same spelling.

/// The attached program for kernels with the functions that direct reads need.
pub const INGRESS_DIRECT: &str = "ingress_direct";
/// The attached program for every other kernel.
pub const INGRESS_COMPAT: &str = "ingress_compat";
/// The last stage of a frame that the filter wants, in [`Slot::Accept`](crate::Slot::Accept).
pub const ACCEPT: &str = "accept";
/// The same with the reductions that a capture may ask for, in the same slot.
pub const REDUCE: &str = "reduce";
/// The same for captures that only count, with tables of flows, hosts and ports.
pub const TALLY: &str = "tally";
/// The stage of frames with tags, extension headers or too few bytes.
pub const WALK: &str = "walk";
/// The stage that writes the layers of a frame down, for kernels with the functions that direct reads need.
pub const LAYERS_DIRECT: &str = "layers_direct";
/// The same for every other kernel.
pub const LAYERS_COMPAT: &str = "layers_compat";
/// The stage that knows the verdicts on first fragments.
pub const FRAGMENTS: &str = "fragments";
/// The stage that keeps the verdict on first fragments.
pub const REMEMBER: &str = "remember";
/// The stage that writes lines for the log.
pub const REPORT: &str = "report";

/// `BPF_MAP_TYPE_PROG_ARRAY`, indexed by [`Slot`](crate::Slot).
pub const STAGES: &str = "STAGES";
/// `BPF_MAP_TYPE_PERCPU_ARRAY` of [`Matrix`](crate::Matrix), indexed by [`Stage`](crate::Stage).
pub const COUNTERS: &str = "COUNTERS";
/// `BPF_MAP_TYPE_PERCPU_ARRAY` of `u64`, indexed by [`Fault`](crate::Fault).
pub const FAULTS: &str = "FAULTS";
/// `BPF_MAP_TYPE_LRU_HASH` of `u32` by [`FragmentKey`](crate::layers::FragmentKey): 1 when the filter wants the first
/// fragment of that datagram.
pub const VERDICTS: &str = "VERDICTS";
/// `BPF_MAP_TYPE_PERCPU_ARRAY` of `u64`, indexed by [`FragmentCount`](crate::FragmentCount).
pub const FRAGMENT_COUNTS: &str = "FRAGMENT_COUNTS";
/// `BPF_MAP_TYPE_LRU_HASH` from [`Flow`](crate::Flow) to `u64`: how many frames or bytes of a flow were kept.
pub const FLOWS: &str = "FLOWS";
/// `BPF_MAP_TYPE_PERCPU_ARRAY` of `u64`, indexed by [`FlowEvent`](crate::FlowEvent).
pub const FLOW_EVENTS: &str = "FLOW_EVENTS";
/// `BPF_MAP_TYPE_LRU_HASH` from [`Flow`](crate::Flow) to [`Traffic`](crate::Traffic).
pub const TALLY_FLOWS: &str = "TALLY_FLOWS";
/// `BPF_MAP_TYPE_LRU_PERCPU_HASH` from [`Host`](crate::Host) to [`Traffic`](crate::Traffic).
pub const TALLY_HOSTS: &str = "TALLY_HOSTS";
/// `BPF_MAP_TYPE_LRU_PERCPU_HASH` from [`Port`](crate::Port) to [`Traffic`](crate::Traffic).
pub const TALLY_PORTS: &str = "TALLY_PORTS";
/// `BPF_MAP_TYPE_PERCPU_ARRAY` of `u64`, indexed by [`Table::event`](crate::Table::event).
pub const TALLY_EVENTS: &str = "TALLY_EVENTS";
/// `BPF_MAP_TYPE_ARRAY` of one `u64`: the time up to which the rate limit is used up.
pub const RATE: &str = "RATE";
/// A `u64` that user space changes: a frame is sampled when a random number is below it; 0 to sample all.
pub const ADJUSTED_SAMPLE: &str = "ADJUSTED_SAMPLE";
/// `BPF_MAP_TYPE_ARRAY` of two `u32`: how often user space has set the filter slot, and up to which of these times the
/// kernel side has logged it.
pub const GENERATIONS: &str = "GENERATIONS";
/// The ring buffer of aya-log.
pub const LOGS: &str = "AYA_LOGS";

/// `u32`: the bytes to keep of a matched frame.
pub const SNAPLEN: &str = "SNAPLEN";
/// `u32`: what the socket's bytes begin with, a [`LinkHeader`](crate::LinkHeader).
pub const LINK_HEADER: &str = "LINK_HEADER";
/// `u32`: the index of the loopback interface, whose outgoing copies are ignored; 0 to ignore none.
pub const LOOPBACK_IFINDEX: &str = "LOOPBACK_IFINDEX";
/// `u32` each: the words of [`TunnelPorts`](crate::layers::TunnelPorts).
pub const TUNNEL_PORTS: [&str; 8] = [
    "TUNNEL_PORT_0",
    "TUNNEL_PORT_1",
    "TUNNEL_PORT_2",
    "TUNNEL_PORT_3",
    "TUNNEL_PORT_4",
    "TUNNEL_PORT_5",
    "TUNNEL_PORT_6",
    "TUNNEL_PORT_7",
];
/// `u32`: byte offset of `len` in the running kernel's `struct sk_buff`.
pub const SKB_LEN: &str = "SKB_LEN";
/// `u32`: byte offset of `data_len` in the running kernel's `struct sk_buff`.
pub const SKB_DATA_LEN: &str = "SKB_DATA_LEN";
/// `u32`: byte offset of `data` in the running kernel's `struct sk_buff`.
pub const SKB_DATA: &str = "SKB_DATA";
/// `u32`: BTF id of `struct file_handle`, whose last member is a flexible array of bytes.
pub const FLEX_TYPE: &str = "FLEX_TYPE";
/// `u32`: a frame is sampled when a random number is below this; 0 to sample all.
pub const SAMPLE: &str = "SAMPLE";
/// `u32`: 1 when frames are sampled by the number in [`ADJUSTED_SAMPLE`] as well.
pub const IS_ADJUSTED: &str = "IS_ADJUSTED";
/// `u32`: a flow is sampled when its hash is below this; 0 to sample all.
pub const SAMPLE_FLOWS: &str = "SAMPLE_FLOWS";
/// `u32`: how many frames of a flow to keep, 0 for all.
pub const FLOW_FRAMES: &str = "FLOW_FRAMES";
/// `u32`: how many bytes of a flow to keep, 0 for all.
pub const FLOW_BYTES: &str = "FLOW_BYTES";
/// `u32`: the nanoseconds between two frames at the rate that is kept at most; 0 for no limit.
pub const RATE_INTERVAL: &str = "RATE_INTERVAL";
/// `u32`: how many nanoseconds frames may be ahead of that rate.
pub const RATE_AHEAD: &str = "RATE_AHEAD";
/// `u32`: how much of a frame to keep, a [`Snap`](crate::Snap).
pub const SNAP: &str = "SNAP";
/// `u32`: how many bytes to keep behind the headers.
pub const SNAP_EXTRA: &str = "SNAP_EXTRA";
/// `u8`: the highest level that the kernel side logs at, 0 for none.
pub const LOG_LEVEL: &str = "AYA_LOG_LEVEL";

/// The kernel function that turns a program's context into its `struct sk_buff`.
pub const KFUNC_CAST_CONTEXT: &str = "bpf_cast_to_kern_ctx";
/// The kernel function that gives an address a readable type.
pub const KFUNC_READABLE: &str = "bpf_rdonly_cast";
