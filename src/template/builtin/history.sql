{#---
description: >-
  One row per key and state that it was in, made from all snapshots, in each of which a key has one row: `valid_from` is the first snapshot with
  the state, `valid_to` the first one without it, NULL while it holds.
every: [none]
parameters:
  key: {type: columns, required: true, description: The columns that identify what changes.}
  day: {type: column, default: snapshot_date, description: The day of a snapshot.}
---#}
{%- set keys = key | map(attribute="name") | list -%}
WITH days AS (
  -- Only days that have a snapshot count, so that a day without one ends nothing.
  SELECT
    day,
    ROW_NUMBER() OVER (ORDER BY day) AS number,
    LEAD(day) OVER (ORDER BY day) AS next_day
  FROM
    (SELECT DISTINCT {{ day }} AS day FROM {{ from }})
),
states AS (
  SELECT
    snapshots.*,
    IF(
      COUNT(*) OVER (PARTITION BY {% for name in keys %}snapshots.{{ name }}, {% endfor %}days.number) = 1,
      days.number,
      ERROR('a snapshot has two rows of one key; choose a key by which every row is another one')
    ) AS _number,
    days.next_day AS _next_day,
    TO_JSON_STRING(STRUCT(
    {%- for column in from_columns if column not in keys and column != day ~ "" %}
      snapshots.{{ column }}{{ "," if not loop.last }}
    {%- endfor %}
    )) AS _state
  FROM
    {{ from }} AS snapshots
  INNER JOIN
    days
    ON snapshots.{{ day }} = days.day
),
marked AS (
  SELECT
    *,
    COALESCE(
      _state != LAG(_state) OVER (PARTITION BY {{ keys | join(", ") }} ORDER BY _number)
      OR _number != LAG(_number) OVER (PARTITION BY {{ keys | join(", ") }} ORDER BY _number) + 1,
      TRUE
    ) AS _begins
  FROM
    states
),
runs AS (
  SELECT
    *,
    COUNTIF(_begins) OVER (
      PARTITION BY {{ keys | join(", ") }} ORDER BY _number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS _run
  FROM
    marked
)
SELECT
{%- for column in from_columns if column != day ~ "" %}
  {{ column }},
{%- endfor %}
  MIN({{ day }}) OVER (PARTITION BY {{ keys | join(", ") }}, _run) AS valid_from,
  _next_day AS valid_to,
  _next_day IS NULL AS is_current
FROM
  runs
QUALIFY
  ROW_NUMBER() OVER (PARTITION BY {{ keys | join(", ") }}, _run ORDER BY _number DESC) = 1
