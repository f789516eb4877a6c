{#---
description: >-
  One row per document and day of a ping source: the first that arrived. Traffic of automated
  tests is left out.
partition_by: submission_timestamp
every: [day]
---#}
SELECT
  live.*
FROM
  {{ from }} AS live
WHERE
  DATE(live.submission_timestamp) = @submission_date
{%- if has('metadata.header.x_source_tags') %}
  -- Test machines tag their pings; the tags are a list with commas.
  AND 'automation' NOT IN UNNEST(
    SPLIT(REPLACE(COALESCE(live.metadata.header.x_source_tags, ''), ' ', ''), ',')
  )
{%- endif %}
QUALIFY
  -- The first arrival of a document. What it says of itself decides between arrivals of one instant,
  -- so that a rerun picks the same one.
  ROW_NUMBER() OVER (
    PARTITION BY live.document_id
    ORDER BY
      live.submission_timestamp
{%- for column in ['metadata.header.date', 'ping_info.seq', 'ping_info.end_time', 'additional_properties'] if has(column) %},
      live.{{ column }}
{%- endfor %}
  ) = 1
