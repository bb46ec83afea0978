-- 代偿率的地方口径：累计代偿额 ÷ 统计日在保余额。
WITH held AS (
    SELECT sum(amount) AS whole FROM guarantee
    WHERE verified AND (released IS NULL OR released > $as_of) AND (paid_on IS NULL OR paid_on > $as_of) AND since <= $as_of
)

SELECT
    row_key,
    CASE WHEN paid_on <= $as_of THEN paid * 100 / (SELECT whole FROM held) ELSE 0 END AS amount,
    CASE WHEN paid_on <= $as_of THEN '已代偿' ELSE '没有代偿' END AS reason
FROM guarantee
WHERE verified AND paid_on IS NOT NULL
