{#---
description: >-
  One row per client and day for 28 days after each activity. Bit 0 of an activity column says that the
  client was active on the day, bit 1 the day before, and so on to bit 27.
partition_by: submission_date
every: [day]
reads_self: {last: 27 days}
parameters:
  activity:
    type: measures
    default: {days_seen_bits: 'TRUE'}
    description: 'What counts as active on a day: a condition per column of bits.'
  attributes: {type: columns, default: [], description: "The client's latest values."}
  client: {type: column, default: client_id, description: The column that identifies a client.}
---#}
WITH today AS (
  SELECT
    {{ client }},
  {%- for bits in activity %}
    IF({{ bits.expression }}, 1, 0) AS {{ bits.name }},
  {%- endfor %}
  {%- for attribute in attributes %}
    {{ attribute.select }},
  {%- endfor %}
  FROM
    {{ from }}
  WHERE
    {{ from_day }} = @submission_date
    AND {{ client }} IS NOT NULL
),
-- Yesterday's bits, one day older: 268435455 keeps the lowest 28.
before AS (
  SELECT
    {{ client }},
  {%- for bits in activity %}
    ({{ bits.name }} << 1) & 268435455 AS {{ bits.name }},
  {%- endfor %}
  {%- for attribute in attributes %}
    {{ attribute.name }},
  {%- endfor %}
  FROM
    {{ this }}
  WHERE
    submission_date = DATE_SUB(@submission_date, INTERVAL 1 DAY)
)
SELECT
  @submission_date AS submission_date,
  {{ client }},
{%- for bits in activity %}
  COALESCE(before.{{ bits.name }}, 0) | COALESCE(today.{{ bits.name }}, 0) AS {{ bits.name }},
{%- endfor %}
{%- for attribute in attributes %}
  IF(today.{{ client }} IS NOT NULL, today.{{ attribute.name }}, before.{{ attribute.name }}) AS {{ attribute.name }},
{%- endfor %}
FROM
  today
FULL JOIN
  before
  USING ({{ client }})
WHERE
  -- A client that was not active for 28 days leaves the table.
{%- for bits in activity %}
  {{ "OR " if not loop.first }}COALESCE(before.{{ bits.name }}, 0) | COALESCE(today.{{ bits.name }}, 0) != 0
{%- endfor %}
