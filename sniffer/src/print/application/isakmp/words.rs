//! The words of IKE, by number; an empty word is none.

pub(super) type Words = &'static [&'static str];

pub(super) const PROTOCOLS: Words = &["", "isakmp", "ipsec-ah", "ipsec-esp", "ipcomp"];

/// Payloads up to 48; those without a word are `pay` and their number.
pub(super) const PAYLOADS: &[(u8, &str)] = &[
    (0, "none"),
    (1, "sa"),
    (2, "p"),
    (3, "t"),
    (4, "ke"),
    (5, "id"),
    (6, "cert"),
    (7, "cr"),
    (8, "hash"),
    (9, "sig"),
    (10, "nonce"),
    (11, "n"),
    (12, "d"),
    (13, "vid"),
    (33, "v2sa"),
    (34, "v2ke"),
    (35, "v2IDi"),
    (36, "v2IDr"),
    (37, "v2cert"),
    (38, "v2cr"),
    (39, "v2auth"),
    (40, "v2nonce"),
    (41, "v2n"),
    (42, "v2d"),
    (43, "v2vid"),
    (44, "v2TSi"),
    (45, "v2TSr"),
    (46, "v2e"),
    (47, "v2cp"),
    (48, "v2eap"),
];

pub(super) const AH: Words = &["", "(reserved)", "md5", "sha", "1des", "sha2-256", "sha2-384", "sha2-512"];
pub(super) const ESP: Words = &[
    "",
    "1des-iv64",
    "1des",
    "3des",
    "rc5",
    "idea",
    "cast",
    "blowfish",
    "3idea",
    "1des-iv32",
    "rc4",
    "null",
    "aes",
];
pub(super) const IPCOMP: Words = &["", "oui", "deflate", "lzs"];
pub(super) const IKE: Words = &["", "ike"];

pub(super) const TRANSFORMS: Words = &["", "encr", "prf", "integ", "dh", "esn"];
pub(super) const PRF: Words = &["", "hmac-md5", "hmac-sha", "hmac-tiger", "aes128_xcbc"];
pub(super) const INTEGRITY: Words = &["", "hmac-md5", "hmac-sha", "dec-mac", "kpdk-md5", "aes-xcbc"];
pub(super) const SEQUENCES: Words = &["no-esn", "esn"];
pub(super) const GROUPS: Words = &[
    "",
    "modp768",
    "modp1024",
    "EC2N 2^155",
    "EC2N 2^185",
    "modp1536",
    "iana-grp06",
    "iana-grp07",
    "iana-grp08",
    "iana-grp09",
    "iana-grp10",
    "iana-grp11",
    "iana-grp12",
    "iana-grp13",
    "modp2048",
    "modp3072",
    "modp4096",
    "modp6144",
    "modp8192",
];
/// Attributes stop in front of the last group.
const ATTRIBUTE_GROUPS: Words = GROUPS.split_at(18).0;

/// The attributes of a transform, and the words for their values.
pub(super) type Attributes = &'static [(u16, &'static str, Words)];

pub(super) const IPSEC_ATTRIBUTES: Attributes = &[
    (1, "lifetype", &["", "sec", "kb"]),
    (2, "life", &[]),
    (3, "group desc", ATTRIBUTE_GROUPS),
    (4, "enc mode", &["", "tunnel", "transport"]),
    (5, "auth", &["", "hmac-md5", "hmac-sha1", "1des-mac", "keyed"]),
    (6, "keylen", &[]),
    (7, "rounds", &[]),
    (8, "dictsize", &[]),
    (9, "privalg", &[]),
];
pub(super) const OAKLEY_ATTRIBUTES: Attributes = &[
    (1, "enc", &["", "1des", "idea", "blowfish", "rc5", "3des", "cast", "aes"]),
    (2, "hash", &["", "md5", "sha1", "tiger", "sha2-256", "sha2-384", "sha2-512"]),
    (3, "auth", &["", "preshared", "dss", "rsa sig", "rsa enc", "rsa enc revised"]),
    (4, "group desc", ATTRIBUTE_GROUPS),
    (5, "group type", &["", "MODP", "ECP", "EC2N"]),
    (6, "group prime", &[]),
    (7, "group gen1", &[]),
    (8, "group gen2", &[]),
    (9, "group curve A", &[]),
    (10, "group curve B", &[]),
    (11, "lifetype", &["", "sec", "kb"]),
    (12, "lifeduration", &[]),
    (13, "prf", &[]),
    (14, "keylen", &[]),
    (15, "field", &[]),
    (16, "order", &[]),
];
pub(super) const ENCRYPTION_ATTRIBUTES: Attributes = &[(14, "keylen", &[])];

