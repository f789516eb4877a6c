-- tide_browser.retention
--
-- Of the clients first seen on a day, how many were active in the second week after it.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  first_seen.first_seen_date,
  last_seen.submission_date,
  last_seen.country,
  COUNT(*) AS clients,
  -- 127 << 0 are the 7 days that end with the submission date.
  COUNTIF(last_seen.days_seen_bits & 127 != 0) AS active_in_week
FROM
  `tide_browser_derived.clients_last_seen_v1` AS last_seen
JOIN
  `tide_browser_derived.clients_first_seen_v1` AS first_seen
  ON last_seen.client_id = first_seen.client_id
  AND last_seen.submission_date = DATE_ADD(first_seen.first_seen_date, INTERVAL 14 DAY)
GROUP BY
  first_seen_date,
  submission_date,
  country
