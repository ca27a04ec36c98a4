-- The whole transaction of a booking as the database alone can do it: lock, check, insert, outbox.
-- With a key, as the form sends one, also whether it came before, and what it was answered.
\set person random(1, :people)
\set site random(1, :sites)
\set space (:site - 1) * 6 + 1
\set day random(0, 9) * 7 + random(0, 4)
\set hour random(8, 16)
BEGIN;
SELECT id FROM network_user WHERE id = :person FOR NO KEY UPDATE;
\if :with_key
\set key random(1, 1000000000000000000)
SELECT * FROM bookings_idempotentanswer WHERE person_id = :person AND key = :key::text;
\endif
SELECT (:monday::timestamp + :day::int * interval '1 day' + :hour::int * interval '1 hour')
    AT TIME ZONE 'Europe/Paris' AS starts FROM sites_space
  WHERE id = :space AND is_active FOR NO KEY UPDATE \gset
SELECT opens_at, closes_at FROM sites_openinghours WHERE site_id = :site;
SELECT starts_at, ends_at FROM sites_closure
  WHERE site_id = :site AND starts_at < :starts::timestamptz + interval '1 hour'
    AND ends_at > :starts::timestamptz;
SELECT allocation.id FROM bookings_booking AS booking
  JOIN bookings_allocation AS allocation ON allocation.booking_id = booking.id
  JOIN sites_space AS space ON space.id = allocation.space_id
  WHERE booking.person_id = :person AND booking.ends_at > :starts::timestamptz
    AND space.kind = 'desk' AND allocation.status IN ('held', 'confirmed')
    AND allocation.ends_at > :starts::timestamptz
    AND allocation.starts_at < :starts::timestamptz + interval '1 hour';
SELECT unit.id AS unit FROM sites_unit AS unit
  WHERE unit.space_id = :space AND unit.is_active AND unit.id NOT IN (
    SELECT unit_id FROM bookings_allocation
    WHERE space_id = :space AND status IN ('held', 'confirmed')
      AND ends_at > :starts::timestamptz
      AND ends_at < :starts::timestamptz + interval '26 hours'
      AND starts_at < :starts::timestamptz + interval '1 hour'
  ) ORDER BY unit.id LIMIT 1 \gset
INSERT INTO bookings_booking (
    reference, site_id, space_id, person_id, booked_by_id, status, starts_at, ends_at, people, note,
    spends_passes, sequence, created_at, changed_at)
  VALUES (upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 10)), :site, :space, :person,
    :person, 'confirmed', :starts::timestamptz, :starts::timestamptz + interval '1 hour', 1, '', true,
    0, now(), now())
  RETURNING id AS booking \gset
INSERT INTO bookings_allocation (
    booking_id, site_id, space_id, unit_id, starts_at, ends_at, status)
  VALUES (:booking, :site, :space, :unit, :starts::timestamptz,
    :starts::timestamptz + interval '1 hour', 'confirmed');
INSERT INTO django_tasks_database_dbtaskresult (
    id, status, args_kwargs, priority, task_path, queue_name, backend_name, run_after, enqueued_at,
    exception_class_path, traceback, worker_ids)
  VALUES (gen_random_uuid(), 'READY', '{"args": [1, "booked", 0, 0], "kwargs": {}}', 0,
    'bookings.messages.tasks.send_booking_mail', 'default', 'default', '9999-01-01', now(), '', '', '[]');
\if :with_key
INSERT INTO bookings_idempotentanswer (person_id, key, fingerprint, status, body, created_at)
  VALUES (:person, :key::text, encode(sha256(:key::text::bytea), 'hex'), 303,
    '{"reference": "0123456789"}', now());
\endif
COMMIT;
