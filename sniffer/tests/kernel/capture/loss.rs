//! No frame is lost that is not counted: before the first, in a flood, at the end. And waiting ends.

use std::slice;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use sniffer::capture::{Config, Event, Interface, LiveSource, Socket, Statistics};

use super::{accept, drain, read_block, start, wait_until_counted};
use crate::support::lab::Lab;
use crate::support::sender::RawSender;
use crate::support::{frames, skip};

#[test]
fn what_is_sent_before_the_socket_is_bound_is_not_seen() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let sender = RawSender::open(&lab.left);
    let frame = |byte| frames::ethernet(lab.right.mac, lab.left.mac, 0x88b5, &[byte; 46]);
    // Another capture tells when a frame has arrived.
    let mut witness = start(&lab.right, lab.right.name, |_| ());
    let mut source = lab.right.namespace.run(|| {
        let config = Config::new(Interface::find(lab.right.name).expect("the interface is there"));
        let socket = Socket::open(&config).expect("root can capture");
        accept(&socket, config.snaplen);
        sender.deliver(&lab.left, &frame(1));
        wait_until_counted(&mut witness, 1);
        socket.bind().expect("the interface is up")
    });
    sender.deliver(&lab.left, &frame(2));
    wait_until_counted(&mut source, 1);
    assert_eq!(drain(&mut source, |frame| Some(frame.data.to_vec())), [frame(2)]);
    assert_eq!(source.statistics().expect("counts can be read").packets, 1);
}

/// Floods a small ring while `read` takes frames out of it and says how many. Those and the lost ones must be what was
/// sent.
fn check_loss(read: impl FnOnce(&mut LiveSource, &AtomicBool) -> u64) -> Statistics {
    let lab = Lab::quiet();
    let frame = frames::ethernet(lab.right.mac, lab.left.mac, 0x88b5, &[7; 46]);
    let mut source = start(&lab.left, lab.left.name, |config| {
        config.snaplen = 96;
        config.buffer_size = Some(32 << 10);
    });
    let sender = RawSender::open(&lab.left);
    let over = AtomicBool::new(false);
    let (sent, mut delivered) = thread::scope(|scope| {
        let flood = scope.spawn(|| {
            let flood = sender.flood(&[frame], 200_000);
            over.store(true, Ordering::Release);
            flood.sent
        });
        let delivered = read(&mut source, &over);
        (flood.join().expect("the flood ends"), delivered)
    });
    delivered += drain(&mut source, |_| Some(())).len() as u64;
    let statistics = source.statistics().expect("counts can be read");
    assert_eq!((statistics.packets, statistics.malformed), (sent, 0));
    assert_eq!(delivered + statistics.drops, sent, "{statistics:?}");
    statistics
}

#[test]
fn a_ring_that_nobody_reads_counts_what_it_loses() {
    if !skip::is_root() {
        return;
    }
    let statistics = check_loss(|_, _| 0);
    assert!(statistics.drops > 0 && statistics.freezes == 1, "{statistics:?}");
}

#[test]
fn a_ring_that_is_read_in_a_flood_counts_what_it_loses() {
    if !skip::is_root() {
        return;
    }
    check_loss(|source, over| {
        let mut delivered = 0;
        while !over.load(Ordering::Acquire) {
            let event = source.next_block(Some(Duration::from_millis(1))).expect("frames can be waited for");
            if let Event::Block(mut block) = event {
                delivered += block.frames().count() as u64;
            }
        }
        delivered
    });
}

#[test]
fn a_capture_stopped_in_a_flood_delivers_all_that_it_counted() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let frame = frames::ethernet(lab.right.mac, lab.left.mac, 0x88b5, &[7; 46]);
    for _ in 0..10 {
        let mut source = start(&lab.left, lab.left.name, |_| ());
        let sender = RawSender::open(&lab.left);
        let over = AtomicBool::new(false);
        let (delivered, statistics) = thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    sender.flood(slice::from_ref(&frame), 64);
                }
            });
            // The flood is under way.
            let mut delivered = read_block(&mut source, |block| block.frames().count());
            delivered += drain(&mut source, |_| Some(())).len();
            let statistics = source.statistics();
            over.store(true, Ordering::Relaxed);
            (delivered as u64, statistics.expect("counts can be read"))
        });
        assert_eq!((delivered + statistics.drops, statistics.malformed), (statistics.packets, 0));
        assert_eq!(source.statistics().expect("counts can be read"), statistics, "nothing comes any more");
        assert!(source.drain_block().expect("the ring can be drained").is_none());
    }
}

#[test]
fn a_wait_ends_when_its_time_is_over_and_when_it_is_woken() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut source = start(&lab.right, lab.right.name, |_| ());
    let waker = source.waker();
    assert!(matches!(source.next_block(Some(Duration::ZERO)), Ok(Event::Idle)));
    assert!(matches!(source.next_block(Some(Duration::from_millis(1))), Ok(Event::Idle)));
    for _ in 0..100 {
        thread::scope(|scope| {
            let waiting = scope.spawn(|| matches!(source.next_block(None), Ok(Event::Idle)));
            waker.wake();
            assert!(waiting.join().expect("the wait ends"));
        });
    }
}
