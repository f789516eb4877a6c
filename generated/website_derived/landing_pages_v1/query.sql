-- website_derived.landing_pages_v1
--
-- Visits per day and the page that they began with, and how many led to a download.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by session_date, from 2026-10-18.
-- Reads: website_derived.sessions_v1, the same day.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @submission_date AS session_date,
  REGEXP_REPLACE(landing_page, '^https?://[^/]*', '') AS landing_page,
  medium,
  count(*) AS sessions,
  sum(page_views) AS page_views,
  countif(downloads > 0) AS sessions_with_download,
FROM
  `website_derived.sessions_v1`
WHERE
  session_date = @submission_date
GROUP BY
  landing_page,
  medium
