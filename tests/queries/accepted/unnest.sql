--- comma join with an array of structs
SELECT document_id, event.name, event.timestamp + 1 AS later
FROM telemetry.main, UNNEST(events) AS event
