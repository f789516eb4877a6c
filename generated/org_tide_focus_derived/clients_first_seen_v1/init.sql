-- org_tide_focus_derived.clients_first_seen_v1: fills all partitions from @partition_start to @partition_end at once.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  submission_date AS first_seen_date,
  today.client_id,
  country,
  device_model,
FROM
  `org_tide_focus_derived.clients_daily_v1` AS today
WHERE
  submission_date >= DATE(@partition_start)
  AND submission_date < DATE(@partition_end)
  AND today.client_id IS NOT NULL
QUALIFY
  ROW_NUMBER() OVER (
    PARTITION BY today.client_id
    ORDER BY submission_date, country, device_model
  ) = 1
