//! One connection to a relay and the dialogue on it.

use std::sync::Arc;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::commands::{Data, Mail, Noop, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use muster_contract::channel::{Failure, FailureKind, Submitted};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use crate::answer::{Stage, refused};
use crate::guard::{Guard, Noticed};
use crate::settings::Tls;

/// How long a connection is polite at its end.
const QUIT_TIME: Duration = Duration::from_millis(500);

/// A relay, and how to speak with it.
pub(crate) struct Relay {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tls: Tls,
    pub(crate) name: ServerName<'static>,
    pub(crate) config: Arc<ClientConfig>,
    pub(crate) hello: ClientId,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) connect: Duration,
    pub(crate) answer: Duration,
    pub(crate) taken: Duration,
}

/// A message ready to be sent.
pub(crate) struct Letter {
    pub(crate) from: Address,
    pub(crate) to: Address,
    pub(crate) bytes: Vec<u8>,
}

/// An open connection between two messages.
pub(crate) struct Session {
    connection: AsyncSmtpConnection,
    noticed: Noticed,
    pub(crate) last_used: Instant,
}

/// Why a message was not taken, and what is left of the connection.
pub(crate) enum Undelivered {
    /// The relay refused in good order; the connection serves on.
    Refused(Failure),
    /// The connection is not to be used again.
    Broken(Failure),
    /// The connection was gone before anything of the message was said on it.
    Stale(Failure),
}

impl Session {
    /// Connects, encrypts, greets and logs in.
    pub(crate) async fn open(relay: &Relay) -> Result<Self, Failure> {
        let noticed = Noticed::default();
        let stream = connect(relay, &noticed).await?;
        let connecting = AsyncSmtpConnection::connect_with_transport(stream, &relay.hello);
        let mut connection = within(relay.answer, connecting)
            .await?
            .map_err(|error| failed(Stage::Connecting, &error))?;
        if let Some(credentials) = &relay.credentials {
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            let response = within(relay.answer, connection.auth(&mechanisms, credentials))
                .await?
                .map_err(|error| failed(Stage::LoggingIn, &error))?;
            if !is(&response, 200..300) {
                return Err(nonsense(&response));
            }
        }
        Ok(Self { connection, noticed, last_used: Instant::now() })
    }

    /// Hands one message over.
    pub(crate) async fn deliver(
        &mut self,
        relay: &Relay,
        letter: &Letter,
    ) -> Result<Submitted, Undelivered> {
        self.noticed.begin();
        let parameters = self.parameters(letter).map_err(Undelivered::Refused)?;
        let mail = Mail::new(Some(letter.from.clone()), parameters);
        let rcpt = Rcpt::new(letter.to.clone(), Vec::new());
        if self.noticed.pipelines() {
            self.begin_at_once(relay, &mail, &rcpt).await?;
        } else {
            self.begin(relay, &mail, &rcpt).await?;
        }
        self.hand_over(relay, letter).await
    }

    /// Says from whom and to whom, step by step.
    async fn begin(&mut self, relay: &Relay, mail: &Mail, rcpt: &Rcpt) -> Result<(), Undelivered> {
        let sender = sender(self.say(relay, mail, 250).await)?;
        if let Err(said) = sender {
            return Err(self.give_up(relay, said).await);
        }
        if let Err(said) = self.say_at(relay, Stage::Recipient, rcpt, 250).await {
            return Err(self.give_up(relay, said).await);
        }
        match self.say_at(relay, Stage::Message, Data, 354).await {
            Ok(()) => Ok(()),
            Err(said) => Err(self.give_up(relay, said).await),
        }
    }

    /// Says the same in one go and hears all three answers (RFC 2920 section 3.1), which saves two
    /// journeys there and back.
    async fn begin_at_once(
        &mut self,
        relay: &Relay,
        mail: &Mail,
        rcpt: &Rcpt,
    ) -> Result<(), Undelivered> {
        // Each command ends its own line.
        let all = format!("{mail}{rcpt}{Data}");
        let sender = sender(self.say(relay, all, 250).await)?;
        let recipient = self.hear(relay, Stage::Recipient, 250).await;
        let data = self.hear(relay, Stage::Message, 354).await;
        let answers = [sender, recipient, data];
        let goes_on = answers.last().is_some_and(Result::is_ok);
        let Some(first) = answers.into_iter().find_map(Result::err) else { return Ok(()) };
        match first {
            // It waits for a message that is for nobody.
            Said::No(failure) if goes_on => Err(Undelivered::Broken(failure)),
            said => Err(self.give_up(relay, said).await),
        }
    }

    /// What is left after a relay said no, or what makes no sense.
    async fn give_up(&mut self, relay: &Relay, said: Said) -> Undelivered {
        match said {
            Said::No(failure) => self.start_over(relay, failure).await,
            Said::Nonsense(failure) => Undelivered::Broken(failure),
        }
    }

