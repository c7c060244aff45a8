CREATE TABLE "calendar_day" (
	"day" text PRIMARY KEY NOT NULL,
	"working" boolean NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "login_trail" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"code" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"way" text NOT NULL,
	"result" text NOT NULL,
	"userid" text,
	"account_id" uuid,
	"name" text,
	"steps" jsonb NOT NULL,
	"ms" integer NOT NULL,
	"request_id" text NOT NULL,
	"ip" text NOT NULL,
	"user_agent" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access_request" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"userid" text NOT NULL,
	"unionid" text NOT NULL,
	"name" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"account_id" uuid,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bind_attempt" (
	"userid" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"resets_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bind_code" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"created_by" text NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "binding_event" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"action" text NOT NULL,
	"account_id" uuid NOT NULL,
	"userid" text NOT NULL,
	"unionid" text NOT NULL,
	"source" text NOT NULL,
	"actor" text NOT NULL,
	"undone_by" uuid
);
--> statement-breakpoint
CREATE TABLE "visitor" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"userid" text NOT NULL,
	"unionid" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account_role" (
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_role_account_id_role_pk" PRIMARY KEY("account_id","role")
);
--> statement-breakpoint
CREATE TABLE "department_role" (
	"department_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "department_role_department_id_role_pk" PRIMARY KEY("department_id","role")
);
--> statement-breakpoint
DROP INDEX "audit_log_at";--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "actor_id" uuid;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "target_type" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "target_id" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "target_name" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "request_id" text;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "access_request" ADD CONSTRAINT "access_request_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bind_code" ADD CONSTRAINT "bind_code_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "binding_event" ADD CONSTRAINT "binding_event_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_role" ADD CONSTRAINT "account_role_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_role" ADD CONSTRAINT "department_role_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "login_trail_code" ON "login_trail" USING btree ("code");--> statement-breakpoint
CREATE INDEX "login_trail_at" ON "login_trail" USING btree ("at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "login_trail_account" ON "login_trail" USING btree ("account_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "access_request_open" ON "access_request" USING btree ("userid") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "access_request_status" ON "access_request" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "bind_code_account" ON "bind_code" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "bind_code_expires" ON "bind_code" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "binding_event_account" ON "binding_event" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "binding_event_userid" ON "binding_event" USING btree ("userid");--> statement-breakpoint
CREATE INDEX "visitor_expires" ON "visitor" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "department_role_role" ON "department_role" USING btree ("role");--> statement-breakpoint
CREATE INDEX "audit_log_action" ON "audit_log" USING btree ("action","at");--> statement-breakpoint
CREATE INDEX "audit_log_target" ON "audit_log" USING btree ("target_type","target_id");--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("at" DESC NULLS LAST,"id");--> statement-breakpoint
INSERT INTO "account_role" ("account_id", "role") SELECT "id", 'sales' FROM "account";
