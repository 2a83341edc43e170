//! Which line of a document a byte is in.

use memchr::memchr_iter;

/// Counts lines forward, so that asking for many places in order reads the text only once.
pub(crate) struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line of a byte in the text, from 1.
    pub(crate) fn of(&mut self, at: usize) -> u32 {
        if at < self.at {
            *self = Self::new(self.text);
        }
        let between = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        self.line += u32::try_from(memchr_iter(b'\n', between).count()).unwrap_or(0);
        self.at = at;
        self.line
    }
}
