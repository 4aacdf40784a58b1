//! The library's live capture, against what was sent and against tcpdump.

use sniffer::capture::{Block, Change, Config, Event, Interface, LiveSource, Socket};
use sniffer::packet::Frame;
use socket2::{SockFilter, SockRef};

use crate::support::lab::End;
use crate::support::wait::{self, DEADLINE};

mod bytes;
mod interface;
mod loss;
mod several;

/// Begins a capture on the interface of that name.
fn start(end: &End, interface: &str, adjust: impl FnOnce(&mut Config) + Send) -> LiveSource {
    let bound = end.namespace.run(|| {
        let mut config = Config::new(Interface::find(interface)?);
        adjust(&mut config);
        let socket = Socket::open(&config)?;
        accept(&socket, config.snaplen);
        socket.bind()
    });
    bound.expect("root can capture on an interface that is up")
}

/// Attaches the one instruction that keeps `snaplen` bytes of each frame: what tcpdump has for no expression.
fn accept(socket: &Socket, snaplen: u32) {
    const RETURN: u16 = 0x06;
    let program = [SockFilter::new(RETURN, 0, 0, snaplen)];
    SockRef::from(socket).attach_filter(&program).expect("the kernel takes the program");
}

/// What `keep` makes of each frame that the ring holds, after which the capture is over.
fn drain<T>(source: &mut LiveSource, mut keep: impl FnMut(&Frame<'_>) -> Option<T>) -> Vec<T> {
    let mut kept = Vec::new();
    while let Some(mut block) = source.drain_block().expect("the ring can be drained") {
        kept.extend(block.frames().filter_map(|frame| keep(&frame)));
    }
    kept
}

/// What `read` makes of the next block.
fn read_block<T>(source: &mut LiveSource, read: impl FnOnce(&mut Block<'_>) -> T) -> T {
    match source.next_block(Some(DEADLINE)) {
        Ok(Event::Block(mut block)) => read(&mut block),
        other => panic!("no frame came: {other:?}"),
    }
}

/// Waits until the socket has counted so many frames. The counters of an interface do not tell that: those of a veth count what
/// the other end has put into the queue.
fn wait_until_counted(source: &mut LiveSource, frames: u64) {
    wait::until_true("the frames arrive", || {
        source.statistics().expect("counts can be read").packets >= frames
    });
}

/// What happens next to an interface.
fn change(source: &mut LiveSource) -> (String, Change) {
    match source.next_block(Some(DEADLINE)) {
        Ok(Event::Interface(interface, change)) => (interface.name.clone(), change),
        other => panic!("nothing happened to an interface: {other:?}"),
    }
}
