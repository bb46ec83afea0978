-- 梯度：一家企业只站在最高的一级。
WITH high AS (
    SELECT uscc, max(certificate_no) AS row_key FROM hightech_enterprise
    WHERE verified AND uscc IS NOT NULL AND issued <= $as_of AND expires >= $as_of AND (revoked_on IS NULL OR revoked_on > $as_of)
    GROUP BY uscc
),

small AS (
    SELECT uscc, max(row_key) AS row_key FROM tech_sme
    WHERE verified AND year = year($as_of) AND listed <= $as_of
    GROUP BY uscc
)

SELECT row_key, 1 AS amount, '高企' AS reason FROM high
UNION ALL
SELECT row_key, 1 AS amount, '科小' AS reason FROM small WHERE uscc NOT IN (SELECT uscc FROM high)
