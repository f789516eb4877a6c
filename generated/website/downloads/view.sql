-- website.downloads
--
-- Downloads per day, product, country and what had led the visitor to the website.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `website_derived.downloads_v1`
