== Elements of a JSON array that stands in a text become rows
page: json_functions
section: JSON_EXTRACT_ARRAY
SELECT CAST(element AS INT64) AS number FROM UNNEST(JSON_EXTRACT_ARRAY('[1,2,3]', '$')) AS element
-->
number INT64
1
2
3

== Each row has its own path of keys and positions
page: operators
section: JSON subscript operator
SELECT key, document[key][position] AS value
FROM (SELECT JSON '{"a": [10, 20], "b": [{"y": 1, "x": 2}]}' AS document), UNNEST(['a', 'b', 'c']) AS key, UNNEST([0, 1]) AS position
WHERE document[key][position] IS NOT NULL
-->
key STRING | value JSON
"a"        | JSON "10"
"a"        | JSON "20"
"b"        | JSON '{"x":2,"y":1}'

== Keys and values are gathered into an object for each group
page: json_functions
section: JSON_OBJECT
WITH
  Fruits AS (
    SELECT 0 AS id, 'color' AS json_key, 'red' AS json_value UNION ALL
    SELECT 0, 'fruit', 'apple' UNION ALL
    SELECT 1, 'fruit', 'banana' UNION ALL
    SELECT 1, 'ripe', 'true'
  )
SELECT JSON_OBJECT(ARRAY_AGG(json_key), ARRAY_AGG(json_value)) AS json_data
FROM Fruits
GROUP BY id
-->
json_data JSON
JSON '{"color":"red","fruit":"apple"}'
JSON '{"fruit":"banana","ripe":"true"}'

== Rows become objects
page: json_functions
section: TO_JSON
With CoordinatesTable AS (
    (SELECT 1 AS id, [10, 20] AS coordinates) UNION ALL
    (SELECT 2 AS id, [30, 40] AS coordinates) UNION ALL
    (SELECT 3 AS id, [50, 60] AS coordinates))
SELECT TO_JSON(t) AS json_objects
FROM CoordinatesTable AS t
-->
json_objects JSON
JSON '{"coordinates":[10,20],"id":1}'
JSON '{"coordinates":[30,40],"id":2}'
JSON '{"coordinates":[50,60],"id":3}'

== Only numbers that a FLOAT64 does not hold become strings
page: json_functions
section: TO_JSON
With T1 AS (
  (SELECT 9007199254740993 AS id) UNION ALL
  (SELECT 2 AS id))
SELECT TO_JSON(t, stringify_wide_numbers=>TRUE) AS json_objects
FROM T1 AS t
-->
json_objects JSON
JSON '{"id":"9007199254740993"}'
JSON '{"id":2}'

== The type of each of several values
page: json_functions
section: JSON_TYPE
SELECT TO_JSON_STRING(json_val) AS value, JSON_TYPE(json_val) AS type
FROM UNNEST([JSON '"apple"', JSON '10', JSON '3.14', JSON 'null', JSON '{"City": "New York", "State": "NY"}', JSON '["apple", "banana"]', JSON 'false', NULL]) AS json_val
-->
value STRING                       | type STRING
"10"                               | "number"
"3.14"                             | "number"
"false"                            | "boolean"
"null"                             | "null"
"null"                             | NULL
'"apple"'                          | "string"
'["apple","banana"]'               | "array"
'{"City":"New York","State":"NY"}' | "object"

== A lambda sees columns of the row around it, and one within another sees both
page: array_functions
section: ARRAY_FILTER
SELECT ARRAY_FILTER(numbers, e -> e > least) AS kept, ARRAY_TRANSFORM(numbers, (e, i) -> ARRAY_LENGTH(ARRAY_FILTER(numbers, (f, j) -> f > e AND j > i + least - 1))) AS later
FROM (SELECT [3, 1, 2] AS numbers, 1 AS least)
-->
kept ARRAY<INT64> | later ARRAY<INT64>
[3, 2]            | [0, 1, 0]
