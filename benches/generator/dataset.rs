//! Datasets: client tables by template, aggregates by template, and SQL of their own with joins, common
//! tables, windows and UNNEST. All of them have the columns that [`COMMON`] names, so that any can
//! be joined with any.

use super::random::Random;
use super::source::Sources;

/// Columns that every dataset has beside its date.
const COMMON: [&str; 4] = ["country", "channel", "searches", "duration_seconds"];

/// A dataset that others may read.
pub struct Made {
    /// Its table, or the view of it.
    name: String,
    /// One row per client; one row per country and channel otherwise.
    per_client: bool,
}

/// A definition on its way: the part that is different for each kind of dataset.
struct Draft {
    what: &'static str,
    description: String,
    query: String,
    per_client: bool,
}

type Written = (String, String, Made);

/// A dataset of the lowest layer.
pub fn on_source(number: usize, sources: &Sources, random: &mut Random) -> Written {
    let product = random.pick(&sources.products).as_str();
    let table = random.pick(&sources.tables).as_str();
    let draft = match random.below(10) {
        0..=4 => clients_daily(product, random),
        5..=6 => labels(product, random),
        _ => items(table, random),
    };
    finish(number, draft, random)
}

/// A dataset above others: mostly of the layer right below, at times of a deeper one.
pub fn on_datasets(number: usize, layers: &[Vec<Made>], random: &mut Random) -> Written {
    let fan_in = 2 + random.below(3);
    let mut upstreams: Vec<&Made> = Vec::new();
    while upstreams.len() < fan_in {
        let layer = match upstreams.is_empty() || random.percent(70) {
            true => &layers[layers.len() - 1],
            false => random.pick(layers),
        };
        let upstream = random.pick(layer);
        if !upstreams.iter().any(|known| known.name == upstream.name) {
            upstreams.push(upstream);
        }
    }
    let draft = match random.below(10) {
        0..=1 => aggregate(upstreams[0], random),
        2..=6 => joined(&upstreams),
        7..=8 => weekly(&upstreams),
        _ => unpivoted(&upstreams),
    };
    finish(number, draft, random)
}

/// A dataset that copies another one: its path, its text and its name.
pub fn link(number: usize, upstream: &str) -> (String, String, String) {
    let name = format!("chain_derived.link_{number}_v1");
    let query = format!(
        "SELECT\n  submission_date,\n  client_id,\n  searches\nFROM\n  `{upstream}`\n\
         WHERE\n  submission_date = @submission_date\n"
    );
    let text = format!("dataset: {name}\ndescription: A copy of {upstream}.\n{}", own(&query));
    (format!("datasets/chain/link_{number}.yaml"), text, name)
}

fn finish(number: usize, draft: Draft, random: &mut Random) -> Written {
    let area = format!("area_{}", number % 40);
    let table = format!("{area}_derived.{}_{number}_v1", draft.what);
    let view = format!("{area}.{}_{number}", draft.what);
    let Draft { description, query, .. } = draft;
    let mut text = format!("dataset: {table}\ndescription: {description}\n{query}");
    let mut checks = vec!["min_rows(1)".to_owned()];
    if draft.per_client {
        checks.push("not_null(client_id)".to_owned());
        text.push_str("deletion: by client_id\nexpires: 775 days\n");
    }
    if random.percent(30) {
        checks.push("\"holds(searches >= 0)\"".to_owned());
    }
    text.push_str(&format!("checks: [{}]\n", checks.join(", ")));
    let has_view = random.percent(50);
    if has_view {
        text.push_str(&format!("view: {view}\n"));
    }
    if random.percent(30) {
        text.push_str("columns:\n  searches: Searches over all engines.\n");
    }
    let name = if has_view && random.percent(30) { view } else { table };
    let path = format!("datasets/{area}/{}_{number}.yaml", draft.what);
    (path, text, Made { name, per_client: draft.per_client })
}

fn clients_daily(product: &str, random: &mut Random) -> Draft {
    let (first, second) = (random.below(12), random.below(12));
    Draft {
        what: "clients_daily",
        description: format!("One row per client and day of {product}."),
        query: format!(
            "from: {product}_stable.baseline_v1\n\
             template: tidemill/clients_daily\n\
             with:\n  \
             attributes:\n    \
             - country\n    \
             - channel: normalized_channel\n    \
             - os: normalized_os\n    \
             - engine: metric('usage.string_{first}')\n  \
             measures:\n    \
             duration_seconds: sum(metric('glean.baseline.duration'))\n    \
             searches: sum(labeled_total('usage.labeled_counter_{first}'))\n    \
             tabs: max(metric('usage.counter_{second}'))\n"
        ),
        per_client: true,
    }
}

