//! The messages of `OpenFlow` 1.3. Those about flows, groups, meters and statistics are told by their headers alone.

mod words;

use self::words::{
    CAPABILITIES, CODES, CONFIG, ERRORS, FEATURES, LENGTHS, PACKET_REASONS, PORT_REASONS, PORTS, STATES,
    VERSIONS,
};
use super::{Kind, invalid, print_bits, print_data, print_labelled_bits, print_name, print_vendor};
use crate::decode::Payload;
use crate::decode::openflow::v1_3::{
    Async, Experimenter, Features, HelloElement, Port, PortMod, QueueRequest, Role, TableMod,
};
use crate::print::line::Line;
use crate::print::tokens;

pub(super) const KINDS: &[Kind] = &[
    Kind::at_least("HELLO", 0, Some(print_hello)),
    Kind::at_least("ERROR", 4, Some(print_error)),
    Kind::at_least("ECHO_REQUEST", 0, Some(print_data)),
    Kind::at_least("ECHO_REPLY", 0, Some(print_data)),
    Kind::at_least("EXPERIMENTER", 8, Some(print_experimenter)),
    Kind::exactly("FEATURES_REQUEST", 0, None),
    Kind::exactly("FEATURES_REPLY", 24, Some(print_features)),
    Kind::exactly("GET_CONFIG_REQUEST", 0, None),
    Kind::exactly("GET_CONFIG_REPLY", 4, Some(print_config)),
    Kind::exactly("SET_CONFIG", 4, Some(print_config)),
    Kind::at_least("PACKET_IN", 0, None),
    Kind::at_least("FLOW_REMOVED", 0, None),
    Kind::exactly("PORT_STATUS", 72, Some(print_port_status)),
    Kind::at_least("PACKET_OUT", 0, None),
    Kind::at_least("FLOW_MOD", 0, None),
    Kind::at_least("GROUP_MOD", 0, None),
    Kind::exactly("PORT_MOD", 32, Some(print_port_mod)),
    Kind::exactly("TABLE_MOD", 8, Some(print_table_mod)),
    Kind::at_least("MULTIPART_REQUEST", 0, None),
    Kind::at_least("MULTIPART_REPLY", 0, None),
    Kind::exactly("BARRIER_REQUEST", 0, None),
    Kind::exactly("BARRIER_REPLY", 0, None),
    Kind::exactly("QUEUE_GET_CONFIG_REQUEST", 8, Some(print_queue_request)),
    Kind::at_least("QUEUE_GET_CONFIG_REPLY", 0, None),
    Kind::exactly("ROLE_REQUEST", 16, Some(print_role)),
    Kind::exactly("ROLE_REPLY", 16, Some(print_role)),
    Kind::exactly("GET_ASYNC_REQUEST", 0, None),
    Kind::exactly("GET_ASYNC_REPLY", 24, Some(print_async)),
    Kind::exactly("SET_ASYNC", 24, Some(print_async)),
    Kind::at_least("METER_MOD", 0, None),
];

fn print_hello(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let mut rest = body;
    while rest.claimed() > 0 {
        if rest.claimed() < HelloElement::HEADER_LEN as u32 {
            return invalid(line, rest);
        }
        let element = HelloElement::new(rest);
        let (kind, len) = (element.kind()?, u32::from(element.length()?));
        line.text("\n\t type ");
        tokens::print_or_hex(line, &[(1_u16, "VERSIONBITMAP")], kind, 4, ["unknown (", ")"]);
        line.labelled(", length ", len);
        if len < HelloElement::HEADER_LEN as u32 || len > rest.claimed() {
            return invalid(line, rest.skip(HelloElement::HEADER_LEN));
        }
        match (kind, len) {
            (1, 8) => print_labelled_bits(line, ", bitmap ", VERSIONS, element.versions()?),
            (1, _) => line.text(" (bogus)"),
            _ => {}
        }
        rest.with_claim(len).all_captured()?;
        rest = rest.skip(len as usize);
    }
    Some(())
}

fn print_error(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    super::print_error(line, body, ERRORS, CODES)
}

fn print_experimenter(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let message = Experimenter::new(body);
    print_vendor(line, "\n\t experimenter ", message.experimenter()?);
    line.text(", exp_type ");
    line.hex(message.kind()?, 8);
    print_data(line, message.data())
}

