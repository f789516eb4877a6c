-- acquisition_derived.downloads_and_new_clients_v1
--
-- Downloads from the website beside clients seen for the first time, per day, product, country and what had led to the website. New clients without a source did not come from there.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: tide_browser_derived.clients_first_seen_v1, the same day.
-- Reads: tide_desktop_derived.clients_first_seen_v1, the same day.
-- Reads: website_derived.downloads_v1, the same day.
-- Written by `tidemill compile`; edit the definition, not this file.

WITH counted AS (
  SELECT
    product,
    country,
    source,
    medium,
    campaign,
    downloads,
    0 AS new_clients
  FROM
    `website_derived.downloads_v1`
  WHERE
    submission_date = @submission_date
  UNION ALL
  SELECT
    'tide-browser',
    country,
    attribution_source AS source,
    attribution_medium AS medium,
    attribution_campaign AS campaign,
    0,
    1
  FROM
    `tide_browser_derived.clients_first_seen_v1`
  WHERE
    first_seen_date = @submission_date
  UNION ALL
  SELECT
    'tide-desktop',
    country,
    attribution_source AS source,
    attribution_medium AS medium,
    attribution_campaign AS campaign,
    0,
    1
  FROM
    `tide_desktop_derived.clients_first_seen_v1`
  WHERE
    first_seen_date = @submission_date
)
SELECT
  @submission_date AS submission_date,
  product,
  country,
  source,
  medium,
  campaign,
  SUM(downloads) AS downloads,
  SUM(new_clients) AS new_clients
FROM
  counted
GROUP BY
  product,
  country,
  source,
  medium,
  campaign
