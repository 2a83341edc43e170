//! Every name in a condition exists, and every word that it is compared with can occur.

use cel::common::ast::{CallExpr, EntryExpr, Expr, IdedExpr, LiteralValue, operators};

use super::Mistake;
use super::facts::{FIELDS, Field, Words};

/// The functions that conditions may call, beside operators.
const FUNCTIONS: [&str; 7] =
    ["size", "contains", "startsWith", "endsWith", "string", "int", "double"];

/// The mistakes of a condition that can be seen without a message.
pub(super) fn mistakes(expression: &IdedExpr) -> Vec<Mistake> {
    let mut check = Check { bound: Vec::new(), depth: 0, mistakes: Vec::new() };
    check.walk(&expression.expr);
    check.mistakes
}

struct Check<'e> {
    /// Names that macros such as `exists` made.
    bound: Vec<&'e str>,
    /// How many macros are around the place.
    depth: usize,
    mistakes: Vec<Mistake>,
}

impl<'e> Check<'e> {
    fn walk(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Unspecified | Expr::Literal(_) => {}
            Expr::Ident(name) => self.variable(name),
            Expr::Select(select) => match &select.operand.expr {
                Expr::Ident(root) if !self.bound.contains(&root.as_str()) => {
                    self.field(root, &select.field);
                }
                operand => self.walk(operand),
            },
            Expr::Call(call) => self.call(call),
            Expr::List(list) => list.elements.iter().for_each(|e| self.walk(&e.expr)),
            Expr::Map(map) => map.entries.iter().for_each(|e| self.entry(&e.expr)),
            Expr::Struct(made) => {
                self.report(&made.type_name, "conditions make no objects; compare fields instead");
            }
            Expr::Comprehension(search) => {
                self.walk(&search.iter_range.expr);
                self.depth += 1;
                if self.depth > 1 {
                    let why = "a search inside a search costs too much; write two conditions";
                    self.report(&search.iter_var, why);
                }
                let names = self.bound.len();
                self.bound.extend([search.iter_var.as_str(), search.accu_var.as_str()]);
                self.bound.extend(search.iter_var2.as_deref());
                for part in
                    [&search.accu_init, &search.loop_cond, &search.loop_step, &search.result]
                {
                    self.walk(&part.expr);
                }
                self.bound.truncate(names);
                self.depth -= 1;
            }
        }
    }

    fn entry(&mut self, entry: &'e EntryExpr) {
        match entry {
            EntryExpr::StructField(field) => self.walk(&field.value.expr),
            EntryExpr::MapEntry(entry) => {
                self.walk(&entry.key.expr);
                self.walk(&entry.value.expr);
            }
        }
    }

    fn call(&mut self, call: &'e CallExpr) {
        let name = call.func_name.as_str();
        let optional = [operators::OPT_INDEX, operators::OPT_SELECT].contains(&name);
        let operator = name.starts_with(['_', '!', '-', '@']) && !optional;
        if !operator && !FUNCTIONS.contains(&name) {
            let known = FUNCTIONS.join("`, `");
            self.report(name, &format!("there is no function `{name}`; there are `{known}`"));
        }
        if let (operators::INDEX, Some(Expr::Ident(root))) =
            (name, call.args.first().map(|e| &e.expr))
            && FIELDS.iter().any(|field| field.variable == root && !field.name.is_empty())
        {
            self.report(root, &format!("write `{root}.` and the field's name"));
        }
        self.words(call);
        call.target.iter().for_each(|target| self.walk(&target.expr));
        call.args.iter().for_each(|argument| self.walk(&argument.expr));
    }

    fn variable(&mut self, name: &str) {
        if self.bound.contains(&name) {
            return;
        }
        let mut of_name = FIELDS.iter().filter(|field| field.variable == name).peekable();
        if of_name.peek().is_none() {
            let message = format!("there is no `{name}`; there are {}", list(variables()));
            self.report(name, &message);
        } else if of_name.any(|field| !field.name.is_empty()) {
            self.report(name, &format!("`{name}` alone says nothing; write `{name}.` and a field"));
        }
    }

    fn field(&mut self, variable: &str, name: &str) {
        let of_variable = || FIELDS.iter().filter(|field| field.variable == variable);
        if of_variable().next().is_none() {
            self.variable(variable);
        } else if !of_variable().any(|field| field.name == name) {
            let known = list(of_variable().map(|field| field.name));
            let message = format!("there is no `{variable}.{name}`; `{variable}` has {known}");
            self.report(&format!("{variable}.{name}"), &message);
        }
    }

    /// Checks the words that a field with a closed list is compared with.
    fn words(&mut self, call: &'e CallExpr) {
        let compares =
            [operators::EQUALS, operators::NOT_EQUALS, operators::IN].contains(&&*call.func_name);
        let [left, right] = call.args.as_slice() else { return };
        if !compares {
            return;
        }
        let field = known_field(&left.expr).or_else(|| known_field(&right.expr));
        let Some(Field { words: Words::Of(allowed), .. }) = field else { return };
        for word in literals(&left.expr).into_iter().chain(literals(&right.expr)) {
            let allowed = allowed();
            if !allowed.contains(&word) {
                let words = list(likely(word, allowed));
                self.report(word, &format!("`{word}` never occurs there; use {words}"));
            }
        }
    }

    fn report(&mut self, near: &str, message: &str) {
        self.mistakes.push(Mistake { near: near.to_owned(), message: message.to_owned() });
    }
}

fn known_field(expr: &Expr) -> Option<&'static Field> {
    let (variable, name) = match expr {
        Expr::Ident(variable) => (variable, ""),
        Expr::Select(select) => match &select.operand.expr {
            Expr::Ident(variable) => (variable, select.field.as_str()),
            _ => return None,
        },
        _ => return None,
    };
    FIELDS.iter().find(|field| field.variable == variable && field.name == name)
}

/// The texts that an expression spells out.
fn literals(expr: &Expr) -> Vec<&str> {
    match expr {
        Expr::Literal(LiteralValue::String(text)) => vec![text.inner()],
        Expr::List(list) => list.elements.iter().flat_map(|e| literals(&e.expr)).collect(),
        _ => Vec::new(),
    }
}

/// Of a long list, the words that begin like the wrong one.
fn likely(wrong: &str, words: Vec<&'static str>) -> Vec<&'static str> {
    const SHORT_LIST: usize = 16;
    let begins_alike = |word: &&&str| word.chars().next() == wrong.chars().next();
    let alike: Vec<_> = words.iter().filter(begins_alike).copied().collect();
    if words.len() <= SHORT_LIST || alike.is_empty() { words } else { alike }
}

fn variables() -> impl Iterator<Item = &'static str> {
    let mut names: Vec<_> = FIELDS.iter().map(|field| field.variable).collect();
    names.dedup();
    names.into_iter()
}

fn list<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let quoted = words.into_iter().map(|word| format!("`{word}`"));
    quoted.collect::<Vec<_>>().join(", ")
}
