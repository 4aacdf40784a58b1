//! A generated program by itself: for tests and benchmarks. A capture uses [`Pipeline`](super::Pipeline).

use std::os::fd::BorrowedFd;
use std::time::Duration;

use aya::Ebpf;

use super::error::Error;
use super::maps::Bound;
use super::program::{self, NAME};
use super::test_run::{self, TestFrame};
use crate::bpf::Insn;
use crate::filter::emit::Program;

/// A generated program without ingress and accept.
pub struct Standalone(Ebpf);

impl Standalone {
    /// Loads it.
    ///
    /// # Errors
    /// When the kernel refuses it.
    pub fn load(insns: &[Insn]) -> Result<Self, Error> {
        program::load(&mut program::loader(), insns).map(Self)
    }

    /// Loads a program with the maps that it looks up in.
    ///
    /// # Errors
    /// When the kernel refuses it or its maps.
    pub fn load_program(program: &Program) -> Result<Self, Error> {
        Self::load(&Bound::new(program)?.insns)
    }

    /// Makes it the filter of a socket.
    ///
    /// # Errors
    /// When the kernel refuses that.
    pub fn attach(&self, socket: BorrowedFd<'_>) -> Result<(), Error> {
        program::generated(&self.0)?.attach(socket).map_err(Error::program(NAME))
    }

    /// Its return value for a frame.
    ///
    /// # Errors
    /// When the kernel refuses the frame as too short or too long.
    pub fn run(&self, frame: &TestFrame<'_>) -> Result<u32, Error> {
        test_run::run(program::generated(&self.0)?, NAME, frame)
    }

    /// The time that `runs` runs in a row take. A single one takes a few nanoseconds, which a [`Duration`] cannot tell
    /// apart.
    ///
    /// # Errors
    /// When the kernel refuses the frame as too short or too long.
    pub fn time(&self, frame: &TestFrame<'_>, runs: u32) -> Result<Duration, Error> {
        test_run::time(program::generated(&self.0)?, NAME, frame, runs)
    }

    /// The time that one run takes by the kernel's own clock: for programs that take long enough.
    ///
    /// # Errors
    /// When the kernel refuses the frame as too short or too long.
    pub fn kernel_time(&self, frame: &TestFrame<'_>) -> Result<Duration, Error> {
        test_run::kernel_time(program::generated(&self.0)?, NAME, frame)
    }
}
