//! What the drivers of interfaces counted as lost: frames for which a card had no room, before anybody could see them.

use std::collections::HashMap;
use std::io;
use std::sync::Mutex;

use super::{Error, Interface};
use crate::netlink::{Netlink, ROUTE, attribute, u32_at, u64_at};

// Values of linux/rtnetlink.h and linux/if_link.h.
const RTM_NEWSTATS: u16 = 92;
const RTM_GETSTATS: u16 = 94;
const IFLA_STATS_LINK_64: u16 = 1;
/// Bytes of `struct if_stats_msg`, and where the interface's index is in it.
const HEADER_LEN: usize = 12;
const INDEX: usize = 4;
/// Where `rx_fifo_errors` and `rx_missed_errors` are in `struct rtnl_link_stats64`.
const LOSSES: [usize; 2] = [14 * 8, 15 * 8];

/// Frames that interfaces have lost since this was made: what libpcap takes for that (`linux_if_drops`). `rx_dropped` is
/// not among it, which counts frames that the taps have seen but no protocol wanted.
#[derive(Debug)]
pub struct InterfaceDrops {
    socket: Mutex<Netlink>,
    /// Those of before.
    earlier: HashMap<u32, u64>,
    /// The interfaces that are captured on; all when one stands for all.
    chosen: Vec<u32>,
}

impl InterfaceDrops {
    /// Those of the calling thread's network namespace, of which some are captured on.
    ///
    /// # Errors
    /// [`Error::System`].
    pub fn since_now(chosen: &[Interface]) -> Result<Self, Error> {
        let mut socket = Netlink::open(ROUTE).map_err(Error::system("open a netlink socket"))?;
        let earlier = losses(&mut socket).map_err(Error::system("read what interfaces have lost"))?;
        let chosen = chosen.iter().map(|interface| interface.index).collect();
        Ok(Self { socket: Mutex::new(socket), earlier, chosen })
    }

    /// How many that interface has lost; `None` when it is gone, or does not say.
    pub fn of(&self, index: u32) -> Option<u64> {
        self.now()?.get(&index).copied()
    }

    /// How many those have lost that are captured on.
    pub fn total(&self) -> u64 {
        let is_chosen = |index: u32| self.chosen.iter().any(|&chosen| [0, index].contains(&chosen));
        let now = self.now().unwrap_or_default();
        now.into_iter().filter(|(index, _)| is_chosen(*index)).map(|(_, lost)| lost).sum()
    }

    fn now(&self) -> Option<HashMap<u32, u64>> {
        let mut now = losses(&mut *self.socket.lock().ok()?).ok()?;
        for (index, lost) in &mut now {
            *lost = lost.saturating_sub(self.earlier.get(index).copied().unwrap_or_default());
        }
        Some(now)
    }
}

/// What all interfaces have lost since they were made.
fn losses(socket: &mut Netlink) -> io::Result<HashMap<u32, u64>> {
    let mut losses = HashMap::new();
    // `struct if_stats_msg`: family and padding, any index, and a bit for the attribute that is wanted.
    let request = [[0; 8].as_slice(), &(1_u32 << (IFLA_STATS_LINK_64 - 1)).to_ne_bytes()].concat();
    socket.dump(RTM_GETSTATS, &request, RTM_NEWSTATS, |body| losses.extend(loss(body)))?;
    Ok(losses)
}

/// An interface's index and what it has lost.
fn loss(body: &[u8]) -> Option<(u32, u64)> {
    let (header, attributes) = body.split_at_checked(HEADER_LEN)?;
    let statistics = attribute(attributes, IFLA_STATS_LINK_64)?;
    let [fifo, missed] = LOSSES.map(|offset| u64_at(statistics, offset));
    Some((u32_at(header, INDEX)?, fifo? + missed?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A message about interface 7 with these statistics, which the kernel counts in the order of
    /// `struct rtnl_link_stats64`.
    fn message(statistics: &[u64]) -> Vec<u8> {
        let value: Vec<u8> = statistics.iter().flat_map(|count| count.to_ne_bytes()).collect();
        let length = (4 + value.len()) as u16;
        let header = [[0; 4], 7_u32.to_ne_bytes(), 1_u32.to_ne_bytes()].concat();
        [&header, &length.to_ne_bytes()[..], &IFLA_STATS_LINK_64.to_ne_bytes(), &value].concat()
    }

    #[test]
    fn a_card_without_room_is_told_from_frames_that_nobody_wants() {
        let [mut statistics, nothing] = [[0; 25]; 2];
        assert_eq!(loss(&message(&nothing)), Some((7, 0)));
        (statistics[6], statistics[14], statistics[15]) = (1000, 20, 3);
        assert_eq!(loss(&message(&statistics)), Some((7, 23)));
        let cut = message(&statistics);
        (0..HEADER_LEN + 4 + 16 * 8).for_each(|len| assert_eq!(loss(&cut[..len]), None, "{len}"));
    }
}