    /// Asks for a sign of life.
    pub(crate) async fn noop(&mut self, relay: &Relay) -> Result<(), Failure> {
        match self.say(relay, Noop, 250).await {
            Ok(()) => Ok(()),
            Err(Said::No(failure) | Said::Nonsense(failure)) => Err(failure),
        }
    }

    /// Says goodbye.
    pub(crate) async fn quit(mut self) {
        let _ = timeout(QUIT_TIME, self.connection.command(Quit)).await;
    }

    /// An address with more than ASCII before its `@` needs SMTPUTF8 (RFC 6531).
    fn parameters(&self, letter: &Letter) -> Result<Vec<MailParameter>, Failure> {
        let to: &str = letter.to.as_ref();
        if letter.bytes.is_ascii() && to.is_ascii() {
            return Ok(Vec::new());
        }
        if self.connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            // Its headers are not ASCII then (RFC 6532).
            let body = MailParameter::Body(MailBodyParameter::EightBitMime);
            return Ok(vec![body, MailParameter::SmtpUtfEight]);
        }
        Err(Failure::new(
            FailureKind::Permanent,
            "smtputf8",
            "the address has letters outside ASCII, which this relay cannot carry",
        ))
    }

    /// Sends the message itself. From its end on it may have been taken.
    async fn hand_over(
        &mut self,
        relay: &Relay,
        letter: &Letter,
    ) -> Result<Submitted, Undelivered> {
        let result = timeout(relay.taken, self.connection.message(&letter.bytes)).await;
        let failure = match result {
            Ok(Ok(response)) if is(&response, 200..300) => {
                self.last_used = Instant::now();
                return Ok(Submitted { reference: None, delivered: false });
            }
            Ok(Err(error)) if error.status().is_some() => {
                let failure = failed(Stage::Message, &error);
                return Err(if failure.code.starts_with("421") {
                    Undelivered::Broken(failure)
                } else {
                    Undelivered::Refused(failure)
                });
            }
            Ok(Ok(response)) => nonsense(&response),
            Ok(Err(_)) if !self.noticed.has_ended() => self.early_refusal(relay).await,
            Ok(Err(error)) => failed(Stage::Message, &error),
            Err(_) => too_slow(),
        };
        Err(Undelivered::Broken(if self.noticed.has_ended() {
            let says = "the whole message was sent, and the relay did not say that it has it";
            Failure::new(FailureKind::InDoubt, failure.code, says)
        } else {
            failure
        }))
    }

    /// What a relay said that did not let us finish the message: only a refusal is believed.
    async fn early_refusal(&mut self, relay: &Relay) -> Failure {
        match timeout(relay.answer, self.connection.read_response()).await {
            Ok(Err(error)) => failed(Stage::Message, &error),
            Ok(Ok(response)) => nonsense(&response),
            Err(_) => too_slow(),
        }
    }

    /// Clears what was said of a message that was refused.
    async fn start_over(&mut self, relay: &Relay, failure: Failure) -> Undelivered {
        if failure.code.starts_with("421") {
            return Undelivered::Broken(failure);
        }
        match self.say(relay, Rset, 250).await {
            Ok(()) => Undelivered::Refused(failure),
            Err(_) => Undelivered::Broken(failure),
        }
    }

    async fn say(
        &mut self,
        relay: &Relay,
        command: impl std::fmt::Display,
        wanted: u16,
    ) -> Result<(), Said> {
        self.say_at(relay, Stage::Sender, command, wanted).await
    }

    /// Says a command and hears whether the answer is of the wanted kind: for 250, also 251 and 252.
    async fn say_at(
        &mut self,
        relay: &Relay,
        stage: Stage,
        command: impl std::fmt::Display,
        wanted: u16,
    ) -> Result<(), Said> {
        let result = within(relay.answer, self.connection.command(command)).await;
        self.understand(result, stage, wanted)
    }

    /// Hears the next of several answers.
    async fn hear(&mut self, relay: &Relay, stage: Stage, wanted: u16) -> Result<(), Said> {
        let result = within(relay.answer, self.connection.read_response()).await;
        self.understand(result, stage, wanted)
    }

    fn understand(
        &mut self,
        result: Result<Result<Response, Error>, Failure>,
        stage: Stage,
        wanted: u16,
    ) -> Result<(), Said> {
        self.last_used = Instant::now();
        match result {
            Ok(Ok(response)) if is(&response, wanted..wanted + 5) => Ok(()),
            Ok(Ok(response)) => Err(Said::Nonsense(nonsense(&response))),
            Ok(Err(error)) if error.status().is_some() => Err(Said::No(failed(stage, &error))),
            Ok(Err(error)) => Err(Said::Nonsense(failed(stage, &error))),
            Err(failure) => Err(Said::Nonsense(failure)),
        }
    }
}

/// What a relay said instead of yes.
enum Said {
    /// A proper refusal.
    No(Failure),
    /// Nothing, or what makes no sense.
    Nonsense(Failure),
}

