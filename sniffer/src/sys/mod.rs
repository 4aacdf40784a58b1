//! All `unsafe` code: memory maps, `TPACKET_V3` layouts, sockets, direct file I/O. Holds no policy.
//!
//! Calls report what the kernel said as [`std::io::Error`]; the modules above know what it means.

#![expect(
    unsafe_code,
    reason = "this is the one module that may, so that the others need not be read for it"
)]

pub(crate) mod mapping;

pub(crate) mod array_map;
pub(crate) mod map_batch;
pub(crate) mod packet_socket;
pub(crate) mod ring;
pub(crate) mod tpacket;

pub(crate) mod direct;
pub(crate) mod limits;
pub(crate) mod link;
pub(crate) mod wait;
