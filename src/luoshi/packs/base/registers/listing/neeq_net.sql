-- 新三板净增：当年挂牌加1，当年摘牌减1；同年挂了又摘的两头相抵。
SELECT
    row_key,
    (CASE WHEN listed BETWEEN $year_start AND $as_of THEN 1 ELSE 0 END)
    - (CASE WHEN "left" BETWEEN $year_start AND $as_of THEN 1 ELSE 0 END) AS amount,
    CASE
        WHEN "left" BETWEEN $year_start AND $as_of AND listed BETWEEN $year_start AND $as_of THEN '当年挂牌又摘牌，相抵'
        WHEN "left" BETWEEN $year_start AND $as_of THEN '当年摘牌，减1'
        WHEN listed BETWEEN $year_start AND $as_of THEN '当年挂牌，加1'
        ELSE '当年没有挂牌，也没有摘牌'
    END AS reason
FROM listing
WHERE verified AND board = '新三板'
