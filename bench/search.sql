-- The spaces with room over the whole of one time, nearest first: what the API answers, in the one
-- statement that a person who knows the schema would write. Holidays are told by the caller.
WITH candidate AS MATERIALIZED (
  SELECT
    space.id, space.name, space.kind, space.capacity, site.slug, site.name AS site_name,
    site.category, site.latitude, site.longitude, commune.name AS commune, commune.insee_code,
    2 * 6371.0088 * asin(sqrt(
      sin(radians(site.latitude - %(latitude)s) / 2) ^ 2
      + cos(radians(%(latitude)s)) * cos(radians(site.latitude))
        * sin(radians(site.longitude - %(longitude)s) / 2) ^ 2
    )) AS distance_km,
    (SELECT count(*) FROM sites_unit AS unit WHERE unit.space_id = space.id AND unit.is_active) AS units
  FROM sites_space AS space
  JOIN sites_site AS site ON site.id = space.site_id
  JOIN network_commune AS commune ON commune.id = site.commune_id
  WHERE space.kind = 'desk' AND space.is_active AND site.is_active AND space.capacity >= %(people)s
    AND NOT site.is_itinerant
    AND site.latitude BETWEEN %(south)s AND %(north)s
    AND site.longitude BETWEEN %(west)s AND %(east)s
    AND space.min_minutes <= %(minutes)s AND space.max_minutes >= %(minutes)s
    AND %(ends_at)s <= now() + space.advance_days * interval '1 day'
    AND site.holidays <> ALL(%(closed_calendars)s)
    AND EXISTS (
      SELECT FROM sites_openinghours AS hours
      WHERE hours.site_id = site.id
        AND hours.weekday = extract(isodow FROM %(starts_at)s AT TIME ZONE site.time_zone) - 1
        AND hours.opens_at <= (%(starts_at)s AT TIME ZONE site.time_zone)::time
        AND (hours.closes_at >= (%(ends_at)s AT TIME ZONE site.time_zone)::time
          OR hours.closes_at = '00:00')
    )
    AND NOT EXISTS (
      SELECT FROM sites_closure AS closure
      WHERE closure.site_id = site.id AND coalesce(closure.space_id, space.id) = space.id
        AND closure.starts_at < %(ends_at)s AND closure.ends_at > %(starts_at)s
    )
), taken AS MATERIALIZED (
  SELECT
    space_id, greatest(starts_at, %(starts_at)s) AS starts_at, least(ends_at, %(ends_at)s) AS ends_at
  FROM bookings_allocation
  WHERE space_id IN (SELECT id FROM candidate) AND status IN ('held', 'confirmed')
    AND ends_at > %(starts_at)s AND ends_at < %(ends_at)s + interval '25 hours'
    AND starts_at < %(ends_at)s
), level AS (
  SELECT space_id, sum(step) OVER (PARTITION BY space_id ORDER BY instant, step) AS taken
  FROM (
    SELECT space_id, starts_at AS instant, 1 AS step FROM taken
    UNION ALL SELECT space_id, ends_at, -1 FROM taken
  ) AS edge
), peak AS (
  SELECT space_id, max(taken) AS taken FROM level GROUP BY space_id
)
SELECT
  candidate.id, name, kind, capacity, slug, site_name, category, commune, insee_code, latitude,
  longitude, distance_km, units - coalesce(peak.taken, 0) AS units_free
FROM candidate LEFT JOIN peak ON peak.space_id = candidate.id
WHERE distance_km <= %(radius_km)s AND units - coalesce(peak.taken, 0) >= %(people)s
ORDER BY distance_km, slug, id
LIMIT 101
