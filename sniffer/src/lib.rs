//! A packet sniffer for busy Linux hosts: tcpdump's filter language compiled to eBPF, run inside `ptype_all` delivery.
//!
//! The library is the program in parts. Modules are listed from the lowest level to the highest, and a module imports
//! only from lower ones; `docs/architecture.md` holds the map.
#![deny(unsafe_code)]

// Level 0: words.
pub mod packet;

// Level 1: instructions and system calls.
pub mod bpf;
mod netlink;
pub mod sys;

// Level 2: languages and formats.
pub mod decode;
pub mod filter;
pub mod pcap;

// Level 3: the kernel.
pub mod capture;
pub mod counters;
pub mod load;
pub mod taps;

// Level 4: text, and numbers to be shown.
pub mod metrics;
pub mod print;
pub mod top;

// Level 5: outputs, and the terminal.
pub mod sink;
pub mod tui;
