-- The same tokens; a text that goes on after its first 600 characters has the token `…` besides, which no text makes itself: NFKC writes three dots for it.
CREATE OR REPLACE FUNCTION crm_search_tokens(given text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT token), '{}') || CASE WHEN char_length(given) > 600 THEN ARRAY['…'] ELSE '{}' END FROM (
    SELECT unnest(ARRAY[
      CASE WHEN octet_length(a) > 1 THEN a END,
      CASE WHEN b IS NOT NULL AND a COLLATE "C" > ' ' AND b COLLATE "C" > ' ' THEN a || b END,
      CASE WHEN (a || b || d) ~ '^[a-z0-9]{3}$' THEN a || b || d END
    ]) AS token
    FROM (SELECT a, lead(a) OVER (ORDER BY i) AS b, lead(a, 2) OVER (ORDER BY i) AS d FROM unnest(string_to_array(left(given, 600), NULL)) WITH ORDINALITY letters(a, i)) runs
  ) tokens WHERE token IS NOT NULL
$$;--> statement-breakpoint
-- That a text is long is said by its tokens (`remark~…`).
CREATE OR REPLACE FUNCTION crm_presence_facets(key text, given text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN coalesce(given, '') = '' THEN ARRAY[key || '='] ELSE ARRAY[key || '+'] END
$$;--> statement-breakpoint
-- Setting a column to what it is has the generated columns that read it made again.
UPDATE "follow_up" SET "content" = "content" WHERE char_length("search_text") > 600;--> statement-breakpoint
UPDATE "follow_up_plan" SET "content" = "content" WHERE char_length("search_text") > 600;--> statement-breakpoint
UPDATE "contact" SET "name" = "name" WHERE char_length("search_text") > 600 OR char_length(crm_search_text("remark")) > 600;--> statement-breakpoint
UPDATE "customer" SET "name" = "name" WHERE char_length("search_text") > 600 OR char_length(crm_search_text("remark")) > 600 OR char_length(crm_search_text("website")) > 600 OR char_length(crm_search_text("location" ->> 'detail')) > 600;--> statement-breakpoint
UPDATE "lead" SET "name" = "name" WHERE char_length("search_text") > 600 OR char_length(crm_search_text("remark")) > 600 OR char_length(crm_search_text("demand")) > 600 OR char_length(crm_search_text("product")) > 600 OR char_length(crm_search_text("location" ->> 'detail')) > 600;--> statement-breakpoint
UPDATE "opportunity" SET "name" = "name" WHERE char_length("search_text") > 600 OR char_length(crm_search_text("remark")) > 600 OR char_length(crm_search_text("product")) > 600;
