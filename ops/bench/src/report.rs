//! What was measured, as a table for people or as JSON for programs.

use std::fmt::Write as _;

use serde::Serialize;

/// One thing that was measured.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    /// What was measured.
    pub(crate) name: String,
    /// How much of it.
    pub(crate) value: f64,
    /// Of what.
    pub(crate) unit: &'static str,
    /// What the same machine does without the hub, in the same run and unit.
    pub(crate) reference: Option<Reference>,
    /// What we want.
    pub(crate) goal: Goal,
    /// Anything that a reader has to know to judge the figure.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) remark: String,
}

/// What a value is held against.
#[derive(Debug, Serialize)]
pub(crate) struct Reference {
    /// What it is.
    pub(crate) of: &'static str,
    /// How much.
    pub(crate) value: f64,
}

/// What we want of a value.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Goal {
    /// At least so many times the reference.
    RatioAtLeast(f64),
    /// At most so many times the reference.
    RatioAtMost(f64),
    /// At least so much.
    AtLeast(f64),
    /// At most so much.
    AtMost(f64),
    /// Only that it is known.
    Stated,
}

impl Row {
    /// A value that stands for itself.
    pub(crate) fn new(name: impl Into<String>, value: f64, unit: &'static str, goal: Goal) -> Self {
        Self { name: name.into(), value, unit, reference: None, goal, remark: String::new() }
    }

    /// The same, held against a reference.
    pub(crate) fn against(mut self, of: &'static str, value: f64) -> Self {
        self.reference = Some(Reference { of, value });
        self
    }

    /// The same with a remark.
    pub(crate) fn remark(mut self, remark: impl Into<String>) -> Self {
        self.remark = remark.into();
        self
    }

    fn ratio(&self) -> Option<f64> {
        self.reference.as_ref().map(|reference| self.value / reference.value)
    }

    /// Whether the goal is met; none when there is nothing to meet.
    fn met(&self) -> Option<bool> {
        match self.goal {
            Goal::RatioAtLeast(goal) => self.ratio().map(|ratio| ratio >= goal),
            Goal::RatioAtMost(goal) => self.ratio().map(|ratio| ratio <= goal),
            Goal::AtLeast(goal) => Some(self.value >= goal),
            Goal::AtMost(goal) => Some(self.value <= goal),
            Goal::Stated => None,
        }
    }
}

/// The rows as a JSON array, each with its ratio and whether the goal is met.
pub(crate) fn json(rows: &[Row]) -> serde_json::Result<String> {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| serde_json::json!({ "row": row, "ratio": row.ratio(), "met": row.met() }))
        .collect();
    serde_json::to_string_pretty(&rows)
}

/// The rows as a table.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut lines = vec![
        ["what", "value", "unit", "reference", "ratio", "goal", "met"].map(str::to_owned).to_vec(),
    ];
    lines.extend(rows.iter().map(cells));
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|c| c.chars().count()).max()
    };
    let widths: Vec<usize> = (0..7).map_while(width).collect();
    let mut table = String::new();
    for line in &lines {
        for (cell, width) in line.iter().zip(&widths) {
            // Writing to a String cannot fail.
            let _ = write!(table, "{cell:width$}  ");
        }
        table.truncate(table.trim_end().len());
        table.push('\n');
    }
    for row in rows.iter().filter(|row| !row.remark.is_empty()) {
        let _ = writeln!(table, "- {}: {}", row.name, row.remark);
    }
    table
}

fn cells(row: &Row) -> Vec<String> {
    let goal = match row.goal {
        Goal::RatioAtLeast(goal) => format!("≥ {goal} ×"),
        Goal::RatioAtMost(goal) => format!("≤ {goal} ×"),
        Goal::AtLeast(goal) => format!("≥ {}", number(goal)),
        Goal::AtMost(goal) => format!("≤ {}", number(goal)),
        Goal::Stated => String::new(),
    };
    let met = row.met().map_or("", |met| if met { "yes" } else { "NO" });
    let reference = row.reference.as_ref();
    vec![
        row.name.clone(),
        number(row.value),
        row.unit.to_owned(),
        reference.map_or_else(String::new, |r| format!("{} {}", number(r.value), r.of)),
        row.ratio().map_or_else(String::new, |ratio| format!("{ratio:.2}")),
        goal,
        met.to_owned(),
    ]
}

/// Three digits or all that stand before the point.
fn number(value: f64) -> String {
    match value.abs() {
        0.0..1.0 => format!("{value:.3}"),
        1.0..10.0 => format!("{value:.2}"),
        10.0..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}
