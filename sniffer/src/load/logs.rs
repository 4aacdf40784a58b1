//! Lines that the kernel side writes, on their way to the `log` facade.

use std::os::fd::{AsFd, BorrowedFd};

use aya::Ebpf;
use aya_log::EbpfLogger;
use log::Log;

/// The ring buffer of the kernel side's log lines.
pub struct Logs(EbpfLogger<&'static dyn Log>);

impl Logs {
    /// Takes the map out of the object, for the logger that is set at this moment. The programs must be loaded already, since their code names its descriptor.
    pub(super) fn take(ebpf: &mut Ebpf) -> Option<Self> {
        EbpfLogger::init(ebpf).ok().map(Self)
    }

    /// Passes every line that has come so far to the logger that was set when the pipeline was loaded.
    pub fn drain(&mut self) {
        self.0.flush();
    }
}

impl AsFd for Logs {
    /// Readable when there are lines.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}
