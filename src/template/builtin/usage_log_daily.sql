{#---
description: >-
  One row per user and day of a server log. The user is a keyed hash: who does not have the key can neither
  read nor guess the identifier behind it.
partition_by: submission_date
every: [day]
parameters:
  user: {type: expression, required: true, description: 'The identifier of a user, such as `fields.user_id`; it is hashed.'}
  key: {type: text, required: true, description: The name of the key that it is hashed with.}
  order: {type: expression, default: timestamp, description: When a line was written.}
  attributes: {type: columns, default: [], description: What the latest line that says so says of the user.}
  measures: {type: measures, default: {}, description: "Aggregates over the user's lines, such as `errors: countif(…)`."}
  where: {type: expression, description: Which lines count; all of them without it.}
---#}
WITH lines AS (
  SELECT
    *,
    {{ order }} AS _written,
    keyed_hash({{ user }}, {{ key | literal }}) AS _user_key,
  {%- for attribute in attributes %}
    {{ attribute.expression }} AS _{{ attribute.name }},
  {%- endfor %}
  FROM
    {{ from }}
  WHERE
    {{ from_day }} = @submission_date
    AND {{ user }} IS NOT NULL
{%- if where is defined %}
    AND ({{ where }})
{%- endif %}
)
SELECT
  @submission_date AS submission_date,
  _user_key AS user_key,
  COUNT(*) AS requests,
{%- for attribute in attributes %}
  ARRAY_AGG(
    _{{ attribute.name }} IGNORE NULLS ORDER BY _written DESC, _{{ attribute.name }} LIMIT 1
  )[SAFE_OFFSET(0)] AS {{ attribute.name }},
{%- endfor %}
{%- for measure in measures %}
  {{ measure.select }},
{%- endfor %}
FROM
  lines
GROUP BY
  user_key
