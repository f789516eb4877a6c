//! The style, case by case, and what has to hold for every text.

use proptest::prelude::*;

use super::{Mixed, Refused, WIDTH, format};

/// Formats and sees that a second time changes nothing.
fn formatted(text: &str, mixed: Mixed) -> String {
    let once = match format(text, mixed, WIDTH) {
        Ok(once) => once,
        Err(refused) => panic!("{refused:?}\n{text}"),
    };
    assert_eq!(super::once(&once, mixed, WIDTH).unwrap(), once, "a second time changed it");
    once
}

fn plain(text: &str) -> String {
    formatted(text, Mixed::Plain)
}

fn left_alone(text: &str) -> String {
    match format(text, Mixed::Template, WIDTH) {
        Err(Refused::LeftAlone { span, reason }) => format!("{}:{} {reason}", span.line, span.column),
        other => panic!("{other:?}"),
    }
}

fn wrong(text: &str) -> String {
    match format(text, Mixed::Plain, WIDTH) {
        Err(Refused::Syntax(problem)) => {
            format!("{}:{} {}", problem.span.line, problem.span.column, problem.message)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_query_has_a_line_for_each_clause_and_item() {
    assert_eq!(
        plain(
            "with a as (select 1 as x) select x, count(*) n from a, b where x>1 and y is not null group by x order by n desc limit 10"
        ),
        "WITH a AS (\n  SELECT 1 AS x\n)\nSELECT\n  x,\n  count(*) n\nFROM\n  a,\n  b\nWHERE\n  x > 1\n  AND y IS NOT NULL\nGROUP BY\n  x\nORDER BY\n  n DESC\nLIMIT 10\n"
    );
}

#[test]
fn words_keep_their_letters_where_they_are_names() {
    let text = "SELECT t.select, t.date, date(x) AS date, left(a, 1), `from`, @Order FROM t\n";
    let expected =
        "SELECT\n  t.select,\n  t.date,\n  date(x) AS date,\n  LEFT(a, 1),\n  `from`,\n  @Order\nFROM\n  t\n";
    assert_eq!(plain(text), expected);
}

#[test]
fn types_are_no_comparisons() {
    assert_eq!(
        plain("select cast(a as array<struct<b int64,c array<string>>>), struct<date date>(d).date, a>>b, a<b, array<int64>[1]"),
        "SELECT CAST(a AS ARRAY<STRUCT<b INT64, c ARRAY<STRING>>>), STRUCT<date DATE>(d).date, a >> b, a < b, ARRAY<INT64>[1]\n"
            .replace("SELECT ", "SELECT\n  ")
            .replace("), STR", "),\n  STR")
            .replace(".date, ", ".date,\n  ")
            .replace(" >> b, a", " >> b,\n  a")
            .replace(" < b, ", " < b,\n  ")
    );
}

#[test]
fn signs_hug_and_operators_do_not() {
    assert_eq!(
        plain("select -1, a-1, a- -1, - -a, (-b), 2*-c, not -d, x<@y"),
        "SELECT -1, a - 1, a - -1, - -a, (-b), 2 * -c, NOT -d, x < @y\n"
    );
}

#[test]
fn names_with_hyphens_stay_whole() {
    assert_eq!(
        plain("select a-b from my-project.d.t, other-1.d.t2 join third-x.d.t on a-b=c"),
        "SELECT\n  a - b\nFROM\n  my-project.d.t,\n  other-1.d.t2\nJOIN\n  third-x.d.t\n  ON a - b = c\n"
    );
}

#[test]
fn comments_stay_where_they_say_something() {
    let text = "-- top\nSELECT\n  a, -- of a\n  -- about b\n  b /* inner */ + 1,\n\n  c\nFROM\n  t\nWHERE\n  x\n  -- AND y\nGROUP BY\n  a # last\n-- end\n";
    assert_eq!(plain(text), text);
    assert_eq!(plain("select a -- of a\n, b from t"), "SELECT\n  a, -- of a\n  b\nFROM\n  t\n");
}

#[test]
fn bodies_in_other_languages_are_untouched() {
    let text = "CREATE TEMP FUNCTION f(x STRING)\nRETURNS STRING\nLANGUAGE js\nAS r\"\"\"\n  if (x<1) {return  '\\n'; }  // 'select\n\"\"\";\n";
    assert_eq!(plain(text), text);
}

#[test]
fn long_lines_break_at_the_weakest_operator() {
    let name = "a_name_that_is_quite_long_and_then_some";
    assert_eq!(
        plain(&format!("select {name} * 2 + {name} + {name} as total from t")),
        format!("SELECT\n  {name} * 2\n    + {name}\n    + {name} AS total\nFROM\n  t\n")
    );
    assert_eq!(
        plain(&format!("select x from t where {name} between {name} and {name}")),
        format!("SELECT\n  x\nFROM\n  t\nWHERE\n  {name}\n    BETWEEN {name}\n    AND {name}\n")
    );
}

#[test]
fn templates_are_formatted_around_their_logic() {
    let text = "select\n{%- for d in dimensions %}\n{{ d.select }},\n{%- endfor %}\ncount(*) as n\nfrom {{ from }} where {{ from_day }}=@submission_date\n{%- if where is defined %}\nand ({{ where }})\n{%- endif %}\n";
    let expected = "SELECT\n  {%- for d in dimensions %}\n  {{ d.select }},\n  {%- endfor %}\n  count(*) AS n\nFROM\n  {{ from }}\nWHERE\n  {{ from_day }} = @submission_date\n  {%- if where is defined %}\n  AND ({{ where }})\n  {%- endif %}\n";
    assert_eq!(formatted(text, Mixed::Template), expected);
    assert_eq!(
        formatted("select a from t order by a{% for x in y %}, {{ x }}{% endfor %}", Mixed::Template),
        "SELECT\n  a\nFROM\n  t\nORDER BY\n  a{% for x in y %}, {{ x }}{% endfor %}\n"
    );
}

#[test]
fn axes_of_a_matrix_are_part_of_names() {
    assert_eq!(
        formatted("select '{country}' as {country}_x from {app.name}_stable.t", Mixed::Matrix),
        "SELECT\n  '{country}' AS {country}_x\nFROM\n  {app.name}_stable.t\n"
    );
}

#[test]
fn templates_whose_logic_cuts_through_are_left_alone() {
    assert_eq!(
        left_alone("select 1{% if x %},\n2\n{% endif %}"),
        "1:9 a tag of the template stands within a line"
    );
    assert_eq!(
        left_alone("select (\n{% if x %}\n1)\n{% else %}\n2)\n{% endif %}"),
        "3:2 a bracket opens in one branch and closes in another"
    );
    assert_eq!(
        left_alone("{% macro f() %}\nselect 1\n{% endmacro %}"),
        "1:1 `{% macro %}` decides what its text is"
    );
    assert_eq!(left_alone("select {{ x"), "1:8 `{{` has no `}}`");
    assert_eq!(left_alone("{% if x %}\nselect 1"), "1:1 `{% if %}` is not closed");
}

#[test]
fn mistakes_are_told_with_their_place() {
    assert_eq!(wrong("select\n  f(a"), "2:4 SQL syntax: `(` is not closed");
    assert_eq!(wrong("select a)"), "1:9 SQL syntax: `)` closes nothing");
    assert_eq!(wrong("select [a)"), "1:10 SQL syntax: `)` does not close `[`");
    assert_eq!(wrong("select 'a"), "1:8 SQL syntax: a literal is not closed on its line");
    // What nests too deeply to be laid out is still printed.
    plain(&"case when ".repeat(3_000));
    plain(&"create procedure p() begin ".repeat(500));
    assert!(wrong(&"(".repeat(100_000)).ends_with("brackets nest too deeply"));
}

#[test]
fn a_query_has_to_parse_and_a_script_need_not() {
    let mistake = |text: &str| {
        super::mistake(text).map(|problem| format!("{}:{}", problem.span.line, problem.span.column))
    };
    assert_eq!(mistake("SELECT a b c FROM t"), Some("1:12".to_owned()));
    assert_eq!(mistake("SELECT 1;\n(SELECT 2 FROM)"), Some("2:15".to_owned()));
    assert_eq!(mistake("WITH a AS SELECT 1"), Some("1:11".to_owned()));
    assert_eq!(mistake("SELECT 'a"), Some("1:8".to_owned()));
    assert_eq!(mistake("SELECT 1; SHOW ALL OF IT"), None);
    assert_eq!(mistake("SHOW ALL OF IT; SELECT 1"), None);
    assert_eq!(mistake("DECLARE a INT64 = 1; SELECT a"), None);
    assert_eq!(mistake("SELECT 1"), None);
}

#[test]
fn a_sign_of_no_sql_is_told_where_the_text_has_it() {
    assert_eq!(wrong("SELECT café"), "1:11 SQL syntax: `é` stands in no SQL outside of quotes");
    let place = |text: &str| match format(text, Mixed::Template, WIDTH) {
        Err(Refused::Syntax(problem)) => (problem.span.line, problem.span.column),
        other => panic!("{other:?}"),
    };
    assert_eq!(place("SELECT {{\n  x\n}},\n  café"), (4, 6));
    assert_eq!(place("SELECT {{\n  x\n}},\n  'caf"), (4, 3));
}

#[test]
fn nothing_and_comments_alone_are_texts_too() {
    assert_eq!(plain(""), "");
    assert_eq!(plain(" \n\n"), "");
    assert_eq!(plain("\n-- only\n\n"), "-- only\n");
    assert_eq!(plain("select 1;;\n\n\n\nselect 2 ;"), "SELECT 1;\n;\n\nSELECT 2;\n");
}

#[test]
fn long_texts_take_linear_time() {
    let start = std::time::Instant::now();
    let items = "  some_function(a, b) AS a_name, -- of it\n".repeat(5_000);
    plain(&format!("SELECT\n{items}  1\n"));
    plain(&format!("SELECT {} 1", "a + ".repeat(20_000)));
    plain(&"SELECT 1;\n".repeat(10_000));
    // A quadratic walk would take minutes.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// Words, symbols and comments that stand in SQL, in any order.
fn soup() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "select",
        "from",
        "where",
        "a",
        "b.c",
        "and",
        "or",
        "not",
        "between",
        "case",
        "when",
        "then",
        "else",
        "end",
        "as",
        "x",
        "array",
        "struct",
        "<",
        ">",
        ">>",
        "-",
        "+",
        "*",
        "/",
        "||",
        "=",
        "1",
        "'t'",
        "\"\"\"u\nv\"\"\"",
        "@p",
        "@@q",
        "join",
        "on",
        "using",
        "union all",
        "with",
        "if",
        "begin",
        "loop",
        ";",
        ",",
        ".",
        "|>",
        "in",
        "is",
        "null",
        "group by",
        "order by",
        "limit",
        "over",
        "partition by",
        "date",
        "interval",
        "day",
        "create",
        "table",
        "function",
        "returns",
        "int64",
        "insert",
        "into",
        "values",
        "update",
        "set",
        "merge",
        "matched",
        "delete",
        "declare",
        "default",
        "do",
        "while",
        "pivot",
        "except",
        "replace",
        "offset",
        "unnest",
        "exists",
        "cast",
        "`q r`",
        "my-project.t",
        "=>",
        "->",
        "?",
        ":",
        "~",
        "{{ v }}",
        "-- note\n",
        "# note\n",
        "/* note */",
        "/* two\nlines */",
        "\n",
        "\n\n",
        "\n-- own\n",
    ]);
    let bracket = |inner: BoxedStrategy<String>| {
        prop_oneof![
            inner.clone().prop_map(|text| format!("({text})")),
            inner.clone().prop_map(|text| format!("[{text}]")),
            inner.clone().prop_map(|text| format!("(select {text})")),
            inner.prop_map(|text| format!("f( {text} )")),
        ]
    };
    let leaf = prop::collection::vec(word, 0..12).prop_map(|words| words.join(" ")).boxed();
    leaf.prop_recursive(4, 64, 4, move |inner| {
        prop::collection::vec(prop_oneof![inner.clone(), bracket(inner)], 1..5)
            .prop_map(|parts| parts.join(" "))
            .boxed()
    })
}

/// What tokens and comments a text has, without the help of the formatter's own comparison.
fn significant(text: &str) -> (Vec<String>, Vec<String>) {
    use crate::sql::parse::tokens::{TokenKind, cut};
    let (mut words, mut comments) = (String::new(), Vec::new());
    for token in cut(text).unwrap() {
        match token.kind {
            TokenKind::Space if token.text.trim().is_empty() => {}
            TokenKind::Space => comments.push(token.text.trim_end().to_owned()),
            TokenKind::Word { .. } => words.push_str(&format!("{}\u{1}", token.text.to_uppercase())),
            _ => words.push_str(&format!("{}\u{1}", token.text)),
        }
    }
    // `>>` of a type and of a shift are one thing here.
    (words.replace(">>", ">\u{1}>").split('\u{1}').map(str::to_owned).collect(), comments)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_soup_keeps_its_tokens_and_comments_and_settles(text in soup()) {
        let hidden = text.replace("{{ v }}", "v");
        match format(&hidden, Mixed::Plain, WIDTH) {
            Ok(once) => {
                prop_assert_eq!(significant(&hidden), significant(&once));
                prop_assert_eq!(format(&once, Mixed::Plain, WIDTH).unwrap(), once);
            }
            Err(Refused::Syntax(_)) => {}
            Err(Refused::LeftAlone { reason, .. }) => prop_assert!(false, "{}", reason),
        }
        // A template may be left alone; it must not be changed in what it says.
        if let Ok(once) = format(&text, Mixed::Template, WIDTH) {
            let squeezed = |text: &str| text.split_whitespace().collect::<String>().to_uppercase();
            prop_assert_eq!(squeezed(&text).len(), squeezed(&once).len());
        }
    }

    #[test]
    fn no_text_makes_it_fail(text in "\\PC*", template in any::<bool>()) {
        let mixed = if template { Mixed::Matrix } else { Mixed::Plain };
        if let Ok(once) = format(&text, mixed, WIDTH) {
            prop_assert_eq!(format(&once, mixed, WIDTH).unwrap(), once);
        }
    }
}

/// The project's own SQL: what is generated, and what people wrote.
#[test]
fn the_shipped_sql_keeps_its_tokens() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for folder in ["generated", "datasets", "templates", "src/template/builtin"] {
        for entry in ignore::WalkBuilder::new(root.join(folder)).standard_filters(false).build() {
            let entry = entry.unwrap();
            if entry.path().extension().is_none_or(|extension| extension != "sql") {
                continue;
            }
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let is_template = text.contains("{{") || text.contains("{%");
            let mixed = if is_template { Mixed::Template } else { Mixed::Plain };
            match format(&text, mixed, WIDTH) {
                Ok(once) => {
                    assert_eq!(format(&once, mixed, WIDTH).unwrap(), once, "{}", entry.path().display());
                    if !is_template {
                        assert_eq!(significant(&text), significant(&once), "{}", entry.path().display());
                    }
                    count += 1;
                }
                Err(Refused::LeftAlone { .. }) if is_template => {}
                Err(refused) => panic!("{}: {refused:?}", entry.path().display()),
            }
        }
    }
    assert!(count > 100, "only {count} files were formatted");
}

