//! What is wrong with a set of rules: every mistake at once, each with its line.

use std::fmt;

/// Every mistake in a set of rules, in the order of their lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblems {
    problems: Vec<RuleProblem>,
}

/// One mistake in a set of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblem {
    /// The line of the file, from 1.
    pub line: u32,
    /// The rule that it is in, as far as its name could be read.
    pub rule: Option<String>,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl RuleProblems {
    pub(super) fn new(mut problems: Vec<RuleProblem>) -> Self {
        problems.sort_by_key(|problem| problem.line);
        Self { problems }
    }

    /// The rules could not be looked at, for want of a thread.
    pub(super) fn unread() -> Self {
        let message = "the rules could not be read for want of memory; try again".to_owned();
        Self { problems: vec![RuleProblem { line: 1, rule: None, message }] }
    }

    /// The mistakes, the first line first; never none.
    pub fn iter(&self) -> impl Iterator<Item = &RuleProblem> {
        self.problems.iter()
    }
}

impl std::error::Error for RuleProblems {}

impl fmt::Display for RuleProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl fmt::Display for RuleProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rule {
            Some(rule) => write!(f, "line {}, rule `{rule}`: {}", self.line, self.message),
            None => write!(f, "line {}: {}", self.line, self.message),
        }
    }
}
