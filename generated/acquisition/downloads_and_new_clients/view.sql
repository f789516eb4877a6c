-- acquisition.downloads_and_new_clients
--
-- Downloads from the website beside clients seen for the first time, per day, product, country and what had led to the website. New clients without a source did not come from there.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `acquisition_derived.downloads_and_new_clients_v1`
