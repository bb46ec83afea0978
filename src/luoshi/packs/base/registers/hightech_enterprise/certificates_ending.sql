-- 到期预测：统计日有效、年底前到期、还没有续证的企业。没有信用代码的按企业名称认企业。
WITH firm AS (
    SELECT arg_max(certificate_no, expires) AS row_key, max(expires) AS ends
    FROM hightech_enterprise
    WHERE verified AND issued <= $as_of AND (revoked_on IS NULL OR revoked_on > $as_of)
    GROUP BY coalesce(uscc, enterprise)
)

SELECT
    row_key,
    CASE WHEN ends >= $as_of AND ends < $year_end THEN 1 ELSE 0 END AS amount,
    concat('最后一张证书', ends, CASE WHEN ends < $as_of THEN '已到期' WHEN ends < $year_end THEN '到期，还没有续' ELSE '才到期' END) AS reason
FROM firm
WHERE ends >= $year_start
