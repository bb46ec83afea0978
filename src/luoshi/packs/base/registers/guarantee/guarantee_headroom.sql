-- 还能新保多少：最近一期净资产 × 放大倍数上限 − 统计日在保余额，单位亿元。
WITH latest AS (
    SELECT fund, arg_max(row_key, day) AS row_key, arg_max(net_assets * cap, day) AS room FROM guarantee_fund
    WHERE verified AND day <= $as_of
    GROUP BY fund
)

SELECT row_key, room / 100000000 AS amount, '净资产乘放大倍数上限' AS reason FROM latest
UNION ALL
SELECT row_key, -amount / 100000000 AS amount, '在保，占用额度' AS reason
FROM guarantee
WHERE verified AND (released IS NULL OR released > $as_of) AND (paid_on IS NULL OR paid_on > $as_of) AND since <= $as_of
