//! libpcap's own table of expressions, where it lies beside the checkout: what it accepts compiles, what it refuses does
//! not, and what it applies to savefiles keeps the same frames.

use std::collections::HashSet;
use std::net::IpAddr;
use std::path::PathBuf;

use serde_json::Value;
use sniffer::filter::{Metadata, Options, Packet, Resolve, Service, compile, matches};
use sniffer::packet::LinkType;
use sniffer::pcap::Reader;

use crate::corpus::frames;
use crate::support::skip;
use crate::tcpdump::kept_by_us;

/// The names that the table uses.
struct Names;

impl Resolve for Names {
    fn host(&self, _name: &str) -> Vec<IpAddr> {
        Vec::new()
    }

    fn network(&self, _name: &str) -> Option<u32> {
        None
    }

    fn service(&self, name: &str) -> Service {
        match name {
            "smtp" => Service { tcp: Some(25), udp: None },
            "domain" => Service { tcp: Some(53), udp: Some(53) },
            "bootps" => Service { tcp: None, udp: Some(67) },
            "bootpc" => Service { tcp: None, udp: Some(68) },
            _ => Service::default(),
        }
    }

    fn protocol(&self, _name: &str) -> Option<u8> {
        None
    }

    fn ether(&self, _name: &str) -> Option<[u8; 6]> {
        None
    }
}

fn shared() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared")
}

#[test]
fn libpcaps_table_has_the_same_outcome() {
    let path = shared().join("filter/libpcap-cases.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        skip::say("libpcap's table of expressions", "it is not beside the checkout");
        return;
    };
    let table: Value = serde_json::from_str(&text).expect("the table is JSON");
    let cases = table["cases"].as_array().expect("the table has cases");
    assert!(cases.len() > 1000, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        for text in case["exprs"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if let Err(why) = check_case(case, text) {
                wrong.push(format!("{}: {text:?} on {}: {why}", case["name"], case["dlt"]));
            }
        }
        wrong.extend(same_frames(case).err());
    }
    assert!(wrong.is_empty(), "{} of {} cases differ\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// One expression of a case has the outcome of the case.
fn check_case(case: &Value, text: &str) -> Result<(), String> {
    let link_type = case["dlt"].as_str().and_then(LinkType::from_name).ok_or("no such link type")?;
    let live = case["live_linux_extensions"].as_bool().unwrap_or(false);
    let options = Options { link_type, live, netmask: Some([0; 4].into()), see_through: false };
    let outcome = compile(text, &options, &Names);
    match (case["kind"].as_str(), outcome) {
        (Some("reject"), Err(error)) => same_message(case, &error.to_string()),
        (Some("reject"), Ok(_)) if case["optimizer_rejects_all"] == true => Ok(()),
        (Some("reject"), Ok(filter)) => Err(format!("compiled to {}", filter.hir())),
        (Some("accept"), Ok(_)) => Ok(()),
        (Some("apply"), Ok(filter)) => {
            let path = shared().join("captures").join(case["savefile"].as_str().ok_or("no savefile")?);
            let expected: Vec<bool> =
                case["keeps"].as_array().into_iter().flatten().map(|keep| *keep == 1).collect();
            let kept = keeps(&path, |packet| matches(filter.hir(), packet));
            if kept == expected { Ok(()) } else { Err(format!("keeps {kept:?} instead of {expected:?}")) }
        }
        (_, Err(error)) => Err(error.to_string()),
        (kind, _) => Err(format!("unknown kind {kind:?}")),
    }
}

/// All expressions of an accepted case keep the same whole frames of the corpus: the table says of each such case with
/// more than one that they are equivalent.
fn same_frames(case: &Value) -> Result<(), String> {
    let texts: Vec<_> = case["exprs"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if case["kind"] == "reject" || texts.len() < 2 {
        return Ok(());
    }
    let link_type = case["dlt"].as_str().and_then(LinkType::from_name).ok_or("no such link type")?;
    let mut samples = frames(link_type);
    samples.retain(|sample| sample.data.len() == sample.original_len as usize);
    let options = Options { link_type, live: false, netmask: Some([0; 4].into()), see_through: false };
    let kept = |text: &str| {
        let filter = compile(text, &options, &Names).map_err(|error| error.to_string())?;
        Ok::<_, String>(kept_by_us(&filter, &samples))
    };
    let first = kept(texts[0])?;
    for text in &texts[1..] {
        if kept(text)? != first {
            return Err(format!("{}: {text:?} keeps other frames than {:?}", case["name"], texts[0]));
        }
    }
    Ok(())
}

/// The message names the same cause, where libpcap has one of its own for it.
fn same_message(case: &Value, ours: &str) -> Result<(), String> {
    let expected = case["error"].as_str().unwrap_or_default();
    let ours = ours.lines().next().unwrap_or_default();
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect::<HashSet<_>>()
    };
    let (theirs, mine) = (words(expected), words(ours));
    if theirs.intersection(&mine).count() * 2 >= theirs.len() {
        Ok(())
    } else {
        Err(format!("{ours} | {expected}"))
    }
}

/// What the filter says of each packet of a savefile.
fn keeps(path: &std::path::Path, filter: impl Fn(&Packet<'_>) -> bool) -> Vec<bool> {
    let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut reader = Reader::new(file).expect("a savefile");
    let mut kept = Vec::new();
    while let Some(frame) = reader.next_frame().expect("whole frames") {
        let packet =
            Packet { data: frame.data, original_len: frame.original_len, metadata: Metadata::default() };
        kept.push(filter(&packet));
    }
    kept
}
