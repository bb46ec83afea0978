-- 高新技术企业净增：逐家比较上年末与统计日，至少有一张有效证书就算有效的一家。
-- 没有信用代码的按企业名称认企业；未核验的证书不看。
WITH firm AS (
    SELECT
        arg_max(certificate_no, issued) AS row_key,
        max(issued) AS last_issued,
        bool_or(
            issued < $year_start
            AND expires >= $year_start - INTERVAL 1 DAY
            AND (revoked_on IS NULL OR revoked_on >= $year_start)
        ) AS was_valid,
        bool_or(
            issued <= $as_of
            AND expires >= $as_of
            AND (revoked_on IS NULL OR revoked_on > $as_of)
        ) AS is_valid
    FROM hightech_enterprise
    WHERE verified
    GROUP BY coalesce(uscc, enterprise)
)

SELECT
    row_key,
    CASE
        WHEN is_valid AND NOT was_valid THEN 1
        WHEN was_valid AND NOT is_valid THEN -1
        ELSE 0
    END AS amount,
    CASE
        WHEN is_valid AND NOT was_valid THEN '上年末没有有效证书，统计日有，加1'
        WHEN was_valid AND NOT is_valid THEN '上年末有有效证书，统计日已到期或撤销、没有续上，减1'
        ELSE '当年重新认定，上年末、统计日都有有效证书，不增不减'
    END AS reason
FROM firm
WHERE is_valid <> was_valid OR (is_valid AND last_issued >= $year_start)
ORDER BY row_key
