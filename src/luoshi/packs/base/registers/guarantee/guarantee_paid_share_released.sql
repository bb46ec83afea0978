-- 代偿率的监管口径：当年代偿额 ÷ 当年解除的担保额（还清解除的和代偿解除的）。
WITH closed AS (
    SELECT sum(amount) AS whole FROM guarantee
    WHERE verified AND coalesce(paid_on, released) BETWEEN $year_start AND $as_of
)

SELECT
    row_key,
    CASE WHEN paid_on BETWEEN $year_start AND $as_of THEN paid * 100 / (SELECT whole FROM closed) ELSE 0 END AS amount,
    CASE WHEN paid_on BETWEEN $year_start AND $as_of THEN '当年代偿' ELSE '当年没有代偿' END AS reason
FROM guarantee
WHERE verified AND paid_on IS NOT NULL
