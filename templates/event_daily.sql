{#---
description: How often an event happened, and to how many clients, per day and the value of one of its extras.
partition_by: submission_date
parameters:
  category: {type: text, required: true, description: The event's category.}
  event: {type: text, required: true, description: The event's name.}
  extra: {type: text, required: true, description: The extra to count by; it names the column too.}
  dimensions: {type: columns, default: [], description: More columns to group by.}
---#}
SELECT
  @submission_date AS submission_date,
  (SELECT value FROM UNNEST(event.extra) WHERE key = {{ extra | literal }}) AS {{ extra }},
{%- for dimension in dimensions %}
  {{ dimension.select }},
{%- endfor %}
  COUNT(*) AS events,
  COUNT(DISTINCT client_info.client_id) AS clients
FROM
  {{ from }}
CROSS JOIN
  UNNEST(events) AS event
WHERE
  {{ from_day }} = @submission_date
  AND event.category = {{ category | literal }}
  AND event.name = {{ event | literal }}
GROUP BY
  {{ extra }}
{%- for dimension in dimensions %},
  {{ dimension.name }}
{%- endfor %}
