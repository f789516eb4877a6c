WITH downloads AS (
  SELECT
    geo.country AS country_name,
    list_filter(event_params, lambda one: one.key = 'product')[1].value.string_value AS product,
    list_filter(event_params, lambda one: one.key = 'source')[1].value.string_value AS source,
    list_filter(event_params, lambda one: one.key = 'medium')[1].value.string_value AS medium,
    list_filter(event_params, lambda one: one.key = 'campaign')[1].value.string_value AS campaign
  FROM website.events
  WHERE shard_date = $1 AND event_name = 'product_download'
)
SELECT $1::DATE AS submission_date, product, countries.code AS country, source, medium, campaign, count(*) AS downloads
FROM downloads LEFT JOIN reference.countries ON countries.name = country_name
GROUP BY ALL
