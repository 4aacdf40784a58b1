//! Programs run on frames of the caller's, outside of any socket (`BPF_PROG_TEST_RUN`): for tests and benchmarks.

use std::time::{Duration, Instant};

use aya::programs::{SocketFilter, TestRun as _, TestRunOptions};

use super::error::Error;
use crate::packet::PacketType;

/// A frame for a run outside of any socket.
#[derive(Clone, Copy, Debug)]
pub struct TestFrame<'a> {
    /// The bytes that the program sees; at most a page less a few hundred bytes.
    pub data: &'a [u8],
    /// What the program is to see as `skb->protocol`, in host byte order.
    pub protocol: u16,
    /// What it is to see as `skb->pkt_type`; the kernel cannot make outgoing frames here.
    pub packet_type: PacketType,
}

impl<'a> TestFrame<'a> {
    /// A frame for this host, with the Ethertype of its own Ethernet header as protocol.
    pub fn ethernet(data: &'a [u8]) -> Self {
        let protocol = data.get(12..14).map_or(0, |bytes| u16::from_be_bytes([bytes[0], bytes[1]]));
        Self { data, protocol, packet_type: PacketType::Host }
    }

    /// The bytes that the kernel wants: it takes an Ethernet header off before a socket filter runs, and derives protocol
    /// and packet type from it.
    fn with_header(&self) -> Vec<u8> {
        let destination = match self.packet_type {
            PacketType::Broadcast => [0xff; 6],
            PacketType::Multicast => [1, 0, 0, 0, 0, 0],
            PacketType::OtherHost => [2, 0, 0, 0, 0, 0],
            // The test device's own address is zero.
            PacketType::Host | PacketType::Outgoing | PacketType::Unknown(_) => [0; 6],
        };
        [&destination[..], &[0; 6], &self.protocol.to_be_bytes(), self.data].concat()
    }
}

/// Runs a loaded program once: its return value.
pub(super) fn run(program: &SocketFilter, name: &'static str, frame: &TestFrame<'_>) -> Result<u32, Error> {
    repeat(program, name, frame, 1)
}

fn repeat(
    program: &SocketFilter,
    name: &'static str,
    frame: &TestFrame<'_>,
    repeat: u32,
) -> Result<u32, Error> {
    let data = frame.with_header();
    let options = TestRunOptions { data_in: Some(&data), repeat, ..TestRunOptions::default() };
    Ok(program.test_run(options).map_err(Error::program(name))?.return_value)
}

/// The time of one run by the kernel's own clock.
pub(super) fn kernel_time(
    program: &SocketFilter,
    name: &'static str,
    frame: &TestFrame<'_>,
) -> Result<Duration, Error> {
    let data = frame.with_header();
    let options = TestRunOptions { data_in: Some(&data), repeat: 1, ..TestRunOptions::default() };
    Ok(program.test_run(options).map_err(Error::program(name))?.duration)
}

/// The time of so many runs in a row.
pub(super) fn time(
    program: &SocketFilter,
    name: &'static str,
    frame: &TestFrame<'_>,
    runs: u32,
) -> Result<Duration, Error> {
    let start = Instant::now();
    repeat(program, name, frame, runs)?;
    Ok(start.elapsed())
}
