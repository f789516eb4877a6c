{#---
description: A dated copy of a table that holds one state, as it is when the day is built.
partition_by: snapshot_date
every: [day]
---#}
SELECT
  {{ partition.value }} AS {{ partition.column }},
  state.*
FROM
  {{ from }} AS state
