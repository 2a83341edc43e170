//! What goes on while a connection is bound.
//!
//! One task owns the connection, so there is nothing to lock. It writes, reads and waits at the
//! same time, and bounds each: submissions by the window, what is to be written by octets, what is
//! being taken in by count. It ends when the connection is lost, or proves to be.

mod incoming;

pub(super) use self::incoming::lock;

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use muster_contract::channel::{Failure, FailureKind};
use rusmpp::{Command, CommandId, CommandStatus, Pdu};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};
use tokio_util::bytes::BytesMut;

use self::incoming::{Done, Taking};
use super::frame::{self, Frame};
use super::link::{Job, Link, Origin, Probe, Shared, encode, not_smpp, technical};
use super::outgoing::Role;
use super::status;

/// Octets that may wait to be written before no more are made.
const OUT_BYTES_MAX: usize = 256 * 1024;
/// How often deadlines are looked at.
const TICK: Duration = Duration::from_millis(200);
/// How long a farewell may take.
const FAREWELL: Duration = Duration::from_secs(1);
/// Answers that are still listened for after nobody waits for them.
const LATE_MAX: usize = 10_000;

/// Serves a bound connection until it ends. Gives why it ended, or nothing when the client went.
pub(super) async fn run(link: &mut Link, stream: TcpStream, received: BytesMut) -> Option<Failure> {
    let settings = &link.shared.settings;
    let window = if link.role == Role::Receiver { 0 } else { settings.window };
    let (done_to, done) = mpsc::channel(incoming::TAKES_MAX);
    let mut session = Session {
        answer: Duration::from_secs(settings.answer_seconds),
        enquire: Duration::from_secs(settings.enquire_seconds),
        taking: Taking::new(std::sync::Arc::clone(&link.shared), done_to),
        shared: &link.shared,
        out: BytesMut::new(),
        made: 0,
        sequence: 1,
        waiting: HashMap::new(),
        deadlines: VecDeque::new(),
        late: HashMap::new(),
        enquiries: HashMap::new(),
        heard: Instant::now(),
        ending: None,
        polite: false,
    };
    let (mut read, mut write) = stream.into_split();
    let mut received = received;
    let mut done: mpsc::Receiver<Done> = done;
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    session.read(&mut received);
    let failure = loop {
        if let Some(failure) = session.ending.take() {
            if session.polite {
                let _ = timeout(FAREWELL, write.write_all_buf(&mut session.out)).await;
            }
            break failure;
        }
        let room = session.out.len() < OUT_BYTES_MAX;
        tokio::select! {
            _ = link.alive.changed() => {
                farewell(&mut session, &mut write).await;
                return None;
            }
            sent = write.write_buf(&mut session.out), if !session.out.is_empty() => {
                if sent.is_err() {
                    break lost();
                }
            }
            count = read.read_buf(&mut received), if room => match count {
                Ok(0) | Err(_) => break lost(),
                Ok(_) => session.read(&mut received),
            },
            Some(job) = link.jobs.recv(), if room && session.waiting.len() < window => {
                session.submit(job);
                while session.waiting.len() < window && session.out.len() < OUT_BYTES_MAX {
                    let Ok(job) = link.jobs.try_recv() else { break };
                    session.submit(job);
                }
            }
            Some(probe) = link.probes.recv() => session.enquire(Some(probe)),
            Some(taken) = done.recv() => session.taken(taken),
            _ = tick.tick() => session.look_at_deadlines(Instant::now()),
        }
    };
    session.close(&failure);
    Some(failure)
}

