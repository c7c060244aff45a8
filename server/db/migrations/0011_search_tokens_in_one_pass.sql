-- The same tokens of the same 600 characters; looking each character up in the array again took time by the square of its length.
CREATE OR REPLACE FUNCTION crm_search_tokens(given text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT token), '{}') FROM (
    SELECT unnest(ARRAY[
      CASE WHEN octet_length(a) > 1 THEN a END,
      CASE WHEN b IS NOT NULL AND a > ' ' AND b > ' ' THEN a || b END,
      CASE WHEN (a || b || d) ~ '^[a-z0-9]{3}$' THEN a || b || d END
    ]) AS token
    FROM (SELECT a, lead(a) OVER (ORDER BY i) AS b, lead(a, 2) OVER (ORDER BY i) AS d FROM unnest(string_to_array(left(given, 600), NULL)) WITH ORDINALITY letters(a, i)) runs
  ) tokens WHERE token IS NOT NULL
$$;
