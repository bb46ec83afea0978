-- 预警：统计日还不是闲置，三个月内满一年还不动工就是。
SELECT
    row_key,
    CASE
        WHEN agreed_start + INTERVAL 1 YEAR >= $as_of AND agreed_start + INTERVAL 1 YEAR < $as_of + INTERVAL 3 MONTH THEN 1
        ELSE 0
    END AS amount,
    concat('约定动工日期', agreed_start, '，满一年是', CAST(agreed_start + INTERVAL 1 YEAR AS DATE)) AS reason
FROM land_supply_contract
WHERE verified AND agreed_start IS NOT NULL AND (actual_start IS NULL OR actual_start > $as_of)
