-- 闲置土地：日期和数算出来，不由人勾选。超过一年没有动工；或动工后建得太少、投得太少，又停满一年。
-- 总投资不含土地价款：约定固定资产投资（含土地价款）减去价款。
SELECT
    row_key,
    CASE
        WHEN agreed_start IS NULL OR agreed_start > $as_of THEN 0
        WHEN actual_start IS NULL OR actual_start > $as_of
            THEN CASE WHEN $as_of > agreed_start + INTERVAL 1 YEAR THEN 1 ELSE 0 END
        WHEN (coalesce(built_area, 0) * 3 < area OR coalesce(invested, 0) * 4 < agreed_investment - price)
            AND stopped IS NOT NULL AND $as_of >= stopped + INTERVAL 1 YEAR THEN 1
        ELSE 0
    END AS amount,
    CASE
        WHEN agreed_start IS NULL THEN '没有约定动工日期，不能判断'
        WHEN agreed_start > $as_of THEN '还没到约定动工日期'
        WHEN actual_start IS NULL OR actual_start > $as_of THEN concat(
            '约定动工日期已过', date_diff('day', agreed_start, $as_of), '天没有动工',
            CASE WHEN $as_of > agreed_start + INTERVAL 1 YEAR THEN '，超过一年，闲置' ELSE '，没有超过一年，不是闲置' END,
            CASE WHEN delay_cause IN ('政府', '不可抗力') THEN concat('（', delay_cause, '原因，另行处置）') ELSE '' END
        )
        WHEN stopped IS NULL THEN '已动工，没有停工'
        WHEN coalesce(built_area, 0) * 3 < area OR coalesce(invested, 0) * 4 < agreed_investment - price THEN concat(
            '已动工不到三分之一或已投资不到四分之一，停工', date_diff('day', stopped, $as_of), '天'
        )
        ELSE '已动工面积和已投资额都够，不是闲置'
    END AS reason
FROM land_supply_contract
WHERE verified
