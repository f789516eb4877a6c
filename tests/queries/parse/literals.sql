--- texts in either quote
SELECT 'a', "a", 'it\'s', "say \"so\"", 'a"b', "a'b", '', ""
--- triple quotes hold lines and quotes
SELECT '''a
'b' ''c''
''', """a "b" ""c"" ''' """
--- raw texts keep their backslashes
SELECT r'\d+\.\w', R"\d", r'''a\'''', r"""a\b""", r'a\'b'
--- bytes, raw in either order
SELECT b'abc', B"\xff\x00", rb'\d', bR"\d", Rb'''\n''', br"""a
b"""
--- escapes
SELECT '\a\b\f\n\r\t\v\\\?\"\'\`\x41\X42\101\u00e9\U0001F600'
--- literals of lines side by side are one
SELECT 'a' 'b' "c"
--- numbers
SELECT 0, 1, 1., .5, 1.5, 1e10, 1E-3, 1.e2, .5e+3, 0x1F, 0XaB, -9223372036854775808, 9223372036854775807, - 1, +1, - -1
--- typed literals
SELECT DATE '2026-01-01', DATETIME '2026-01-01 00:00:00', TIME '12:00:00', TIMESTAMP "2026-01-01 00:00:00+00", NUMERIC '1.5', DECIMAL '1', BIGNUMERIC '1', BIGDECIMAL '1', JSON '{"a": 1}', RANGE<DATE> '[2026-01-01, 2026-02-01)', RANGE<TIMESTAMP> '[UNBOUNDED, 2026-01-01)'
--- a typed literal of a raw text or of several lines
SELECT JSON r'{"a": "\n"}', JSON """{
"a": 1}""", date'2026-01-01'
--- a typed literal is followed by an operator
SELECT DATE '2026-01-01' + 1, DATE '2026-01-01' - INTERVAL 1 DAY, JSON '{"a": 1}'.a, JSON '[1]'[0], TIMESTAMP '2026-01-01' BETWEEN a AND b FROM d.t
--- intervals
SELECT INTERVAL 1 DAY, INTERVAL -1 MONTH, INTERVAL (a + 1) WEEK, INTERVAL a * 2 + 1 DAY, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '1 2:3:4' DAY TO SECOND, INTERVAL '1' HOUR, INTERVAL CAST(a AS INT64) QUARTER, INTERVAL f(a) MINUTE, INTERVAL @days DAY FROM d.t
--- arrays
SELECT [], [1], [1, 2], ARRAY[1, 2], ARRAY<INT64>[], ARRAY<STRUCT<a INT64, b ARRAY<STRING>>>[(1, ['a'])], ARRAY<STRING>['a'][OFFSET(0)], [1, 2][SAFE_ORDINAL(3)], [[1][0]], ARRAY<DATE>[DATE '2026-01-01']
--- structs
SELECT (1, 2), (1, 'a', [1]), STRUCT(1, 2), STRUCT(1 AS a, b), STRUCT<INT64, STRING>(1, 'a'), STRUCT<a INT64, b STRUCT<c DATE>>(1, STRUCT(DATE '2026-01-01')), STRUCT<a ARRAY<INT64>>([1]).a, STRUCT(), STRUCT<>(), STRUCT<x INT64>(1).x, STRUCT(1 AS date, 2 AS `select`) FROM d.t
--- types of types end in several brackets at once
SELECT CAST(NULL AS ARRAY<STRUCT<a ARRAY<STRUCT<b INT64>>>>), ARRAY<STRUCT<a ARRAY<INT64>>>[], a >> 2 FROM d.t
--- constants
SELECT NULL, TRUE, FALSE, null, true, False
--- comments of all three kinds
SELECT 1 -- to the end of the line
, 2 # so too
, /* over
lines */ 3 /**/ , 4 /* -- */ # end
--- comments in texts are none
SELECT '-- a', "# b", '/* c */', r'--' FROM d.t--no space before it
