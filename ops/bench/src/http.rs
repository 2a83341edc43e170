//! A client that does as little as HTTP/1.1 allows, so that the server is what is measured.

use anyhow::Context as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection that is used for one request after the other.
pub(crate) struct Client {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Client {
    /// Connects.
    pub(crate) async fn connect(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::with_capacity(1 << 18) })
    }

    /// Sends a request and gives the body of the answer, which must be a good one.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> anyhow::Result<&[u8]> {
        self.stream.write_all(request).await?;
        self.read.clear();
        let (start, length) = loop {
            anyhow::ensure!(self.stream.read_buf(&mut self.read).await? > 0, "the server hung up");
            if let Some(start) = self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                break (start + 4, length(self.read.get(..start).unwrap_or_default())?);
            }
        };
        while self.read.len() < start + length {
            anyhow::ensure!(self.stream.read_buf(&mut self.read).await? > 0, "the server hung up");
        }
        self.read.get(start..start + length).context("the body")
    }
}

/// The length of the body that a good answer announces.
fn length(head: &[u8]) -> anyhow::Result<usize> {
    let head = str::from_utf8(head)?;
    anyhow::ensure!(head.starts_with("HTTP/1.1 200"), "{head}");
    let line = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    Ok(line.context("an answer without its length")?.trim().parse()?)
}

/// A request as bytes.
pub(crate) fn request(line: &str, secret: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut bytes = format!(
        "{line} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {secret}\r\n\
         content-type: application/json\r\naccept: application/json\r\n\
         content-length: {length}\r\n\r\n"
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}
