{#---
description: >-
  Daily, weekly and monthly active users per day and dimensions: clients active on the day, in the 7
  days and in the 28 days that end with it.
partition_by: submission_date
every: [day]
parameters:
  dimensions: {type: columns, default: [], description: The columns to group by.}
  bits: {type: column, default: days_seen_bits, description: The column of activity bits.}
---#}
SELECT
  @submission_date AS submission_date,
{%- for dimension in dimensions %}
  {{ dimension.select }},
{%- endfor %}
  -- Bit 0 is the day itself, 127 its 7 days, 268435455 its 28 days.
  COUNTIF({{ bits }} & 1 != 0) AS daily_active_users,
  COUNTIF({{ bits }} & 127 != 0) AS weekly_active_users,
  COUNTIF({{ bits }} & 268435455 != 0) AS monthly_active_users
FROM
  {{ from }}
WHERE
  {{ from_day }} = @submission_date
{%- if dimensions %}
GROUP BY
{%- for dimension in dimensions %}
  {{ dimension.name }}{{ "," if not loop.last }}
{%- endfor %}
{%- endif %}
