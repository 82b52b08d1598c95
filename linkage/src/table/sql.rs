//! The few shapes of SQL that conditions of Splink have: comparisons of calls and columns, joined by AND and OR.

/// Which of the two rows a column is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Column(Side, String),
    Call(String, Vec<Value>),
    Number(f64),
    Text(String),
    Minus(Box<Value>, Box<Value>),
    /// `=`, `<=`, `is null` and so on, lower case.
    Compare(String, Box<Value>, Box<Value>),
    And(Vec<Value>),
    Or(Vec<Value>),
}

impl Value {
    /// The conditions that must all hold.
    pub(super) fn all(&self) -> &[Value] {
        match self {
            Self::And(of) => of,
            one => std::slice::from_ref(one),
        }
    }

    /// The two sides of an equality.
    pub(super) fn equal(&self) -> Option<(&Value, &Value)> {
        match self {
            Self::Compare(op, a, b) if op == "=" => Some((a, b)),
            _ => None,
        }
    }

    /// The columns named, each once.
    pub(super) fn columns(&self) -> Vec<String> {
        let mut out = Vec::new();
        self.collect(&mut out);
        out.sort_unstable();
        out.dedup();
        out
    }

    fn collect(&self, out: &mut Vec<String>) {
        match self {
            Self::Column(_, c) => out.push(c.clone()),
            Self::Call(_, of) | Self::And(of) | Self::Or(of) => of.iter().for_each(|v| v.collect(out)),
            Self::Minus(a, b) | Self::Compare(_, a, b) => {
                a.collect(out);
                b.collect(out);
            }
            Self::Number(_) | Self::Text(_) => {}
        }
    }
}

/// Reads a condition; `None` where it has another shape.
pub(super) fn parse(text: &str) -> Option<Value> {
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let value = reader.or()?;
    (reader.at == tokens.len()).then_some(value)
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Text(String),
    Number(f64),
    Sign(String),
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '"' | '\'' => {
                let inner = rest.get(1..)?;
                let end = inner.find(c)?;
                let word = inner.get(..end)?.to_owned();
                out.push(if c == '"' { Token::Quoted(word) } else { Token::Text(word) });
                end + 2
            }
            '0'..='9' => {
                let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
                out.push(Token::Number(rest.get(..end)?.parse().ok()?));
                end
            }
            c if c.is_alphabetic() || c == '_' => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
                out.push(Token::Word(rest.get(..end)?.to_owned()));
                end
            }
            _ => {
                let n = if rest.starts_with(">=") || rest.starts_with("<=") { 2 } else { 1 };
                if !"()=<>,.-".contains(c) {
                    return None;
                }
                out.push(Token::Sign(rest.get(..n)?.to_owned()));
                n
            }
        };
        rest = rest.get(taken..)?.trim_start();
    }
    Some(out)
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn sign(&mut self, sign: &str) -> bool {
        let here = matches!(self.peek(), Some(Token::Sign(s)) if s == sign);
        self.at += usize::from(here);
        here
    }

    fn word(&mut self, word: &str) -> bool {
        let here = matches!(self.peek(), Some(Token::Word(w)) if w.eq_ignore_ascii_case(word));
        self.at += usize::from(here);
        here
    }

    fn or(&mut self) -> Option<Value> {
        let mut all = vec![self.and()?];
        while self.word("or") {
            all.push(self.and()?);
        }
        if all.len() == 1 { all.pop() } else { Some(Value::Or(all)) }
    }

    fn and(&mut self) -> Option<Value> {
        let mut all = vec![self.condition()?];
        while self.word("and") {
            all.push(self.condition()?);
        }
        if all.len() == 1 { all.pop() } else { Some(Value::And(all)) }
    }

    fn condition(&mut self) -> Option<Value> {
        let left = self.difference()?;
        if self.word("is") {
            return self
                .word("null")
                .then(|| Value::Compare("is null".to_owned(), Box::new(left), Box::new(Value::Text(String::new()))));
        }
        for op in [">=", "<=", "=", "<", ">"] {
            if self.sign(op) {
                return Some(Value::Compare(op.to_owned(), Box::new(left), Box::new(self.difference()?)));
            }
        }
        Some(left)
    }

    fn difference(&mut self) -> Option<Value> {
        let left = self.primary()?;
        if self.sign("-") {
            return Some(Value::Minus(Box::new(left), Box::new(self.primary()?)));
        }
        Some(left)
    }

    fn primary(&mut self) -> Option<Value> {
        if self.sign("(") {
            let inner = self.or()?;
            return self.sign(")").then_some(inner);
        }
        let token = self.peek()?.clone();
        self.at += 1;
        match token {
            Token::Number(n) => Some(Value::Number(n)),
            Token::Text(t) => Some(Value::Text(t)),
            Token::Quoted(name) => sided(&name),
            Token::Word(w) if self.sign("(") => {
                let mut of = Vec::new();
                while !self.sign(")") {
                    of.push(self.or()?);
                    self.sign(",");
                }
                Some(Value::Call(w.to_lowercase(), of))
            }
            Token::Word(w) if self.sign(".") => {
                let side = match w.as_str() {
                    "l" | "L" => Side::Left,
                    "r" | "R" => Side::Right,
                    _ => return None,
                };
                let name = match self.peek()? {
                    Token::Word(n) | Token::Quoted(n) => n.clone(),
                    _ => return None,
                };
                self.at += 1;
                Some(Value::Column(side, name))
            }
            Token::Word(w) => sided(&w),
            Token::Sign(_) => None,
        }
    }
}

/// `dob_l` is the left row's `dob`.
fn sided(name: &str) -> Option<Value> {
    if let Some(column) = name.strip_suffix("_l") {
        return Some(Value::Column(Side::Left, column.to_owned()));
    }
    name.strip_suffix("_r").map(|column| Value::Column(Side::Right, column.to_owned()))
}
