//! Replacing the filter of a running capture.

use std::collections::BTreeMap;
use std::os::fd::AsFd as _;
use std::time::Duration;

use sniffer::capture::{Config, Event, Interface, LiveSource, Socket};

use crate::pipeline::{always, pipelines};
use crate::support::lab::Lab;
use crate::support::sender::{Load, RawSender};
use crate::support::{frames, skip};

/// How often the filter is replaced.
const SWAPS: u32 = 1000;

#[test]
fn replacing_the_filter_a_thousand_times_under_load_loses_no_frame() {
    if !skip::is_root() {
        return;
    }
    for mut pipeline in pipelines() {
        let lab = Lab::quiet();
        let mut source = lab.left.namespace.run(|| {
            let config = Config::new(Interface::find(lab.left.name).expect("the interface is there"));
            let socket = Socket::open(&config).expect("root can capture");
            pipeline.attach(socket.as_fd()).expect("the stages are for sockets");
            socket.bind().expect("the interface can be bound to")
        });
        let frame = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, &[0; 1000]);
        let load = Load::start(RawSender::open(&lab.left), vec![frame]);
        // Which filter kept a frame is told by how many bytes it kept.
        let mut kept = BTreeMap::new();
        for number in 0..SWAPS {
            pipeline.set_filter(&always(100 + number as i32 % 2)).expect("the filter can be replaced");
            take_what_there_is(&mut source, &mut kept);
        }
        let sent = load.stop();
        while let Some(mut block) = source.drain_block().expect("the ring can be drained") {
            block.frames().for_each(|frame| *kept.entry(frame.data.len()).or_default() += 1);
        }
        let statistics = source.statistics().expect("the counts can be read");
        let delivered: u64 = kept.values().sum();
        let path = pipeline.path();
        assert_eq!(statistics.packets, sent, "{path:?}: the filters let every frame pass");
        assert_eq!(delivered + statistics.drops, sent, "{path:?}");
        // Before the first filter was set every frame was kept whole.
        kept.remove(&1042);
        assert_eq!(
            kept.keys().copied().collect::<Vec<_>>(),
            [100, 101],
            "{path:?}: both filters were at work"
        );
    }
}

fn take_what_there_is(source: &mut LiveSource, kept: &mut BTreeMap<usize, u64>) {
    while let Event::Block(mut block) =
        source.next_block(Some(Duration::ZERO)).expect("frames can be received")
    {
        block.frames().for_each(|frame| *kept.entry(frame.data.len()).or_default() += 1);
    }
}
