//! Live frames: interfaces, the ring, the loss they may suffer. Knows no filters, no decoding, no outputs.
//!
//! A capture goes through three types, so that no unfiltered frame is ever queued:
//!
//! 1. [`Socket::open`] makes a packet socket and its ring. Nothing arrives yet.
//! 2. A program is attached to the socket, which lends its descriptor ([`AsFd`](std::os::fd::AsFd)).
//! 3. [`Socket::bind`] turns it into a [`LiveSource`], whose [`next_block`](LiveSource::next_block) lends blocks of
//!    frames until [`drain_block`](LiveSource::drain_block) has given out the last one.
//!
//! Several sockets ([`Socket::bind_all`]) give their frames in the order of time. They may be on different interfaces, or
//! share the frames of one ([`Socket::open_group`]).
//!
//! Frames are lent from the memory shared with the kernel: nothing is copied or allocated for a frame.
//!
//! ```no_run
//! use sniffer::capture::{Config, Event, Interface, Socket};
//!
//! let socket = Socket::open(&Config::new(Interface::find("eth0")?))?;
//! let mut source = socket.bind()?;
//! loop {
//!     if let Event::Block(mut block) = source.next_block(None)? {
//!         for frame in block.frames() {
//!             println!("{} bytes", frame.original_len);
//!         }
//!     }
//! }
//! # Ok::<(), sniffer::capture::Error>(())
//! ```
#![forbid(unsafe_code)]

mod interface;
mod interface_drops;
mod socket;

mod source;
mod statistics;
mod tap;
mod wake;

mod block;
mod geometry;
mod time_stamps;
mod turn;
mod walk;

mod error;

pub use block::Block;
pub use error::Error;
pub use interface::{Connection, Interface, InterfaceLookup};
pub use interface_drops::{InterfaceDrops, Lost};
pub use socket::{Config, Fanout, IMMEDIATE_TIMEOUT, MAX_SNAPLEN, Socket, USUAL_TIMEOUT};
pub use source::{Change, Event, LiveSource};
pub use statistics::{SocketStatistics, Statistics};
pub use time_stamps::TimeStampType;
pub use wake::Waker;
pub use walk::Frames;