fn labels(product: &str, random: &mut Random) -> Draft {
    let number = random.below(12);
    let query = format!(
        "SELECT\n  \
         @submission_date AS submission_date,\n  \
         metadata.geo.country AS country,\n  \
         normalized_channel AS channel,\n  \
         label.key AS engine,\n  \
         SUM(label.value) AS searches,\n  \
         SUM(metrics.counter.usage_counter_{number}) AS duration_seconds,\n  \
         COUNT(DISTINCT client_info.client_id) AS clients\n\
         FROM\n  `{product}_stable.metrics_v1`\n\
         CROSS JOIN\n  UNNEST(metrics.labeled_counter.usage_labeled_counter_{number}) AS label\n\
         WHERE\n  DATE(submission_timestamp) = @submission_date\n\
         GROUP BY\n  country,\n  channel,\n  engine\n"
    );
    Draft {
        what: "labels",
        description: format!("Labels of number {number} per day, country and channel."),
        query: own(&query),
        per_client: false,
    }
}

fn items(table: &str, random: &mut Random) -> Draft {
    let limit = 100 + random.below(900);
    let query = format!(
        "WITH filtered AS (\n  \
         SELECT\n    * EXCEPT (items),\n    \
         ARRAY(SELECT item.amount FROM UNNEST(items) AS item WHERE item.amount < {limit}) AS amounts,\n    \
         (SELECT STRING_AGG(item.name, ',' ORDER BY item.name) FROM UNNEST(items) AS item) AS names\n  \
         FROM\n    `{table}`\n  \
         WHERE\n    submission_date = @submission_date\n    AND client_id IS NOT NULL\n)\n\
         SELECT\n  \
         submission_date,\n  client_id,\n  country,\n  \
         COALESCE(channel, 'Other') AS channel,\n  searches,\n  duration_seconds,\n  names,\n  \
         (SELECT SUM(amount) FROM UNNEST(amounts) AS amount) AS amount\n\
         FROM\n  filtered\n\
         QUALIFY\n  \
         ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY searches DESC, country, channel) = 1\n"
    );
    Draft {
        what: "items",
        description: format!("One row per client with the items of {table}."),
        query: own(&query),
        per_client: true,
    }
}

fn aggregate(upstream: &Made, random: &mut Random) -> Draft {
    let name = &upstream.name;
    let condition = match random.percent(50) {
        true => "  where: searches IS NOT NULL\n",
        false => "",
    };
    Draft {
        what: "aggregate",
        description: format!("{name} by country and channel."),
        query: format!(
            "from: {name}\n\
             template: tidemill/aggregate\n\
             with:\n  \
             dimensions:\n    \
             - country\n    \
             - channel: COALESCE(channel, '??')\n  \
             measures:\n    \
             searches: sum(searches)\n    \
             duration_seconds: sum(duration_seconds)\n    \
             active: countif(searches > 0)\n    \
             mean_duration: safe_divide(sum(duration_seconds), count(*))\n{condition}"
        ),
        per_client: false,
    }
}

fn joined(upstreams: &[&Made]) -> Draft {
    let main = upstreams[0];
    let client = if main.per_client { "client_id,\n    " } else { "" };
    let [country, channel, searches, duration] = COMMON;
    let mut query = format!(
        "WITH base AS (\n  \
         SELECT\n    {client}{country},\n    {channel},\n    \
         COALESCE({searches}, 0) AS {searches},\n    {duration}\n  \
         FROM\n    `{}`\n  \
         WHERE\n    submission_date = @submission_date\n),\n",
        main.name
    );
    let mut joins = String::new();
    let mut columns = String::new();
    for (index, upstream) in upstreams.iter().enumerate().skip(1) {
        query.push_str(&format!(
            "-- The totals of one of the others.\n\
             other_{index} AS (\n  \
             SELECT\n    {country},\n    {channel},\n    SUM({searches}) AS {searches},\n    \
             MAX({duration}) AS longest\n  \
             FROM\n    `{}`\n  \
             WHERE\n    submission_date = @submission_date\n    AND {searches} IS NOT NULL\n  \
             GROUP BY\n    {country},\n    {channel}\n),\n",
            upstream.name
        ));
        columns.push_str(&format!(
            "  SAFE_DIVIDE(ranked.{searches}, other_{index}.{searches}) AS share_{index},\n"
        ));
        joins.push_str(&format!(
            "LEFT JOIN\n  other_{index}\n  ON ranked.{country} = other_{index}.{country}\n  \
             AND ranked.{channel} = other_{index}.{channel}\n"
        ));
    }
    let (key, tie) = match main.per_client {
        true => ("  ranked.client_id,\n", "client_id"),
        false => ("", channel),
    };
    query.push_str(&format!(
        "ranked AS (\n  SELECT\n    *,\n    \
         ROW_NUMBER() OVER (PARTITION BY {country} ORDER BY {searches} DESC, {tie}) AS place\n  \
         FROM\n    base\n)\n\
         SELECT\n  @submission_date AS submission_date,\n{key}  \
         ranked.{country},\n  ranked.{channel},\n  ranked.{searches},\n  ranked.{duration},\n{columns}  \
         GREATEST(ranked.{duration}, COALESCE(other_1.longest, 0)) AS longest,\n  \
         CASE\n    WHEN ranked.{searches} = 0 THEN 'none'\n    \
         WHEN ranked.{searches} BETWEEN 1 AND 10 THEN 'some'\n    ELSE 'many'\n  END AS segment\n\
         FROM\n  ranked\n{joins}\
         WHERE\n  ranked.place <= 1000\n"
    ));
    Draft {
        what: "joined",
        description: format!("{} beside {} others.", main.name, upstreams.len() - 1),
        query: own(&query),
        per_client: main.per_client,
    }
}

