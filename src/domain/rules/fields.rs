//! Reading typed fields out of YAML, with a problem noted for each that does not fit.

use std::ops::RangeInclusive;

use super::problem::{RuleProblem, RuleProblems};
use super::yaml::{Entry, Node, Value};

/// How many lines below its start a word of a condition is looked for.
const CONDITION_LINES_MAX: usize = 60;

/// Collects the problems of a document.
pub(super) struct Reader<'s> {
    source: &'s str,
    rule: Option<String>,
    problems: Vec<RuleProblem>,
}

/// The fields of a map.
pub(super) struct Fields<'n> {
    /// The line that the map begins on.
    pub(super) line: u32,
    entries: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// The value of a field.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The line of a field, or else of the map.
    pub(super) fn line_of(&self, key: &str) -> u32 {
        self.entry(key).map_or(self.line, |entry| entry.line)
    }

    fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl Node {
    /// Whether it has fields.
    pub(super) fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }
}

impl<'s> Reader<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, rule: None, problems: Vec::new() }
    }

    /// Names the rule that problems belong to from here on.
    pub(super) fn enter_rule(&mut self, name: Option<String>) {
        self.rule = name;
    }

    /// Ends the rule and gives its name.
    pub(super) fn leave_rule(&mut self) -> Option<String> {
        self.rule.take()
    }

    /// Notes a problem.
    pub(super) fn report(&mut self, line: u32, message: String) {
        self.problems.push(RuleProblem { line, rule: self.rule.clone(), message });
    }

    /// Gives what was read, unless there were problems.
    pub(super) fn finish<T>(self, read: T) -> Result<T, RuleProblems> {
        if self.problems.is_empty() { Ok(read) } else { Err(RuleProblems::new(self.problems)) }
    }

    /// The line at or below `from` on which a word stands, or `from` itself.
    pub(super) fn line_of(&self, word: &str, from: u32) -> u32 {
        let before = usize::try_from(from.saturating_sub(1)).unwrap_or(0);
        let mut lines = self.source.lines().skip(before).take(CONDITION_LINES_MAX);
        let below = lines.position(|line| !word.is_empty() && line.contains(word)).unwrap_or(0);
        from + u32::try_from(below).unwrap_or(0)
    }

    /// The fields of a map, each of which has to be known.
    pub(super) fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: &[&str],
    ) -> Option<Fields<'n>> {
        let known_list = || known.join("`, `");
        let Value::Map(entries) = &node.value else {
            let message = format!("{what} is a map with `{}`", known_list());
            self.report(node.line, message);
            return None;
        };
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let key = &entry.key;
            let message = format!("{what} has no field `{key}`; it has `{}`", known_list());
            self.report(entry.line, message);
        }
        Some(Fields { line: node.line, entries })
    }

    /// A text that says something, if the field is there.
    pub(super) fn text(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        chars_max: usize,
    ) -> Option<String> {
        let node = fields.get(key)?;
        let Value::Text(text) = &node.value else {
            self.report(node.line, format!("`{key}` is a text; put it in quotes if it looks else"));
            return None;
        };
        let (text, chars) = (text.trim(), text.trim().chars().count());
        if chars == 0 || chars > chars_max {
            let message = format!("`{key}` has {chars} characters; write 1 to {chars_max}");
            self.report(node.line, message);
            return None;
        }
        Some(text.to_owned())
    }

    /// A text that has to be there.
    pub(super) fn needed_text(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        chars_max: usize,
    ) -> Option<String> {
        self.need(fields, key)?;
        self.text(fields, key, chars_max)
    }

    /// One of several words, if the field is there.
    pub(super) fn choice<T: Copy>(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        self.word(fields.get(key)?, key, choices)
    }

    /// One of several words that has to be there.
    pub(super) fn needed_choice<T: Copy>(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        self.need(fields, key)?;
        self.choice(fields, key, choices)
    }

    /// One of several words, or of several numbers.
    pub(super) fn word<T: Copy>(
        &mut self,
        node: &Node,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let said = match &node.value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let chosen = choices.iter().find(|(word, _)| *word == said).map(|(_, choice)| *choice);
        if chosen.is_none() {
            let words: Vec<_> = choices.iter().map(|(word, _)| format!("`{word}`")).collect();
            let message = format!("`{key}` cannot be `{said}`; it is one of {}", words.join(", "));
            self.report(node.line, message);
        }
        chosen
    }

    /// A number within bounds, if the field is there.
    pub(super) fn number(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        bounds: RangeInclusive<f64>,
    ) -> Option<f64> {
        let node = fields.get(key)?;
        match node.value {
            Value::Number(number) if bounds.contains(&number) => Some(number),
            _ => {
                let (low, high) = bounds.into_inner();
                self.report(node.line, format!("`{key}` is a number from {low} to {high}"));
                None
            }
        }
    }

    /// Yes or no, if the field is there.
    pub(super) fn flag(&mut self, fields: &Fields<'_>, key: &str) -> Option<bool> {
        let node = fields.get(key)?;
        let Value::Flag(flag) = node.value else {
            self.report(node.line, format!("`{key}` is `true` or `false`"));
            return None;
        };
        Some(flag)
    }

    /// A list that has to be there and hold something.
    pub(super) fn needed_list<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n [Node]> {
        let node = self.need(fields, key)?;
        match &node.value {
            Value::List(list) if !list.is_empty() => Some(list),
            _ => {
                self.report(node.line, format!("`{key}` is a list with at least one entry"));
                None
            }
        }
    }

    fn need<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n Node> {
        let node = fields.get(key).filter(|node| !matches!(node.value, Value::Nothing));
        if node.is_none() {
            self.report(fields.line_of(key), format!("`{key}` is missing"));
        }
        node
    }
}
