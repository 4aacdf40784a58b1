//! What the link layer says.

pub(super) mod chdlc;
pub(super) mod ethernet;
pub(super) mod ieee80211;
pub(super) mod link_tags;
pub(super) mod linux_cooked;
pub(super) mod llc;
pub(super) mod ppp;
pub(super) mod radiotap;
