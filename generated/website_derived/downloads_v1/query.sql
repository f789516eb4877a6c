-- website_derived.downloads_v1
--
-- Downloads per day, product, country and what had led the visitor to the website.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: reference.countries, the whole table.
-- Reads: website.events_*, the same day.
-- Written by `tidemill compile`; edit the definition, not this file.

WITH downloads AS (
  SELECT
    geo.country AS country_name,
    website.parameter(event_params, 'product') AS product,
    website.parameter(event_params, 'source') AS source,
    website.parameter(event_params, 'medium') AS medium,
    website.parameter(event_params, 'campaign') AS campaign
  FROM
    `website.events_*`
  WHERE
    _TABLE_SUFFIX = FORMAT_DATE('%Y%m%d', @submission_date)
    AND event_name = 'product_download'
)
SELECT
  @submission_date AS submission_date,
  product,
  countries.code AS country,
  source,
  medium,
  campaign,
  COUNT(*) AS downloads
FROM
  downloads
LEFT JOIN
  `reference.countries` AS countries
  ON countries.name = country_name
GROUP BY
  product,
  country,
  source,
  medium,
  campaign
