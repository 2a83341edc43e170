//! The bounds of a request, in one place. Every reply tells how much of them it used.

use std::time::Duration;

/// Levels of fields within fields.
pub const DEPTH_MAX: usize = 15;
/// What a request may cost: one for each field of each record that it may return.
pub const COMPLEXITY_MAX: u64 = 100_000;
/// Selections of a request, its fragments written out. This bounds the work of checking it.
pub const SELECTIONS_MAX: u64 = 2_000;
/// Fields with an alias.
pub const ALIASES_MAX: u64 = 50;
/// Directives.
pub const DIRECTIVES_MAX: u64 = 50;
/// Requests in one batch.
pub const BATCH_MAX: usize = 10;
/// Bytes of a request.
pub const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Bytes of a GraphQL document.
pub const DOCUMENT_BYTES_MAX: usize = 64 * 1024;
/// How long a query may take.
pub const QUERY_TIME_MAX: Duration = Duration::from_secs(10);
/// How long a mutation is waited for. It is carried out or not all the same.
pub const MUTATION_TIME_MAX: Duration = Duration::from_secs(30);

/// Records in a page, unless asked otherwise.
pub const PAGE_DEFAULT: usize = 50;
/// Records in a page.
pub const PAGE_MAX: usize = 200;
/// Records in a page of the picture, unless asked otherwise.
pub const COP_PAGE_DEFAULT: usize = 200;
/// Records in a page of the picture.
pub const COP_PAGE_MAX: usize = 1_000;
/// What a list that is not in pages counts for in the complexity.
pub const LIST_WEIGHT: u64 = 5;
/// The longest time that shifts are asked for at once, in days.
pub const SHIFT_DAYS_MAX: i64 = 93;
/// Characters of the message of a refusal, and of each value in it: what was asked may be said back,
/// however long it was.
pub const REFUSAL_CHARS_MAX: usize = 4_000;
