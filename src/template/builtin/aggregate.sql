{#---
description: Measures per day and dimensions.
partition_by: submission_date
parameters:
  dimensions: {type: columns, default: [], description: The columns to group by.}
  measures: {type: measures, required: true, description: 'Aggregates by name, such as `pings: count(*)`.'}
  where: {type: expression, description: Which rows count; all of them without it.}
---#}
SELECT
  @submission_date AS submission_date,
{%- for dimension in dimensions %}
  {{ dimension.select }},
{%- endfor %}
{%- for measure in measures %}
  {{ measure.select }},
{%- endfor %}
FROM
  {{ from }}
WHERE
  {{ from_day }} = @submission_date
{%- if where is defined %}
  AND ({{ where }})
{%- endif %}
{%- if dimensions %}
GROUP BY
{%- for dimension in dimensions %}
  {{ dimension.name }}{{ "," if not loop.last }}
{%- endfor %}
{%- endif %}
