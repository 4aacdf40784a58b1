//! A packet sniffer for busy Linux hosts: tcpdump's filter language compiled to eBPF, run inside `ptype_all` delivery.
//!
//! The library is the program in parts. Modules are listed from the lowest level to the highest, and a module imports
//! only from lower ones; `docs/architecture.md` holds the map.
//!
//! What needs no kernel can be used by itself: [`pcap`] reads and writes savefiles, [`decode`] takes frames apart,
//! [`filter`] has the language of pcap-filter(7), [`mod@print`] makes lines. This keeps the questions for names of a savefile:
//!
//! ```
//! use sniffer::decode::{Layer, decode};
//! use sniffer::pcap::{PcapWriter, Precision, Reader, WriterOptions};
//!
//! fn dns_of(file: &[u8]) -> Result<Vec<u8>, sniffer::pcap::Error> {
//!     let mut reader = Reader::new(file)?;
//!     let (link_type, snaplen, precision) = (reader.link_type(), reader.snaplen(), Precision::Nanos);
//!     let mut writer = PcapWriter::new(Vec::new(), WriterOptions { link_type, snaplen, precision })?;
//!     while let Some(frame) = reader.next_frame()? {
//!         if decode(&frame).as_slice().iter().any(|layer| matches!(layer, Layer::Dns(_))) {
//!             writer.write(&frame)?;
//!         }
//!     }
//!     Ok(writer.into_inner())
//! }
//! # let options = WriterOptions { link_type: sniffer::packet::LinkType::RAW, snaplen: 1, precision: Precision::Nanos };
//! # let empty = PcapWriter::new(Vec::new(), options)?.into_inner();
//! # assert_eq!(dns_of(&empty)?, empty);
//! # Ok::<(), sniffer::pcap::Error>(())
//! ```
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