/// A bound connection.
struct Session<'a> {
    shared: &'a Shared,
    /// How long an answer may take, and how long silence may last before it is asked about.
    answer: Duration,
    enquire: Duration,
    /// What is to be written, and how many octets were ever put there.
    out: BytesMut,
    made: u64,
    sequence: u32,
    /// Submissions without an answer, by sequence number, and their deadlines in order.
    waiting: HashMap<u32, Waiting>,
    deadlines: VecDeque<(Instant, u32)>,
    /// Submissions whose answer nobody waits for any more.
    late: HashMap<u32, Origin>,
    /// Signs of life that were asked for.
    enquiries: HashMap<u32, (Instant, Option<Probe>)>,
    heard: Instant,
    taking: Taking,
    ending: Option<Failure>,
    /// Whether what is to be written, such as the answer to an unbind, is written before the end.
    polite: bool,
}

/// A submission that was put on its way.
struct Waiting {
    job: Job,
    /// The number of octets that are written when all of this one are.
    end: u64,
}

impl Session<'_> {
    /// Puts a submission on its way, unless its sender gave up waiting.
    fn submit(&mut self, job: Job) {
        if job.reply.is_closed() || !job.claim.take() {
            return;
        }
        let sequence = self.next_sequence();
        self.put(CommandStatus::EsmeRok, sequence, job.pdu.clone());
        self.deadlines.push_back((Instant::now() + self.answer, sequence));
        self.waiting.insert(sequence, Waiting { job, end: self.made });
    }

    fn enquire(&mut self, reply: Option<Probe>) {
        let sequence = self.next_sequence();
        self.put(CommandStatus::EsmeRok, sequence, Pdu::EnquireLink);
        self.enquiries.insert(sequence, (Instant::now() + self.answer, reply));
    }

    /// Reads what has come whole.
    fn read(&mut self, received: &mut BytesMut) {
        loop {
            match frame::next(received) {
                Ok(Some(frame)) => {
                    self.heard = Instant::now();
                    self.receive(&frame);
                }
                Ok(None) => return,
                Err(frame::BadLength) => {
                    self.ending = Some(not_smpp());
                    return;
                }
            }
        }
    }

    fn receive(&mut self, frame: &Frame) {
        match frame.id {
            CommandId::SubmitSmResp | CommandId::GenericNack => self.answered(frame),
            CommandId::EnquireLink => self.respond(frame, Pdu::EnquireLinkResp),
            CommandId::EnquireLinkResp => self.alive(frame.sequence),
            CommandId::DeliverSm | CommandId::DataSm => {
                if let Some(status) = self.taking.begin(frame) {
                    let (id, sequence) = (frame.id, frame.sequence);
                    self.put(status, sequence, incoming::answer(id));
                }
            }
            CommandId::Unbind => {
                self.respond(frame, Pdu::UnbindResp);
                self.ending = Some(technical("unbound", "the centre ended the connection"));
                self.polite = true;
            }
            // Answers to nothing, and notices that want no answer.
            CommandId::AlertNotification | CommandId::Outbind => {}
            id if u32::from(id) & 0x8000_0000 != 0 => {}
            _ => self.put(CommandStatus::EsmeRinvcmdid, frame.sequence, Pdu::GenericNack),
        }
    }

    /// The answer to a submission, or the word that a request could not be read.
    fn answered(&mut self, frame: &Frame) {
        let refused = frame.status != CommandStatus::EsmeRok || frame.id == CommandId::GenericNack;
        let answer = if refused {
            let settings = &self.shared.settings;
            let wait = Duration::from_secs(settings.throttle_seconds);
            Err(status::failure(frame.status, &settings.vendor_errors, wait))
        } else {
            let id = frame::message_id(&frame.body);
            Ok(id.map(|id| self.shared.settings.answer_ids.canonical(&id)))
        };
        if let Some(Waiting { job, .. }) = self.waiting.remove(&frame.sequence) {
            if let (Ok(Some(id)), true) = (&answer, job.origin.total > 1) {
                self.taking.follow(&job.origin, id, !job.reply.is_closed());
            }
            if let Err(answer) = job.reply.send(answer) {
                self.taking.late(&job.origin, answer);
            }
        } else if let Some(origin) = self.late.remove(&frame.sequence) {
            self.taking.late(&origin, answer);
        } else if frame.id == CommandId::GenericNack {
            // A centre that cannot even answer an enquiry is there all the same.
            self.alive(frame.sequence);
        }
    }

    fn alive(&mut self, sequence: u32) {
        if let Some((_, Some(reply))) = self.enquiries.remove(&sequence) {
            let _ = reply.send(Ok(()));
        }
    }

    fn taken(&mut self, taken: Done) {
        let (id, sequence, status) = self.taking.end(taken);
        if let Some(id) = id {
            self.put(status, sequence, incoming::answer(id));
        }
    }

    fn look_at_deadlines(&mut self, now: Instant) {
        while let Some((deadline, sequence)) = self.deadlines.front().copied() {
            let waits = self.waiting.contains_key(&sequence);
            if waits && deadline > now {
                break;
            }
            self.deadlines.pop_front();
            if let Some(Waiting { job, end }) = self.waiting.remove(&sequence) {
                // What was said not to have left must not leave later.
                if end > self.written() {
                    self.ending = Some(standstill());
                }
                let _ = job.reply.send(Err(self.unanswered(end, "timeout")));
                if self.late.len() < LATE_MAX {
                    self.late.insert(sequence, job.origin);
                }
            }
        }
        if self.enquiries.values().any(|(deadline, _)| *deadline <= now) {
            self.ending = Some(technical("timeout", "the centre gives no sign of life"));
        } else if now - self.heard >= self.enquire && self.enquiries.is_empty() {
            self.enquire(None);
        }
        self.taking.look_at_deadlines(now.into_std());
    }

    /// What a submission without an answer is: in doubt if all of it left, else nothing was taken,
    /// as nobody can take half a PDU.
    fn unanswered(&self, end: u64, code: &str) -> Failure {
        if end <= self.written() {
            let says = "the message was handed over and the centre did not answer";
            Failure::new(FailureKind::InDoubt, code, says)
        } else {
            Failure { code: code.to_owned(), ..standstill() }
        }
    }

    /// How many octets have left, as far as can be known.
    fn written(&self) -> u64 {
        self.made - self.out.len() as u64
    }

    /// Tells everybody who waits that the connection is gone.
    fn close(&mut self, failure: &Failure) {
        for (_, Waiting { job, end }) in std::mem::take(&mut self.waiting) {
            let _ = job.reply.send(Err(self.unanswered(end, &failure.code)));
        }
        for (_, (_, reply)) in self.enquiries.drain() {
            let _ = reply.map(|reply| reply.send(Err(failure.clone())));
        }
    }

    fn respond(&mut self, to: &Frame, pdu: Pdu) {
        self.put(CommandStatus::EsmeRok, to.sequence, pdu);
    }

    fn put(&mut self, status: CommandStatus, sequence: u32, pdu: impl Into<Pdu>) {
        let before = self.out.len();
        encode(Command::new(status, sequence, pdu), &mut self.out);
        self.made += (self.out.len() - before) as u64;
    }

    /// The next number of 1 to 2^31 - 1 that is not in use (section 3.2).
    fn next_sequence(&mut self) -> u32 {
        loop {
            self.sequence = self.sequence % 0x7FFF_FFFF + 1;
            let number = self.sequence;
            if !self.waiting.contains_key(&number) && !self.late.contains_key(&number) {
                return number;
            }
        }
    }
}

/// Says goodbye, without waiting long for it to be heard.
async fn farewell(session: &mut Session<'_>, write: &mut tokio::net::tcp::OwnedWriteHalf) {
    let sequence = session.next_sequence();
    session.put(CommandStatus::EsmeRok, sequence, Pdu::Unbind);
    let _ = timeout(FAREWELL, write.write_all_buf(&mut session.out)).await;
    session.close(&technical("stopped", "the channel was shut down"));
}

fn standstill() -> Failure {
    technical("timeout", "the connection to the centre stands still; the message did not leave")
}

fn lost() -> Failure {
    technical("connection lost", "the connection to the centre was lost")
}
