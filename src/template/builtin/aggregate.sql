{#---
description: Measures per day, hour, week or month and dimensions; of all there is where nothing partitions it.
partition_by: submission_date
parameters:
  dimensions: {type: columns, default: [], description: The columns to group by.}
  measures: {type: measures, required: true, description: 'Aggregates by name, such as `pings: count(*)`.'}
  where: {type: expression, description: Which rows count; all of them without it.}
---#}
SELECT
{%- if partition %}
  {{ partition.value }} AS {{ partition.column }},
{%- endif %}
{%- for dimension in dimensions %}
  {{ dimension.select }},
{%- endfor %}
{%- for measure in measures %}
  {{ measure.select }},
{%- endfor %}
FROM
  {{ from }}
WHERE
  {{ in_partition }}
{%- if where is defined %}
  AND ({{ where }})
{%- endif %}
{%- if dimensions %}
GROUP BY
{%- for dimension in dimensions %}
  {{ dimension.name }}{{ "," if not loop.last }}
{%- endfor %}
{%- endif %}
