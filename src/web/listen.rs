//! Connections: how many there may be, and for how long one may say nothing.
//!
//! axum's own server waits forever for a client that sends half of a request. A thousand of them
//! cost an attacker nothing and the hub its file descriptors, so here each is cut off in time.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpSocket, TcpStream, ToSocketAddrs};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

use super::auth::Peer;
use super::limits::{CONNECTIONS_MAX, CONNECTIONS_WAITING_MAX, HEADER_TIME_MAX, HTTP2_PING_EVERY};

/// What a server grants its clients.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    /// Connections at once, without those that became WebSockets; more wait until one ends.
    connections: usize,
    /// How long the head of a request may take, from the beginning of the connection or the end
    /// of the request before. An idle connection ends after it too.
    header_time: Duration,
}

impl Bounds {
    /// Those of a hub.
    pub(super) const HUB: Self =
        Self { connections: CONNECTIONS_MAX, header_time: HEADER_TIME_MAX };
}

/// Listens at the first of the addresses that can be listened at, with room for a whole county that
/// reconnects at once: a queue as short as usual resets some of a thousand clients.
///
/// # Errors
/// Why the last of the addresses cannot be listened at.
pub async fn listen(address: impl ToSocketAddrs) -> io::Result<TcpListener> {
    let mut last = io::Error::new(io::ErrorKind::InvalidInput, "the name leads to no address");
    for address in tokio::net::lookup_host(address).await? {
        match listen_at(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn listen_at(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv6() { TcpSocket::new_v6() } else { TcpSocket::new_v4() }?;
    // A hub that is started again does not wait until the connections of the last are forgotten.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(CONNECTIONS_WAITING_MAX)
}

/// Serves until `shutdown` is cancelled, and returns when what was being answered is answered.
pub(super) async fn serve(
    mut listener: TcpListener,
    app: Router,
    bounds: Bounds,
    shutdown: CancellationToken,
) {
    let places = Arc::new(Semaphore::new(bounds.connections));
    let tasks = TaskTracker::new();
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            let (stream, address) = Listener::accept(&mut listener).await;
            (stream, address, place)
        };
        let (stream, address, place) = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = accepted => accepted,
        };
        let peer = Peer(address.ip());
        let served = serve_one(stream, peer, app.clone(), bounds.header_time, shutdown.clone());
        tasks.spawn(async move {
            served.await;
            drop(place);
        });
    }
    drop(listener);
    tasks.close();
    tasks.wait().await;
}

/// Serves one connection to its end.
async fn serve_one(
    stream: TcpStream,
    peer: Peer,
    app: Router,
    header_time: Duration,
    shutdown: CancellationToken,
) {
    // Answers are written whole; waiting for more to send would only delay them.
    drop(stream.set_nodelay(true));
    let begun = Arc::new(AtomicBool::new(false));
    let service = service(app, peer, Arc::clone(&begun));
    let builder = builder(header_time);
    let service = TowerToHyperService::new(service);
    let mut served = pin!(builder.serve_connection_with_upgrades(TokioIo::new(stream), service));
    // hyper's own limit begins when it knows the version of HTTP, which takes some bytes.
    let mut first_request = pin!(tokio::time::sleep(header_time));
    let (mut stopping, mut late) = (false, false);
    loop {
        tokio::select! {
            ended = served.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(error, "a connection broke off");
                }
                return;
            }
            () = shutdown.cancelled(), if !stopping => {
                stopping = true;
                served.as_mut().graceful_shutdown();
            }
            () = first_request.as_mut(), if !late => {
                late = true;
                if !begun.load(Ordering::Relaxed) {
                    return;
                }
            }
        }
    }
}

/// The routes, noting that a request came, and from where.
fn service(
    app: Router,
    peer: Peer,
    begun: Arc<AtomicBool>,
) -> impl tower::Service<
    Request<Incoming>,
    Response = axum::response::Response,
    Error = Infallible,
    Future: Send,
