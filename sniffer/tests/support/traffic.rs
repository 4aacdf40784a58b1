//! Traffic by real sockets and programs: what a user's host would send.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::lab::{End, Lab};
use super::namespace::join;
use super::skip;
use super::wait::{self, DEADLINE};

/// After so long a datagram is taken for lost.
const LOST: Duration = Duration::from_secs(2);

/// The IP version that two ends speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

impl Version {
    /// The address of an end.
    pub(crate) fn address(self, end: &End) -> IpAddr {
        match self {
            Self::V4 => end.v4.into(),
            Self::V6 => end.v6.into(),
        }
    }
}

/// One TCP connection from left to `port` of right: the request goes over, comes back, and both sides close.
pub(crate) fn tcp_exchange(lab: &Lab, version: Version, port: u16, request: &[u8]) {
    let server = SocketAddr::new(version.address(&lab.right), port);
    let listener = lab.right.namespace.run(|| TcpListener::bind(server)).expect("the address can be bound");
    thread::scope(|scope| {
        let answering = lab.right.namespace.spawn(scope, || {
            let (mut stream, _) = listener.accept().expect("a client connects");
            let mut received = vec![0; request.len()];
            stream.read_exact(&mut received).expect("the request arrives");
            stream.write_all(&received).expect("the answer leaves");
        });
        lab.left.namespace.run(|| {
            let mut stream = TcpStream::connect(server).expect("the server answers");
            stream.set_read_timeout(Some(DEADLINE)).expect("a valid time");
            stream.write_all(request).expect("the request leaves");
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).expect("the answer arrives");
            assert_eq!(answer, request);
        });
        join(answering);
    });
}

/// One UDP datagram from left to `port` of right, and the same one back; all from the calling thread. The queue into an
/// interface is shared with all other traffic of the processor, so that either may be lost and is then sent again.
pub(crate) fn udp_exchange(lab: &Lab, version: Version, port: u16, datagram: &[u8]) {
    let bind = |end: &End, port| {
        let socket = end.namespace.run(|| UdpSocket::bind((version.address(end), port)));
        let socket = socket.expect("the address can be bound");
        socket.set_read_timeout(Some(LOST)).expect("a valid time");
        socket
    };
    let (client, server) = (bind(&lab.left, 0), bind(&lab.right, port));
    let mut received = vec![0; datagram.len()];
    wait::until("a datagram crosses twice", || {
        client.send_to(datagram, (version.address(&lab.right), port)).expect("the datagram leaves");
        let (_, from) = server.recv_from(&mut received).ok()?;
        server.send_to(&received, from).expect("the answer leaves");
        client.recv_from(&mut received).ok()
    });
    assert_eq!(received, datagram);
}

/// One UDP datagram from `port` of 127.0.0.1 to itself, which has passed all taps when this returns. Any port will do for 0.
pub(crate) fn udp_to_itself(end: &End, port: u16, datagram: &[u8]) {
    let socket = end.namespace.run(|| UdpSocket::bind((Ipv4Addr::LOCALHOST, port))).expect("lo is up");
    socket.set_read_timeout(Some(DEADLINE)).expect("a valid time");
    let address = socket.local_addr().expect("it is bound");
    socket.send_to(datagram, address).expect("lo takes it");
    let mut received = vec![0; datagram.len()];
    socket.recv(&mut received).expect("lo gives it back");
    assert_eq!(received, datagram);
}

/// One datagram from left to `port` of right that nobody need take, and that a firewall may refuse to let out.
pub(crate) fn udp_send(lab: &Lab, version: Version, port: u16, datagram: &[u8]) {
    let socket = lab.left.namespace.run(|| UdpSocket::bind((version.address(&lab.left), 0)));
    let socket = socket.expect("the address can be bound");
    match socket.send_to(datagram, (version.address(&lab.right), port)) {
        // EPERM is how a dropping output rule answers the sender.
        Err(error) if error.kind() != ErrorKind::PermissionDenied => {
            panic!("the datagram does not leave: {error}")
        }
        _ => {}
    }
}

/// `count` echo requests from left to right by the ping program, all answered. False, and a line for `test`, where
/// there is none.
pub(crate) fn ping(test: &str, lab: &Lab, version: Version, count: u32) -> bool {
    let Some(program) = skip::program(test, "ping") else { return false };
    let mut command = Command::new(program);
    command.args(["-n", "-q", "-i", "0.01", "-c", &count.to_string()]);
    command.arg(version.address(&lab.right).to_string()).stdout(Stdio::null());
    let status = lab.left.namespace.start(&mut command).and_then(|mut child| child.wait());
    assert!(status.expect("ping runs").success(), "every echo request is answered");
    true
}
