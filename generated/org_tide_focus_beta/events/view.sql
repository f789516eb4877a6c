-- org_tide_focus_beta.events
--
-- The events ping of tide_focus, beta. Tide Focus, a private browser for phones.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `org_tide_focus_beta_stable.events_v1`
