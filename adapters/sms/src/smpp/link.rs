//! One connection to a centre, kept for as long as the client lives: connecting, binding, and
//! coming back after it was lost.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use muster_contract::channel::{Failure, FailureKind, Inbox};
use rusmpp::pdus::SubmitSm;
use rusmpp::{Command, CommandId, CommandStatus};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_util::bytes::BytesMut;
use tokio_util::codec::Encoder;

use super::joining::Joining;
use super::outgoing::{Role, bind};
use super::settings::SmppSettings;
use super::tracker::Tracker;
use super::{frame, session, status};

/// The pause after the first failed attempt; it doubles from attempt to attempt.
const PAUSE_FIRST: Duration = Duration::from_millis(200);
/// The longest pause.
const PAUSE_MAX: Duration = Duration::from_secs(30);
/// A connection that held this long was good, and the next attempt is made at once.
const GOOD: Duration = Duration::from_secs(10);
/// Octets that a centre may send before it answers the bind request.
const BIND_BYTES_MAX: usize = frame::FRAME_BYTES_MAX;

/// What all connections of a client share.
pub(super) struct Shared {
    pub(super) settings: SmppSettings,
    pub(super) inbox: Arc<dyn Inbox>,
    pub(super) tracker: Mutex<Tracker>,
    /// Parts of long replies, which were acknowledged and must outlive their connection.
    pub(super) joining: Mutex<Joining>,
}

/// Whether messages can be handed over.
#[derive(Clone, Debug)]
pub(super) enum State {
    /// The first attempt, or one right after a good connection was lost.
    Connecting,
    Bound,
    /// The last attempt failed, and the next is waited for.
    Down(Failure),
}

/// One PDU to be submitted.
pub(super) struct Job {
    pub(super) pdu: SubmitSm,
    pub(super) origin: Origin,
    pub(super) claim: Arc<Claim>,
    pub(super) reply: oneshot::Sender<Answer>,
}

/// Which part of which message a PDU is.
pub(super) struct Origin {
    /// Names the message to the hub, should its answer come too late for whoever waits.
    pub(super) key: Arc<str>,
    /// How many parts the message has.
    pub(super) total: usize,
    /// Which of them it is, from 0.
    pub(super) place: usize,
}

/// Where a sign of life is waited for.
pub(super) type Probe = oneshot::Sender<Result<(), Failure>>;

/// What became of a submission: the centre's name for it, if it gives one.
pub(super) type Answer = Result<Option<String>, Failure>;

/// Decides between a sender that gives up waiting and a connection that begins to send.
#[derive(Default)]
pub(super) struct Claim(AtomicU8);

impl Claim {
    const FREE: u8 = 0;
    const TAKEN: u8 = 1;

    /// Whether it is ours: the first to ask has it.
    pub(super) fn take(&self) -> bool {
        let order = Ordering::AcqRel;
        self.0.compare_exchange(Self::FREE, Self::TAKEN, order, Ordering::Acquire).is_ok()
    }
}

/// A connection's ends inside the client.
pub(super) struct Link {
    pub(super) shared: Arc<Shared>,
    pub(super) role: Role,
    pub(super) jobs: mpsc::Receiver<Job>,
    pub(super) probes: mpsc::Receiver<Probe>,
    pub(super) state: watch::Sender<State>,
    /// Its sender goes when the client does.
    pub(super) alive: watch::Receiver<()>,
}

/// Keeps the connection until the client goes.
pub(super) async fn run(mut link: Link) {
    let mut attempts = 0_u32;
    loop {
        let mut alive = link.alive.clone();
        let bound = tokio::select! {
            bound = connect(&link.shared.settings, link.role) => bound,
            _ = alive.changed() => return,
        };
        let failure = match bound {
            Ok((stream, received)) => {
                link.state.send_replace(State::Bound);
                let since = Instant::now();
                let Some(failure) = session::run(&mut link, stream, received).await else { return };
                if since.elapsed() >= GOOD {
                    attempts = 0;
                    link.state.send_replace(State::Connecting);
                    continue;
                }
                failure
            }
            Err(failure) => failure,
        };
        attempts = attempts.saturating_add(1);
        link.state.send_replace(State::Down(failure.clone()));
        if !wait(&mut link, &failure, pause(attempts)).await {
            return;
        }
    }
}

