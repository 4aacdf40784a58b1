//! What the control messages of PPTP consist of: their fields in order, and what values are called.

/// Names of the values of a field.
pub(super) type Names = &'static [(u32, &'static str)];

/// What a field is, and what it is called.
pub(super) enum Field {
    /// A number of 16 bits.
    Number16(&'static str),
    /// A number of 32 bits.
    Number32(&'static str),
    /// A number of 32 bits whose bits mean something.
    Bits(&'static str),
    /// A byte that has a name with `-v`.
    Named8(&'static str, Names),
    /// A word of 32 bits by its name alone.
    Named32(&'static str, Names),
    /// Capabilities, a letter each.
    Letters(&'static str, Names),
    /// A version in two bytes.
    Version,
    /// Text in a room of so many bytes.
    Text(&'static str, u32),
    /// The numbers of a call, in rooms of 64 bytes, with their lengths in front of them all.
    Phones(&'static [(&'static str, &'static str)], bool),
    /// A byte that has to be 0.
    Reserved8,
    /// Two bytes that have to be 0.
    Reserved16,
}

/// Control messages by their numbers.
pub(super) const MESSAGES: &[(&str, &[Field])] = &[
    ("NOT_DEFINED", &[]),
    ("SCCRQ", &[Field::Version, Field::Reserved16, FRAMINGS, BEARERS, CHANNELS, FIRMWARE, HOST, VENDOR]),
    (
        "SCCRP",
        &[
            Field::Version,
            Field::Named8(RESULT, CONNECTION_RESULTS),
            ERROR,
            FRAMINGS,
            BEARERS,
            CHANNELS,
            FIRMWARE,
            HOST,
            VENDOR,
        ],
    ),
    ("StopCCRQ", &[Field::Named8("REASON", STOP_REASONS), Field::Reserved8, Field::Reserved16]),
    ("StopCCRP", &[Field::Named8(RESULT, RESULTS), ERROR, Field::Reserved16]),
    ("ECHORQ", &[Field::Number32("ID")]),
    ("ECHORP", &[Field::Number32("ID"), Field::Named8(RESULT, RESULTS), ERROR, Field::Reserved16]),
    (
        "OCRQ",
        &[
            CALL,
            SERIAL,
            Field::Number32("MIN_BPS"),
            Field::Number32("MAX_BPS"),
            BEARER,
            FRAMING,
            WINDOW,
            DELAY,
            Field::Phones(&[("PHONE_NO", "PHONE_NO_LEN")], true),
            SUBADDRESS,
        ],
    ),
    (
        "OCRP",
        &[CALL, PEER, Field::Named8(RESULT, OUTGOING_RESULTS), ERROR, CAUSE, SPEED, WINDOW, DELAY, CHANNEL],
    ),
    (
        "ICRQ",
        &[
            CALL,
            SERIAL,
            BEARER,
            CHANNEL,
            Field::Phones(&[("DIALED_NO", "DIALED_NO_LEN"), ("DIALING_NO", "DIALING_NO_LEN")], false),
            SUBADDRESS,
        ],
    ),
    ("ICRP", &[CALL, PEER, Field::Named8(RESULT, INCOMING_RESULTS), ERROR, WINDOW, DELAY, Field::Reserved16]),
    ("ICCN", &[PEER, Field::Reserved16, SPEED, WINDOW, DELAY, FRAMING]),
    ("CCRQ", &[CALL, Field::Reserved16]),
    (
        "CDN",
        &[
            CALL,
            Field::Named8(RESULT, END_RESULTS),
            ERROR,
            CAUSE,
            Field::Reserved16,
            Field::Text("CALL_STATS", 128),
        ],
    ),
    (
        "WEN",
        &[
            PEER,
            Field::Reserved16,
            Field::Number32("CRC_ERR"),
            Field::Number32("FRAMING_ERR"),
            Field::Number32("HARDWARE_OVERRUN"),
            Field::Number32("BUFFER_OVERRUN"),
            Field::Number32("TIMEOUT_ERR"),
            Field::Number32("ALIGN_ERR"),
        ],
    ),
    ("SLI", &[PEER, Field::Reserved16, Field::Bits("SEND_ACCM"), Field::Bits("RECV_ACCM")]),
];

// Fields that several messages have.
const RESULT: &str = "RESULT_CODE";
const ERROR: Field = Field::Named8(
    "ERR_CODE",
    &[
        (0, "None"),
        (1, "Not-Connected"),
        (2, "Bad-Format"),
        (3, "Bad-Value"),
        (4, "No-Resource"),
        (5, "Bad-Call-ID"),
        (6, "PAC-Error"),
    ],
);
const FRAMINGS: Field = Field::Letters("FRAME_CAP", &[(1, "A"), (2, "S")]);
const BEARERS: Field = Field::Letters("BEARER_CAP", &[(2, "D"), (1, "A")]);
const FRAMING: Field = Field::Named32("FRAME_TYPE", &[(1, "A"), (2, "S"), (3, "E")]);
const BEARER: Field = Field::Named32("BEARER_TYPE", &[(1, "A"), (2, "D"), (3, "Any")]);
const CHANNELS: Field = Field::Number16("MAX_CHAN");
const FIRMWARE: Field = Field::Number16("FIRM_REV");
const HOST: Field = Field::Text("HOSTNAME", 64);
const VENDOR: Field = Field::Text("VENDOR", 64);
const SUBADDRESS: Field = Field::Text("SUB_ADDR", 64);
const CALL: Field = Field::Number16("CALL_ID");
const PEER: Field = Field::Number16("PEER_CALL_ID");
const SERIAL: Field = Field::Number16("CALL_SER_NUM");
const WINDOW: Field = Field::Number16("RECV_WIN");
const DELAY: Field = Field::Number16("PROC_DELAY");
const CAUSE: Field = Field::Number16("CAUSE_CODE");
const SPEED: Field = Field::Number32("CONN_SPEED");
const CHANNEL: Field = Field::Number32("PHY_CHAN_ID");

const STOP_REASONS: Names = &[(1, "None"), (2, "Stop-Protocol"), (3, "Stop-Local-Shutdown")];
const RESULTS: Names = &[(1, "OK"), (2, "General Error")];
const CONNECTION_RESULTS: Names = &[
    (1, "Successful channel establishment"),
    (2, "General error"),
    (3, "Command channel already exists"),
    (4, "Requester is not authorized to establish a command channel"),
    (5, "The protocol version of the requester is not supported"),
];
const OUTGOING_RESULTS: Names = &[
    (1, "Connected"),
    (2, "General Error"),
    (3, "No Carrier"),
    (4, "Busy"),
    (5, "No Dial Tone"),
    (6, "Time-out"),
    (7, "Do Not Accept"),
];
const INCOMING_RESULTS: Names = &[(1, "Connect"), (2, "General Error"), (3, "Do Not Accept")];
const END_RESULTS: Names =
    &[(1, "Lost Carrier"), (2, "General Error"), (3, "Admin Shutdown"), (4, "Request")];
