SELECT
  $1::DATE AS submission_date,
  normalized_channel AS channel,
  normalized_os AS os,
  sum(list_sum([bucket.value FOR bucket IN metrics.timing_distribution.browser_page_load_time.values]))::BIGINT AS page_loads,
  sum(metrics.timing_distribution.browser_page_load_time.sum)::BIGINT AS load_time_sum_ns
FROM tide_browser_stable.metrics_v1
WHERE submission_timestamp::DATE = $1
GROUP BY ALL
