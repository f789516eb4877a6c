{#---
description: One row per client, in the partition of the day on which the client was first seen.
partition_by: first_seen_date
every: [day]
reads_self: all_before
parameters:
  attributes: {type: columns, default: [], description: What the client was like on that day.}
  client: {type: column, default: client_id, description: The column that identifies a client.}
---#}
SELECT
  @submission_date AS first_seen_date,
  today.{{ client }},
{%- for attribute in attributes %}
  {{ attribute.select }},
{%- endfor %}
FROM
  {{ from }} AS today
LEFT JOIN (
  SELECT
    {{ client }}
  FROM
    {{ this }}
  WHERE
    first_seen_date < @submission_date
) AS known
  ON today.{{ client }} = known.{{ client }}
WHERE
  {{ from_day }} = @submission_date
  AND today.{{ client }} IS NOT NULL
  AND known.{{ client }} IS NULL
QUALIFY
  ROW_NUMBER() OVER (
    PARTITION BY today.{{ client }}
    ORDER BY {{ from_day }}{% for attribute in attributes %}, {{ attribute.expression }}{% endfor %}
  ) = 1
