//! Changes texts: bytes, tokens, splices, repetition, nesting. The same seeds give the same texts in the same order.

/// Longest text that is made, in bytes.
const LONGEST: usize = 32 << 10;

/// What wraps a part of a text.
const BRACKETS: &[(&str, &str)] = &[
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("(SELECT ", ")"),
    ("STRUCT(", " AS a)"),
    ("ARRAY<", ">"),
    ("STRUCT<a ", ">"),
    ("CASE WHEN ", " THEN 1 END"),
    ("NOT ", ""),
    ("- ", ""),
    ("'", "'"),
    ("/*", "*/"),
    ("{% if true %}", "{% endif %}"),
    ("{{ ", " }}"),
    ("WITH a AS (SELECT 1 AS x) ", ""),
    ("SELECT * FROM (", ")"),
    ("IF(TRUE, ", ", NULL)"),
];

/// What is put in: what people mistype and what readers trip over.
const PIECES: &[&str] = &[
    "\0",
    "\u{feff}",
    "\r\n",
    "\u{202e}",
    "é",
    "🌊",
    "'''",
    "\"",
    "`",
    "\\",
    "--",
    "/*",
    "#",
    ";",
    "@x",
    "@@x",
    "?",
    "<",
    ">>",
    "|>",
    "=>",
    "->",
    "0x",
    "1e999",
    "99999999999999999999",
    ".",
    "..",
    "*",
    "AND",
    "OVER ()",
    "UNION ALL",
    "NULL",
    "- ",
    ": ",
    "&a",
    "*a",
    "<<: ",
    "{{",
    "}}",
    "{%",
    "%}",
    "INTERVAL",
    "UNNEST(",
    "QUALIFY",
    "AS",
    "EXCEPT",
];

pub struct Mutator {
    seeds: Vec<String>,
    next: usize,
    state: u64,
}

impl Mutator {
    pub fn new(seeds: Vec<String>) -> Self {
        Self { seeds, next: 0, state: 0x9e37_79b9_7f4a_7c15 }
    }

    /// First the seeds as they are, then changed ones.
    pub fn text(&mut self) -> String {
        self.next += 1;
        if let Some(seed) = self.seeds.get(self.next - 1) {
            return seed.clone();
        }
        let mut text = self.seed();
        for _ in 0..=self.below(4) {
            text = self.change(&text);
            let end = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
            text.truncate(end.unwrap_or(0));
        }
        text
    }

    fn seed(&mut self) -> String {
        let index = self.below(self.seeds.len());
        self.seeds[index].clone()
    }

    /// A number below the limit, from a xorshift generator.
    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state % limit.max(1) as u64) as usize
    }

    fn change(&mut self, text: &str) -> String {
        let tokens = tokens(text);
        let first = self.below(tokens.len() + 1);
        let last = (first + self.below(8)).min(tokens.len());
        let (before, part, after) =
            (tokens[..first].concat(), tokens[first..last].concat(), tokens[last..].concat());
        match self.below(8) {
            0 => {
                let mut bytes = text.as_bytes().to_vec();
                let at = self.below(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = self.below(256) as u8;
                }
                String::from_utf8_lossy(&bytes).into_owned()
            }
            1 => before + &after,
            2 => {
                let piece = PIECES[self.below(PIECES.len())];
                format!("{before}{piece}{after}")
            }
            3 => before + &part.repeat(2 + self.below(10)) + &after,
            4 => before + &part.repeat(1 + LONGEST / part.len().max(4)) + &after,
            5 => {
                let (open, close) = BRACKETS[self.below(BRACKETS.len())];
                let times = if self.below(4) == 0 { 1_500 } else { 1 + self.below(5) };
                before + &open.repeat(times) + &part + &close.repeat(times) + &after
            }
            6 => {
                let other = self.seed();
                let others = self::tokens(&other);
                let from = self.below(others.len() + 1);
                before + &others[from..].concat()
            }
            _ => {
                let other = self.seed();
                let others = self::tokens(&other);
                let from = self.below(others.len() + 1);
                let to = (from + self.below(20)).min(others.len());
                before + &others[from..to].concat() + &after
            }
        }
    }
}

/// Words, runs of spaces, and single other characters.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |character: char| match character {
        _ if character.is_alphanumeric() || character == '_' => 0,
        _ if character.is_whitespace() => 1,
        _ => 2,
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut current = None;
    for (at, character) in text.char_indices() {
        let kind = kind(character);
        if current.is_some_and(|current| current != kind || kind == 2) {
            tokens.push(&text[start..at]);
            start = at;
        }
        current = Some(kind);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}
