//! How much of everything a document may hold. Each is far above what 250 real files use.

use crate::Cap;

impl Cap {
    /// Bytes of one document. The largest alert seen in the wild has 1.7 MB.
    pub const MAX_BYTES: usize = 5 * 1024 * 1024;
    /// Elements inside each other, counted from the root of the document.
    pub const MAX_DEPTH: usize = 64;
    /// Attributes of one element, namespace declarations included.
    pub const MAX_ATTRIBUTES: usize = 256;
    /// Namespaces in scope at one place: each element's prefix is looked up among them.
    pub const MAX_NAMESPACES: usize = 256;
    /// Bytes of one element's or attribute's name.
    pub const MAX_NAME_BYTES: usize = 256;
    /// Bytes of one piece of text, inline files in base64 included.
    pub const MAX_TEXT_BYTES: usize = 2 * 1024 * 1024;
    /// Elements and texts of one root element.
    pub const MAX_NODES: usize = 300_000;
    /// Alerts of one document, such as a list or a stream that was saved to a file.
    pub const MAX_ALERTS: usize = 10_000;
    /// Info blocks of one alert.
    pub const MAX_INFOS: usize = 100;
    /// Areas of one info block.
    pub const MAX_AREAS: usize = 5_000;
    /// Positions of one polygon.
    pub const MAX_POINTS: usize = 100_000;
    /// References of one alert.
    pub const MAX_REFERENCES: usize = 1_000;
    /// Warnings that are kept of one alert; a last one says how many more there were.
    pub const MAX_WARNINGS: usize = 100;
    /// Elements unknown to the standard that are kept of one alert.
    pub const MAX_UNKNOWN: usize = 1_000;
}