fn weekly(upstreams: &[&Made]) -> Draft {
    let [country, channel, searches, duration] = COMMON;
    let week = "submission_date BETWEEN DATE_SUB(@submission_date, INTERVAL 6 DAY) AND @submission_date";
    let parts: Vec<String> = upstreams
        .iter()
        .map(|upstream| {
            format!(
                "  SELECT\n    submission_date AS day,\n    {country},\n    {channel},\n    \
                 {searches},\n    {duration}\n  FROM\n    `{}`\n  WHERE\n    {week}\n",
                upstream.name
            )
        })
        .collect();
    let query = format!(
        "WITH days AS (\n{}),\n\
         by_day AS (\n  \
         SELECT\n    day,\n    {country},\n    {channel},\n    SUM({searches}) AS {searches},\n    \
         SUM({duration}) AS {duration}\n  FROM\n    days\n  GROUP BY\n    day,\n    {country},\n    {channel}\n),\n\
         compared AS (\n  \
         SELECT\n    *,\n    \
         LAG({searches}) OVER (PARTITION BY {country}, {channel} ORDER BY day) AS before,\n    \
         AVG({searches}) OVER (\n      PARTITION BY {country}, {channel}\n      ORDER BY day\n      \
         ROWS BETWEEN 6 PRECEDING AND CURRENT ROW\n    ) AS mean\n  FROM\n    by_day\n)\n\
         SELECT\n  @submission_date AS submission_date,\n  {country},\n  {channel},\n  \
         SUM({searches}) AS {searches},\n  SUM({duration}) AS {duration},\n  \
         MAX(IF(day = @submission_date, {searches} - COALESCE(before, 0), NULL)) AS change,\n  \
         MAX(ROUND(mean, 2)) AS best_mean\n\
         FROM\n  compared\n\
         GROUP BY\n  {country},\n  {channel}\n\
         HAVING\n  {searches} > 0\n",
        parts.join("  UNION ALL\n")
    );
    Draft {
        what: "weekly",
        description: format!("A week of {} tables.", upstreams.len()),
        query: own(&query),
        per_client: false,
    }
}

fn unpivoted(upstreams: &[&Made]) -> Draft {
    let [country, channel, searches, duration] = COMMON;
    let query = format!(
        "SELECT\n  @submission_date AS submission_date,\n  one.{country},\n  one.{channel},\n  \
         SUM(IF(measure.name = 'searches', measure.value, 0)) AS {searches},\n  \
         SUM(IF(measure.name = 'duration', measure.value, 0)) AS {duration},\n  \
         ARRAY_AGG(DISTINCT UPPER(measure.name) ORDER BY UPPER(measure.name)) AS names,\n  \
         COUNTIF(other.{searches} IS NULL) AS unmatched\n\
         FROM\n  `{}` AS one\n\
         INNER JOIN\n  `{}` AS other\n  \
         ON one.{country} = other.{country}\n  AND one.{channel} = other.{channel}\n\
         CROSS JOIN\n  UNNEST([\n    \
         STRUCT('searches' AS name, one.{searches} AS value),\n    \
         STRUCT('duration' AS name, other.{duration} AS value)\n  ]) AS measure\n\
         WHERE\n  one.submission_date = @submission_date\n  \
         AND other.submission_date = @submission_date\n\
         GROUP BY\n  one.{country},\n  one.{channel}\n",
        upstreams[0].name, upstreams[1].name
    );
    Draft {
        what: "unpivoted",
        description: format!("The measures of {} one by one.", upstreams[0].name),
        query: own(&query),
        per_client: false,
    }
}

/// SQL as a block of the definition.
fn own(query: &str) -> String {
    let lines: Vec<String> = query.lines().map(|line| format!("  {line}")).collect();
    format!("sql: |\n{}\n", lines.join("\n"))
}
