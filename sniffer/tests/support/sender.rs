//! Raw frames put on an interface through a packet socket, one by one or as fast as a CPU can.

use std::io::IoSlice;
use std::os::fd::{AsRawFd, OwnedFd};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::errno::Errno;
use nix::ifaddrs::getifaddrs;
use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::sys::socket::{
    AddressFamily, LinkAddr, MsgFlags, MultiHeaders, SockFlag, SockType, bind, send, sendmmsg, socket,
};
use nix::time::{ClockId, clock_gettime};
use nix::unistd::Pid;

use super::lab::End;

/// How many frames one system call takes.
const BATCH: usize = 64;

/// A packet socket that sends on one interface and receives nothing.
pub(crate) struct RawSender(OwnedFd);

/// What became of a flood.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flood {
    /// Frames that reached the interface, and every tap on it: what the flood was asked for. How many of them the other
    /// end's queue had no room for is in the interface's counters.
    pub(crate) sent: u64,
    /// What it cost the sending thread, taps on its interface included.
    pub(crate) cpu_time: Duration,
}

impl RawSender {
    /// A sender on `end`'s interface.
    pub(crate) fn open(end: &End) -> Self {
        Self(end.namespace.run(|| {
            let socket = socket(AddressFamily::Packet, SockType::Raw, SockFlag::SOCK_CLOEXEC, None)
                .expect("root can open packet sockets");
            bind(socket.as_raw_fd(), &link_address(end.name)).expect("the interface can be bound to");
            socket
        }))
    }

    /// Sends one frame: the interface and every tap on it have had it then. The queue into the other end is shared with all
    /// other traffic of the processor, and may have had no room for it.
    pub(crate) fn send(&self, frame: &[u8]) {
        match send(self.0.as_raw_fd(), frame, MsgFlags::empty()) {
            Ok(sent) => assert_eq!(sent, frame.len()),
            // How some kernels say that the other end's queue was full.
            Err(Errno::ENOBUFS) => {}
            Err(error) => panic!("the interface does not take the frame: {error}"),
        }
    }

    /// Sends one frame until the queue into the other end has taken it, from the interface of `from`. Taps there have it each
    /// time; the other end has it once, in a moment.
    pub(crate) fn deliver(&self, from: &End, frame: &[u8]) {
        loop {
            let dropped = from.counters().tx_dropped;
            self.send(frame);
            if from.counters().tx_dropped == dropped {
                return;
            }
        }
    }

    /// Sends `count` frames, those of `frames` in turn, from the calling thread without a pause.
    pub(crate) fn flood(&self, frames: &[Vec<u8>], count: u64) -> Flood {
        let slices: Vec<[IoSlice<'_>; 1]> =
            frames.iter().cycle().take(BATCH + frames.len()).map(|frame| [IoSlice::new(frame)]).collect();
        let addresses = [const { None::<LinkAddr> }; BATCH];
        let mut headers = MultiHeaders::preallocate(BATCH, None);
        let mut sent = 0;
        let start = thread_cpu_time();
        while sent < count {
            let batch = (BATCH as u64).min(count - sent) as usize;
            let first = (sent % frames.len() as u64) as usize;
            let batch_slices = &slices[first..first + batch];
            let result = sendmmsg(
                self.0.as_raw_fd(),
                &mut headers,
                batch_slices,
                &addresses[..batch],
                [],
                MsgFlags::empty(),
            );
            let taken = match result {
                Ok(messages) => messages.count(),
                Err(Errno::ENOBUFS) => 0,
                Err(error) => panic!("sendmmsg: {error}"),
            };
            // Where the device says so, a batch ends at the frame that it dropped; the taps have seen that frame too.
            sent += (taken as u64 + 1).min(batch as u64);
        }
        Flood { sent, cpu_time: thread_cpu_time().saturating_sub(start) }
    }
}

/// Frames sent without end on a thread of its own, until stopped or dropped.
pub(crate) struct Load {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<u64>>,
}

impl Load {
    /// Starts sending `frames` in turn.
    pub(crate) fn start(sender: RawSender, frames: Vec<Vec<u8>>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            let mut sent = 0;
            while !asked.load(Ordering::Relaxed) {
                sent += sender.flood(&frames, BATCH as u64).sent;
            }
            sent
        });
        Self { stop, thread: Some(thread) }
    }

    /// Ends it, and says how many frames the interface and its taps have had.
    pub(crate) fn stop(mut self) -> u64 {
        self.stop.store(true, Ordering::Relaxed);
        let thread = self.thread.take().expect("it is stopped once");
        thread.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Binds the calling thread to the last CPU that it may run on, and says which that is.
pub(crate) fn pin_to_last_cpu() -> usize {
    let this = Pid::from_raw(0);
    let allowed = sched_getaffinity(this).expect("the affinity can be read");
    let last = (0..CpuSet::count()).rev().find(|&cpu| allowed.is_set(cpu).unwrap_or(false)).expect("a CPU");
    let mut only = CpuSet::new();
    only.set(last).expect("a CPU of the set");
    sched_setaffinity(this, &only).expect("the affinity can be narrowed");
    last
}

/// The packet-socket address of an interface of the calling thread's namespace, protocol 0. `getifaddrs(3)` is the one
/// place that gives it without building a `sockaddr_ll` by hand.
fn link_address(name: &str) -> LinkAddr {
    getifaddrs()
        .expect("interfaces can be listed")
        .filter(|interface| interface.interface_name == name)
        .find_map(|interface| interface.address?.as_link_addr().copied())
        .expect("the interface has a link address")
}

fn thread_cpu_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).expect("the thread's CPU clock can be read").into()
}
