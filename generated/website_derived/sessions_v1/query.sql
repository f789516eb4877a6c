-- website_derived.sessions_v1
--
-- One row per visit of the website, on the day of its first event; a day waits for the next one's export.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by session_date, from 2026-10-18.
-- Reads: website.events_*, the day before to the day after.
-- Deletion: by user_pseudo_id.
-- Expires: after 60 days.
-- Written by `tidemill compile`; edit the definition, not this file.

WITH events AS (
  SELECT
    *,
    SAFE.PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) AS _day,
    TIMESTAMP_MICROS(event_timestamp) AS _time,
    (
      SELECT MAX(parameter.value.int_value) FROM UNNEST(event_params) AS parameter
      WHERE parameter.key = 'ga_session_id'
    ) AS _session_id,
    (
      SELECT MAX(parameter.value.string_value) FROM UNNEST(event_params) AS parameter
      WHERE parameter.key = 'page_location'
    ) AS _page,
    geo.country AS _country,
    device.category AS _device,
    website.parameter(event_params, 'source') AS _source,
    website.parameter(event_params, 'medium') AS _medium,
    website.parameter(event_params, 'campaign') AS _campaign,
  FROM
    `website.events_*`
  WHERE
    SAFE.PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) BETWEEN DATE_SUB(@submission_date, INTERVAL 1 DAY) AND DATE_ADD(@submission_date, INTERVAL 1 DAY)
    AND user_pseudo_id IS NOT NULL
)
SELECT
  @submission_date AS session_date,
  user_pseudo_id,
  _session_id AS session_id,
  MIN(_time) AS started_at,
  MAX(_time) AS ended_at,
  COUNT(*) AS events,
  COUNTIF(event_name = 'page_view') AS page_views,
  ARRAY_AGG(_page IGNORE NULLS ORDER BY _time, event_name, _page LIMIT 1)[SAFE_OFFSET(0)] AS landing_page,
  ARRAY_AGG(
    _country IGNORE NULLS ORDER BY _time, event_name, _country LIMIT 1
  )[SAFE_OFFSET(0)] AS country,
  ARRAY_AGG(
    _device IGNORE NULLS ORDER BY _time, event_name, _device LIMIT 1
  )[SAFE_OFFSET(0)] AS device,
  ARRAY_AGG(
    _source IGNORE NULLS ORDER BY _time, event_name, _source LIMIT 1
  )[SAFE_OFFSET(0)] AS source,
  ARRAY_AGG(
    _medium IGNORE NULLS ORDER BY _time, event_name, _medium LIMIT 1
  )[SAFE_OFFSET(0)] AS medium,
  ARRAY_AGG(
    _campaign IGNORE NULLS ORDER BY _time, event_name, _campaign LIMIT 1
  )[SAFE_OFFSET(0)] AS campaign,
  countif(event_name = 'product_download') AS downloads,
FROM
  events
WHERE
  _session_id IS NOT NULL
GROUP BY
  user_pseudo_id,
  _session_id
HAVING
  MIN(_day) = @submission_date
