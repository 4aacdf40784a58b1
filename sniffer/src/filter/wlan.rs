//! The frame control field of IEEE 802.11 and the names of its values. Knows neither text nor packets.

/// The bits of the first byte that hold the type.
pub(super) const TYPE_MASK: u8 = 0x0c;
/// The bits of the first byte that hold the subtype.
pub(super) const SUBTYPE_MASK: u8 = 0xf0;
/// The To-DS and From-DS bits of the second byte.
pub(super) const DIRECTION_MASK: u8 = 0x03;

/// Management frames.
pub(super) const MANAGEMENT: u8 = 0x00;
/// Control frames.
pub(super) const CONTROL: u8 = 0x04;
/// Data frames.
pub(super) const DATA: u8 = 0x08;

/// Clear to send, of the control frames.
pub(super) const SUBTYPE_CTS: u8 = 0xc0;
/// Acknowledgement, of the control frames.
pub(super) const SUBTYPE_ACK: u8 = 0xd0;

/// The type with the given name, in any case.
pub(super) fn frame_type(name: &str) -> Option<u8> {
    match name.to_ascii_lowercase().as_str() {
        "mgt" | "management" => Some(MANAGEMENT),
        "ctl" | "control" => Some(CONTROL),
        "data" => Some(DATA),
        _ => None,
    }
}

/// The subtype bits with the given name among those of `frame_type`, in any case and with or without hyphens.
pub(super) fn subtype_of(frame_type: u8, name: &str) -> Option<u8> {
    let plain = |name: &str| name.replace('-', "").to_ascii_lowercase();
    let name = plain(name);
    SUBTYPES
        .iter()
        .find(|(known_type, _, known)| *known_type == frame_type && plain(known) == name)
        .map(|known| known.1)
}

/// The type and subtype bits with the given name.
pub(super) fn subtype(name: &str) -> Option<u8> {
    [MANAGEMENT, CONTROL, DATA]
        .into_iter()
        .find_map(|frame_type| Some(subtype_of(frame_type, name)? | frame_type))
}

/// The direction bits with the given name, in any case.
pub(super) fn direction(name: &str) -> Option<u8> {
    match name.to_ascii_lowercase().as_str() {
        "nods" => Some(0),
        "tods" => Some(1),
        "fromds" => Some(2),
        "dstods" => Some(3),
        _ => None,
    }
}

const SUBTYPES: &[(u8, u8, &str)] = &[
    (MANAGEMENT, 0x00, "assoc-req"),
    (MANAGEMENT, 0x10, "assoc-resp"),
    (MANAGEMENT, 0x20, "reassoc-req"),
    (MANAGEMENT, 0x30, "reassoc-resp"),
    (MANAGEMENT, 0x40, "probe-req"),
    (MANAGEMENT, 0x50, "probe-resp"),
    (MANAGEMENT, 0x80, "beacon"),
    (MANAGEMENT, 0x90, "atim"),
    (MANAGEMENT, 0xa0, "disassoc"),
    (MANAGEMENT, 0xa0, "disassociation"),
    (MANAGEMENT, 0xb0, "auth"),
    (MANAGEMENT, 0xb0, "authentication"),
    (MANAGEMENT, 0xc0, "deauth"),
    (MANAGEMENT, 0xc0, "deauthentication"),
    (CONTROL, 0x80, "bar"),
    (CONTROL, 0x90, "ba"),
    (CONTROL, 0xa0, "ps-poll"),
    (CONTROL, 0xb0, "rts"),
    (CONTROL, SUBTYPE_CTS, "cts"),
    (CONTROL, SUBTYPE_ACK, "ack"),
    (CONTROL, 0xe0, "cf-end"),
    (CONTROL, 0xf0, "cf-end-ack"),
    (DATA, 0x00, "data"),
    (DATA, 0x10, "data-cf-ack"),
    (DATA, 0x20, "data-cf-poll"),
    (DATA, 0x30, "data-cf-ack-poll"),
    (DATA, 0x40, "null"),
    (DATA, 0x50, "cf-ack"),
    (DATA, 0x60, "cf-poll"),
    (DATA, 0x70, "cf-ack-poll"),
    (DATA, 0x80, "qos-data"),
    (DATA, 0x90, "qos-data-cf-ack"),
    (DATA, 0xa0, "qos-data-cf-poll"),
    (DATA, 0xb0, "qos-data-cf-ack-poll"),
    (DATA, 0xc0, "qos"),
    (DATA, 0xe0, "qos-cf-poll"),
    (DATA, 0xf0, "qos-cf-ack-poll"),
];
