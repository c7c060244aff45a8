-- What filters ask of a row, as texts an array index knows: `level=A` and `level+`, `type=`; of texts also their tokens, `remark~报价`, and `remark…` where they are longer than their tokens tell.
CREATE FUNCTION crm_option_facets(key text, given text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN coalesce(given, '') = '' THEN ARRAY[key || '='] ELSE ARRAY[key || '=' || given, key || '+'] END
$$;--> statement-breakpoint
CREATE FUNCTION crm_presence_facets(key text, given text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN coalesce(given, '') = '' THEN ARRAY[key || '='] WHEN char_length(given) > 500 THEN ARRAY[key || '+', key || '…'] ELSE ARRAY[key || '+'] END
$$;--> statement-breakpoint
CREATE FUNCTION crm_text_facets(key text, given text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT crm_presence_facets(key, given) || CASE WHEN coalesce(given, '') = '' THEN '{}' ELSE
    ARRAY(SELECT key || '~' || token FROM unnest(crm_search_tokens(crm_search_text(given))) token) END
$$;--> statement-breakpoint
ALTER TABLE "follow_up" ADD COLUMN "facets" text[] GENERATED ALWAYS AS (crm_option_facets('method', "method") || crm_text_facets('place', CASE WHEN "place" IS NOT NULL THEN coalesce("place" ->> 'detail', '') || ' ' END) || crm_presence_facets('content', "content")) STORED;--> statement-breakpoint
ALTER TABLE "follow_up_plan" ADD COLUMN "facets" text[] GENERATED ALWAYS AS (crm_option_facets('method', "method") || crm_option_facets('status', "status") || crm_presence_facets('content', "content")) STORED;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "facets" text[] GENERATED ALWAYS AS (crm_text_facets('title', "title") || crm_text_facets('department', "department") || crm_text_facets('wechat', "wechat") || crm_text_facets('remark', "remark") || crm_presence_facets('name', "name") || crm_presence_facets('phone', "phone") || crm_presence_facets('email', "email")) STORED;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "facets" text[] GENERATED ALWAYS AS (crm_option_facets('status', "status") || crm_option_facets('level', "level") || crm_option_facets('type', "type") || crm_option_facets('source', "source") || crm_option_facets('industry', "industry") || crm_text_facets('website', "website") || crm_text_facets('location', CASE WHEN "location" IS NOT NULL THEN coalesce("location" ->> 'detail', '') || ' ' END) || crm_text_facets('remark', "remark") || crm_presence_facets('name', "name") || crm_presence_facets('phone', "phone")) STORED;--> statement-breakpoint
ALTER TABLE "lead" ADD COLUMN "facets" text[] GENERATED ALWAYS AS (crm_option_facets('stage', "stage") || crm_option_facets('intent', "intent") || crm_option_facets('source', "source") || crm_option_facets('industry', "industry") || crm_text_facets('email', "email") || crm_text_facets('product', "product") || crm_text_facets('demand', "demand") || crm_text_facets('location', CASE WHEN "location" IS NOT NULL THEN coalesce("location" ->> 'detail', '') || ' ' END) || crm_text_facets('remark', "remark") || crm_presence_facets('name', "name") || crm_presence_facets('contact_name', "contact_name") || crm_presence_facets('phone', "phone")) STORED;--> statement-breakpoint
ALTER TABLE "opportunity" ADD COLUMN "facets" text[] GENERATED ALWAYS AS (crm_option_facets('stage', "stage") || crm_option_facets('source', "source") || crm_option_facets('lost_reason', "lost_reason") || crm_text_facets('product', "product") || crm_text_facets('remark', "remark") || crm_presence_facets('name', "name")) STORED;--> statement-breakpoint
CREATE INDEX "follow_up_facets" ON "follow_up" USING gin ("facets") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_facets" ON "follow_up_plan" USING gin ("facets") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "contact_facets" ON "contact" USING gin ("facets") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_facets" ON "customer" USING gin ("facets") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_facets" ON "lead" USING gin ("facets") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_probability" ON "opportunity" USING btree ("probability","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_facets" ON "opportunity" USING gin ("facets") WHERE "deleted_at" is null;