#[test]
fn what_follows_a_comment_breaks_too_and_subscripts_do_not() {
    let name = "a_name_that_is_quite_long_and_then_some";
    assert_eq!(
        plain(&format!("select\n-- c\nf({name}, {name})[offset(0)] as more_names from t")),
        format!("SELECT\n  -- c\n  f({name}, {name})[offset(0)] AS more_names\nFROM\n  t\n")
            .replace(&format!("f({name}, {name})"), &format!("f(\n    {name},\n    {name}\n  )"))
    );
}

/// The tree of a text, without places and letter case; none where the parser refuses it.
fn tree(text: &str) -> Option<String> {
    let shown = format!("{:?}", crate::sql::parse::script(text).ok()?);
    let mut parts = shown.split("Span {");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    parts.for_each(|part| bare.push_str(part.split_once('}').unwrap().1));
    Some(bare.to_uppercase())
}

#[test]
fn the_formatted_text_has_the_same_tree() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for entry in ignore::WalkBuilder::new(root.join("generated")).standard_filters(false).build() {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|extension| extension == "sql") {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let Some(before) = tree(&text) else { continue };
            assert_eq!(tree(&plain(&text)), Some(before), "{}", entry.path().display());
            count += 1;
        }
    }
    assert!(count > 100, "only {count} files were parsed");
    for text in [
        "select a-b, - -c, not -d, x between 1 and 2 and y, cast(a as array<struct<b int64>>), [1, 2][offset(0)] from my-project.d.t",
        "select case when a then b else c end, case x when 1 then 2 end, a is not distinct from b, interval 1 day, date '2026-11-22'",
        "select * except (a) replace (b as c), sum(x) over (partition by a order by b rows between 1 preceding and current row) from t",
        "from t |> where a > 1 |> aggregate count(*) as n group by b |> order by n desc |> limit 3",
        "merge into a t using b s on t.x = s.x when matched and s.y then delete when not matched then insert (x) values (s.x)",
        "declare i int64 default 1; while i < 3 do set i = i + 1; if i = 2 then break; end if; end while",
        "select x from a, unnest([1]) as u with offset as o left join b using (x) qualify row_number() over w = 1 window w as (order by x)",
    ] {
        let before = tree(text).unwrap_or_else(|| panic!("not parsed: {text}"));
        assert_eq!(tree(&plain(text)), Some(before), "{text}");
    }
}
