--- a table as a query
CREATE OR REPLACE TABLE d.t PARTITION BY DATE(a) CLUSTER BY b, c OPTIONS (description = 'x', require_partition_filter = TRUE, partition_expiration_days = 3, labels = [('a', 'b')]) AS SELECT 1 AS a;
--- a table as a query in brackets or with WITH
CREATE TABLE IF NOT EXISTS `p-1.d.t` AS (WITH x AS (SELECT 1 AS a) SELECT * FROM x);
--- columns
CREATE TABLE d.t (a INT64 NOT NULL OPTIONS (description = 'x'), b STRING(10) DEFAULT 'x', c ARRAY<STRUCT<d STRING NOT NULL OPTIONS (description = 'y'), e NUMERIC(10, 2)>>, f STRING COLLATE 'und:ci', g TIMESTAMP DEFAULT CURRENT_TIMESTAMP(), h DATE, `i j` GEOGRAPHY,) PARTITION BY TIMESTAMP_TRUNC(g, DAY);
--- keys
CREATE TABLE d.t (a INT64, b INT64 REFERENCES d.u (x) NOT ENFORCED, c INT64 PRIMARY KEY NOT ENFORCED, CONSTRAINT k FOREIGN KEY (a) REFERENCES d.u (x) NOT ENFORCED, PRIMARY KEY (a, b) NOT ENFORCED, FOREIGN KEY (b) REFERENCES d.v (y) NOT ENFORCED);
--- columns and a query
CREATE TABLE d.t (a INT64 NOT NULL, b DATE) PARTITION BY b AS SELECT 1 AS a, CURRENT_DATE() AS b;
--- partitions of all kinds
CREATE TABLE d.t (a INT64) PARTITION BY RANGE_BUCKET(a, GENERATE_ARRAY(0, 100, 10)); CREATE TABLE d.u (a DATE) PARTITION BY a; CREATE TABLE d.v (a INT64) PARTITION BY _PARTITIONDATE; CREATE TABLE d.w (a DATE) PARTITION BY DATE_TRUNC(a, MONTH) CLUSTER BY a;
--- temporary
CREATE TEMP TABLE t AS SELECT 1 AS a; CREATE OR REPLACE TEMPORARY TABLE u (a INT64);
--- likes, copies, clones and snapshots
CREATE TABLE d.t LIKE d.u; CREATE TABLE d.t COPY d.u; CREATE TABLE d.t CLONE d.u; CREATE TABLE d.t LIKE d.u AS SELECT 1 AS a; CREATE SNAPSHOT TABLE d.s CLONE d.t OPTIONS (friendly_name = 'x'); CREATE TABLE d.t CLONE d.u FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP();
--- external tables
CREATE OR REPLACE EXTERNAL TABLE d.t (a INT64) WITH PARTITION COLUMNS (b STRING) WITH CONNECTION `us.c` OPTIONS (format = 'CSV', uris = ['gs://b/*.csv'], skip_leading_rows = 1);
--- views
CREATE OR REPLACE VIEW `p-1.d.v` AS SELECT * FROM d.t; CREATE VIEW IF NOT EXISTS d.v (a OPTIONS (description = 'x'), b) OPTIONS (expiration_timestamp = NULL) AS (SELECT 1, 2);
--- a view of common tables
CREATE OR REPLACE VIEW d.v AS WITH x AS (SELECT 1 AS a) SELECT * FROM x UNION ALL SELECT * FROM x;
--- materialized views
CREATE MATERIALIZED VIEW d.v PARTITION BY DATE(a) CLUSTER BY b OPTIONS (enable_refresh = TRUE, refresh_interval_minutes = 60, max_staleness = INTERVAL "4" HOUR) AS SELECT a, b FROM d.t; CREATE MATERIALIZED VIEW IF NOT EXISTS d.v AS SELECT 1 AS a; CREATE MATERIALIZED VIEW d.v AS REPLICA OF d.u;
--- models
CREATE OR REPLACE MODEL d.m OPTIONS (model_type = 'ARIMA_PLUS', time_series_timestamp_col = 'a') AS SELECT a, b FROM d.t; CREATE MODEL IF NOT EXISTS d.m TRANSFORM (ML.STANDARD_SCALER(a) OVER () AS a, b) OPTIONS (model_type = 'linear_reg') AS (WITH x AS (SELECT 1 AS a) SELECT * FROM x); CREATE MODEL d.m INPUT (a INT64) OUTPUT (b FLOAT64) REMOTE WITH CONNECTION `us.c` OPTIONS (endpoint = 'x');
--- a model with several inputs
CREATE MODEL d.m OPTIONS (model_type = 'ARIMA_PLUS') AS (training_data AS (SELECT 1 AS a), custom_holiday AS (SELECT 2 AS b));
--- procedures
CREATE OR REPLACE PROCEDURE d.p(a STRING, IN b INT64, OUT c ARRAY<STRUCT<x INT64>>, INOUT d DATE) BEGIN DECLARE x INT64 DEFAULT 1; SET c = [STRUCT(x)]; IF b > 1 THEN SELECT 1; END IF; END; CREATE PROCEDURE d.p() OPTIONS (strict_mode = FALSE) BEGIN SELECT 1; END;
--- a procedure in another language
CREATE PROCEDURE d.p(a INT64) WITH CONNECTION `us.c` OPTIONS (engine = 'SPARK') LANGUAGE PYTHON AS R"""
print("x; y")
""";
--- schemas
CREATE SCHEMA IF NOT EXISTS d OPTIONS (location = 'EU'); CREATE SCHEMA `p-1.d` DEFAULT COLLATE 'und:ci'; DROP SCHEMA d CASCADE; ALTER SCHEMA d SET OPTIONS (default_table_expiration_days = 1); UNDROP SCHEMA d;
--- dropped things
DROP TABLE d.t; DROP TABLE IF EXISTS `p-1.d.t`; DROP VIEW d.v; DROP MATERIALIZED VIEW IF EXISTS d.v; DROP EXTERNAL TABLE d.t; DROP SNAPSHOT TABLE d.s; DROP PROCEDURE d.p; DROP MODEL d.m; DROP SEARCH INDEX i ON d.t; DROP ROW ACCESS POLICY IF EXISTS r ON d.t; DROP ALL ROW ACCESS POLICIES ON d.t;
--- altered tables
ALTER TABLE d.t ADD COLUMN IF NOT EXISTS a STRUCT<b INT64> OPTIONS (description = 'x'), ADD COLUMN c INT64; ALTER TABLE d.t DROP COLUMN a, DROP COLUMN IF EXISTS b; ALTER TABLE d.t RENAME TO u; ALTER TABLE d.t RENAME COLUMN a TO b; ALTER TABLE d.t SET OPTIONS (description = 'x'); ALTER TABLE IF EXISTS d.t ALTER COLUMN a SET DATA TYPE NUMERIC; ALTER TABLE d.t ALTER COLUMN a DROP NOT NULL, ALTER COLUMN b SET DEFAULT 1; ALTER TABLE d.t ADD PRIMARY KEY (a) NOT ENFORCED; ALTER TABLE d.t DROP PRIMARY KEY;
--- altered views
ALTER VIEW d.v SET OPTIONS (description = 'x'); ALTER MATERIALIZED VIEW d.v SET OPTIONS (enable_refresh = FALSE);
--- indexes and policies
CREATE SEARCH INDEX i ON d.t (ALL COLUMNS); CREATE VECTOR INDEX i ON d.t (a) STORING (b) OPTIONS (index_type = 'IVF'); CREATE ROW ACCESS POLICY r ON d.t GRANT TO ('user:a@b.c') FILTER USING (a = SESSION_USER()); GRANT `roles/x` ON TABLE d.t TO 'user:a@b.c', "group:d@e.f"; REVOKE `roles/x` ON SCHEMA d FROM 'user:a@b.c';
--- capacity and assignments
CREATE RESERVATION `p.region-us.r` OPTIONS (slot_capacity = 100); CREATE ASSIGNMENT `p.region-us.r.a` OPTIONS (assignee = 'projects/p', job_type = 'QUERY');
--- exports and loads
EXPORT DATA OPTIONS (uri = 'gs://b/*.csv', format = 'CSV', overwrite = TRUE) AS SELECT a FROM d.t ORDER BY a; EXPORT DATA WITH CONNECTION `us.c` OPTIONS (uri = 'x') AS (SELECT 1 AS a); LOAD DATA OVERWRITE d.t (a INT64) PARTITION BY a OPTIONS (x = 1) FROM FILES (format = 'AVRO', uris = ['gs://b/*']); LOAD DATA INTO TEMP TABLE t FROM FILES (uris = ['x']); EXPORT MODEL d.m OPTIONS (uri = 'gs://b/m');
--- a temporary table of common tables with partitions
CREATE OR REPLACE TEMPORARY TABLE seen PARTITION BY day CLUSTER BY a AS WITH base AS (SELECT CURRENT_DATE() AS day, 1 AS a) SELECT day, a, FROM base
--- an empty table with the columns of another one
CREATE OR REPLACE TABLE d.t PARTITION BY day AS SELECT CAST(NULL AS DATE) AS day, u.* EXCEPT (day) FROM d.u AS u WHERE FALSE
