//! Several sockets as one source: interfaces together, and workers that share one. Every frame once, in order.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use sniffer::capture::{Change, Config, Error, Event, Fanout, Interface, LiveSource, Socket, Statistics};
use sniffer::packet::{Frame, PacketType, Timestamp};

use super::{accept, change, drain, read_block};
use crate::support::lab::{End, Lab};
use crate::support::sender::RawSender;
use crate::support::traffic::udp_to_itself;
use crate::support::{frames, netlink, skip, wait};

/// How many workers share an interface.
const WORKERS: usize = 3;

/// The sockets of workers that share the frames of that interface.
fn open_group(
    end: &End,
    interface: &str,
    fanout: Fanout,
    adjust: impl FnOnce(&mut Config) + Send,
) -> Vec<Socket> {
    let opened = end.namespace.run(|| {
        let mut config = Config::new(Interface::find(interface)?);
        adjust(&mut config);
        let sockets = Socket::open_group(&config, fanout, WORKERS)?;
        for socket in &sockets {
            accept(socket, config.snaplen);
        }
        Ok::<_, Error>(sockets)
    });
    opened.expect("root can capture on an interface that is up")
}

/// A capture on that interface by workers that share its frames.
fn start_group(
    end: &End,
    interface: &str,
    fanout: Fanout,
    adjust: impl FnOnce(&mut Config) + Send,
) -> LiveSource {
    Socket::bind_all(open_group(end, interface, fanout, adjust)).expect("members are bound already")
}

/// A capture on several interfaces of one namespace.
fn start_all(end: &End, interfaces: &[&str]) -> LiveSource {
    let bound = end.namespace.run(|| {
        let open = |interface: &&str| {
            let config = Config::new(Interface::find(interface)?);
            let socket = Socket::open(&config)?;
            accept(&socket, config.snaplen);
            Ok::<_, Error>(socket)
        };
        Socket::bind_all(interfaces.iter().map(open).collect::<Result<_, _>>()?)
    });
    bound.expect("root can capture on interfaces that are up")
}

/// A frame whose first bytes behind the header are its number.
fn numbered(lab: &Lab, number: u32) -> Vec<u8> {
    frames::udp_frame(&lab.left, &lab.right, (number % 50) as u16 + 1000, 2000, &number.to_be_bytes())
}

fn number_of(frame: &Frame<'_>) -> u32 {
    u32::from_be_bytes(frame.data[42..46].try_into().expect("four bytes"))
}

#[test]
fn workers_get_every_frame_once_and_in_order() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for fanout in [Fanout::Hash, Fanout::RoundRobin, Fanout::Cpu, Fanout::Queue] {
        let mut source = start_group(&lab.left, lab.left.name, fanout, |_| ());
        let sender = RawSender::open(&lab.left);
        (0..5000).for_each(|number| sender.send(&numbered(&lab, number)));
        let numbers = drain(&mut source, |frame| Some(number_of(frame)));
        // All from one processor, so that the stamps are in the order in which the frames were sent.
        assert!(numbers.iter().copied().eq(0..5000), "{fanout:?}: {} frames", numbers.len());
        let counts = source.statistics_by_socket().expect("counts can be read");
        let shares: Vec<u64> = counts.iter().map(|socket| socket.counts.delivered).collect();
        assert_eq!((shares.len(), shares.iter().sum::<u64>()), (WORKERS, 5000), "{shares:?}");
        if matches!(fanout, Fanout::Hash | Fanout::RoundRobin) {
            assert!(shares.iter().all(|&share| share > 0), "{fanout:?}: {shares:?}");
        }
    }
}

#[test]
fn both_directions_of_a_flow_come_to_one_worker() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut sources: Vec<LiveSource> = open_group(&lab.left, lab.left.name, Fanout::Hash, |_| ())
        .into_iter()
        .map(|socket| socket.bind().expect("a member is bound already"))
        .collect();
    let (there, back) = (RawSender::open(&lab.left), RawSender::open(&lab.right));
    for port in 1000..1200 {
        there.send(&frames::tcp_frame(&lab.left, &lab.right, port, 80, b"there"));
        back.deliver(&lab.right, &frames::tcp_frame(&lab.right, &lab.left, 80, port, b"back"));
    }
    wait::until_true("all arrive", || {
        let counts = sources.iter_mut().map(|source| source.statistics().expect("counts can be read"));
        counts.sum::<Statistics>().packets == 400
    });
    let mut workers = vec![Vec::new(); 1200];
    for (worker, source) in sources.iter_mut().enumerate() {
        for port in drain(source, |frame| {
            let ports = [34, 36].map(|at| u16::from_be_bytes([frame.data[at], frame.data[at + 1]]));
            Some(ports[0].max(ports[1]))
        }) {
            workers[usize::from(port)].push(worker);
        }
    }
    let flows = &workers[1000..];
    assert!(flows.iter().all(|workers| matches!(workers[..], [there, back] if there == back)), "{flows:?}");
    assert!((0..WORKERS).all(|worker| flows.iter().any(|workers| workers[0] == worker)), "{flows:?}");
}