/// What the answer to the first command means: a relay that hangs up, or that says what makes no
/// sense, knows nothing of the message yet.
fn sender(answer: Result<(), Said>) -> Result<Result<(), Said>, Undelivered> {
    match answer {
        Err(Said::No(failure)) if failure.code.starts_with("421") => {
            Err(Undelivered::Stale(failure))
        }
        Err(Said::Nonsense(failure)) => Err(Undelivered::Stale(failure)),
        answer => Ok(answer),
    }
}

/// Connects by TCP, and TLS where it is wanted.
async fn connect(relay: &Relay, noticed: &Noticed) -> Result<Box<dyn AsyncTokioStream>, Failure> {
    let connecting = TcpStream::connect((relay.host.as_str(), relay.port));
    let stream = within(relay.connect, connecting)
        .await?
        .map_err(|_| technical("connect", "the relay is not reached"))?;
    let lost = |_| technical("connect", "the connection to the relay was lost");
    // A command must not wait until the packet before it is confirmed.
    stream.set_nodelay(true).map_err(lost)?;
    let peer = stream.peer_addr().map_err(lost)?;
    Ok(match relay.tls {
        Tls::None => Box::new(Guard::new(stream, peer, noticed.clone())),
        Tls::Implicit => Box::new(Guard::new(encrypt(relay, stream).await?, peer, noticed.clone())),
        Tls::Starttls => {
            // What is said in the open is not believed.
            let mut open = Guard::new(stream, peer, Noticed::default());
            within(relay.answer, ask_for_tls(&mut open, &relay.hello)).await??;
            let stream = open.into_inner().ok_or_else(|| {
                technical("starttls", "the relay went on in the open after it agreed to TLS")
            })?;
            Box::new(Guard::greeted(encrypt(relay, stream).await?, peer, noticed.clone()))
        }
    })
}

async fn encrypt(
    relay: &Relay,
    stream: TcpStream,
) -> Result<tokio_rustls::client::TlsStream<TcpStream>, Failure> {
    let connector = TlsConnector::from(Arc::clone(&relay.config));
    within(relay.connect, connector.connect(relay.name.clone(), stream))
        .await?
        .map_err(|_| technical("tls", "no encrypted connection to the relay can be made"))
}

/// The dialogue in the open before TLS (RFC 3207). Nothing of it is believed but its codes.
async fn ask_for_tls(stream: &mut Guard<TcpStream>, hello: &ClientId) -> Result<(), Failure> {
    expect(stream, 220).await?;
    for (command, wanted) in [(format!("EHLO {hello}\r\n"), 250), ("STARTTLS\r\n".to_owned(), 220)]
    {
        stream
            .write_all(command.as_bytes())
            .await
            .map_err(|_| technical("connect", "the connection to the relay was lost"))?;
        expect(stream, wanted).await?;
    }
    Ok(())
}

/// Reads one answer, which must have this code.
async fn expect(stream: &mut Guard<TcpStream>, wanted: u16) -> Result<(), Failure> {
    let mut line = [0; 1024];
    loop {
        // The guard hands up one whole line at a time.
        let count = stream.read(&mut line).await.unwrap_or(0);
        let line = line.get(..count).and_then(|line| std::str::from_utf8(line).ok()).unwrap_or("");
        let code = line.get(..3).and_then(|code| code.parse::<u16>().ok());
        match code {
            None => return Err(technical("starttls", "the relay does not speak SMTP")),
            Some(_) if line.get(3..4) == Some("-") => {}
            Some(code) if code == wanted => return Ok(()),
            Some(code) if (400..600).contains(&code) => {
                return Err(refused(Stage::Connecting, code, line.get(4..).unwrap_or("")));
            }
            Some(_) => return Err(technical("starttls", "the relay does not speak SMTP")),
        }
    }
}

/// The failure behind an error of the SMTP client, whose words are kept back: they may name people.
fn failed(stage: Stage, error: &Error) -> Failure {
    if let Some(code) = error.status() {
        let text = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
        return refused(stage, code.into(), &text);
    }
    if error.is_client() {
        return technical("login", "the relay offers no way to log in that we know");
    }
    if error.is_response() {
        return technical("protocol", "the relay's answer makes no sense, or ended halfway");
    }
    technical("connection", "the connection to the relay was lost or does not make sense")
}

fn nonsense(response: &Response) -> Failure {
    let code = u16::from(response.code()).to_string();
    Failure::new(FailureKind::Technical, code, "the relay answered what was not asked")
}

fn is(response: &Response, codes: std::ops::Range<u16>) -> bool {
    codes.contains(&response.code().into())
}

async fn within<F: Future>(limit: Duration, work: F) -> Result<F::Output, Failure> {
    timeout(limit, work).await.map_err(|_| too_slow())
}

fn too_slow() -> Failure {
    technical("timeout", "the relay took too long")
}

fn technical(code: &str, says: &str) -> Failure {
    Failure::new(FailureKind::Technical, code, says)
}
