//! One generated program by itself: loaded, attached, run on a frame of the caller's. For tests and benchmarks; a capture
//! uses [`Pipeline`](super::Pipeline).

use std::{
    os::fd::BorrowedFd,
    time::{Duration, Instant},
};

use aya::{
    Ebpf, EbpfLoader,
    programs::{SocketFilter, TestRun as _, TestRunOptions},
};

use super::{elf, error::Error};
use crate::{
    bpf::{Insn, RawInsn, encode},
    packet::PacketType,
};

/// The name of generated programs, as `bpftool prog` shows it.
const NAME: &str = "filter";

/// Loads generated instructions as a socket filter.
pub(super) fn load(loader: &mut EbpfLoader<'_>, insns: &[Insn]) -> Result<Ebpf, Error> {
    let code: Vec<u8> = encode(insns).into_iter().flat_map(RawInsn::to_bytes).collect();
    let mut ebpf = loader.load(&elf::wrap(NAME, &code)?).map_err(Error::load)?;
    socket_filter_mut(&mut ebpf, NAME)?.load().map_err(Error::program(NAME))?;
    Ok(ebpf)
}

/// The generated program of what [`load`] returned.
pub(super) fn generated(ebpf: &Ebpf) -> Result<&SocketFilter, Error> {
    socket_filter(ebpf, NAME)
}

pub(super) fn socket_filter<'a>(ebpf: &'a Ebpf, name: &'static str) -> Result<&'a SocketFilter, Error> {
    ebpf.program(name).ok_or(Error::Missing(name))?.try_into().map_err(Error::program(name))
}

pub(super) fn socket_filter_mut<'a>(
    ebpf: &'a mut Ebpf,
    name: &'static str,
) -> Result<&'a mut SocketFilter, Error> {
    ebpf.program_mut(name).ok_or(Error::Missing(name))?.try_into().map_err(Error::program(name))
}

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

/// A generated program without ingress and accept.
pub struct Standalone(Ebpf);

impl Standalone {
    /// Loads it.
    ///
    /// # Errors
    /// When the kernel refuses it.
    pub fn load(insns: &[Insn]) -> Result<Self, Error> {
        load(EbpfLoader::new().btf(None), insns).map(Self)
    }

    /// Makes it the filter of a socket.
    ///
    /// # Errors
    /// When the kernel refuses that.
    pub fn attach(&self, socket: BorrowedFd<'_>) -> Result<(), Error> {
        generated(&self.0)?.attach(socket).map_err(Error::program(NAME))
    }

    /// Its return value for a frame.
    ///
    /// # Errors
    /// When the kernel refuses the frame as too short or too long.
    pub fn run(&self, frame: &TestFrame<'_>) -> Result<u32, Error> {
        run(generated(&self.0)?, NAME, frame)
    }

    /// The time that `runs` runs in a row take. A single one takes a few nanoseconds, which a [`Duration`] cannot tell
    /// apart.
    ///
    /// # Errors
    /// When the kernel refuses the frame as too short or too long.
    pub fn time(&self, frame: &TestFrame<'_>, runs: u32) -> Result<Duration, Error> {
        time(generated(&self.0)?, NAME, frame, runs)
    }
}
