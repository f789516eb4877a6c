-- website.parameter
--
-- The text of an event's parameter, NULL where the event has none of that name.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

CREATE OR REPLACE FUNCTION `website.parameter`(parameters ARRAY<STRUCT<key STRING, value STRUCT<string_value STRING, int_value INT64, float_value FLOAT64, double_value FLOAT64>>>, name STRING)
RETURNS STRING
AS (
  (SELECT MAX(parameter.value.string_value) FROM UNNEST(parameters) AS parameter WHERE parameter.key = name)
);
