//! Random queries whose results do not depend on the order of rows: joins, common tables, set operations, structs,
//! arrays, groups, windows, conditions and queries within, over the tables of this test.

/// Numbers that are the same for the same seed.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Integer,
    Text,
    /// STRUCT<p INT64, q STRING>
    Info,
    /// ARRAY<STRUCT<key STRING, value INT64>>
    Items,
    /// ARRAY<INT64>
    Numbers,
}

const SHAPES: [Shape; 5] = [Shape::Integer, Shape::Text, Shape::Info, Shape::Items, Shape::Numbers];

/// What can be named in a query, and its shape.
type Scope = Vec<(String, Shape)>;

struct Query {
    sql: String,
    columns: Scope,
}

pub struct Generator {
    random: Random,
    names: usize,
    common: Vec<(String, Scope)>,
}

impl Generator {
    pub fn new(random: Random) -> Self {
        Self { random, names: 0, common: Vec::new() }
    }

    pub fn query(mut self) -> String {
        let mut with = Vec::new();
        for _ in 0..self.random.below(3) {
            let query = self.body(1);
            let name = self.name("w");
            with.push(format!("{name} AS ({})", query.sql));
            self.common.push((name, query.columns));
        }
        let query = self.body(2);
        let with = if with.is_empty() { String::new() } else { format!("WITH {} ", with.join(", ")) };
        with + &query.sql
    }