> + Clone {
    app.map_request(move |mut request: Request<Incoming>| {
        begun.store(true, Ordering::Relaxed);
        request.extensions_mut().insert(peer);
        request
    })
}

fn builder(header_time: Duration) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(header_time);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(HTTP2_PING_EVERY)
        // WebSockets over HTTP/2 begin by it (RFC 8441).
        .enable_connect_protocol();
    builder
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::task::JoinHandle;

    use super::*;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: hub\r\n\r\n";

    struct Server {
        address: std::net::SocketAddr,
        shutdown: CancellationToken,
        task: JoinHandle<()>,
    }

    async fn start(bounds: Bounds) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::new().route("/", get(async || "here"));
        let shutdown = CancellationToken::new();
        let task = tokio::spawn(serve(listener, app, bounds, shutdown.clone()));
        Server { address, shutdown, task }
    }

    impl Server {
        async fn connect(&self, first: &[u8]) -> TcpStream {
            let mut client = TcpStream::connect(self.address).await.unwrap();
            client.write_all(first).await.unwrap();
            client
        }
    }

    /// Reads until a whole answer is there.
    async fn answer(client: &mut TcpStream) -> String {
        let mut text = String::new();
        while !text.ends_with("here") {
            let mut part = [0; 1024];
            let length = client.read(&mut part).await.unwrap();
            assert!(length > 0, "cut off after {text:?}");
            text.push_str(std::str::from_utf8(&part[..length]).unwrap());
        }
        text
    }

    /// Whether the server ends the connection, whatever it says before.
    async fn ends(mut client: TcpStream) {
        client.read_to_end(&mut Vec::new()).await.unwrap();
    }

    #[tokio::test]
    async fn five_hundred_who_come_at_once_are_connected_before_the_first_is_served() {
        for address in ["127.0.0.1:0", "[::1]:0", "localhost:0"] {
            // Some machines have no IPv6.
            let Ok(listener) = listen(address).await else { continue };
            let address = listener.local_addr().unwrap();
            let all = futures_util::future::join_all((0..500).map(|_| TcpStream::connect(address)));
            let all = tokio::time::timeout(Duration::from_secs(20), all).await;
            assert!(all.expect("the queue is too short").iter().all(Result::is_ok));
        }
    }

    #[tokio::test]
    async fn a_client_that_says_half_or_nothing_is_cut_off_while_others_are_served() {
        let server = start(Bounds::HUB).await;
        let silent = server.connect(b"").await;
        let half_version = server.connect(b"PRI * HT").await;
        let half_head = server.connect(b"GET / HTTP/1.1\r\nhost: h").await;
        let mut idle = server.connect(REQUEST).await;
        assert!(answer(&mut idle).await.starts_with("HTTP/1.1 200 OK"));
        // From here on the clock jumps whenever all wait.
        tokio::time::pause();
        let begun = tokio::time::Instant::now();
        tokio::join!(ends(silent), ends(half_version), ends(half_head), ends(idle));
        assert!(begun.elapsed() <= HEADER_TIME_MAX + Duration::from_millis(10));
    }

    #[tokio::test]
    async fn connections_above_the_bound_wait_until_one_ends() {
        let server = start(Bounds { connections: 1, ..Bounds::HUB }).await;
        let mut first = server.connect(REQUEST).await;
        answer(&mut first).await;
        let mut second = server.connect(REQUEST).await;
        let waiting = second.read_u8();
        let wait = tokio::time::timeout(Duration::from_millis(50), waiting).await;
        assert!(wait.is_err(), "answered although there is no place");
        drop(first);
        assert!(answer(&mut second).await.starts_with("HTTP/1.1 200 OK"));
    }

    #[tokio::test]
    async fn a_server_that_stops_ends_idle_connections_and_takes_no_more() {
        let server = start(Bounds::HUB).await;
        let mut idle = server.connect(REQUEST).await;
        answer(&mut idle).await;
        server.shutdown.cancel();
        ends(idle).await;
        server.task.await.unwrap();
        TcpStream::connect(server.address).await.unwrap_err();
    }
}
