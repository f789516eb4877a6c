-- tide_browser_derived.page_loads_v1
--
-- Page loads and their mean time per day, channel and operating system.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: tide_browser_stable.metrics_v1, the same day.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @submission_date AS submission_date,
  normalized_channel AS channel,
  normalized_os AS os,
  sum((SELECT SUM(bucket.value) FROM UNNEST(metrics.timing_distribution.browser_page_load_time.values) AS bucket)) AS page_loads,
  sum(metrics.timing_distribution.browser_page_load_time.sum) AS load_time_sum_ns,
FROM
  `tide_browser_stable.metrics_v1`
WHERE
  DATE(submission_timestamp) = @submission_date
GROUP BY
  channel,
  os
