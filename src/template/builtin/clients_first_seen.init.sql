{# Fills all partitions at once: every client's first day. #}
SELECT
  {{ from_day }} AS first_seen_date,
  today.{{ client }},
{%- for attribute in attributes %}
  {{ attribute.select }},
{%- endfor %}
FROM
  {{ from }} AS today
WHERE
  {{ from_day }} >= DATE(@partition_start)
  AND {{ from_day }} < DATE(@partition_end)
  AND today.{{ client }} IS NOT NULL
QUALIFY
  ROW_NUMBER() OVER (
    PARTITION BY today.{{ client }}
    ORDER BY {{ from_day }}{% for attribute in attributes %}, {{ attribute.expression }}{% endfor %}
  ) = 1
