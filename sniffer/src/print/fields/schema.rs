//! The fields that layers can have, by the names that the program's output has for them.

/// The names of all fields of all layers: the layer's, a dot, and the field's.
pub(in crate::print) fn names() -> impl Iterator<Item = String> {
    SCHEMA.iter().flat_map(|(layer, fields)| fields.split(' ').map(move |field| format!("{layer}.{field}")))
}

/// The layers with their fields in order, a blank between; fields of lists have the name of the list in front. What layers share
/// is a row of its own under each of them.
const SCHEMA: &[(&str, &str)] = &[
    ("ethernet", "destination source type"),
    ("vlan", "priority drop_eligible id type"),
    ("llc", "dsap ssap form control"),
    ("snap", "oui protocol"),
    ("linux_sll", "packet_type hardware_type address protocol"),
    ("linux_sll2", "protocol interface hardware_type packet_type address"),
    ("loopback", "family"),
    ("radiotap", "flags frequency"),
    ("ieee80211", "type subtype control source destination bssid ssid channel"),
    ("ppp", "direction protocol"),
    ("chdlc", "address protocol"),
    ("slarp", "type"),
    (
        "arp",
        "hardware_type protocol_type operation sender_hardware sender_protocol target_hardware \
         target_protocol",
    ),
    (
        "ipv4",
        "version header_length tos total_length id dont_fragment more_fragments fragment_offset ttl \
         protocol checksum source destination options.code options.data",
    ),
    ("ipv6", "version traffic_class flow_label payload_length next_header hop_limit source destination"),
    ("ipv6_extension", "kind next_header header_length final_destination data"),
    ("ipv6_fragment", "next_header offset more_fragments id"),
    (
        "tcp",
        "source_port destination_port sequence acknowledgement header_length flags cwr ece urg ack psh \
         rst syn fin window checksum urgent options.kind options.mss options.shift options.value \
         options.echo options.data payload_length",
    ),
    ("udp", "source_port destination_port length checksum payload_length"),
    (
        "sctp",
        "source_port destination_port tag checksum chunks.type chunks.flags chunks.length chunks.tsn \
         chunks.stream chunks.sequence chunks.protocol chunks.initiate_tag chunks.window \
         chunks.outbound_streams chunks.inbound_streams chunks.gaps chunks.duplicates",
    ),
    ("icmpv4", "type code checksum quoted_source quoted_destination id sequence"),
    ("icmpv6", "type code checksum id sequence target quoted_source quoted_destination"),
    ("igmp", "type max_response group records.type records.group records.sources"),
    ("gre", "flags version protocol key sequence acknowledgement"),
    ("esp", "spi sequence"),
    ("ah", "next_header header_length spi sequence integrity"),
    ("mpls", "label traffic_class bottom ttl"),
    ("pppoe", "code session length ppp_protocol service concentrator"),
    ("gtpu", "flags type length teid sequence"),
    ("vxlan", "flags network"),
    ("geneve", "version flags options_length protocol network"),
    (
        "dns",
        "id response operation authoritative truncated recursion_desired recursion_available \
         response_code questions.name questions.type questions.class answers.name answers.type \
         answers.class answers.ttl answers.address answers.target answers.data answers.preference \
         answers.priority answers.weight answers.port answers.mailbox answers.serial answers.text \
         authorities.name authorities.type authorities.class authorities.ttl authorities.address \
         authorities.target authorities.data authorities.preference authorities.priority \
         authorities.weight authorities.port authorities.mailbox authorities.serial authorities.text \
         additionals.name additionals.type additionals.class additionals.ttl additionals.address \
         additionals.target additionals.data additionals.preference additionals.priority \
         additionals.weight additionals.port additionals.mailbox additionals.serial additionals.text",
    ),
    ("http", "first_line method target status host user_agent content_type"),
    ("ftp", "first_line"),
    ("smtp", "first_line"),
    ("rtsp", "first_line method target status cseq session"),
    ("sip", "first_line method target status from to call_id"),
    ("ssh", "first_line"),
    (
        "dhcp",
        "operation hardware_type hops transaction seconds flags client your server gateway \
         client_hardware message_type options.code options.data subnet_mask routers.address \
         name_servers.address host_name domain requested_address lease_time server_id message \
         renewal_time rebinding_time vendor_class client_id boot_server boot_file",
    ),
    (
        "dhcpv6",
        "type link peer transaction client_id server_id status addresses.address addresses.preferred \
         addresses.valid prefixes.prefix prefixes.prefix_length prefixes.preferred prefixes.valid",
    ),
    ("ntp", "leap version mode"),
    ("tftp", "operation number file mode error"),
    ("syslog", "facility severity text"),
    (
        "radius",
        "code id length attributes.type attributes.value user_name nas_address nas_identifier \
         framed_address reply_message called_station calling_station accounting_status session",
    ),
    ("tls", "content_type record_version length"),
    ("tls", HELLO),
    ("dtls", "content_type record_version epoch sequence length"),
    ("dtls", HELLO),
    ("smb", "form command response status message_id tree session"),
    ("nfs", "xid reply version procedure name reply_status rejection"),
    ("quic", "type version destination source token length"),
    ("quic", HELLO),
    (
        "snmp",
        "version community flags user pdu_type request error_status error_index enterprise agent \
         generic_trap specific_trap uptime variables.name variables.type variables.value variables.data",
    ),
    (
        "bgp",
        "messages.type messages.length messages.version messages.as messages.hold_time messages.router \
         messages.withdrawn messages.attributes_length messages.announced messages.code \
         messages.subcode messages.long_as messages.origin messages.as_path messages.next_hop \
         messages.med messages.local_preference messages.communities routes.message routes.withdrawn \
         routes.distinguisher routes.prefix routes.prefix_length routes.label routes.path",
    ),
    ("hsrp", "version operation state group virtual_address priority hello_time hold_time"),
    (
        "bfd",
        "version state flags diagnostic multiplier my_discriminator your_discriminator \
         transmit_interval receive_interval echo_interval",
    ),
    ("vrrp", "version type router priority interval addresses.address"),
    ("carp", "version type host skew base counter"),
    (
        "ospf",
        "version type length router area authentication_type instance mask interface mtu sequence \
         hello_interval dead_interval priority designated_router backup_router neighbors.router \
         advertisements.age advertisements.type advertisements.id advertisements.router \
         advertisements.sequence advertisements.length",
    ),
    ("pim", "version type"),
    ("eigrp", "version operation flags sequence acknowledgement router as"),
    (
        "stp",
        "version type flags bridge_priority bridge port root_priority root root_cost message_age \
         max_age hello_time forward_delay",
    ),
    (
        "lldp",
        "elements.type elements.value chassis_form chassis port_form port ttl port_description \
         system_name system_description capabilities enabled_capabilities management_address",
    ),
    ("ptp", "type version length domain flags clock port sequence"),
    ("aoe", "version flags error major minor command tag"),
    ("geonet", "version next_header type subtype payload_length hop_limit address latitude longitude"),
    ("babel", "version elements.type elements.value"),
    ("intercept_shim", "direction type tags id"),
    (
        "cdp",
        "version ttl elements.type elements.value device port capabilities software platform domain \
         native_vlan system_name addresses.address management_addresses.address",
    ),
    ("dtp", "version elements.type elements.value"),
    ("udld", "version operation flags device port"),
    ("vtp", "version type domain revision"),
    (
        "isakmp",
        "initiator responder version exchange flags id length payloads.type payloads.value \
         payloads.notification",
    ),
    ("nat_traversal", "keep_alive"),
    ("kerberos", "version type"),
    ("sflow", "version agent agent_id sequence uptime samples.type samples.length samples.value"),
    ("resp", "values.text"),
    ("openflow", "messages.version messages.type messages.length messages.transaction"),
    ("macsec", "flags association short_length packet_number channel"),
    ("arista", "subtype timescale format hardware seconds nanoseconds type"),
    (
        "slow",
        "subtype version flags code elements.type elements.system elements.system_priority elements.key \
         elements.port elements.port_priority elements.state elements.value",
    ),
    ("eapol", "version type length eap_code eap_id eap_length eap_type eap_identity"),
    ("ectp", "skip_count function"),
    ("nlb", "priority cluster host"),
    ("calm_fast", "source destination"),
    ("otv", "flags overlay instance"),
    (
        "rip",
        "command version entries.family entries.tag entries.prefix entries.mask entries.next_hop \
         entries.metric",
    ),
    ("ripng", "command version routes.prefix routes.prefix_length routes.tag routes.metric"),
    (
        "l2tp",
        "flags version length tunnel session sequence next_sequence attributes.vendor attributes.type \
         attributes.hidden attributes.value",
    ),
    ("ldp", "version length router label_space message_type"),
    ("rsvp", "version type ttl length objects.class objects.type objects.data"),
    ("lmp", "version flags type length"),
    ("lsp_ping", "version type reply_mode return_code sender sequence"),
    ("lwapp", "version radio flags fragment length access_point"),
    ("mobility", "next_header type header_length checksum"),
    ("ipcomp", "next_header cpi"),
    ("dccp", "source_port destination_port type checksum sequence acknowledgement service reset_code"),
    ("pgm", "source_port destination_port type options source_id length"),
    ("rtp", "version payload_type marker extended mixed sequence timestamp source"),
    (
        "rtcp",
        "packets.type packets.count packets.length packets.source reports.source reports.fraction_lost \
         reports.lost reports.highest reports.jitter",
    ),
    ("vat", "conference start format sources timestamp"),
    (
        "rpki",
        "messages.version messages.type messages.length messages.prefix messages.prefix_length \
         messages.system",
    ),
    ("timed", "version type sequence"),
    ("clnp", "version lifetime type"),
    ("esis", "version type holding_time"),
    ("osi", "protocol"),
    (
        "ipx",
        "type length source_network source source_socket destination_network destination \
         destination_socket",
    ),
    (
        "isis",
        "type levels source holding_time lan priority lsp sequence lifetime elements.type \
         elements.value host_name",
    ),
    ("rpc", "xid reply reply_status rejection program version procedure"),
    (
        "someip",
        "service event method length client session protocol_version interface_version type return_code",
    ),
    (
        "netflow",
        "version count uptime seconds sequence records.source records.destination records.next_hop \
         records.input records.output records.packets records.octets records.first records.last \
         records.source_port records.destination_port records.protocol records.tos records.tcp_flags",
    ),
    ("telnet", "commands.code commands.option commands.parameters"),
    ("cfm", "level version operation flags"),
    ("lisp", "type records nonce key"),
    ("wb", "source time version type flags"),
    ("auto_rp", "type points holding_time"),
    ("olsr", "length sequence"),
    ("vqp", "version type error sequence"),
    ("igrp", "version type edition system"),
    ("pptp", "length type control_type"),
    ("zmtp", "frames.length frames.flags frames.body"),
    (
        "aodv",
        "type flags prefix hops id destination destination_sequence origin origin_sequence lifetime \
         unreached.address unreached.sequence",
    ),
];

/// What a hello of TLS says, in records and in QUIC.
const HELLO: &str = "handshake_type complete retry legacy_version versions.version cipher_suites.suite extensions.type \
     server_name alpn.protocol ja4";