    fn name(&mut self, letter: &str) -> String {
        self.names += 1;
        format!("{letter}{}", self.names)
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.random.below(choices.len() as u64) as usize]
    }

    fn body(&mut self, depth: usize) -> Query {
        if !self.random.one_in(4) {
            return self.select(depth, None);
        }
        let left = self.select(depth, None);
        let right = self.select(depth, Some(&left.columns));
        let can_compare = left.columns.iter().all(|(_, shape)| is_plain(*shape));
        let operators = ["UNION ALL", "UNION DISTINCT", "EXCEPT DISTINCT", "INTERSECT DISTINCT"];
        let operator = if can_compare { self.pick(&operators) } else { operators[0] };
        Query { sql: format!("({}) {operator} ({})", left.sql, right.sql), columns: left.columns }
    }

    fn select(&mut self, depth: usize, wanted: Option<&Scope>) -> Query {
        let (from, scope) = self.from(depth);
        let shapes: Vec<Shape> = match wanted {
            Some(columns) => columns.iter().map(|(_, shape)| *shape).collect(),
            None => (0..2 + self.random.below(3)).map(|_| SHAPES[self.random.below(5) as usize]).collect(),
        };
        let filter = match self.random.one_in(2) {
            true => format!(" WHERE {}", self.condition(&scope, 1)),
            false => String::new(),
        };
        let is_grouped = self.random.one_in(3);
        let (mut outputs, mut keys) = (Vec::new(), Vec::new());
        for (index, shape) in shapes.iter().enumerate() {
            let value = match (is_grouped, is_plain(*shape) && self.random.one_in(2)) {
                (true, true) => {
                    keys.push((index + 1).to_string());
                    self.value(*shape, &scope, 1)
                }
                (true, false) => self.aggregate(*shape, &scope),
                (false, _) if self.random.one_in(5) => self.windowed(*shape, &scope),
                (false, _) => self.value(*shape, &scope, 2),
            };
            outputs.push((value, self.name("c"), *shape));
        }
        let list: Vec<String> = outputs.iter().map(|(value, name, _)| format!("{value} AS {name}")).collect();
        let all_plain = shapes.iter().all(|shape| is_plain(*shape));
        let distinct = if !is_grouped && all_plain && self.random.one_in(6) { "DISTINCT " } else { "" };
        let mut sql = format!("SELECT {distinct}{} FROM {from}{filter}", list.join(", "));
        if is_grouped && !keys.is_empty() {
            sql.push_str(&format!(" GROUP BY {}", keys.join(", ")));
        }
        if is_grouped && self.random.one_in(4) {
            let value = self.integer(&scope, 0);
            sql.push_str(&format!(" HAVING COUNT({value}) > 1"));
        }
        if !is_grouped && distinct.is_empty() && self.random.one_in(6) {
            let (key, order) = (self.integer(&scope, 0), self.integer(&scope, 0));
            sql.push_str(&format!(" QUALIFY RANK() OVER (PARTITION BY {key} ORDER BY {order}) = 1"));
        }
        let columns: Scope = outputs.into_iter().map(|(_, name, shape)| (name, shape)).collect();
        if all_plain && self.random.one_in(6) {
            let order: Vec<String> = (1..=columns.len()).map(|place| place.to_string()).collect();
            let name = self.name("l");
            sql = format!("SELECT * FROM ({sql} ORDER BY {} LIMIT 2) AS {name}", order.join(", "));
        } else if self.random.one_in(6) {
            let name = self.name("l");
            sql = format!("SELECT {name}.* FROM ({sql}) AS {name}");
        }
        Query { sql, columns }
    }

    fn from(&mut self, depth: usize) -> (String, Scope) {
        if self.random.one_in(8) {
            let (one, two) = (self.name("r"), self.name("r"));
            let kind = self.pick(&["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"]);
            let mut scope = table_a(&one);
            scope.extend(table_b(&two));
            scope.push(("k".to_owned(), Shape::Integer));
            return (format!("d.a AS {one} {kind} d.b AS {two} USING (k)"), scope);
        }
        let (mut sql, mut scope) = self.relation(depth);
        if self.random.one_in(2) {
            let (other, more) = self.relation(depth.saturating_sub(1));
            let (left, right) = (self.integer(&scope, 0), self.integer(&more, 0));
            let kind = self.pick(&["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"]);
            sql = format!("{sql} {kind} {other} ON {left} = {right}");
            scope.extend(more);
        }
        let arrays: Scope = scope.iter().filter(|(_, shape)| is_array(*shape)).cloned().collect();
        if !arrays.is_empty() && self.random.one_in(3) {
            let (array, shape) = arrays[self.random.below(arrays.len() as u64) as usize].clone();
            let (name, at) = (self.name("e"), self.name("o"));
            sql = format!("{sql} CROSS JOIN UNNEST({array}) AS {name} WITH OFFSET AS {at}");
            match shape {
                Shape::Items => {
                    scope.push((format!("{name}.key"), Shape::Text));
                    scope.push((format!("{name}.value"), Shape::Integer));
                }
                _ => scope.push((name, Shape::Integer)),
            }
            scope.push((at, Shape::Integer));
        }
        (sql, scope)
    }

    fn relation(&mut self, depth: usize) -> (String, Scope) {
        let name = self.name("r");
        let choice = self.random.below(6);
        if choice == 0 && depth > 0 {
            let query = self.body(depth - 1);
            return (format!("({}) AS {name}", query.sql), qualified(&name, &query.columns));
        }
        if choice < 4 && !self.common.is_empty() {
            let common = self.random.below(self.common.len() as u64) as usize;
            let (table, columns) = &self.common[common];
            return (format!("{table} AS {name}"), qualified(&name, columns));
        }
        match choice {
            5 => (format!("d.b AS {name}"), table_b(&name)),
            _ => (format!("d.a AS {name}"), table_a(&name)),
        }
    }

    /// A name of a shape, where there is one.
    fn named(&mut self, shape: Shape, scope: &Scope) -> Option<String> {
        let names: Vec<&String> =
            scope.iter().filter(|(_, one)| *one == shape).map(|(name, _)| name).collect();
        match names.len() {
            0 => None,
            count => Some(names[self.random.below(count as u64) as usize].clone()),
        }
    }

    fn value(&mut self, shape: Shape, scope: &Scope, depth: usize) -> String {
        match shape {
            Shape::Integer => self.integer(scope, depth),
            Shape::Text => self.text(scope, depth),
            Shape::Info => self.info(scope, depth),
            Shape::Items => self.items(scope, depth),
            Shape::Numbers => self.numbers(scope, depth),
        }
    }

    fn integer(&mut self, scope: &Scope, depth: usize) -> String {
        let own = self.named(Shape::Integer, scope).unwrap_or_else(|| "1".to_owned());
        if depth == 0 {
            return own;
        }
        let next = depth - 1;
        match self.random.below(14) {
            0 => format!("({own} + {})", self.integer(scope, next)),
            1 => format!("COALESCE({own}, {})", self.integer(scope, next)),
            2 => {
                let (condition, other) = (self.condition(scope, next), self.integer(scope, next));
                format!("IF({condition}, {own}, {other})")
            }
            3 => format!(
                "CASE WHEN {} THEN 1 WHEN {} THEN 2 END",
                self.condition(scope, next),
                self.condition(scope, next)
            ),
            4 => format!("({}).p", self.info(scope, next)),
            5 => format!("ARRAY_LENGTH({})", self.items(scope, next)),
            6 => format!("{}[SAFE_OFFSET(0)]", self.numbers(scope, next)),
            7 => format!("STRUCT({own} AS m, {} AS n).n", self.integer(scope, next)),
            8 => format!("(SELECT MAX(q.z) FROM d.b AS q WHERE q.k = {own})"),
            9 => {
                format!("(SELECT SUM(i.value) FROM UNNEST({}) AS i WHERE i.key = 'u')", self.items(scope, 0))
            }
            10 => format!("LENGTH({})", self.text(scope, next)),
            11 => format!("NULLIF({own}, {})", self.integer(scope, next)),
            _ => own,
        }
    }

    fn text(&mut self, scope: &Scope, depth: usize) -> String {
        let own = self.named(Shape::Text, scope).unwrap_or_else(|| "'u'".to_owned());
        if depth == 0 {
            return own;
        }
        let next = depth - 1;
        match self.random.below(9) {
            0 => format!("CONCAT({own}, {})", self.text(scope, next)),
            1 => format!("CAST({} AS STRING)", self.integer(scope, next)),
            2 => format!("({}).q", self.info(scope, next)),
            3 => format!("{}[SAFE_OFFSET(0)].key", self.items(scope, next)),
            4 => {
                let (condition, other) = (self.condition(scope, next), self.text(scope, next));
                format!("CASE WHEN {condition} THEN {own} ELSE {other} END")
            }
            5 => format!("(SELECT MIN(q.t) FROM d.b AS q WHERE q.z > {})", self.integer(scope, 0)),
            _ => own,
        }
    }

    fn info(&mut self, scope: &Scope, depth: usize) -> String {
        let own = self.named(Shape::Info, scope);
        let next = depth.saturating_sub(1);
        match (own, self.random.below(4)) {
            (Some(own), 0..=1) => own,
            (Some(own), 2) if depth > 0 => {
                format!("IF({}, {own}, {})", self.condition(scope, next), self.info(scope, next))
            }
            _ => format!("STRUCT({} AS p, {} AS q)", self.integer(scope, next), self.text(scope, next)),
        }
    }

    fn items(&mut self, scope: &Scope, depth: usize) -> String {
        let own = self.named(Shape::Items, scope);
        let next = depth.saturating_sub(1);
        match (own, self.random.below(4)) {
            (Some(own), 0..=1) => own,
            (Some(own), 2) if depth > 0 => format!(
                "ARRAY(SELECT AS STRUCT i.key AS key, i.value + {} AS value FROM UNNEST({own}) AS i WHERE i.value > 0 ORDER BY 1, 2)",
                self.integer(scope, 0)
            ),
            _ => {
                format!("[STRUCT({} AS key, {} AS value)]", self.text(scope, next), self.integer(scope, next))
            }
        }
    }

    fn numbers(&mut self, scope: &Scope, depth: usize) -> String {
        let own = self.named(Shape::Numbers, scope);
        let next = depth.saturating_sub(1);
        match (own, self.random.below(4)) {
            (Some(own), 0..=1) => own,
            (_, 2) if depth > 0 => {
                format!(
                    "ARRAY(SELECT i.value FROM UNNEST({}) AS i ORDER BY i.value)",
                    self.items(scope, next)
                )
            }
            _ => format!("[{}, {}]", self.integer(scope, next), self.integer(scope, next)),
        }
    }

    fn condition(&mut self, scope: &Scope, depth: usize) -> String {
        let (one, other) = (self.integer(scope, depth.min(1)), self.integer(scope, 0));
        match self.random.below(8) {
            0 => format!("{} = 'u'", self.text(scope, depth.min(1))),
            1 => format!("{one} IS NULL"),
            2 => format!("EXISTS (SELECT 1 FROM d.b AS q WHERE q.k = {other})"),
            3 => format!("{other} IN (SELECT q.z FROM d.b AS q WHERE q.z IS NOT NULL)"),
            4 => format!("{} IN ('u', 'v')", self.text(scope, 0)),
            5 if depth > 0 => format!("({} OR {})", self.condition(scope, 0), self.condition(scope, 0)),
            6 => format!("{one} BETWEEN 1 AND 2"),
            _ => format!("{one} > {other}"),
        }
    }

    fn aggregate(&mut self, shape: Shape, scope: &Scope) -> String {
        let (number, text) = (self.integer(scope, 0), self.text(scope, 0));
        match shape {
            Shape::Integer => match self.random.below(6) {
                0 => format!("SUM({number})"),
                1 => format!("COUNT(DISTINCT {text})"),
                2 => format!("COUNTIF({number} > {})", self.integer(scope, 0)),
                3 => "COUNT(*)".to_owned(),
                4 => format!("SUM(IF({text} = 'u', {number}, 0))"),
                _ => format!("MAX({number})"),
            },
            Shape::Text => self.pick(&["MIN", "MAX"]).to_owned() + &format!("({text})"),
            Shape::Info => format!(
                "ARRAY_AGG(STRUCT({number} AS p, {text} AS q) ORDER BY {number}, {text} LIMIT 1)[SAFE_OFFSET(0)]"
            ),
            Shape::Items => {
                format!("ARRAY_AGG(STRUCT({text} AS key, {number} AS value) ORDER BY {text}, {number})")
            }
            Shape::Numbers => format!("ARRAY_AGG({number} ORDER BY {number})"),
        }
    }

    fn windowed(&mut self, shape: Shape, scope: &Scope) -> String {
        let (number, key, order) = (self.integer(scope, 0), self.integer(scope, 0), self.integer(scope, 0));
        let window = format!("(PARTITION BY {key} ORDER BY {order})");
        match shape {
            Shape::Integer => match self.random.below(4) {
                0 => format!("SUM({number}) OVER {window}"),
                1 => format!("RANK() OVER {window}"),
                2 => format!("COUNT({number}) OVER (PARTITION BY {key})"),
                _ => format!("FIRST_VALUE({number}) OVER (PARTITION BY {key} ORDER BY {number})"),
            },
            Shape::Text => format!("MAX({}) OVER {window}", self.text(scope, 0)),
            _ => self.value(shape, scope, 1),
        }
    }
}

fn is_plain(shape: Shape) -> bool {
    matches!(shape, Shape::Integer | Shape::Text)
}

fn is_array(shape: Shape) -> bool {
    matches!(shape, Shape::Items | Shape::Numbers)
}

fn qualified(name: &str, columns: &Scope) -> Scope {
    columns.iter().map(|(column, shape)| (format!("{name}.{column}"), *shape)).collect()
}

fn table_a(name: &str) -> Scope {
    use Shape::{Info, Integer, Items, Numbers, Text};
    let columns = [
        ("k", Integer),
        ("x", Integer),
        ("y", Integer),
        ("s", Text),
        ("info", Info),
        ("items", Items),
        ("nums", Numbers),
    ];
    columns.iter().map(|(column, shape)| (format!("{name}.{column}"), *shape)).collect()
}

fn table_b(name: &str) -> Scope {
    use Shape::{Integer, Text};
    let columns = [("k", Integer), ("z", Integer), ("t", Text)];
    columns.iter().map(|(column, shape)| (format!("{name}.{column}"), *shape)).collect()
}
