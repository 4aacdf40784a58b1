//! sFlow: a datagram in one line, with `-v` its samples and their records.

use super::sflow_records::{print_counters, print_flow};
use crate::decode::{Payload, Sflow, SflowElement, SflowExpandedSample, SflowSample};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// Why printing ended early.
enum Fault {
    /// The capture ends here.
    Cut,
    /// The datagram contradicts itself.
    Invalid,
}

/// Turns a missing field into a fault.
fn cut<T>(value: Option<T>) -> Result<T, Fault> {
    value.ok_or(Fault::Cut)
}

pub(in crate::print) fn print(line: &mut Line<'_>, sflow: &Sflow<'_>) {
    match print_datagram(line, sflow) {
        Ok(()) => {}
        Err(Fault::Invalid) => {
            line.invalid();
            if sflow.whole().is_truncated() {
                line.truncated("sflow");
            }
        }
        Err(Fault::Cut) => line.truncated("sflow"),
    }
}

fn print_datagram(line: &mut Line<'_>, sflow: &Sflow<'_>) -> Result<(), Fault> {
    let (claimed, family, version) = (sflow.whole().claimed(), cut(sflow.family())?, cut(sflow.version())?);
    let least = match family {
        1 => Sflow::HEADER_LEN,
        2 => Sflow::HEADER_LEN_V6,
        _ => 0,
    };
    if claimed < least as u32 {
        line.labelled("sFlowv", version);
        line.labelled(" [length ", claimed);
        line.text(" < 28]");
        return Err(Fault::Invalid);
    }
    cut(sflow.whole().get::<[u8; Sflow::HEADER_LEN]>(0))?;
    if version != 5 {
        line.labelled("sFlow version ", version);
        line.text(" packet not supported");
        return Ok(());
    }
    let agent = cut(sflow.agent())?;
    let agent_id = cut(sflow.agent_id())?;
    line.text(if agent.is_ipv4() { "sFlowv5, IPv4 agent " } else { "sFlowv5, IPv6 agent " });
    line.address(agent);
    line.labelled(", agent-id ", agent_id);
    if !line.is_verbose() {
        line.labelled(", length ", claimed);
        return Ok(());
    }
    line.labelled(", seqnum ", cut(sflow.sequence())?);
    line.labelled(", uptime ", cut(sflow.uptime())?);
    let count = cut(sflow.sample_count())?;
    line.labelled(", samples ", count);
    line.labelled(", length ", claimed);
    print_samples(line, sflow.samples(), count)
}

fn print_samples(line: &mut Line<'_>, samples: Payload<'_>, count: u32) -> Result<(), Fault> {
    let mut rest = samples;
    for _ in 0..count {
        if rest.claimed() == 0 {
            break;
        }
        let sample = cut(SflowElement::new(rest))?;
        line.text("\n\t");
        tokens::print_numbered(line, SAMPLES, sample.kind(), "Unknown");
        line.labelled(", length ", sample.length);
        line.byte(b',');
        if sample.kind() == 0 || sample.length == 0 {
            break;
        }
        if !sample.fits() {
            return Err(Fault::Invalid);
        }
        let value = sample.value();
        if value.is_truncated() {
            return Err(Fault::Cut);
        }
        print_sample(line, sample.kind(), value)?;
        rest = sample.rest();
    }
    Ok(())
}

const SAMPLES: &[(u32, &str)] =
    &[(1, "flow sample"), (2, "counter sample"), (3, "expanded flow sample"), (4, "expanded counter sample")];

/// A sample, which was captured whole: what is missing in it is invalid.
fn print_sample(line: &mut Line<'_>, kind: u32, value: Payload<'_>) -> Result<(), Fault> {
    let records = match kind {
        1 => print_flow_sample(line, value),
        2 => print_counter_sample(line, value),
        3 => print_expanded_flow_sample(line, value),
        4 => print_expanded_counter_sample(line, value),
        _ => {
            hex::without_vv(line, "\n\t    ", value.bytes());
            return Ok(());
        }
    };
    let (count, mut records) = records.ok_or(Fault::Invalid)?;
    for _ in 0..count {
        let record = SflowElement::new(records).ok_or(Fault::Invalid)?;
        let printed = if kind % 2 == 1 { print_flow(line, &record) } else { print_counters(line, &record) };
        printed.ok_or(Fault::Invalid)?;
        records = record.rest();
    }
    Ok(())
}

/// The header of a sample of packets; gives how many records it has, and these.
fn print_flow_sample<'a>(line: &mut Line<'_>, value: Payload<'a>) -> Option<(u32, Payload<'a>)> {
    let sample = SflowSample::new(value);
    let (count, records) = sample.flows()?;
    print_source(line, sample.sequence()?, sample.source_type()?.into(), sample.source()?);
    line.labelled(", rate ", sample.rate()?);
    line.labelled(", pool ", sample.pool()?);
    line.labelled(", drops ", sample.drops()?);
    line.labelled(", input ", sample.input()?);
    line.labelled(" output ", sample.output()?);
    line.labelled(" records ", count);
    Some((count, records))
}

fn print_counter_sample<'a>(line: &mut Line<'_>, value: Payload<'a>) -> Option<(u32, Payload<'a>)> {
    let sample = SflowSample::new(value);
    let (count, records) = sample.counters()?;
    print_source(line, sample.sequence()?, sample.source_type()?.into(), sample.source()?);
    line.labelled(", records ", count);
    Some((count, records))
}

fn print_expanded_flow_sample<'a>(line: &mut Line<'_>, value: Payload<'a>) -> Option<(u32, Payload<'a>)> {
    let sample = SflowExpandedSample::new(value);
    let (count, records) = sample.flows()?;
    print_source(line, sample.sequence()?, sample.source_type()?, sample.source()?);
    line.labelled(", rate ", sample.rate()?);
    line.labelled(", pool ", sample.pool()?);
    line.labelled(", drops ", sample.drops()?);
    line.labelled(", records ", count);
    Some((count, records))
}

fn print_expanded_counter_sample<'a>(line: &mut Line<'_>, value: Payload<'a>) -> Option<(u32, Payload<'a>)> {
    let sample = SflowExpandedSample::new(value);
    let (count, records) = sample.counters()?;
    print_source(line, sample.sequence()?, sample.source_type()?, sample.source()?);
    line.labelled(", records ", count);
    Some((count, records))
}

fn print_source(line: &mut Line<'_>, sequence: u32, kind: u32, source: u32) {
    line.labelled(" seqnum ", sequence);
    line.labelled(", type ", kind);
    line.labelled(", idx ", source);
}
