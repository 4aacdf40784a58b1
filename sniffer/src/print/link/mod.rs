//! What the link layer says.

pub(super) mod ethernet;
pub(super) mod ieee80211;
mod ieee80211_words;
pub(super) mod link_tags;
pub(super) mod linux_cooked;
pub(super) mod llc;
pub(super) mod ppp;
mod ppp_options;
pub(super) mod radiotap;
