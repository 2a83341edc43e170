//! Conditions of rules, in the Common Expression Language. Nothing else in the hub knows CEL.
//!
//! A condition is compiled once, when its rule is read, and can then only read the words of one
//! message: it has no way to loop without end, to call anything or to change anything. Its cost is
//! bounded by its own length, by the length of the lists that it sees, and by the ban on a search
//! inside a search.

mod check;
mod facts;

use std::sync::{Arc, LazyLock};

use cel::{Env, ExecutionError, Program, Value};

pub(super) use facts::Facts;

/// Characters of a condition.
const CHARS_MAX: usize = 4_000;
/// Brackets inside brackets.
const NESTING_MAX: usize = 16;
/// Operators and dots in a condition. Parser and evaluation go down the stack for each of both.
const OPERATORS_MAX: usize = 150;

/// The operators, functions and macros of CEL, built once.
static ENVIRONMENT: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));

/// A condition, compiled.
#[derive(Debug)]
pub(super) struct Condition {
    program: Program,
}

/// A mistake in a condition.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// The word at which it stands.
    pub(super) near: String,
    /// What is wrong and what to write instead.
    pub(super) message: String,
}

impl Condition {
    /// Compiles a condition and checks every name in it.
    pub(super) fn compile(text: &str) -> Result<Self, Vec<Mistake>> {
        let mistake = |message: String| vec![Mistake { near: String::new(), message }];
        let chars = text.chars().count();
        if chars > CHARS_MAX {
            let problem = format!("the condition has {chars} characters and may have {CHARS_MAX}");
            return Err(mistake(problem));
        }
        let (nesting, operators) = measure(text);
        if nesting > NESTING_MAX || operators > OPERATORS_MAX {
            let problem = format!(
                "the condition has {operators} operators and brackets {nesting} deep; \
                 {OPERATORS_MAX} and {NESTING_MAX} are allowed, so make two rules of it"
            );
            return Err(mistake(problem));
        }
        let program = ENVIRONMENT.compile(text).map_err(|e| syntax_mistakes(text, &e))?;
        let mistakes = check::mistakes(program.expression());
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let condition = Self { program };
        condition.try_out().map_err(mistake)?;
        Ok(condition)
    }

    /// Whether it holds for a message; a sentence when it cannot be said.
    pub(super) fn holds(&self, facts: &Facts) -> Result<bool, String> {
        match self.program.execute(&facts.0) {
            Ok(Value::Bool(holds)) => Ok(holds),
            Ok(_) => Err("it is neither true nor false".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Evaluates it for an example, to find operators that do not fit their operands. A name that
    /// the example's tables lack is no mistake: other messages have it.
    fn try_out(&self) -> Result<(), String> {
        match self.program.execute(&Facts::example().0) {
            Ok(Value::Bool(_))
            | Err(ExecutionError::NoSuchKey(_) | ExecutionError::IndexOutOfBounds(_)) => Ok(()),
            Ok(_) => Err("the condition is neither true nor false; compare with `==`".to_owned()),
            Err(error) => Err(format!("the condition cannot be evaluated: {error}")),
        }
    }
}

/// How deep brackets are nested and how many operators there are, outside of quoted texts.
fn measure(text: &str) -> (usize, usize) {
    let (mut brackets, mut nesting, mut operators) = (0_usize, 0, 0);
    let mut quote = None;
    let mut escaped = false;
    let mut word = String::new();
    for character in text.chars() {
        match (quote, character) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '(' | '[' | '{') => brackets += 1,
            (None, ')' | ']' | '}') => brackets = brackets.saturating_sub(1),
            (None, ',') => {}
            (None, sign) => operators += usize::from(sign.is_ascii_punctuation()),
        }
        nesting = nesting.max(brackets);
        if quote.is_none() && character.is_ascii_alphanumeric() {
            word.push(character);
        } else {
            operators += usize::from(word == "in");
            word.clear();
        }
    }
    (nesting, operators)
}

fn syntax_mistakes(text: &str, errors: &cel::ParseErrors) -> Vec<Mistake> {
    errors
        .errors
        .iter()
        .map(|error| {
            let (line, column) = (error.pos.0.max(1), error.pos.1.max(1));
            let line = text.lines().nth(usize::try_from(line - 1).unwrap_or(0)).unwrap_or("");
            let rest = line.chars().skip(usize::try_from(column - 1).unwrap_or(0));
            let near: String = rest.take_while(|c| !c.is_whitespace()).collect();
            let said = error.msg.lines().next().unwrap_or("it is not complete");
            Mistake { near, message: format!("the condition cannot be read: {said}") }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> String {
        let mistakes = Condition::compile(text).unwrap_err();
        let said = |m: Mistake| format!("{} [{}]", m.message, m.near);
        mistakes.into_iter().map(said).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn names_that_do_not_exist_are_mistakes_with_what_to_write() {
        insta::assert_snapshot!(mistakes(r#"info.severty == "Extreme" && alert.status == "Actual""#), @"there is no `info.severty`; `info` has `language`, `categories`, `event`, `urgency`, `severity`, `certainty`, `responseTypes`, `eventCodes`, `parameters`, `headline`, `senderName` [info.severty]");
        insta::assert_snapshot!(mistakes(r#"infos.severity == "Extreme""#), @"there is no `infos`; there are `alert`, `info`, `area`, `kind`, `kinds` [infos]");
        insta::assert_snapshot!(mistakes(r#"info.headline.lower() == "x""#), @"there is no function `lower`; there are `size`, `contains`, `startsWith`, `endsWith`, `string`, `int`, `double` [lower]");
    }

    #[test]
    fn words_outside_the_code_lists_of_the_standard_are_mistakes() {
        insta::assert_snapshot!(mistakes(r#"info.severity == "Sever""#), @"`Sever` never occurs there; use `Extreme`, `Severe`, `Moderate`, `Minor`, `Unknown` [Sever]");
        insta::assert_snapshot!(mistakes(r#"info.urgency in ["Immediate", "Soon"]"#), @"`Soon` never occurs there; use `Immediate`, `Expected`, `Future`, `Past`, `Unknown` [Soon]");
        insta::assert_snapshot!(mistakes(r#""Meteo" in info.categories"#), @"`Meteo` never occurs there; use `Geo`, `Met`, `Safety`, `Security`, `Rescue`, `Fire`, `Health`, `Env`, `Transport`, `Infra`, `CBRNE`, `Other` [Meteo]");
        insta::assert_snapshot!(mistakes(r#"kind == "floods""#), @"`floods` never occurs there; use `fire`, `flood`, `flash-flood` [floods]");
    }

    #[test]
    fn a_condition_that_is_no_condition_is_a_mistake() {
        insta::assert_snapshot!(mistakes("info.event"), @"the condition is neither true nor false; compare with `==` []");
        insta::assert_snapshot!(mistakes("info.event > 3"), @"the condition cannot be evaluated: found no matching overload for '_>_' applied to '(string, int)' []");
        insta::assert_snapshot!(mistakes("info.event == "), @"the condition cannot be read: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER} []");
        insta::assert_snapshot!(mistakes(&"1 + ".repeat(2_000)), @"the condition has 8000 characters and may have 4000 []");
    }

    #[test]
    fn a_search_inside_a_search_is_refused_because_it_costs_too_much() {
        insta::assert_snapshot!(mistakes("alert.codes.exists(c, alert.codes.exists(d, c == d))"), @"a search inside a search costs too much; write two conditions [d]");
        assert!(Condition::compile("alert.codes.exists(c, c == 'x')").is_ok());
    }
}
