-- tide_desktop_derived.clients_daily_v1
--
-- One row per client and day of Tide Desktop, from main pings.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: telemetry_stable.main_v5, the same day.
-- Deletion: by client_id.
-- Expires: after 775 days.
-- Written by `tidemill compile`; edit the definition, not this file.

WITH pings AS (
  SELECT
    *,
    client_id AS _client_id,
    submission_timestamp AS _arrived,
    document_id AS _tie,
    metadata.geo.country AS _country,
    normalized_channel AS _channel,
    environment.system.os.name AS _os,
    application.version AS _app_version,
    environment.settings.default_search_engine AS _default_engine,
    environment.settings.is_default_browser AS _is_default_browser,
    environment.settings.attribution.source AS _attribution_source,
    environment.settings.attribution.medium AS _attribution_medium,
    environment.settings.attribution.campaign AS _attribution_campaign,
  FROM
    `telemetry_stable.main_v5`
  WHERE
    DATE(submission_timestamp) = @submission_date
    AND client_id IS NOT NULL
    AND (normalized_app_name = 'TideDesktop')
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
  sum(payload.info.subsession_length) AS duration_seconds,
  sum(COALESCE((SELECT SUM(SAFE_CAST(JSON_VALUE(histogram.value, '$.sum') AS INT64)) FROM UNNEST(payload.keyed_histograms.search_counts) AS histogram), 0)) AS searches,
  sum(SAFE_CAST(JSON_VALUE(payload.histograms.gc_ms, '$.sum') AS INT64)) AS pauses_ms,
  sum(payload.processes.parent.scalars.browser_engagement_total_uri_count) AS pages,
  max(payload.processes.parent.scalars.browser_engagement_max_concurrent_tab_count) AS tabs,
FROM
  counted
GROUP BY
  submission_date,
  client_id
