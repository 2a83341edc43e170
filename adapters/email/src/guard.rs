//! What stands between the SMTP client and the bytes of a relay.
//!
//! A relay that misbehaves must not make us wait, fill memory, or take one answer for another. So
//! lines come up one at a time, short, in ASCII and properly ended, and nothing is written while an
//! answer lies there that nobody asked for: a relay that says `250` twice would otherwise have the
//! next message taken before it was sent.

use std::fmt;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The longest line that is read. RFC 5321 section 4.5.3.1.5 allows 512 octets.
const LINE_MAX: usize = 900;
/// The most lines that one answer may have; the longest in the wild is that to EHLO.
const LINES_MAX: usize = 100;
/// How the end of a message is written: all at once, and never as part of one.
const END_OF_MESSAGE: &[u8] = b"\r\n.\r\n";

/// How a relay says, greeted, that it takes several commands at once (RFC 2920 section 2).
const PIPELINING: &[u8] = b"PIPELINING";

/// What the guard noticed on a connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Noticed(Arc<Marks>);

#[derive(Debug, Default)]
struct Marks {
    ended: AtomicBool,
    pipelines: AtomicBool,
}

impl Noticed {
    /// Whether the end of a message went out, after which it may have been taken.
    pub(crate) fn has_ended(&self) -> bool {
        self.0.ended.load(Ordering::Relaxed)
    }

    /// Another message begins.
    pub(crate) fn begin(&self) {
        self.0.ended.store(false, Ordering::Relaxed);
    }

    /// Whether the relay takes several commands at once.
    pub(crate) fn pipelines(&self) -> bool {
        self.0.pipelines.load(Ordering::Relaxed)
    }

    fn hear(&self, line: &[u8]) {
        let says = line.strip_prefix(b"250-").or_else(|| line.strip_prefix(b"250 "));
        if says.is_some_and(|says| says.trim_ascii_end().eq_ignore_ascii_case(PIPELINING)) {
            self.0.pipelines.store(true, Ordering::Relaxed);
        }
    }
}

/// A stream to a relay whose lines are checked.
pub(crate) struct Guard<S> {
    inner: S,
    peer: SocketAddr,
    /// What came and is no whole line yet, or is one that nobody asked for.
    raw: Vec<u8>,
    /// The rest of the line that is being handed up.
    line: Vec<u8>,
    /// Lines since something was written.
    lines: usize,
    noticed: Noticed,
}

impl<S> Guard<S> {
    pub(crate) fn new(inner: S, peer: SocketAddr, noticed: Noticed) -> Self {
        Self { inner, peer, raw: Vec::new(), line: Vec::new(), lines: 0, noticed }
    }

    /// A stream on which the relay's greeting was read before TLS began: it says it once more.
    pub(crate) fn greeted(inner: S, peer: SocketAddr, noticed: Noticed) -> Self {
        Self { line: b"220 hello again\r\n".to_vec(), ..Self::new(inner, peer, noticed) }
    }

    /// The stream underneath, unless something came that was not asked for: what was said in the
    /// open must not be taken for what is said under TLS.
    pub(crate) fn into_inner(self) -> Option<S> {
        (self.raw.is_empty() && self.line.is_empty()).then_some(self.inner)
    }

    /// The next whole line of what came, made such as the client above reads it: non-ASCII and
    /// control characters replaced, spaces at the end gone, CR LF at the end, and `250` as `250 `.
    fn next_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let end = self.raw.iter().position(|b| *b == b'\n');
        if end.unwrap_or(self.raw.len()) > LINE_MAX {
            return Err(invalid("the answer has an endless line"));
        }
        let Some(end) = end else { return Ok(None) };
        self.lines += 1;
        if self.lines > LINES_MAX {
            return Err(invalid("the answer is endless"));
        }
        let mut line: Vec<u8> = self.raw.drain(..=end).collect();
        line.truncate(line.trim_ascii_end().len());
        for byte in &mut line {
            if !(b' '..=b'~').contains(byte) {
                *byte = b'?';
            }
        }
        if line.len() == 3 {
            line.push(b' ');
        }
        line.extend_from_slice(b"\r\n");
        self.noticed.hear(&line);
        Ok(Some(line))
    }
}

impl<S: AsyncRead + Unpin> Guard<S> {
    /// Reads on; zero is the end.
    fn poll_fill(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let mut chunk = [0; 1024];
        let mut buffer = ReadBuf::new(&mut chunk);
        ready!(Pin::new(&mut self.inner).poll_read(context, &mut buffer))?;
        self.raw.extend_from_slice(buffer.filled());
        Poll::Ready(Ok(buffer.filled().len()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Guard<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        while self.line.is_empty() {
            if let Some(line) = self.next_line()? {
                self.line = line;
            } else if ready!(self.poll_fill(context))? == 0 {
                return Poll::Ready(Ok(()));
            }
        }
        let count = self.line.len().min(buffer.remaining());
        let part: Vec<u8> = self.line.drain(..count).collect();
        buffer.put_slice(&part);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Guard<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.raw.is_empty() && matches!(self.poll_fill(context)?, Poll::Ready(0)) {
            return Poll::Ready(Err(ErrorKind::ConnectionAborted.into()));
        }
        if !self.raw.is_empty() || !self.line.is_empty() {
            return Poll::Ready(Err(invalid("an answer came that was not asked for")));
        }
        self.lines = 0;
        if bytes == END_OF_MESSAGE {
            self.noticed.0.ended.store(true, Ordering::Relaxed);
        }
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

impl<S: AsyncRead + AsyncWrite + Send + Sync + Unpin> AsyncTokioStream for Guard<S> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}

impl<S> fmt::Debug for Guard<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("peer", &self.peer).finish_non_exhaustive()
    }
}

fn invalid(says: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, says)
}
