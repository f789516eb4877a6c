WITH pings AS (
  SELECT
    client_info.client_id AS client_id, submission_timestamp AS arrived, document_id AS tie,
    metadata.geo.country AS country, normalized_channel AS channel, normalized_os AS os,
    client_info.app_display_version AS app_version, metrics.string.browser_default_engine AS default_engine,
    metrics.boolean.browser_is_default AS is_default_browser, client_info.attribution.source AS source,
    client_info.attribution.medium AS medium, client_info.attribution.campaign AS campaign,
    metrics.timespan.glean_baseline_duration.value AS duration,
    list_sum([label.value FOR label IN metrics.labeled_counter.browser_search_count]) AS searches,
    metrics.counter.browser_tab_count AS tabs
  FROM tide_browser_stable.baseline_v1
  WHERE submission_timestamp::DATE = $1 AND client_info.client_id IS NOT NULL
),
counted AS (
  SELECT
    *,
    count(*) OVER (PARTITION BY client_id, country) AS country_pings,
    count(*) OVER (PARTITION BY client_id, channel) AS channel_pings,
    count(*) OVER (PARTITION BY client_id, os) AS os_pings,
    count(*) OVER (PARTITION BY client_id, app_version) AS app_version_pings,
    count(*) OVER (PARTITION BY client_id, default_engine) AS default_engine_pings,
    count(*) OVER (PARTITION BY client_id, is_default_browser) AS is_default_browser_pings,
    count(*) OVER (PARTITION BY client_id, source) AS source_pings,
    count(*) OVER (PARTITION BY client_id, medium) AS medium_pings,
    count(*) OVER (PARTITION BY client_id, campaign) AS campaign_pings
  FROM pings
)
SELECT
  $1::DATE AS submission_date,
  client_id,
  count(*) AS pings,
  first(country ORDER BY country_pings DESC, arrived DESC, tie) FILTER (country IS NOT NULL) AS country,
  first(channel ORDER BY channel_pings DESC, arrived DESC, tie) FILTER (channel IS NOT NULL) AS channel,
  first(os ORDER BY os_pings DESC, arrived DESC, tie) FILTER (os IS NOT NULL) AS os,
  first(app_version ORDER BY app_version_pings DESC, arrived DESC, tie) FILTER (app_version IS NOT NULL) AS app_version,
  first(default_engine ORDER BY default_engine_pings DESC, arrived DESC, tie) FILTER (default_engine IS NOT NULL)
    AS default_engine,
  first(is_default_browser ORDER BY is_default_browser_pings DESC, arrived DESC, tie)
    FILTER (is_default_browser IS NOT NULL) AS is_default_browser,
  first(source ORDER BY source_pings DESC, arrived DESC, tie) FILTER (source IS NOT NULL) AS attribution_source,
  first(medium ORDER BY medium_pings DESC, arrived DESC, tie) FILTER (medium IS NOT NULL) AS attribution_medium,
  first(campaign ORDER BY campaign_pings DESC, arrived DESC, tie) FILTER (campaign IS NOT NULL) AS attribution_campaign,
  sum(duration)::BIGINT AS duration_seconds,
  sum(searches)::BIGINT AS searches,
  max(tabs) AS tabs
FROM counted
GROUP BY client_id
