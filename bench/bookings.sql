-- One booking with one allocation for each chosen (unit, working day, half-day) of two years that
-- end 90 days from today. Halves never meet, so no unit is shared. Which are chosen is the choice
-- of a hash, the same in every run.
CREATE TEMPORARY TABLE chosen AS
SELECT
  row_number() OVER (ORDER BY day, chance) AS id, site_id, space_id, unit_id,
  1 + abs(chance %% %(people)s) AS person_id,
  (day + time '08:00' + half * interval '5 hours') AT TIME ZONE 'Europe/Paris'
    + abs(chance / 7 %% 4) * interval '15 minutes' AS starts_at,
  (8 + abs(chance / 31 %% 9)) * interval '15 minutes' AS length
FROM (
  SELECT
    unit.id AS unit_id, unit.site_id, unit.space_id, day::timestamp AS day, half,
    hashint8(unit.id * 100000 + (day::date - date '2020-01-01') * 2 + half)::bigint AS chance
  FROM sites_unit AS unit,
    generate_series(%(today)s::date - 640, %(today)s::date + 89, interval '1 day') AS day,
    generate_series(0, 1) AS half
  WHERE extract(isodow FROM day) < 6
  ORDER BY chance
  LIMIT %(bookings)s
) AS picked;

INSERT INTO bookings_booking (
  id, reference, site_id, space_id, person_id, booked_by_id, status, starts_at, ends_at,
  people, note, spends_passes, sequence, created_at, changed_at
)
SELECT
  id, lpad(upper(to_hex(id)), 10, '0'), site_id, space_id, person_id, person_id, 'confirmed',
  starts_at, starts_at + length, 1, '', true, 0,
  starts_at - interval '5 days', starts_at - interval '5 days'
FROM chosen ORDER BY id;

INSERT INTO bookings_allocation (
  id, booking_id, site_id, space_id, unit_id, starts_at, ends_at, status
)
SELECT id, id, site_id, space_id, unit_id, starts_at, starts_at + length, 'confirmed'
FROM chosen ORDER BY id;

DROP TABLE chosen;
SELECT setval(pg_get_serial_sequence('bookings_booking', 'id'), %(bookings)s);
SELECT setval(pg_get_serial_sequence('bookings_allocation', 'id'), %(bookings)s)
