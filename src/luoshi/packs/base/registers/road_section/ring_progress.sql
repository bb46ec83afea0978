-- 环线形象进度：Σ(合同价 × 形象进度) ÷ Σ合同价，一个标段动多少，全线就按它的份额动多少。
WITH whole AS (SELECT sum(price) AS price FROM road_section WHERE verified)

SELECT
    row_key,
    price * progress / (SELECT price FROM whole) AS amount,
    CASE WHEN progress > 0 THEN '形象进度乘合同价份额' ELSE '还没有形象进度' END AS reason
FROM road_section
WHERE verified
