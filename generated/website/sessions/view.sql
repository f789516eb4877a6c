-- website.sessions
--
-- One row per visit of the website, on the day of its first event; a day waits for the next one's export.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `website_derived.sessions_v1`
