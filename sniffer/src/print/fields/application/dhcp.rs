//! DHCP and DHCPv6.

use std::net::Ipv4Addr;

use crate::decode::{Dhcp, DhcpOption, Dhcpv6, Dhcpv6Value, Payload};
use crate::print::fields::{MAX_ITEMS, Visit, VisitExt as _};

pub(in crate::print::fields) fn dhcp(message: &Dhcp<'_>, visitor: &mut impl Visit) {
    visitor.number("operation", message.operation().into());
    visitor.number_if("hardware_type", message.hardware_type());
    visitor.number_if("hops", message.hops());
    visitor.number_if("transaction", message.transaction());
    visitor.number_if("seconds", message.seconds());
    visitor.number_if("flags", message.flags());
    visitor.address_if("client", message.client());
    visitor.address_if("your", message.your());
    visitor.address_if("server", message.server());
    visitor.address_if("gateway", message.gateway());
    visitor.mac_if("client_hardware", message.hardware_address());
    visitor.number_if("message_type", message.message_type());
    visitor.list("options");
    let options = message.options().take_while(|option| option.code != DhcpOption::END);
    for option in options.filter(|option| option.code != DhcpOption::PAD) {
        visitor.item();
        visitor.number("code", option.code.into());
        visitor.bytes("data", option.data.bytes());
    }
    visitor.end();
    named_options(message, visitor);
}

/// What form the value of an option has.
enum Form {
    Address,
    Addresses,
    Seconds,
    Text,
    Bytes,
}

/// The options that have fields of their own, which scripts would else take out of bytes.
const NAMED: &[(u8, &str, Form)] = &[
    (1, "subnet_mask", Form::Address),
    (3, "routers", Form::Addresses),
    (6, "name_servers", Form::Addresses),
    (12, "host_name", Form::Text),
    (15, "domain", Form::Text),
    (50, "requested_address", Form::Address),
    (51, "lease_time", Form::Seconds),
    (54, "server_id", Form::Address),
    (56, "message", Form::Text),
    (58, "renewal_time", Form::Seconds),
    (59, "rebinding_time", Form::Seconds),
    (60, "vendor_class", Form::Text),
    (61, "client_id", Form::Bytes),
    (66, "boot_server", Form::Text),
    (67, "boot_file", Form::Text),
];

fn named_options(message: &Dhcp<'_>, visitor: &mut impl Visit) {
    for (code, name, form) in NAMED {
        let Some(data) = message.option(*code) else { continue };
        match form {
            Form::Address => visitor.address_if(name, data.get::<Ipv4Addr>(0)),
            Form::Addresses => addresses(name, data, visitor),
            Form::Seconds => visitor.number_if(name, data.get::<u32>(0)),
            Form::Text => visitor.padded(name, data.bytes()),
            Form::Bytes => visitor.bytes(name, data.bytes()),
        }
    }
}

fn addresses(name: &'static str, mut data: Payload<'_>, visitor: &mut impl Visit) {
    visitor.list(name);
    while let Some(address) = data.read::<Ipv4Addr>() {
        visitor.item();
        visitor.address("address", address.into());
    }
    visitor.end();
}

pub(in crate::print::fields) fn dhcpv6(message: &Dhcpv6<'_>, visitor: &mut impl Visit) {
    visitor.number("type", message.kind().into());
    if message.is_relayed() {
        visitor.address_if("link", message.link());
        visitor.address_if("peer", message.peer());
    } else {
        visitor.number("transaction", message.transaction().into());
    }
    for (name, code) in [("client_id", Dhcpv6::CLIENT_ID), ("server_id", Dhcpv6::SERVER_ID)] {
        if let Some((_, id)) = options(message.options()).find(|option| option.0 == code) {
            visitor.bytes(name, id.bytes());
        }
    }
    let status = options(message.options()).find_map(|(code, data)| match Dhcpv6Value::new(code, data) {
        Some(Dhcpv6Value::Status(status)) => Some(status),
        _ => None,
    });
    visitor.number_if("status", status);
    visitor.list("addresses");
    for (code, data) in leases(message) {
        if let Some(Dhcpv6Value::Address { address, lifetimes: [preferred, valid], .. }) =
            Dhcpv6Value::new(code, data)
        {
            visitor.item();
            visitor.address("address", address.into());
            visitor.number("preferred", preferred.into());
            visitor.number("valid", valid.into());
        }
    }
    visitor.end();
    visitor.list("prefixes");
    for (code, data) in leases(message) {
        if let Some(Dhcpv6Value::Prefix { prefix, len, lifetimes: [preferred, valid], .. }) =
            Dhcpv6Value::new(code, data)
        {
            visitor.item();
            visitor.address("prefix", prefix.into());
            visitor.number("prefix_length", len.into());
            visitor.number("preferred", preferred.into());
            visitor.number("valid", valid.into());
        }
    }
    visitor.end();
}

/// The options of a list with their codes.
fn options(mut rest: Payload<'_>) -> impl Iterator<Item = (u16, Payload<'_>)> {
    std::iter::from_fn(move || Dhcpv6::option(&mut rest)).take(MAX_ITEMS)
}

/// What is in the associations of a message: addresses and prefixes.
fn leases<'a>(message: &Dhcpv6<'a>) -> impl Iterator<Item = (u16, Payload<'a>)> {
    options(message.options()).flat_map(|(code, data)| match Dhcpv6Value::new(code, data) {
        Some(
            Dhcpv6Value::Association { options: list, .. } | Dhcpv6Value::Temporary { options: list, .. },
        ) => options(list),
        _ => options(Payload::EMPTY),
    })
}
