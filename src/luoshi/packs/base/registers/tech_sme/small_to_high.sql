-- 小升高率：当年首次认定的高企中，上年或前年在科技型中小企业库的，除以上年库里的家数。
WITH stock AS (
    SELECT count(DISTINCT uscc) AS firms FROM tech_sme WHERE verified AND year = year($year_start) - 1
),

risen AS (
    SELECT uscc, min(certificate_no) AS row_key FROM hightech_enterprise
    WHERE verified AND apply_kind = '首次认定' AND issued BETWEEN $year_start AND $as_of AND uscc IS NOT NULL
    GROUP BY uscc
)

SELECT
    row_key,
    CASE
        WHEN EXISTS (
            SELECT 1 FROM tech_sme
            WHERE tech_sme.uscc = risen.uscc AND verified AND year BETWEEN year($year_start) - 2 AND year($year_start) - 1
        ) THEN 100.0 / (SELECT firms FROM stock WHERE firms > 0)
        ELSE 0
    END AS amount,
    CASE
        WHEN EXISTS (
            SELECT 1 FROM tech_sme
            WHERE tech_sme.uscc = risen.uscc AND verified AND year BETWEEN year($year_start) - 2 AND year($year_start) - 1
        ) THEN '前两年内在科技型中小企业库，当年首次认定高企'
        ELSE '前两年不在科技型中小企业库'
    END AS reason
FROM risen