pub(super) const IDENTITIES: Words = &[
    "",
    "IPv4",
    "FQDN",
    "user FQDN",
    "IPv4net",
    "IPv6",
    "IPv6net",
    "IPv4range",
    "IPv6range",
    "ASN1 DN",
    "ASN1 GN",
    "keyid",
];
pub(super) const CERTIFICATES: Words =
    &["none", "pkcs7", "pgp", "dns", "x509sign", "x509ke", "kerberos", "crl", "arl", "spki", "x509attr"];
pub(super) const ERRORS: Words = &[
    "",
    "INVALID-PAYLOAD-TYPE",
    "DOI-NOT-SUPPORTED",
    "SITUATION-NOT-SUPPORTED",
    "INVALID-COOKIE",
    "INVALID-MAJOR-VERSION",
    "INVALID-MINOR-VERSION",
    "INVALID-EXCHANGE-TYPE",
    "INVALID-FLAGS",
    "INVALID-MESSAGE-ID",
    "INVALID-PROTOCOL-ID",
    "INVALID-SPI",
    "INVALID-TRANSFORM-ID",
    "ATTRIBUTES-NOT-SUPPORTED",
    "NO-PROPOSAL-CHOSEN",
    "BAD-PROPOSAL-SYNTAX",
    "PAYLOAD-MALFORMED",
    "INVALID-KEY-INFORMATION",
    "INVALID-ID-INFORMATION",
    "INVALID-CERT-ENCODING",
    "INVALID-CERTIFICATE",
    "CERT-TYPE-UNSUPPORTED",
    "INVALID-CERT-AUTHORITY",
    "INVALID-HASH-INFORMATION",
    "AUTHENTICATION-FAILED",
    "INVALID-SIGNATURE",
    "ADDRESS-NOTIFICATION",
    "NOTIFY-SA-LIFETIME",
    "CERTIFICATE-UNAVAILABLE",
    "UNSUPPORTED-EXCHANGE-TYPE",
    "UNEQUAL-PAYLOAD-LENGTHS",
];
pub(super) const IPSEC_STATUS: Words = &["RESPONDER-LIFETIME", "REPLAY-STATUS", "INITIAL-CONTACT"];

pub(super) const METHODS: Words = &["invalid", "rsasig", "shared-secret", "dsssig"];

/// Notifications of version 2, and whether an index is shown behind them.
pub(super) const NOTIFICATIONS: &[(u16, &str, bool)] = &[
    (1, "unsupported_critical_payload", false),
    (4, "invalid_ike_spi", true),
    (5, "invalid_major_version", false),
    (7, "invalid_syntax", true),
    (9, "invalid_message_id", true),
    (11, "invalid_spi", true),
    (14, "no_protocol_chosen", true),
    (17, "invalid_ke_payload", true),
    (24, "authentication_failed", true),
    (34, "single_pair_required", true),
    (35, "no_additional_sas", false),
    (36, "internal_address_failure", false),
    (37, "failed:cp_required", false),
    (39, "invalid_selectors", false),
    (16384, "initial_contact", false),
    (16385, "set_window_size", false),
    (16386, "additional_ts_possible", false),
    (16387, "ipcomp_supported", false),
    (16388, "nat_detection_source_ip", true),
    (16389, "nat_detection_destination_ip", true),
    (16390, "cookie", true),
    (16391, "use_transport_mode", false),
    (16392, "http_cert_lookup_supported", false),
    (16393, "rekey_sa", true),
    (16394, "tfc_padding_not_supported", false),
    (16395, "non_first_fragment_also", false),
];