#[test]
fn workers_stopped_in_a_flood_deliver_all_that_they_counted() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let flood: Vec<Vec<u8>> = (0..64).map(|number| numbered(&lab, number)).collect();
    for _ in 0..10 {
        let adjust = |config: &mut Config| config.buffer_size = Some(256 << 10);
        let mut source = start_group(&lab.left, lab.left.name, Fanout::Hash, adjust);
        let sender = RawSender::open(&lab.left);
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    sender.flood(&flood, 64);
                }
            });
            let mut delivered = 0;
            // The flood is under way.
            while delivered < 10_000 {
                if let Event::Block(mut block) = source.next_block(None).expect("frames come") {
                    delivered += block.frames().count() as u64;
                }
            }
            delivered += drain(&mut source, |_| Some(())).len() as u64;
            let statistics = source.statistics().expect("counts can be read");
            assert_eq!((statistics.delivered, statistics.malformed), (delivered, 0));
            assert_eq!(delivered + statistics.drops, statistics.packets, "{statistics:?}");
            assert_eq!(
                source.statistics().expect("counts can be read"),
                statistics,
                "nothing comes any more"
            );
            over.store(true, Ordering::Relaxed);
        });
    }
}

#[test]
fn loopback_frames_come_once_to_workers() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut source = start_group(&lab.right, "lo", Fanout::Hash, |_| ());
    (0..3).for_each(|_| udp_to_itself(&lab.right, 0, b"datagram"));
    let is_received = |frame: &Frame<'_>| (frame.packet_type != Some(PacketType::Outgoing)).then_some(());
    // Kernels before 6.1 let the sent copies in as well, which the sniffer's program then leaves out.
    assert_eq!(drain(&mut source, is_received).len(), 3);
}

#[test]
fn frames_of_several_interfaces_come_in_the_order_of_time() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut source = start_all(&lab.left, &[lab.left.name, "lo"]);
    let sender = RawSender::open(&lab.left);
    for number in 0..200 {
        sender.send(&numbered(&lab, number));
        udp_to_itself(&lab.left, 0, b"datagram");
    }
    let seen: Vec<(Timestamp, u32)> = drain(&mut source, |frame| Some((frame.timestamp, frame.interface)));
    assert!(seen.is_sorted_by_key(|(time, _)| *time), "{seen:?}");
    let interfaces: Vec<u32> = seen.iter().map(|(_, interface)| *interface).collect();
    assert_eq!(interfaces, [lab.left.index, 1].repeat(200));
}

#[test]
fn a_frame_does_not_wait_for_an_interface_that_is_silent() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut source = start_all(&lab.left, &["lo", lab.left.name]);
    RawSender::open(&lab.left).send(&numbered(&lab, 7));
    let seen =
        read_block(&mut source, |block| block.frames().map(|frame| number_of(&frame)).collect::<Vec<_>>());
    assert_eq!(seen, [7]);
}

#[test]
fn an_interface_that_is_removed_and_made_again_is_captured_on_again() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let (name, other) = (lab.left.name, "lo");
    let mut source = start_all(&lab.left, &[name, other]);
    let Lab { left, right } = lab;
    // The pair goes with the namespace of either end.
    drop(right);
    let mut until = |wanted: Change| {
        wait::until("something happens to the interface", || {
            match source
                .next_block(Some(Duration::from_millis(50)))
                .expect("the other interface is still there")
            {
                Event::Interface(interface, change) if change == wanted => Some(interface.name.clone()),
                _ => None,
            }
        })
    };
    assert_eq!(until(Change::Gone), name);
    let lab = Lab::quiet_from(left);
    assert_eq!(until(Change::Back), name);
    RawSender::open(&lab.left).send(&numbered(&lab, 9));
    assert_eq!(drain(&mut source, |frame| Some((number_of(frame), frame.interface))), [(9, lab.left.index)]);
}

#[test]
fn an_interface_that_is_shared_is_lost_to_all_workers() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut source = start_group(&lab.right, lab.right.name, Fanout::Hash, |_| ());
    lab.right.namespace.run(|| netlink::set_down(lab.right.index)).expect("root can do that");
    assert_eq!(change(&mut source), (lab.right.name.to_owned(), Change::Down));
    lab.right.namespace.run(|| netlink::set_up(lab.right.index)).expect("root can do that");
    assert_eq!(change(&mut source), (lab.right.name.to_owned(), Change::Up));
    lab.right.wait_until_running();
    lab.left.wait_until_running();
    RawSender::open(&lab.left).deliver(&lab.left, &numbered(&lab, 5));
    let seen =
        read_block(&mut source, |block| block.frames().map(|frame| number_of(&frame)).collect::<Vec<_>>());
    assert_eq!(seen, [5]);
    drop(lab.left);
    let step = Some(Duration::from_millis(50));
    let error = wait::until("the capture ends", || source.next_block(step).err());
    assert!(matches!(error, Error::InterfaceVanished { .. }), "{error}");
}

#[test]
fn workers_of_an_interface_that_is_removed_leave_the_capture_to_the_others() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut sockets = open_group(&lab.left, lab.left.name, Fanout::Hash, |_| ());
    sockets.extend(open_group(&lab.left, "lo", Fanout::Hash, |_| ()));
    let mut source = Socket::bind_all(sockets).expect("members are bound already");
    let Lab { left, right } = lab;
    drop(right);
    // Going down may be seen before, as what it is.
    let (name, change) = match change(&mut source) {
        (_, Change::Down) => change(&mut source),
        other => other,
    };
    assert_eq!((name.as_str(), change), (left.name, Change::Lost));
    udp_to_itself(&left, 0, b"datagram");
    // Kernels before 6.10 give the members of a group what leaves as well, which the stages of a capture leave out.
    let is_outgoing = |frame: &Frame<'_>| frame.packet_type == Some(PacketType::Outgoing);
    let is_ours = |frame: &Frame<'_>| frame.data.ends_with(b"datagram") && !is_outgoing(frame);
    assert_eq!(read_block(&mut source, |block| block.frames().filter(is_ours).count()), 1);
}
