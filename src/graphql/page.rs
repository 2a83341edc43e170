//! Pages of lists, after the Relay connection specification, forward only.
//!
//! A cursor is the id of a record, so it stays good when records before it come and go, and when
//! its own record leaves the list.

use std::borrow::Cow;

use async_graphql::connection::{CursorType, Edge as RelayEdge, EmptyFields, PageInfo};
use async_graphql::{Object, OutputType, Result, TypeName};
use jiff::Timestamp;
use uuid::Uuid;

use super::fault::fault;
use super::rows::{Column, Row, Rows, Selection, column};

/// A place in a list: a group (such as incidents before signals) and a number within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cursor {
    group: u8,
    number: u128,
}

impl Cursor {
    /// The place of a record in a list that is ordered by id.
    pub(super) const fn of_id(id: Uuid) -> Self {
        Self { group: 0, number: id.as_u128() }
    }

    /// The place of a record in a list of ids of which the newest come first.
    pub(super) const fn of_newest_id(id: Uuid) -> Self {
        Self { group: 0, number: u128::MAX - id.as_u128() }
    }

    /// A place in a list that only grows at its end.
    pub(super) const fn of_number(number: u64) -> Self {
        Self { group: 0, number: number as u128 }
    }

    /// A place in a list in which the newest come first, by time and the number among those of the
    /// same time.
    pub(super) fn of_newest_first(at: Timestamp, number: u32) -> Self {
        let microseconds = u64::try_from(at.as_microsecond()).unwrap_or_default();
        let rising = u128::from(microseconds) << 32 | u128::from(number);
        Self { group: 0, number: u128::MAX - rising }
    }

    /// A place in a list in which the oldest come first, by time and a number among those of the same
    /// time.
    pub(super) fn of_oldest_first(at: Timestamp, number: u64) -> Self {
        let microseconds = u64::try_from(at.as_microsecond()).unwrap_or_default();
        Self { group: 0, number: u128::from(microseconds) << 64 | u128::from(number) }
    }

    /// The same place in a later group of the list.
    pub(super) const fn in_group(self, group: u8) -> Self {
        Self { group, number: self.number }
    }
}

impl CursorType for Cursor {
    type Error = &'static str;

    fn decode_cursor(text: &str) -> Result<Self, Self::Error> {
        let parts = text.get(..2).zip(text.get(2..)).filter(|_| text.len() == 34);
        parts
            .and_then(|(group, number)| {
                let group = u8::from_str_radix(group, 16).ok()?;
                Some(Self { group, number: u128::from_str_radix(number, 16).ok()? })
            })
            .ok_or("use a cursor that the hub gave for this list")
    }

    fn encode_cursor(&self) -> String {
        format!("{:02x}{:032x}", self.group, self.number)
    }
}

/// A page of a list.
pub(crate) struct Page<T: OutputType> {
    edges: Vec<Edge<T>>,
    has_previous_page: bool,
    has_next_page: bool,
    total_count: usize,
}

/// A record with its place in the list.
type Edge<T> = RelayEdge<Cursor, T, EmptyFields>;

#[Object(name_type)]
impl<T: Row + 'static> Page<T> {
    /// Information to aid in pagination.
    async fn page_info(&self) -> PageInfo {
        let cursor = |edge: &Edge<T>| edge.cursor.encode_cursor();
        PageInfo {
            has_previous_page: self.has_previous_page,
            has_next_page: self.has_next_page,
            start_cursor: self.edges.first().map(cursor),
            end_cursor: self.edges.last().map(cursor),
        }
    }

    /// A list of edges.
    async fn edges(&self) -> Rows<&Edge<T>> {
        Rows(self.edges.iter().collect())
    }

    /// A list of nodes.
    async fn nodes(&self) -> Rows<&T> {
        Rows(self.edges.iter().map(|edge| &edge.node).collect())
    }

    /// How many records the list has, on this page or not.
    async fn total_count(&self) -> usize {
        self.total_count
    }
}

impl<T: OutputType> TypeName for Page<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

impl<T: Row + 'static> Row for Edge<T> {
    fn column(asked: &Selection<'_>) -> Option<Column<Self>> {
        asked.object(&<Self as OutputType>::type_name(), |name, asked| match name {
            "cursor" => column(|edge: &Self, json| json.put(edge.cursor.encode_cursor())),
            "node" => {
                let node = T::column(asked)?;
                column(move |edge: &Self, json| node(&edge.node, json))
            }
            _ => None,
        })
    }
}

/// What was asked of a list, checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paging {
    first: usize,
    after: Option<Cursor>,
}

impl Paging {
    /// Checks the arguments of a list.
    pub(super) fn check(
        first: Option<i32>,
        after: Option<&str>,
        default: usize,
        max: usize,
    ) -> Result<Self> {
        let first = match first {
            None => default,
            Some(first) => usize::try_from(first)
                .ok()
                .filter(|first| (1..=max).contains(first))
                .ok_or_else(|| {
                    let message = format!("`first` is {first} and must be from 1 to {max}");
                    fault("PAGE_OUT_OF_RANGE", message)
                })?,
        };
        let after = after.map(Cursor::decode_cursor).transpose();
        let after = after
            .map_err(|hint| fault("BAD_CURSOR", format!("`after` is not a cursor: {hint}")))?;
        Ok(Self { first, after })
    }

    /// The page of a list whose cursors ascend.
    pub(super) fn page<S, T: OutputType>(
        self,
        list: impl Iterator<Item = S>,
        cursor: impl Fn(&S) -> Cursor,
        node: impl Fn(S) -> T,
    ) -> Page<T> {
        let mut total_count = 0;
        let mut more = false;
        let mut edges = Vec::new();
        for record in list {
            total_count += 1;
            let at = cursor(&record);
            if self.after.is_some_and(|after| at <= after) {
                continue;
            }
            if edges.len() < self.first {
                edges.push(Edge::new(at, node(record)));
            } else {
                more = true;
            }
        }
        Page { edges, has_previous_page: self.after.is_some(), has_next_page: more, total_count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_anything_else_is_refused() {
        let cursor = Cursor::of_id(Uuid::max()).in_group(1);
        assert_eq!(Cursor::decode_cursor(&cursor.encode_cursor()), Ok(cursor));
        for bad in ["", "x", "00", "é", &"0".repeat(33), &"g".repeat(34)] {
            assert!(Cursor::decode_cursor(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn pages_put_together_are_the_list() {
        let list: Vec<u64> = (1..=25).collect();
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let paging = Paging::check(Some(10), after.as_deref(), 50, 200).unwrap();
            let page = paging.page(list.iter().copied(), |n| Cursor::of_number(*n), |n| n);
            seen.extend(page.edges.iter().map(|edge| edge.node));
            after = page.edges.last().map(|edge| edge.cursor.encode_cursor());
            if !page.has_next_page {
                break;
            }
        }
        assert_eq!(seen, list);
    }

    #[test]
    fn a_page_out_of_range_is_refused_with_the_range() {
        let message = |first| Paging::check(Some(first), None, 50, 200).unwrap_err().message;
        insta::assert_snapshot!(message(0), @"`first` is 0 and must be from 1 to 200");
        insta::assert_snapshot!(message(-1), @"`first` is -1 and must be from 1 to 200");
        insta::assert_snapshot!(message(201), @"`first` is 201 and must be from 1 to 200");
    }
}
