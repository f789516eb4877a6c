{#---
description: >-
  The rows of all tables under `from`, columns by name. Structs and arrays of structs are brought to one
  shape: what a table lacks is NULL, at every depth. A dataset reads its own partition of each table, a view all rows.
---#}
{%- for input in inputs %}
{{ input.select }}
{%- if input.from_day is defined and not is_view %}
WHERE
  {{ input.in_partition }}
{%- endif %}
{{ "UNION ALL" if not loop.last }}
{%- endfor %}
