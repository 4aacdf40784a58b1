//! Interfaces: listed, going down, coming up, vanishing.

use std::time::Duration;

use sniffer::capture::{Change, Config, Error, Event, Interface, Socket};

use super::{change, read_block, start};
use crate::support::lab::{End, Lab};
use crate::support::process::Running;
use crate::support::sender::RawSender;
use crate::support::{frames, netlink, skip, wait};

#[test]
fn a_capture_survives_its_interface_going_down() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut source = start(&lab.right, lab.right.name, |_| ());
    lab.right.namespace.run(|| netlink::set_down(lab.right.index)).expect("root can do that");
    assert_eq!(change(&mut source), (lab.right.name.to_owned(), Change::Down));
    assert!(matches!(source.next_block(Some(Duration::from_millis(1))), Ok(Event::Idle)));

    let bound_down = lab.right.namespace.run(|| {
        let config = Config::new(Interface::find(lab.right.name)?);
        Socket::open(&config)?.bind()
    });
    assert!(matches!(bound_down, Err(Error::NotUp { .. })), "{bound_down:?}");

    lab.right.namespace.run(|| netlink::set_up(lab.right.index)).expect("root can do that");
    assert_eq!(change(&mut source), (lab.right.name.to_owned(), Change::Up));
    lab.right.wait_until_running();
    let frame = frames::ethernet(lab.right.mac, lab.left.mac, 0x88b5, &[7; 46]);
    RawSender::open(&lab.left).deliver(&lab.left, &frame);
    let seen =
        read_block(&mut source, |block| block.frames().map(|frame| frame.data.to_vec()).collect::<Vec<_>>());
    assert_eq!(seen, [frame]);
}

#[test]
fn an_interface_that_vanishes_ends_the_capture_after_its_last_frame() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut source = start(&lab.left, lab.left.name, |_| ());
    let frame = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, b"the last");
    RawSender::open(&lab.left).send(&frame);
    let Lab { left, right } = lab;
    // The pair goes with the namespace of either end.
    drop(right);
    let mut received = 0;
    let error =
        wait::until("the capture ends", || match source.next_block(Some(Duration::from_millis(50))) {
            Ok(Event::Block(mut block)) => {
                received += block.frames().count();
                None
            }
            Ok(Event::Idle | Event::Interface(..)) => None,
            Err(error) => Some(error),
        });
    assert!(matches!(&error, Error::InterfaceVanished { name } if name == left.name), "{error}");
    assert_eq!(received, 1);
}

#[test]
fn interfaces_are_listed_in_tcpdumps_order() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let check = |end: &End| {
        let Some(tcpdump) = skip::program("the list of interfaces", "tcpdump") else { return };
        let outcome = Running::start(&tcpdump, &end.namespace, &["-D"]).wait();
        let ours = end.namespace.run(Interface::list).expect("interfaces can be listed");
        // tcpdump lists what is no network interface as well: netfilter's logs, USB, D-Bus.
        let is_ours =
            |line: &str| ours.iter().any(|interface| line.split(' ').next() == Some(&interface.name));
        let lines = outcome.lines();
        let theirs: Vec<&str> = lines.iter().map(|line| line.split_once('.').expect("a number").1).collect();
        let theirs: Vec<&str> = theirs.into_iter().filter(|line| is_ours(line)).collect();
        assert_eq!(ours.iter().map(Interface::to_string).collect::<Vec<_>>(), theirs);
        for (position, interface) in ours.iter().enumerate() {
            let number = (position + 1).to_string();
            assert_eq!(
                &end.namespace.run(|| Interface::find(&number)).expect("the number is on the list"),
                interface
            );
        }
    };
    check(&lab.right);
    lab.right.namespace.run(|| netlink::set_down(lab.right.index)).expect("root can do that");
    check(&lab.right);
    // The other end loses its carrier at once, and is told of it a moment later.
    let is_running =
        || lab.left.namespace.run(|| Interface::find(lab.left.name)).is_ok_and(|left| left.running);
    wait::until_true("the other end stops", || !is_running());
    check(&lab.left);
}

#[test]
fn the_netmask_is_that_of_the_ipv4_address() {
    if !skip::is_root() {
        return;
    }
    let netmask = |lab: &Lab| {
        let found = lab.left.namespace.run(|| Interface::find(lab.left.name));
        found.expect("the interface is there").netmask
    };
    assert_eq!(netmask(&Lab::new()), Some([255, 255, 255, 0].into()));
    assert_eq!(netmask(&Lab::quiet()), None);
}

#[test]
fn names_and_numbers_that_are_on_no_list_are_refused() {
    for (name, expected) in [("eth99", "eth99: No such device exists"), ("", ": No such device exists")] {
        assert_eq!(Interface::find(name).map_err(|error| error.to_string()), Err(expected.to_owned()));
    }
    for number in ["0", "4294967295", "99999999999999999999999"] {
        assert!(matches!(Interface::find(number), Err(Error::InvalidIndex)), "{number}");
    }
}
