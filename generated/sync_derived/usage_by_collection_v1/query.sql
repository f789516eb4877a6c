-- sync_derived.usage_by_collection_v1
--
-- Requests, errors and their time per day and what was synchronised.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: sync.requests_v1, the same day.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @submission_date AS submission_date,
  fields.collection AS collection,
  count(*) AS requests,
  countif(fields.status >= 400) AS errors,
  sum(fields.duration_ms) AS duration_ms,
FROM
  `sync.requests_v1`
WHERE
  DATE(timestamp) = @submission_date
GROUP BY
  collection
