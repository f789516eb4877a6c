-- org_tide_focus_beta_stable.metrics_v1
--
-- One row per document and day of org_tide_focus_beta_live.metrics_v1.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_timestamp, from 2026-10-18.
-- Reads: org_tide_focus_beta_live.metrics_v1, the same day.
-- Expires: after 775 days.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  live.*
FROM
  `org_tide_focus_beta_live.metrics_v1` AS live
WHERE
  DATE(live.submission_timestamp) = @submission_date
  -- Test machines tag their pings; the tags are a list with commas.
  AND 'automation' NOT IN UNNEST(
    SPLIT(REPLACE(COALESCE(live.metadata.header.x_source_tags, ''), ' ', ''), ',')
  )
QUALIFY
  -- The first arrival of a document. What it says of itself decides between arrivals of one instant,
  -- so that a rerun picks the same one.
  ROW_NUMBER() OVER (
    PARTITION BY live.document_id
    ORDER BY
      live.submission_timestamp,
      live.metadata.header.date,
      live.ping_info.seq,
      live.ping_info.end_time,
      live.additional_properties
  ) = 1
