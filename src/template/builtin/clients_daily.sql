{#---
description: One row per client and day. Attributes are the day's most frequent value, measures aggregates of its pings.
partition_by: submission_date
every: [day]
parameters:
  attributes: {type: columns, default: [], description: "The day's mode of each; ties go to the value of the latest ping."}
  measures: {type: measures, default: {}, description: 'Aggregates over the pings of the day, such as `searches: sum(…)`.'}
  where: {type: expression, description: Which pings count; all of them without it.}
  client: {type: expression, default: client_id, description: The column that identifies a client.}
  order: {type: expression, default: submission_timestamp, description: When a ping arrived.}
  tie: {type: expression, default: document_id, description: Decides between pings of the same instant.}
---#}
WITH pings AS (
  SELECT
    *,
    {{ client }} AS _client_id,
    {{ order }} AS _arrived,
    {{ tie }} AS _tie,
  {%- for attribute in attributes %}
    {{ attribute.expression }} AS _{{ attribute.name }},
  {%- endfor %}
  FROM
    {{ from }}
  WHERE
    {{ from_day }} = @submission_date
    AND {{ client }} IS NOT NULL
{%- if where is defined %}
    AND ({{ where }})
{%- endif %}
){% if attributes %},
-- How many of the client's pings carry the value that this ping carries.
counted AS (
  SELECT
    *,
  {%- for attribute in attributes %}
    COUNT(*) OVER (PARTITION BY _client_id, _{{ attribute.name }}) AS _{{ attribute.name }}_pings,
  {%- endfor %}
  FROM
    pings
){% endif %}
SELECT
  @submission_date AS submission_date,
  _client_id AS client_id,
  COUNT(*) AS pings,
{%- for attribute in attributes %}
  ARRAY_AGG(
    _{{ attribute.name }} IGNORE NULLS
    ORDER BY _{{ attribute.name }}_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS {{ attribute.name }},
{%- endfor %}
{%- for measure in measures %}
  {{ measure.select }},
{%- endfor %}
FROM
  {{ "counted" if attributes else "pings" }}
GROUP BY
  submission_date,
  client_id
