//! `OpenFlow` 1.0: messages of vendors.

use crate::decode::Payload;
use crate::decode::openflow::v1_0::{BigSwitchMessage, Vendor};
use crate::print::application::openflow::{invalid, print_data, print_vendor};
use crate::print::line::Line;
use crate::print::tokens;

/// Big Switch Networks, whose extensions are known.
pub(super) const BIG_SWITCH: u32 = 0x5c_16c7;

pub(super) fn print_vendor_message(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let message = Vendor::new(body);
    let vendor = message.vendor()?;
    print_vendor(line, ", vendor ", vendor);
    if vendor == BIG_SWITCH { print_big_switch(line, &message) } else { print_data(line, message.data()) }
}

fn print_big_switch(line: &mut Line<'_>, message: &Vendor<'_>) -> Option<()> {
    if message.data().claimed() < 4 {
        return invalid(line, message.data());
    }
    let subtype = message.subtype()?;
    line.text("\n\t subtype ");
    tokens::print_or_hex(line, BIG_SWITCH_MESSAGES, subtype, 8, ["unknown (", ")"]);
    let value = message.value();
    let (least, most) = match subtype {
        0..=2 => (8, 8),
        3..=5 | 8 | 17 => (4, 4),
        6 => (4, u32::MAX),
        9 | 13 | 19 | 21 | 27 => (0, 0),
        _ => (0, u32::MAX),
    };
    if !(least..=most).contains(&value.claimed()) {
        return invalid(line, value);
    }
    let fields = BigSwitchMessage::new(value);
    match subtype {
        0..=2 => {
            line.labelled(", index ", fields.byte()?);
            if subtype != 1 {
                line.labelled_address(", mask ", fields.mask()?);
            }
        }
        3..=5 => {
            line.text(", report_mirror_ports ");
            tokens::print(line, &[(0_u8, "OFF"), (1, "ON")], fields.byte()?, ["bogus (", ")"]);
        }
        6 => {
            line.labelled(", service ", fields.number()?);
            print_command(line, value.skip(4));
        }
        7 => print_command(line, value),
        8 => {
            line.text(", status ");
            line.hex(fields.number()?, 8);
        }
        17 => line.labelled(", vport_no ", fields.number()?),
        _ => {}
    }
    value.all_captured()
}

/// What a shell is told, or says.
fn print_command(line: &mut Line<'_>, data: Payload<'_>) {
    line.text(", data '");
    line.untrusted(data.bytes());
    line.byte(b'\'');
}

const BIG_SWITCH_MESSAGES: &[(u32, &str)] = &[
    (0, "SET_IP_MASK"),
    (1, "GET_IP_MASK_REQUEST"),
    (2, "GET_IP_MASK_REPLY"),
    (3, "SET_MIRRORING"),
    (4, "GET_MIRRORING_REQUEST"),
    (5, "GET_MIRRORING_REPLY"),
    (6, "SHELL_COMMAND"),
    (7, "SHELL_OUTPUT"),
    (8, "SHELL_STATUS"),
    (9, "GET_INTERFACES_REQUEST"),
    (10, "GET_INTERFACES_REPLY"),
    (11, "SET_PKTIN_SUPPRESSION_REQUEST"),
    (12, "SET_L2_TABLE_REQUEST"),
    (13, "GET_L2_TABLE_REQUEST"),
    (14, "GET_L2_TABLE_REPLY"),
    (15, "VIRTUAL_PORT_CREATE_REQUEST"),
    (16, "VIRTUAL_PORT_CREATE_REPLY"),
    (17, "VIRTUAL_PORT_REMOVE_REQUEST"),
    (18, "BW_ENABLE_SET_REQUEST"),
    (19, "BW_ENABLE_GET_REQUEST"),
    (20, "BW_ENABLE_GET_REPLY"),
    (21, "BW_CLEAR_DATA_REQUEST"),
    (22, "BW_CLEAR_DATA_REPLY"),
    (23, "BW_ENABLE_SET_REPLY"),
    (24, "SET_L2_TABLE_REPLY"),
    (25, "SET_PKTIN_SUPPRESSION_REPLY"),
    (26, "VIRTUAL_PORT_REMOVE_REPLY"),
    (27, "HYBRID_GET_REQUEST"),
    (28, "HYBRID_GET_REPLY"),
    (31, "PDU_TX_REQUEST"),
    (32, "PDU_TX_REPLY"),
    (33, "PDU_RX_REQUEST"),
    (34, "PDU_RX_REPLY"),
    (35, "PDU_RX_TIMEOUT"),
];
