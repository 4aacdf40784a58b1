//! The time of day, where the kernel's clock is asked for it and no frame tells.

use std::time::{SystemTime, UNIX_EPOCH};

use sniffer::packet::Timestamp;

/// What time it is. A clock before 1970 says 1970.
pub(crate) fn now() -> Timestamp {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp { seconds: now.as_secs().try_into().unwrap_or(i64::MAX), nanos: now.subsec_nanos() }
}
