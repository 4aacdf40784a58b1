//! `--metrics`: what is scraped is what was sent, by hand, by `promtool` and by a Prometheus server.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use crate::support::lab::Lab;
use crate::support::namespace::Namespace;
use crate::support::process::{Running, SNIFFER, run_sniffer, sniffer};
use crate::support::scratch::Folder;
use crate::support::sender::RawSender;
use crate::support::{frames, skip, wait};

/// Where a capture says that its metrics are.
fn address(capture: &Running) -> String {
    let text = capture.stderr_so_far();
    let url = text.lines().find_map(|line| line.strip_prefix("sniffer: metrics at http://"));
    url.unwrap_or_else(|| panic!("no address in {text}"))
        .strip_suffix("/metrics")
        .expect("the path")
        .to_owned()
}

/// A response's head and body.
fn request(namespace: &Namespace, address: &str, line: &str) -> (String, String) {
    let mut stream = namespace.run(|| TcpStream::connect(address)).expect("somebody listens");
    write!(stream, "{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("it is taken");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("the answer is text");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    (head.to_owned(), body.to_owned())
}

/// The metrics of a capture at this moment.
pub(crate) fn scrape(namespace: &Namespace, capture: &Running) -> String {
    let (head, body) = request(namespace, &address(capture), "GET /metrics");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && head.contains("text/plain; version=0.0.4"), "{head}");
    body
}

/// A sample, as it is written.
#[track_caller]
pub(crate) fn written<'a>(text: &'a str, sample: &str) -> &'a str {
    let line = text.lines().find_map(|line| line.strip_prefix(sample)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {sample} in\n{text}"))
}

/// The value of a sample that is a whole number.
#[track_caller]
pub(crate) fn value(text: &str, sample: &str) -> u64 {
    written(text, sample).parse().expect("a whole number")
}

/// A capture with metrics at a port of its choice, of an interface that has seen ten frames, three of them wanted: and the
/// metrics that tell of all of them.
fn capture_of_ten(lab: &Lab) -> (Running, String) {
    let args = ["-i", "left0", "-w", "/dev/null", "--metrics", "0", "udp port 2"];
    let capture = sniffer(&lab.left.namespace, &args);
    let sender = RawSender::open(&lab.left);
    for port in [1, 1, 2, 1, 1, 2, 1, 1, 2, 1] {
        sender.send(&frames::udp_frame(&lab.left, &lab.right, 9, port, &[0; 58]));
    }
    let text = wait::until("the frames are seen and delivered", || {
        let text = scrape(&lab.left.namespace, &capture);
        // The capture thread of a busy machine may not answer in time.
        let told = ["seen_frames_total", "written_frames_total", "capture_answering"];
        (told.map(|name| value(&text, &format!("sniffer_{name}"))) == [10, 3, 1]).then_some(text)
    });
    (capture, text)
}

#[test]
fn a_scrape_tells_what_became_of_the_frames() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let (capture, text) = capture_of_ten(&lab);
    for (sample, expected) in [
        ("sniffer_seen_bytes_total", 1000),
        ("sniffer_matched_frames_total", 3),
        ("sniffer_matched_bytes_total", 300),
        ("sniffer_delivered_frames_total", 3),
        ("sniffer_lost_frames_total{reason=\"ring_full\"}", 0),
        ("sniffer_left_out_frames_total{reason=\"sampled_out\"}", 0),
        ("sniffer_protocol_seen_frames_total{link=\"ipv4\",transport=\"udp\"}", 10),
        ("sniffer_protocol_matched_bytes_total{link=\"ipv4\",transport=\"udp\"}", 300),
        ("sniffer_ring_received_frames_total{ring=\"left0\"}", 3),
        ("sniffer_ring_filled_blocks{ring=\"left0\"}", 0),
    ] {
        assert_eq!(value(&text, sample), expected, "{sample} in\n{text}");
    }
    assert!(value(&text, "sniffer_ring_blocks{ring=\"left0\"}") >= 2);
    assert!(value(&text, "process_resident_memory_bytes") > 1_000_000);
    assert_ne!(written(&text, "process_cpu_seconds_total"), "0.0");
    let address = address(&capture);
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    let status =
        |line: &str| request(&lab.left.namespace, &address, line).0.lines().next().map(str::to_owned);
    assert_eq!(status("GET /").as_deref(), Some("HTTP/1.1 404 Not Found"));
    assert_eq!(status("POST /metrics").as_deref(), Some("HTTP/1.1 405 Method Not Allowed"));
    capture.interrupt().expect_code(0);
}

