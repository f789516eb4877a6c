-- tide_browser_derived.clients_daily_v1
--
-- One row per client and day, from baseline pings.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: tide_browser_stable.baseline_v1, the same day.
-- Deletion: by client_id.
-- Expires: after 775 days.
-- Written by `tidemill compile`; edit the definition, not this file.

WITH pings AS (
  SELECT
    *,
    client_info.client_id AS _client_id,
    submission_timestamp AS _arrived,
    document_id AS _tie,
    metadata.geo.country AS _country,
    normalized_channel AS _channel,
    normalized_os AS _os,
    client_info.app_display_version AS _app_version,
    metrics.string.browser_default_engine AS _default_engine,
    metrics.boolean.browser_is_default AS _is_default_browser,
    client_info.attribution.source AS _attribution_source,
    client_info.attribution.medium AS _attribution_medium,
    client_info.attribution.campaign AS _attribution_campaign,
  FROM
    `tide_browser_stable.baseline_v1`
  WHERE
    DATE(submission_timestamp) = @submission_date
    AND client_info.client_id IS NOT NULL
),
-- How many of the client's pings carry the value that this ping carries.
counted AS (
  SELECT
    *,
    COUNT(*) OVER (PARTITION BY _client_id, _country) AS _country_pings,
    COUNT(*) OVER (PARTITION BY _client_id, _channel) AS _channel_pings,
    COUNT(*) OVER (PARTITION BY _client_id, _os) AS _os_pings,
    COUNT(*) OVER (PARTITION BY _client_id, _app_version) AS _app_version_pings,
    COUNT(*) OVER (PARTITION BY _client_id, _default_engine) AS _default_engine_pings,
    COUNT(*) OVER (PARTITION BY _client_id, _is_default_browser) AS _is_default_browser_pings,
    COUNT(*) OVER (PARTITION BY _client_id, _attribution_source) AS _attribution_source_pings,
    COUNT(*) OVER (PARTITION BY _client_id, _attribution_medium) AS _attribution_medium_pings,
    COUNT(*) OVER (PARTITION BY _client_id, _attribution_campaign) AS _attribution_campaign_pings,
  FROM
    pings
)
SELECT
  @submission_date AS submission_date,
  _client_id AS client_id,
  COUNT(*) AS pings,
  ARRAY_AGG(
    _country IGNORE NULLS
    ORDER BY _country_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS country,
  ARRAY_AGG(
    _channel IGNORE NULLS
    ORDER BY _channel_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS channel,
  ARRAY_AGG(
    _os IGNORE NULLS
    ORDER BY _os_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS os,
  ARRAY_AGG(
    _app_version IGNORE NULLS
    ORDER BY _app_version_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS app_version,
  ARRAY_AGG(
    _default_engine IGNORE NULLS
    ORDER BY _default_engine_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS default_engine,
  ARRAY_AGG(
    _is_default_browser IGNORE NULLS
    ORDER BY _is_default_browser_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS is_default_browser,
  ARRAY_AGG(
    _attribution_source IGNORE NULLS
    ORDER BY _attribution_source_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS attribution_source,
  ARRAY_AGG(
    _attribution_medium IGNORE NULLS
    ORDER BY _attribution_medium_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS attribution_medium,
  ARRAY_AGG(
    _attribution_campaign IGNORE NULLS
    ORDER BY _attribution_campaign_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS attribution_campaign,
  sum(metrics.timespan.glean_baseline_duration.value) AS duration_seconds,
  sum((SELECT SUM(label.value) FROM UNNEST(metrics.labeled_counter.browser_search_count) AS label)) AS searches,
  max(metrics.counter.browser_tab_count) AS tabs,
FROM
  counted
GROUP BY
  submission_date,
  client_id
