-- 闲置土地处置率：当年销号的面积 ÷ 年初存量面积。
WITH stock AS (
    SELECT * FROM idle_case
    WHERE verified AND decided < $year_start AND (closed IS NULL OR closed >= $year_start)
)

SELECT
    row_key,
    CASE WHEN closed <= $as_of THEN area * 100 / (SELECT sum(area) FROM stock) ELSE 0 END AS amount,
    CASE WHEN closed <= $as_of THEN '当年销号' ELSE '还没有销号' END AS reason
FROM stock