#[test]
fn promtool_finds_nothing_to_complain_about() {
    if !skip::is_root() {
        return;
    }
    let Some(promtool) = skip::program("check of the metrics", "promtool") else { return };
    let lab = Lab::quiet();
    let (_capture, text) = capture_of_ten(&lab);
    let mut command = Command::new(promtool);
    command.args(["check", "metrics"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("promtool starts");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("promtool reads");
    let output = child.wait_with_output().expect("promtool ends");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success() && said.trim().is_empty(), "{said}\n{text}");
}

#[test]
fn a_prometheus_server_scrapes_a_capture() {
    if !skip::is_root() {
        return;
    }
    let Some(prometheus) = skip::program("a scrape by Prometheus", "prometheus") else { return };
    let lab = Lab::quiet();
    let (capture, _) = capture_of_ten(&lab);
    let folder = Folder::new("prometheus");
    let target = address(&capture);
    let text = format!(
        "scrape_configs:\n- job_name: sniffer\n  scrape_interval: 1s\n  static_configs:\n  - targets: ['{target}']\n"
    );
    let config = folder.write("prometheus.yml", text);
    let mut command = Command::new(prometheus);
    command.arg(format!("--config.file={config}")).stdin(Stdio::null());
    command.arg(format!("--storage.tsdb.path={}", folder.path("data")));
    command.arg("--web.listen-address=127.0.0.1:9090");
    let server = Running::start_command(&lab.left.namespace, &mut command);
    let ask = |query: &str| {
        lab.left.namespace.run(|| TcpStream::connect("127.0.0.1:9090")).ok()?;
        let line = format!("GET /api/v1/query?query={query}");
        let (_, body) = request(&lab.left.namespace, "127.0.0.1:9090", &line);
        // The server may not be ready, and the body may come in chunks.
        let json = body.find('{').zip(body.rfind('}')).map(|(start, end)| body[start..=end].to_owned())?;
        let answer: serde_json::Value = serde_json::from_str(&json).ok()?;
        answer["data"]["result"][0]["value"][1].as_str().map(str::to_owned)
    };
    let seen = wait::until("Prometheus has scraped the capture", || ask("sniffer_seen_frames_total"));
    assert_eq!(seen, "10");
    assert_eq!(ask("up").as_deref(), Some("1"));
    assert_eq!(ask("sum(sniffer_protocol_matched_frames_total)").as_deref(), Some("3"));
    drop(server);
    capture.interrupt().expect_code(0);
}

/// The numbers that matter when a reader has stopped are there all the same, and so is the way out.
#[test]
fn a_capture_that_waits_for_its_reader_is_scraped_and_says_so() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    // Nobody reads from this end.
    let (unread, full) = std::io::pipe().expect("a pipe");
    let mut command = Command::new(SNIFFER);
    command.args(["-i", "left0", "-w", "-", "--metrics", "0"]).stdin(Stdio::null());
    let capture = Running::start_into(&lab.left.namespace, &mut command, full.into());
    drop(command);
    capture.wait_until_ready();
    let sender = RawSender::open(&lab.left);
    let frames = [frames::udp_frame(&lab.left, &lab.right, 1, 2, &[0; 1000])];
    let text = wait::until("the capture waits", || {
        sender.flood(&frames, 500);
        let text = scrape(&lab.left.namespace, &capture);
        (value(&text, "sniffer_capture_answering") == 0).then_some(text)
    });
    assert!(value(&text, "sniffer_seen_frames_total") > 60, "{text}");
    drop(unread);
    capture.interrupt().expect_code(0);
}

#[test]
fn addresses_that_cannot_be_had_are_errors() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    run_sniffer(&lab.left.namespace, &["-i", "left0", "--metrics", "example.org:80"]).expect_code(2);
    run_sniffer(&lab.left.namespace, &["-r", "/dev/null", "--metrics", "9100"]).expect_code(2);
    let capture = sniffer(&lab.left.namespace, &["-i", "left0", "-w", "/dev/null", "--metrics", "0"]);
    let taken = run_sniffer(&lab.left.namespace, &["-i", "left0", "--metrics", &address(&capture)]);
    taken.expect_code(1);
    assert!(taken.stderr.contains("metrics cannot be served at 127.0.0.1:"), "{}", taken.stderr);
}
