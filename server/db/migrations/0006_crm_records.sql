-- What the search compares: letters of either width and case alike. Generated columns need functions that are immutable.
CREATE FUNCTION crm_search_text(VARIADIC parts text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(normalize(array_to_string(parts, E'\n'), NFKC))
$$;--> statement-breakpoint
-- Tokens of the first 600 characters: single characters outside ASCII, pairs without blanks, triples of letters and digits.
CREATE FUNCTION crm_search_tokens(given text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  WITH letters AS (SELECT string_to_array(left(given, 600), NULL) AS c)
  SELECT coalesce(array_agg(DISTINCT token), '{}') FROM (
    SELECT unnest(ARRAY[
      CASE WHEN octet_length(a) > 1 THEN a END,
      CASE WHEN b IS NOT NULL AND a > ' ' AND b > ' ' THEN a || b END,
      CASE WHEN (a || b || d) ~ '^[a-z0-9]{3}$' THEN a || b || d END
    ]) AS token
    FROM (SELECT c[i] AS a, c[i + 1] AS b, c[i + 2] AS d FROM letters, generate_series(1, cardinality(c)) i) runs
  ) tokens WHERE token IS NOT NULL
$$;--> statement-breakpoint
CREATE FUNCTION crm_phone_digits(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(regexp_replace(normalize(given, NFKC), '\D', '', 'g'), '^(0086|86)(1\d{10})$', '\2')
$$;--> statement-breakpoint
CREATE FUNCTION crm_name_key(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(lower(normalize(given, NFKC)), '\s', '', 'g')
$$;--> statement-breakpoint
CREATE TABLE "crm_comment" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"record_id" uuid NOT NULL,
	"parent_id" uuid,
	"author_id" uuid NOT NULL,
	"content" text NOT NULL,
	"mentioned" uuid[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "follow_up" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" uuid,
	"customer_id" uuid,
	"opportunity_id" uuid,
	"contact_id" uuid,
	"method" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"content" text NOT NULL,
	"place" jsonb,
	"pictures" uuid[] DEFAULT '{}' NOT NULL,
	"mentioned" uuid[] DEFAULT '{}' NOT NULL,
	"plan_id" uuid,
	"owner_id" uuid NOT NULL,
	"owned_since" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by_id" uuid NOT NULL,
	"updated_by_id" uuid,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	"deleted_by_id" uuid,
	"search_text" text GENERATED ALWAYS AS (crm_search_text("content")) STORED,
	"search_tokens" text[] GENERATED ALWAYS AS (crm_search_tokens(crm_search_text("content"))) STORED
);
--> statement-breakpoint
CREATE TABLE "follow_up_plan" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" uuid,
	"customer_id" uuid,
	"opportunity_id" uuid,
	"contact_id" uuid,
	"method" text DEFAULT '' NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"content" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"closed_at" timestamp with time zone,
	"follow_up_id" uuid,
	"owner_id" uuid NOT NULL,
	"owned_since" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by_id" uuid NOT NULL,
	"updated_by_id" uuid,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	"deleted_by_id" uuid,
	"search_text" text GENERATED ALWAYS AS (crm_search_text("content")) STORED,
	"search_tokens" text[] GENERATED ALWAYS AS (crm_search_tokens(crm_search_text("content"))) STORED
);
--> statement-breakpoint
CREATE TABLE "collaborator" (
	"kind" text NOT NULL,
	"record_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"access" text NOT NULL,
	"added_by_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "collaborator_kind_record_id_account_id_pk" PRIMARY KEY("kind","record_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "import_job" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"account_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"bytes" "bytea",
	"status" text NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"issues" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "owner_history" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"record_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"by_id" uuid,
	"reason" text DEFAULT 'transfer' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "picture" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text,
	"record_id" uuid,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"uploaded_by_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recent_record" (
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"record_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "recent_record_account_id_kind_record_id_pk" PRIMARY KEY("account_id","kind","record_id")
);
--> statement-breakpoint
CREATE TABLE "request_key" (
	"account_id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"record_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "request_key_account_id_key_pk" PRIMARY KEY("account_id","key")
);
--> statement-breakpoint
CREATE TABLE "unique_value" (
	"kind" text NOT NULL,
	"field" text NOT NULL,
	"value" text NOT NULL,
	"record_id" uuid NOT NULL,
	CONSTRAINT "unique_value_kind_field_value_pk" PRIMARY KEY("kind","field","value")
);
--> statement-breakpoint
CREATE TABLE "contact" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"department" text DEFAULT '' NOT NULL,
	"role" text DEFAULT '' NOT NULL,
	"phone" text DEFAULT '' NOT NULL,
	"email" text DEFAULT '' NOT NULL,
	"wechat" text DEFAULT '' NOT NULL,
	"remark" text DEFAULT '' NOT NULL,
	"disabled_at" timestamp with time zone,
	"disabled_reason" text DEFAULT '' NOT NULL,
	"owner_id" uuid NOT NULL,
	"owned_since" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by_id" uuid NOT NULL,
	"updated_by_id" uuid,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	"deleted_by_id" uuid,
	"search_text" text GENERATED ALWAYS AS (crm_search_text("name", "phone", "email")) STORED,
	"search_tokens" text[] GENERATED ALWAYS AS (crm_search_tokens(crm_search_text("name", "phone", "email"))) STORED,
	"phone_digits" text GENERATED ALWAYS AS (crm_phone_digits("phone")) STORED
);
--> statement-breakpoint
CREATE TABLE "lead" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"stage" text DEFAULT 'new' NOT NULL,
	"intent" text DEFAULT '' NOT NULL,
	"source" text DEFAULT '' NOT NULL,
	"contact_name" text DEFAULT '' NOT NULL,
	"phone" text DEFAULT '' NOT NULL,
	"email" text DEFAULT '' NOT NULL,
	"product" text DEFAULT '' NOT NULL,
	"demand" text DEFAULT '' NOT NULL,
	"industry" text DEFAULT '' NOT NULL,
	"location" jsonb,
	"remark" text DEFAULT '' NOT NULL,
	"last_follow_up_at" timestamp with time zone,
	"last_follow_up_by_id" uuid,
	"next_plan_at" timestamp with time zone,
	"converted_at" timestamp with time zone,
	"customer_id" uuid,
	"contact_id" uuid,
	"opportunity_id" uuid,
	"owner_id" uuid NOT NULL,
	"owned_since" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by_id" uuid NOT NULL,
	"updated_by_id" uuid,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	"deleted_by_id" uuid,
	"search_text" text GENERATED ALWAYS AS (crm_search_text("name", "contact_name", "phone")) STORED,
	"search_tokens" text[] GENERATED ALWAYS AS (crm_search_tokens(crm_search_text("name", "contact_name", "phone"))) STORED,
	"name_key" text GENERATED ALWAYS AS (crm_name_key("name")) STORED,
	"phone_digits" text GENERATED ALWAYS AS (crm_phone_digits("phone")) STORED
);
--> statement-breakpoint
CREATE TABLE "opportunity" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"no" bigint GENERATED BY DEFAULT AS IDENTITY (sequence name "opportunity_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"contact_id" uuid,
	"amount" numeric(18, 2) DEFAULT '0' NOT NULL,
	"stage" text NOT NULL,
	"probability" integer DEFAULT 0 NOT NULL,
	"expected_close_on" date,
	"source" text DEFAULT '' NOT NULL,
	"product" text DEFAULT '' NOT NULL,
	"remark" text DEFAULT '' NOT NULL,
	"stage_since" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	"lost_reason" text DEFAULT '' NOT NULL,
	"close_note" text DEFAULT '' NOT NULL,
	"last_follow_up_at" timestamp with time zone,
	"last_follow_up_by_id" uuid,
	"next_plan_at" timestamp with time zone,
	"owner_id" uuid NOT NULL,
	"owned_since" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by_id" uuid NOT NULL,
	"updated_by_id" uuid,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	"deleted_by_id" uuid,
	"search_text" text GENERATED ALWAYS AS (crm_search_text("name")) STORED,
	"search_tokens" text[] GENERATED ALWAYS AS (crm_search_tokens(crm_search_text("name"))) STORED,
	"name_key" text GENERATED ALWAYS AS (crm_name_key("name")) STORED
);
--> statement-breakpoint
CREATE TABLE "opportunity_stage" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"opportunity_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"former_stage" text,
	"reason" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by_id" uuid NOT NULL
);
--> statement-breakpoint
DROP INDEX "customer_owner_next";--> statement-breakpoint
DROP INDEX "customer_updated";--> statement-breakpoint
DROP INDEX "customer_owner_updated";--> statement-breakpoint
DROP INDEX "customer_name";--> statement-breakpoint
ALTER TABLE "customer" ALTER COLUMN "status" SET DEFAULT 'potential';--> statement-breakpoint
ALTER TABLE "customer" ALTER COLUMN "level" SET DEFAULT 'C';--> statement-breakpoint
ALTER TABLE "customer" ALTER COLUMN "source" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "type" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "website" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "location" jsonb;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "last_follow_up_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "last_follow_up_by_id" uuid;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "next_plan_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "owned_since" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "updated_by_id" uuid;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "custom" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "deleted_by_id" uuid;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "search_text" text GENERATED ALWAYS AS (crm_search_text("name", "phone")) STORED;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "search_tokens" text[] GENERATED ALWAYS AS (crm_search_tokens(crm_search_text("name", "phone"))) STORED;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "name_key" text GENERATED ALWAYS AS (crm_name_key("name")) STORED;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "phone_digits" text GENERATED ALWAYS AS (crm_phone_digits("phone")) STORED;--> statement-breakpoint
ALTER TABLE "crm_comment" ADD CONSTRAINT "crm_comment_author_id_account_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_lead_id_lead_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."lead"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_customer_id_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_opportunity_id_opportunity_id_fk" FOREIGN KEY ("opportunity_id") REFERENCES "public"."opportunity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_owner_id_account_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_created_by_id_account_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_updated_by_id_account_id_fk" FOREIGN KEY ("updated_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_deleted_by_id_account_id_fk" FOREIGN KEY ("deleted_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up_plan" ADD CONSTRAINT "follow_up_plan_lead_id_lead_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."lead"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up_plan" ADD CONSTRAINT "follow_up_plan_customer_id_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up_plan" ADD CONSTRAINT "follow_up_plan_opportunity_id_opportunity_id_fk" FOREIGN KEY ("opportunity_id") REFERENCES "public"."opportunity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up_plan" ADD CONSTRAINT "follow_up_plan_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up_plan" ADD CONSTRAINT "follow_up_plan_owner_id_account_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up_plan" ADD CONSTRAINT "follow_up_plan_created_by_id_account_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up_plan" ADD CONSTRAINT "follow_up_plan_updated_by_id_account_id_fk" FOREIGN KEY ("updated_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up_plan" ADD CONSTRAINT "follow_up_plan_deleted_by_id_account_id_fk" FOREIGN KEY ("deleted_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collaborator" ADD CONSTRAINT "collaborator_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collaborator" ADD CONSTRAINT "collaborator_added_by_id_account_id_fk" FOREIGN KEY ("added_by_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owner_history" ADD CONSTRAINT "owner_history_owner_id_account_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owner_history" ADD CONSTRAINT "owner_history_by_id_account_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "picture" ADD CONSTRAINT "picture_uploaded_by_id_account_id_fk" FOREIGN KEY ("uploaded_by_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recent_record" ADD CONSTRAINT "recent_record_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_key" ADD CONSTRAINT "request_key_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_customer_id_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_owner_id_account_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_created_by_id_account_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_updated_by_id_account_id_fk" FOREIGN KEY ("updated_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_deleted_by_id_account_id_fk" FOREIGN KEY ("deleted_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead" ADD CONSTRAINT "lead_last_follow_up_by_id_account_id_fk" FOREIGN KEY ("last_follow_up_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead" ADD CONSTRAINT "lead_customer_id_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead" ADD CONSTRAINT "lead_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead" ADD CONSTRAINT "lead_owner_id_account_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead" ADD CONSTRAINT "lead_created_by_id_account_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead" ADD CONSTRAINT "lead_updated_by_id_account_id_fk" FOREIGN KEY ("updated_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead" ADD CONSTRAINT "lead_deleted_by_id_account_id_fk" FOREIGN KEY ("deleted_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_customer_id_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_last_follow_up_by_id_account_id_fk" FOREIGN KEY ("last_follow_up_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_owner_id_account_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_created_by_id_account_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_updated_by_id_account_id_fk" FOREIGN KEY ("updated_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_deleted_by_id_account_id_fk" FOREIGN KEY ("deleted_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunity_stage" ADD CONSTRAINT "opportunity_stage_opportunity_id_opportunity_id_fk" FOREIGN KEY ("opportunity_id") REFERENCES "public"."opportunity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunity_stage" ADD CONSTRAINT "opportunity_stage_by_id_account_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "crm_comment_record" ON "crm_comment" USING btree ("kind","record_id","created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_at" ON "follow_up" USING btree ("at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_owner_at" ON "follow_up" USING btree ("owner_id","at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_updated" ON "follow_up" USING btree ("updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_owner_updated" ON "follow_up" USING btree ("owner_id","updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_created" ON "follow_up" USING btree ("created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_owner_created" ON "follow_up" USING btree ("owner_id","created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_lead" ON "follow_up" USING btree ("lead_id","at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_customer" ON "follow_up" USING btree ("customer_id","at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_opportunity" ON "follow_up" USING btree ("opportunity_id","at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_contact" ON "follow_up" USING btree ("contact_id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_tokens" ON "follow_up" USING gin ("search_tokens") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_deleted" ON "follow_up" USING btree ("deleted_at");--> statement-breakpoint
CREATE INDEX "follow_up_plan_due" ON "follow_up_plan" USING btree ("due_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_owner_due" ON "follow_up_plan" USING btree ("owner_id","due_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_updated" ON "follow_up_plan" USING btree ("updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_owner_updated" ON "follow_up_plan" USING btree ("owner_id","updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_created" ON "follow_up_plan" USING btree ("created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_owner_created" ON "follow_up_plan" USING btree ("owner_id","created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_open" ON "follow_up_plan" USING btree ("due_at","id") WHERE "deleted_at" is null and "status" = 'open';--> statement-breakpoint
CREATE INDEX "follow_up_plan_owner_open" ON "follow_up_plan" USING btree ("owner_id","due_at","id") WHERE "deleted_at" is null and "status" = 'open';--> statement-breakpoint
CREATE INDEX "follow_up_plan_lead" ON "follow_up_plan" USING btree ("lead_id","due_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_customer" ON "follow_up_plan" USING btree ("customer_id","due_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_opportunity" ON "follow_up_plan" USING btree ("opportunity_id","due_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_contact" ON "follow_up_plan" USING btree ("contact_id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_tokens" ON "follow_up_plan" USING gin ("search_tokens") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_deleted" ON "follow_up_plan" USING btree ("deleted_at");--> statement-breakpoint
CREATE INDEX "collaborator_account" ON "collaborator" USING btree ("account_id","kind","record_id");--> statement-breakpoint
CREATE INDEX "import_job_account" ON "import_job" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "import_job_status" ON "import_job" USING btree ("status");--> statement-breakpoint
CREATE INDEX "owner_history_record" ON "owner_history" USING btree ("kind","record_id","until");--> statement-breakpoint
CREATE INDEX "picture_record" ON "picture" USING btree ("kind","record_id");--> statement-breakpoint
CREATE INDEX "picture_uploader" ON "picture" USING btree ("uploaded_by_id","created_at");--> statement-breakpoint
CREATE INDEX "recent_record_at" ON "recent_record" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "request_key_created" ON "request_key" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "unique_value_record" ON "unique_value" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "contact_updated" ON "contact" USING btree ("updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "contact_owner_updated" ON "contact" USING btree ("owner_id","updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "contact_created" ON "contact" USING btree ("created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "contact_owner_created" ON "contact" USING btree ("owner_id","created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "contact_name" ON "contact" USING btree ("name","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "contact_owner_name" ON "contact" USING btree ("owner_id","name","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "contact_customer" ON "contact" USING btree ("customer_id","updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "contact_phone_digits" ON "contact" USING btree ("phone_digits") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "contact_tokens" ON "contact" USING gin ("search_tokens") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "contact_deleted" ON "contact" USING btree ("deleted_at");--> statement-breakpoint
CREATE INDEX "lead_updated" ON "lead" USING btree ("updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_owner_updated" ON "lead" USING btree ("owner_id","updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_created" ON "lead" USING btree ("created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_owner_created" ON "lead" USING btree ("owner_id","created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_name" ON "lead" USING btree ("name","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_owner_name" ON "lead" USING btree ("owner_id","name","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_followed" ON "lead" USING btree ("last_follow_up_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_owner_followed" ON "lead" USING btree ("owner_id","last_follow_up_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_planned" ON "lead" USING btree ("next_plan_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_owner_planned" ON "lead" USING btree ("owner_id","next_plan_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_name_key" ON "lead" USING btree ("name_key") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_phone_digits" ON "lead" USING btree ("phone_digits") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_tokens" ON "lead" USING gin ("search_tokens") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "lead_customer" ON "lead" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "lead_deleted" ON "lead" USING btree ("deleted_at");--> statement-breakpoint
CREATE INDEX "opportunity_updated" ON "opportunity" USING btree ("updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_owner_updated" ON "opportunity" USING btree ("owner_id","updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_created" ON "opportunity" USING btree ("created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_owner_created" ON "opportunity" USING btree ("owner_id","created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_name" ON "opportunity" USING btree ("name","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_owner_name" ON "opportunity" USING btree ("owner_id","name","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_amount" ON "opportunity" USING btree ("amount","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_owner_amount" ON "opportunity" USING btree ("owner_id","amount","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_expected" ON "opportunity" USING btree ("expected_close_on","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_owner_expected" ON "opportunity" USING btree ("owner_id","expected_close_on","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_followed" ON "opportunity" USING btree ("last_follow_up_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_owner_followed" ON "opportunity" USING btree ("owner_id","last_follow_up_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_planned" ON "opportunity" USING btree ("next_plan_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_owner_planned" ON "opportunity" USING btree ("owner_id","next_plan_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_customer" ON "opportunity" USING btree ("customer_id","updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_contact" ON "opportunity" USING btree ("contact_id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_closed" ON "opportunity" USING btree ("closed_at","owner_id","stage","amount") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_open" ON "opportunity" USING btree ("owner_id","stage","amount") WHERE "deleted_at" is null and "closed_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_name_key" ON "opportunity" USING btree ("name_key") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_tokens" ON "opportunity" USING gin ("search_tokens") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "opportunity_deleted" ON "opportunity" USING btree ("deleted_at");--> statement-breakpoint
CREATE INDEX "opportunity_stage_opportunity" ON "opportunity_stage" USING btree ("opportunity_id","at");--> statement-breakpoint
ALTER TABLE "customer" ADD CONSTRAINT "customer_last_follow_up_by_id_account_id_fk" FOREIGN KEY ("last_follow_up_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer" ADD CONSTRAINT "customer_updated_by_id_account_id_fk" FOREIGN KEY ("updated_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer" ADD CONSTRAINT "customer_deleted_by_id_account_id_fk" FOREIGN KEY ("deleted_by_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customer_created" ON "customer" USING btree ("created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_owner_created" ON "customer" USING btree ("owner_id","created_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_owner_name" ON "customer" USING btree ("owner_id","name","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_followed" ON "customer" USING btree ("last_follow_up_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_owner_followed" ON "customer" USING btree ("owner_id","last_follow_up_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_planned" ON "customer" USING btree ("next_plan_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_owner_planned" ON "customer" USING btree ("owner_id","next_plan_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_name_key" ON "customer" USING btree ("name_key") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_phone_digits" ON "customer" USING btree ("phone_digits") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_tokens" ON "customer" USING gin ("search_tokens") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_deleted" ON "customer" USING btree ("deleted_at");--> statement-breakpoint
CREATE INDEX "customer_updated" ON "customer" USING btree ("updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_owner_updated" ON "customer" USING btree ("owner_id","updated_at","id") WHERE "deleted_at" is null;--> statement-breakpoint
CREATE INDEX "customer_name" ON "customer" USING btree ("name","id") WHERE "deleted_at" is null;--> statement-breakpoint
INSERT INTO "unique_value" ("kind", "field", "value", "record_id")
SELECT 'customers', 'name', crm_name_key("name"), "id" FROM "customer" ORDER BY "created_at", "id" ON CONFLICT DO NOTHING;
