SELECT
  $1::DATE AS submission_date,
  list_filter(event.extra, lambda one: one.key = 'source')[1].value AS source,
  channel,
  count(*) AS events,
  count(DISTINCT client_id) AS clients
FROM (
  SELECT normalized_channel AS channel, client_info.client_id AS client_id, unnest(events) AS event
  FROM tide_browser_stable.events_v1
  WHERE submission_timestamp::DATE = $1
)
WHERE event.category = 'browser' AND event.name = 'tab_open'
GROUP BY ALL
