{#---
description: One row per event of the pings of a day.
partition_by: submission_date
every: [day, hour]
parameters:
  events: {type: column, default: events, description: The column that lists a ping's events.}
  attributes: {type: columns, default: [client_id], description: What is told of the ping beside each event.}
  where: {type: expression, description: 'Which events count, `event` being one of them; all of them without it.'}
---#}
SELECT
  {{ partition.value }} AS {{ partition.column }},
  document_id,
{%- for attribute in attributes %}
  {{ attribute.select }},
{%- endfor %}
  event_number,
  event.category AS event_category,
  event.name AS event_name,
  event.timestamp AS event_timestamp,
  event.extra AS event_extra
FROM
  {{ from }}
CROSS JOIN
  UNNEST({{ events }}) AS event WITH OFFSET AS event_number
WHERE
  {{ in_partition }}
{%- if where is defined %}
  AND ({{ where }})
{%- endif %}
