-- website.landing_pages
--
-- Visits per day and the page that they began with, and how many led to a download.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `website_derived.landing_pages_v1`
