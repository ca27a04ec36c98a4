-- What an operator earned over years from some customers: so many transfers, every fourth of them
-- given back.
INSERT INTO billing_transfer (
  key, kind, state, source_id, target_id, amount, subject, words, made_at
)
SELECT
  gen_random_uuid(), 'charge', 'posted',
  CASE WHEN number %% 4 = 0 THEN %(operator)s ELSE customer END,
  CASE WHEN number %% 4 = 0 THEN customer ELSE %(operator)s END,
  1 + number %% 2000, '', '', now()
FROM generate_series(1, %(transfers)s) AS number
CROSS JOIN LATERAL (
  SELECT %(customers)s::bigint[] AS every
) AS told
CROSS JOIN LATERAL (
  SELECT every[1 + number %% array_length(every, 1)] AS customer
) AS chosen
