//! `--metrics`: an HTTP server on the main thread's runtime that hands requests for the metrics on, to be answered where the
//! numbers are. Knows no number.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use sniffer::metrics;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, oneshot};

/// How long a caller may take for its request.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many callers may be connected at once.
const MAX_CONNECTIONS: usize = 16;

/// Where the metrics are.
const PATH: &str = "/metrics";

/// Somebody who waits for the metrics.
pub(crate) struct Scrape(oneshot::Sender<String>);

impl Scrape {
    /// Gives them.
    pub(crate) fn answer(self, text: String) {
        // Who asked may have gone.
        let _ = self.0.send(text);
    }
}

/// The server as the main thread sees it.
pub(crate) struct Server(mpsc::Receiver<Scrape>);

impl Server {
    /// Listens at that address, if at any, and says where. Must run inside a tokio runtime.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub(crate) async fn listen(address: Option<SocketAddr>) -> anyhow::Result<Self> {
        let (sender, scrapes) = mpsc::channel(1);
        if let Some(address) = address {
            let listener = TcpListener::bind(address).await;
            let listener = listener.with_context(|| format!("metrics cannot be served at {address}"))?;
            super::summary::metrics_at(listener.local_addr()?, PATH);
            tokio::spawn(accept(listener, sender));
        }
        Ok(Self(scrapes))
    }

    /// Waits for the next who wants the metrics; for ever where nobody can.
    pub(crate) async fn next(&mut self) -> Scrape {
        match self.0.recv().await {
            Some(scrape) => scrape,
            None => std::future::pending().await,
        }
    }
}

/// What was typed as the place to serve metrics at: a port of this host alone unless an address is written before it.
pub(crate) fn address(text: &str) -> Result<SocketAddr, String> {
    let local = |port: &str| Some(SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse().ok()?)));
    let written = || text.parse().ok();
    let brief = || {
        let named = text.strip_prefix("localhost:").or_else(|| text.strip_prefix(':'));
        local(named.unwrap_or(text))
    };
    written()
        .or_else(brief)
        .ok_or_else(|| "expected PORT or ADDRESS:PORT, such as 9100 or [::1]:9100".to_owned())
}

/// Takes callers for as long as the capture lives, each in its own time.
async fn accept(listener: TcpListener, scrapes: mpsc::Sender<Scrape>) {
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    while let Ok(place) = Arc::clone(&room).acquire_owned().await {
        // A caller that has gone before it was taken is no matter, and no more descriptors is one that passes.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let scrapes = scrapes.clone();
        tokio::spawn(async move {
            serve(stream, scrapes).await;
            drop(place);
        });
    }
}

async fn serve(stream: TcpStream, scrapes: mpsc::Sender<Scrape>) {
    let service = service_fn(|request| answer(request, &scrapes));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(TokioIo::new(stream), service);
    // What becomes of one caller is no matter of the capture's.
    let _ = connection.await;
}

async fn answer(
    request: Request<Incoming>,
    scrapes: &mpsc::Sender<Scrape>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    Ok(match request.uri().path() {
        _ if !is_read => {
            let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET\n");
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            response
        }
        PATH => match scrape(scrapes).await {
            Some(text) => response(StatusCode::OK, metrics::CONTENT_TYPE, text),
            None => plain(StatusCode::SERVICE_UNAVAILABLE, "the capture has ended\n"),
        },
        _ => plain(StatusCode::NOT_FOUND, "the metrics are at /metrics\n"),
    })
}

/// Asks the main thread; `None` when it has ended.
async fn scrape(scrapes: &mpsc::Sender<Scrape>) -> Option<String> {
    let (sender, text) = oneshot::channel();
    scrapes.send(Scrape(sender)).await.ok()?;
    text.await.ok()
}

fn plain(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    response(status, "text/plain; charset=utf-8", text)
}

fn response(status: StatusCode, media_type: &'static str, text: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(text.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_written_address_is_another_than_loopback() {
        for (typed, expected) in [
            ("9100", Some("127.0.0.1:9100")),
            (":9100", Some("127.0.0.1:9100")),
            ("localhost:9100", Some("127.0.0.1:9100")),
            ("0.0.0.0:9100", Some("0.0.0.0:9100")),
            ("[::]:9100", Some("[::]:9100")),
            ("192.0.2.7:0", Some("192.0.2.7:0")),
            ("", None),
            (":", None),
            ("::", None),
            ("localhost", None),
            ("localhost9100", None),
            ("192.0.2.7", None),
            ("example.org:9100", None),
            ("70000", None),
        ] {
            let expected = expected.map(|address| address.parse().expect("an address"));
            assert_eq!(address(typed).ok(), expected, "{typed:?}");
        }
    }
}
