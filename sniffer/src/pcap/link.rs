//! Link types as savefile headers hold them. Knows no file layout.

use crate::packet::LinkType;

/// The most bytes that a frame of the link type can have been captured with: libpcap's `max_snaplen_for_dlt`.
///
/// A reader takes no record above it, whatever the file claims, so that this also bounds its buffer.
pub fn maximum_snaplen(link_type: LinkType) -> u32 {
    const MIB: u32 = 1024 * 1024;
    match link_type {
        DBUS | USB_LINUX_MMAPPED | USBPCAP => 128 * MIB,
        EBHSCR => 8 * MIB,
        _ => 262_144,
    }
}

const USB_LINUX_MMAPPED: LinkType = LinkType(220);
const DBUS: LinkType = LinkType(231);
const USBPCAP: LinkType = LinkType(249);
const EBHSCR: LinkType = LinkType(279);

/// The link type that a header's number means.
///
/// Old writers put their system's `DLT_` number there; those with one meaning become the `LINKTYPE_` number, as
/// libpcap's `linktype_to_dlt` and `dlt_to_linktype` in turn do. 14 is raw IP on OpenBSD and nothing elsewhere.
pub(super) fn canonical(number: u16) -> LinkType {
    LinkType(match number {
        11 => 100,
        12 | 14 => 101,
        15 => 102,
        16 => 103,
        19 => 106,
        other => other,
    })
}

/// The snapshot length that a header's number means: 0 and what C's `int` cannot hold stand for the maximum.
pub(super) fn effective_snaplen(link_type: LinkType, snaplen: u32) -> u32 {
    if snaplen == 0 || i32::try_from(snaplen).is_err() { maximum_snaplen(link_type) } else { snaplen }
}