/// Waits before the next attempt; whoever asks meanwhile hears why nothing can be sent. Says
/// whether the client still lives.
async fn wait(link: &mut Link, failure: &Failure, pause: Duration) -> bool {
    let over = sleep(pause);
    tokio::pin!(over);
    loop {
        tokio::select! {
            () = &mut over => return true,
            _ = link.alive.changed() => return false,
            Some(job) = link.jobs.recv() => {
                job.claim.take();
                let _ = job.reply.send(Err(failure.clone()));
            }
            Some(probe) = link.probes.recv() => {
                let _ = probe.send(Err(failure.clone()));
            }
        }
    }
}

/// The pause before an attempt: doubling, and between half and all of that by chance, so that the
/// clients of a centre that restarts do not come all at once.
fn pause(attempts: u32) -> Duration {
    let whole = PAUSE_FIRST.saturating_mul(1 << attempts.saturating_sub(1).min(10)).min(PAUSE_MAX);
    let chance = RandomState::new().hash_one(attempts) % 1_000;
    whole / 2 + whole.mul_f64(chance as f64 / 2_000.0)
}

/// Connects and binds. Gives the stream and what was received behind the answer.
async fn connect(settings: &SmppSettings, role: Role) -> Result<(TcpStream, BytesMut), Failure> {
    let until = Instant::now() + Duration::from_secs(settings.connect_seconds);
    let address = (settings.host.as_str(), settings.port);
    let stream = match timeout_at(until, TcpStream::connect(address)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            let says = format!("the centre cannot be reached: {}", error.kind());
            return Err(technical("not reached", says));
        }
        Err(_) => return Err(technical("timeout", "the centre cannot be reached in time")),
    };
    // Small PDUs must not wait for each other; without it they are only slower.
    let _ = stream.set_nodelay(true);
    let answer = Duration::from_secs(settings.answer_seconds);
    match timeout(answer, greet(settings, role, stream)).await {
        Ok(bound) => bound,
        Err(_) => Err(technical("timeout", "the centre did not answer the bind request")),
    }
}

async fn greet(
    settings: &SmppSettings,
    role: Role,
    mut stream: TcpStream,
) -> Result<(TcpStream, BytesMut), Failure> {
    const SEQUENCE: u32 = 1;
    let mut request = BytesMut::new();
    encode(Command::new(CommandStatus::EsmeRok, SEQUENCE, bind(settings, role)), &mut request);
    let lost = |_| technical("connection lost", "the centre closed the connection before binding");
    stream.write_all(&request).await.map_err(lost)?;
    let mut received = BytesMut::new();
    let mut total = 0;
    loop {
        let frame = frame::next(&mut received).map_err(|frame::BadLength| not_smpp())?;
        let Some(frame) = frame else {
            let count = stream.read_buf(&mut received).await.map_err(lost)?;
            total += count;
            if count == 0 {
                return Err(lost(std::io::ErrorKind::UnexpectedEof.into()));
            }
            if total > BIND_BYTES_MAX {
                return Err(not_smpp());
            }
            continue;
        };
        match frame.id {
            CommandId::BindTransceiverResp
            | CommandId::BindTransmitterResp
            | CommandId::BindReceiverResp
            | CommandId::GenericNack => {}
            // An outbind, or chatter that cannot matter yet.
            _ => continue,
        }
        if frame.status == CommandStatus::EsmeRok && frame.id != CommandId::GenericNack {
            return Ok((stream, received));
        }
        let mut refused = status::failure(frame.status, &settings.vendor_errors, Duration::ZERO);
        // Whatever the reason, no message can be handed over.
        refused.kind = FailureKind::Technical;
        refused.retry_after = None;
        return Err(refused);
    }
}

/// Writes a PDU behind others.
pub(super) fn encode(command: Command, out: &mut BytesMut) {
    // The codec's encoder cannot fail: it writes to memory.
    let mut one = BytesMut::new();
    let _ = rusmpp::tokio_codec::CommandCodec::new().encode(command, &mut one);
    out.extend_from_slice(&one);
}

pub(super) fn not_smpp() -> Failure {
    technical("protocol", "what came from the centre is not SMPP")
}

pub(super) fn technical(code: &str, says: impl Into<String>) -> Failure {
    Failure::new(FailureKind::Technical, code, says)
}

#[cfg(test)]
mod tests {
    use super::{PAUSE_FIRST, PAUSE_MAX, pause};

    #[test]
    fn pauses_grow_up_to_a_bound_and_are_never_nothing() {
        for attempts in 1..100 {
            let pause = pause(attempts);
            assert!(pause >= PAUSE_FIRST / 2 && pause <= PAUSE_MAX, "{attempts}: {pause:?}");
        }
        assert!(pause(1) <= PAUSE_FIRST);
        assert!(pause(50) >= PAUSE_MAX / 2);
    }
}
