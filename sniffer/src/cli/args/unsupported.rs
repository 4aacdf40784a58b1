//! Options of tcpdump that have no effect here, because what they change is not there, and those that are refused, because
//! without them the output would not be what was asked for. `docs/options.md` lists them.

use clap::ArgAction;

/// Taken, so that scripts run as they are.
#[derive(Debug, clap::Args)]
pub(super) struct WithoutEffect {
    /// 802.11s mesh headers: they are not decoded
    #[arg(short = 'H', hide = true, action = ArgAction::Count)]
    mesh: u8,
}

/// Refused with a reason and the status of a bad option.
#[derive(Debug, clap::Args)]
pub(super) struct Refused {
    #[arg(short = 'E', hide = true, value_name = "KEY", value_parser = refusal("ESP payloads are not decrypted"))]
    decrypt: Option<String>,

    #[arg(
        short = 'I', long, hide = true, num_args = 0, default_missing_value = "",
        value_parser = refusal("802.11 monitor mode is not set here; set it with iw(8) first")
    )]
    monitor_mode: Option<String>,

    #[arg(short = 'm', hide = true, value_name = "MODULE", value_parser = refusal("SNMP is not decoded by MIB modules"))]
    mib_module: Option<String>,

    #[arg(short = 'M', hide = true, value_name = "SECRET", value_parser = refusal("TCP-MD5 digests are not verified"))]
    tcp_md5_secret: Option<String>,
}

/// A parser that takes no value.
fn refusal(reason: &'static str) -> impl Fn(&str) -> Result<String, String> + Clone {
    move |_| Err(format!("not supported: {reason}"))
}
