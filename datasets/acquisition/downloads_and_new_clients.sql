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
{%- for product, table in [
  ("tide-browser", "tide_browser_derived.clients_first_seen_v1"),
  ("tide-desktop", "tide_desktop_derived.clients_first_seen_v1"),
] %}
  UNION ALL
  SELECT
    '{{ product }}',
    country,
    attribution_source AS source,
    attribution_medium AS medium,
    attribution_campaign AS campaign,
    0,
    1
  FROM
    `{{ table }}`
  WHERE
    first_seen_date = @submission_date
{%- endfor %}
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
