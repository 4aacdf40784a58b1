//! What the drivers of interfaces counted as lost: frames for which a card had no room, before anybody could see them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{Error, Interface};
use crate::netlink::{Netlink, ROUTE, attribute, u32_at, u64_at};

// Values of linux/rtnetlink.h and linux/if_link.h.
const RTM_NEWLINK: u16 = 16;
const RTM_GETLINK: u16 = 18;
const IFLA_IFNAME: u16 = 3;
const IFLA_STATS64: u16 = 23;
/// Bytes of `struct ifinfomsg`, and where the interface's index is in it.
const HEADER_LEN: usize = 16;
const INDEX: usize = 4;
/// Where `rx_fifo_errors` and `rx_missed_errors` are in `struct rtnl_link_stats64`.
const LOSSES: [usize; 2] = [14 * 8, 15 * 8];

/// Frames that interfaces have lost since this was made: what libpcap takes for that (`linux_if_drops`). `rx_dropped` is
/// not among it, which counts frames that the taps have seen but no protocol wanted.
#[derive(Debug)]
pub struct InterfaceDrops {
    socket: Mutex<Netlink>,
    /// What had been lost before, by index.
    earlier: HashMap<u32, u64>,
    /// Index and name of the interfaces that are captured on; all when one stands for all.
    chosen: Vec<(u32, String)>,
}

/// What the interfaces that are captured on have lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// How many frames.
    pub frames: u64,
    /// The names of interfaces that were removed: their counters went with them, whether another one has come in their place
    /// since, whose losses are among the others', or not.
    pub removed: Vec<String>,
}

/// What the kernel says of an interface.
#[derive(Debug, PartialEq, Eq)]
struct Link {
    index: u32,
    name: String,
    /// Since it was made.
    lost: u64,
}

impl InterfaceDrops {
    /// Those of the calling thread's network namespace, of which some are captured on.
    ///
    /// # Errors
    /// [`Error::System`].
    pub fn since_now(chosen: &[Interface]) -> Result<Self, Error> {
        let mut socket = Netlink::open(ROUTE).map_err(Error::system("open a netlink socket"))?;
        let earlier = links(&mut socket)?.into_iter().map(|link| (link.index, link.lost)).collect();
        let chosen = chosen.iter().map(|interface| (interface.index, interface.name.clone())).collect();
        Ok(Self { socket: Mutex::new(socket), earlier, chosen })
    }

    /// How many that interface has lost; `None` when it is gone, or does not say.
    pub fn of(&self, index: u32) -> Option<u64> {
        self.now().ok()?.into_iter().find(|link| link.index == index).map(|link| link.lost)
    }

    /// How many those have lost that are captured on, one that has come in the place of another of that name among them.
    ///
    /// # Errors
    /// [`Error::System`] when the kernel does not tell: then it is not known, and not 0.
    pub fn total(&self) -> Result<Lost, Error> {
        Ok(total(&self.chosen, &self.now()?))
    }

    /// What there is, each with what it has lost since this was made.
    fn now(&self) -> Result<Vec<Link>, Error> {
        let mut now = links(&mut self.socket.lock().unwrap_or_else(PoisonError::into_inner))?;
        for link in &mut now {
            link.lost = link.lost.saturating_sub(self.earlier.get(&link.index).copied().unwrap_or_default());
        }
        Ok(now)
    }
}

fn total(chosen: &[(u32, String)], links: &[Link]) -> Lost {
    let mut total = Lost::default();
    for (index, name) in chosen {
        if *index == 0 {
            total.frames = links.iter().map(|link| link.lost).sum();
        } else if let Some(link) = links.iter().find(|link| link.index == *index) {
            total.frames += link.lost;
        } else {
            total.frames += links.iter().find(|link| link.name == *name).map_or(0, |link| link.lost);
            total.removed.push(name.clone());
        }
    }
    total
}

/// All interfaces that have statistics.
fn links(socket: &mut Netlink) -> Result<Vec<Link>, Error> {
    let mut links = Vec::new();
    let asked = socket.dump(RTM_GETLINK, &[0; HEADER_LEN], RTM_NEWLINK, |body| links.extend(link(body)));
    asked.map_err(Error::system("read what interfaces have lost"))?;
    Ok(links)
}

fn link(body: &[u8]) -> Option<Link> {
    let (header, attributes) = body.split_at_checked(HEADER_LEN)?;
    let name = attribute(attributes, IFLA_IFNAME)?.strip_suffix(b"\0")?;
    let statistics = attribute(attributes, IFLA_STATS64)?;
    let [fifo, missed] = LOSSES.map(|offset| u64_at(statistics, offset));
    let (index, name) = (u32_at(header, INDEX)?, String::from_utf8_lossy(name).into_owned());
    Some(Link { index, name, lost: fifo? + missed? })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A message about interface 7 with these statistics, which the kernel counts in the order of
    /// `struct rtnl_link_stats64`.
    fn message(statistics: &[u64]) -> Vec<u8> {
        let value: Vec<u8> = statistics.iter().flat_map(|count| count.to_ne_bytes()).collect();
        let attribute = |kind: u16, value: &[u8]| {
            let length = (4 + value.len()) as u16;
            [&length.to_ne_bytes()[..], &kind.to_ne_bytes(), value].concat()
        };
        let header = [[0; 4], 7_u32.to_ne_bytes(), [0; 4], [0; 4]].concat();
        [header, attribute(IFLA_IFNAME, b"eth\0"), attribute(IFLA_STATS64, &value)].concat()
    }

    fn eth(index: u32, lost: u64) -> Link {
        Link { index, name: "eth".to_owned(), lost }
    }

    #[test]
    fn a_card_without_room_is_told_from_frames_that_nobody_wants() {
        let [mut statistics, nothing] = [[0; 25]; 2];
        assert_eq!(link(&message(&nothing)), Some(eth(7, 0)));
        (statistics[6], statistics[14], statistics[15]) = (1000, 20, 3);
        assert_eq!(link(&message(&statistics)), Some(eth(7, 23)));
        let cut = message(&statistics);
        (0..HEADER_LEN + 8 + 4 + 16 * 8).for_each(|len| assert_eq!(link(&cut[..len]), None, "{len}"));
    }

    #[test]
    fn what_is_lost_is_counted_by_index_and_by_the_name_of_what_was_removed() {
        let other = Link { index: 3, name: "other".to_owned(), lost: 100 };
        let check = |chosen: &[(u32, &str)], links: &[Link], frames, removed: &[&str]| {
            let chosen: Vec<_> = chosen.iter().map(|(index, name)| (*index, (*name).to_owned())).collect();
            let removed = removed.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(total(&chosen, links), Lost { frames, removed });
        };
        check(&[(7, "eth")], &[eth(7, 5)], 5, &[]);
        // Renamed.
        check(&[(7, "old")], &[eth(7, 5)], 5, &[]);
        check(&[(7, "eth")], &[other], 0, &["eth"]);
        check(
            &[(7, "eth"), (1, "lo")],
            &[eth(9, 5), Link { name: "lo".to_owned(), ..eth(1, 1) }],
            6,
            &["eth"],
        );
        check(&[(0, "any")], &[eth(7, 5), eth(9, 6)], 11, &[]);
    }
}
