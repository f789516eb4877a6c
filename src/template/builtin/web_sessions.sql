{#---
description: >-
  One row per session of a website, on the day of its first event, also where it goes on over midnight.
  Events of the day before and of the day after are read too, so that a day waits for the next one.
partition_by: session_date
every: [day]
parameters:
  attributes: {type: columns, default: [], description: 'Values of the first event that has one, such as `country: geo.country`.'}
  measures: {type: measures, default: {}, description: "Aggregates over the session's events."}
  where: {type: expression, description: Which events count; all of them without it.}
---#}
WITH events AS (
  SELECT
    *,
    {{ from_day }} AS _day,
    TIMESTAMP_MICROS(event_timestamp) AS _time,
    (
      SELECT MAX(parameter.value.int_value) FROM UNNEST(event_params) AS parameter
      WHERE parameter.key = 'ga_session_id'
    ) AS _session_id,
    (
      SELECT MAX(parameter.value.string_value) FROM UNNEST(event_params) AS parameter
      WHERE parameter.key = 'page_location'
    ) AS _page,
  {%- for attribute in attributes %}
    {{ attribute.expression }} AS _{{ attribute.name }},
  {%- endfor %}
  FROM
    {{ from }}
  WHERE
    {{ from_day }} BETWEEN DATE_SUB(@submission_date, INTERVAL 1 DAY) AND DATE_ADD(@submission_date, INTERVAL 1 DAY)
    AND user_pseudo_id IS NOT NULL
{%- if where is defined %}
    AND ({{ where }})
{%- endif %}
)
SELECT
  @submission_date AS session_date,
  user_pseudo_id,
  _session_id AS session_id,
  MIN(_time) AS started_at,
  MAX(_time) AS ended_at,
  COUNT(*) AS events,
  COUNTIF(event_name = 'page_view') AS page_views,
  ARRAY_AGG(_page IGNORE NULLS ORDER BY _time, event_name, _page LIMIT 1)[SAFE_OFFSET(0)] AS landing_page,
{%- for attribute in attributes %}
  ARRAY_AGG(
    _{{ attribute.name }} IGNORE NULLS ORDER BY _time, event_name, _{{ attribute.name }} LIMIT 1
  )[SAFE_OFFSET(0)] AS {{ attribute.name }},
{%- endfor %}
{%- for measure in measures %}
  {{ measure.select }},
{%- endfor %}
FROM
  events
WHERE
  _session_id IS NOT NULL
GROUP BY
  user_pseudo_id,
  _session_id
HAVING
  MIN(_day) = @submission_date