fn print_features(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let features = Features::new(body);
    line.text("\n\t dpid ");
    line.hex(features.datapath()?, 16);
    line.labelled(", n_buffers ", features.buffers()?);
    line.labelled(", n_tables ", features.tables()?);
    line.labelled(", auxiliary_id ", features.auxiliary()?);
    print_labelled_bits(line, "\n\t capabilities ", CAPABILITIES, features.capabilities()?);
    body.all_captured()
}

fn print_config(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    super::print_config(line, body, LENGTHS)
}

fn print_port_status(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    line.text("\n\t reason ");
    let reasons: &[(u8, &str)] = &[(0, "ADD"), (1, "DELETE"), (2, "MODIFY")];
    tokens::print_or(line, reasons, body.get(0)?, "invalid (0x02x)");
    print_port(line, &Port::new(body.skip(8)))
}

fn print_port(line: &mut Line<'_>, port: &Port<'_>) -> Option<()> {
    print_port_number(line, "\n\t  port_no ", port.number()?);
    line.text(", hw_addr ");
    line.mac(&port.address()?);
    print_name(line, ", name '", &port.name()?);
    if line.options.verbose < 2 {
        return port.whole().all_captured();
    }
    print_labelled_bits(line, "\n\t   config ", CONFIG, port.config()?);
    print_labelled_bits(line, "\n\t   state ", STATES, port.state()?);
    print_labelled_bits(line, "\n\t   curr ", FEATURES, port.current()?);
    print_labelled_bits(line, "\n\t   advertised ", FEATURES, port.advertised()?);
    print_labelled_bits(line, "\n\t   supported ", FEATURES, port.supported()?);
    print_labelled_bits(line, "\n\t   peer ", FEATURES, port.peer()?);
    line.labelled("\n\t   curr_speed ", port.current_speed()?);
    line.labelled("kbps\n\t   max_speed ", port.max_speed()?);
    line.text("kbps");
    Some(())
}

fn print_port_number(line: &mut Line<'_>, label: &str, port: u32) {
    line.text(label);
    tokens::print(line, PORTS, port, ["", ""]);
}

fn print_port_mod(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let port = PortMod::new(body);
    print_port_number(line, "\n\t port_no ", port.number()?);
    line.text(", hw_addr ");
    line.mac(&port.address()?);
    print_labelled_bits(line, "\n\t  config ", CONFIG, port.config()?);
    print_labelled_bits(line, "\n\t  mask ", CONFIG, port.mask()?);
    print_labelled_bits(line, "\n\t  advertise ", FEATURES, port.advertise()?);
    body.all_captured()
}

fn print_table_mod(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let table = TableMod::new(body);
    line.text("\n\t table_id ");
    tokens::print(line, &[(0xfe_u8, "MAX"), (0xff, "ALL")], table.table()?, ["", ""]);
    line.text(", config ");
    line.hex(table.config()?, 8);
    Some(())
}

fn print_queue_request(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    print_port_number(line, "\n\t port ", QueueRequest::new(body).port()?);
    body.all_captured()
}

fn print_role(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let message = Role::new(body);
    line.text("\n\t role ");
    let roles: &[(u32, &str)] = &[(0, "NOCHANGE"), (1, "EQUAL"), (2, "MASTER"), (3, "SLAVE")];
    tokens::print_or_hex(line, roles, message.role()?, 8, ["invalid (", ")"]);
    line.text(", generation_id ");
    line.hex(message.generation()?, 16);
    Some(())
}

fn print_async(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let masks = Async::new(body);
    let print = |line: &mut Line<'_>, label: &str, names: &[(u32, &str)], masks: [u32; 2]| {
        for (who, mask) in ["[EM] ", "[S] "].iter().zip(masks) {
            line.text(label);
            line.text(who);
            line.hex(mask, 8);
            print_bits(line, names, mask);
        }
    };
    print(line, "\n\t packet_in_mask", PACKET_REASONS, [masks.packets()?, masks.packets_as_slave()?]);
    print(line, "\n\t port_status_mask", PORT_REASONS, [masks.ports()?, masks.ports_as_slave()?]);
    print(line, "\n\t flow_removed_mask", PORT_REASONS, [masks.flows()?, masks.flows_as_slave()?]);
    Some(())
}
