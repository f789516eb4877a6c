WITH events AS (
  SELECT
    shard_date, make_timestamp(event_timestamp) AS happened, event_name, user_pseudo_id,
    list_filter(event_params, lambda one: one.key = 'ga_session_id')[1].value.int_value AS session_id,
    list_filter(event_params, lambda one: one.key = 'page_location')[1].value.string_value AS page,
    geo.country AS country, device.category AS device,
    list_filter(event_params, lambda one: one.key = 'source')[1].value.string_value AS source,
    list_filter(event_params, lambda one: one.key = 'medium')[1].value.string_value AS medium,
    list_filter(event_params, lambda one: one.key = 'campaign')[1].value.string_value AS campaign
  FROM website.events
  WHERE shard_date BETWEEN $1::DATE - 1 AND $1::DATE + 1 AND user_pseudo_id IS NOT NULL
)
SELECT
  $1::DATE AS session_date,
  user_pseudo_id,
  session_id,
  min(happened) AS started_at,
  max(happened) AS ended_at,
  count(*) AS events,
  count(*) FILTER (event_name = 'page_view') AS page_views,
  first(page ORDER BY happened, event_name, page) FILTER (page IS NOT NULL) AS landing_page,
  first(country ORDER BY happened, event_name, country) FILTER (country IS NOT NULL) AS country,
  first(device ORDER BY happened, event_name, device) FILTER (device IS NOT NULL) AS device,
  first(source ORDER BY happened, event_name, source) FILTER (source IS NOT NULL) AS source,
  first(medium ORDER BY happened, event_name, medium) FILTER (medium IS NOT NULL) AS medium,
  first(campaign ORDER BY happened, event_name, campaign) FILTER (campaign IS NOT NULL) AS campaign,
  count(*) FILTER (event_name = 'product_download') AS downloads
FROM events
WHERE session_id IS NOT NULL
GROUP BY user_pseudo_id, session_id
HAVING min(shard_date) = $1
