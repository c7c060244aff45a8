CREATE TABLE "platform_event" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"channel" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"status" text DEFAULT 'new' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"error" text,
	"run_id" uuid,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sync_change" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"run_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" uuid,
	"userid" text,
	"name" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reason" jsonb NOT NULL,
	"status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_conflict" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"userid" text NOT NULL,
	"unionid" text DEFAULT '' NOT NULL,
	"kind" text NOT NULL,
	"member" jsonb NOT NULL,
	"candidates" jsonb NOT NULL,
	"action" text,
	"account_id" uuid,
	"resolved_by" text,
	"resolved_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "main_department_chosen" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "manager_id" uuid;--> statement-breakpoint
ALTER TABLE "binding" ADD COLUMN "missing_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "binding" ADD COLUMN "missing_runs" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_run" ADD COLUMN "trigger" text DEFAULT 'button' NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_run" ADD COLUMN "stop" jsonb;--> statement-breakpoint
ALTER TABLE "sync_run" ADD COLUMN "state_hash" text;--> statement-breakpoint
ALTER TABLE "sync_run" ADD COLUMN "undoes" uuid;--> statement-breakpoint
ALTER TABLE "sync_run" ADD COLUMN "undone_by" uuid;--> statement-breakpoint
ALTER TABLE "sync_change" ADD CONSTRAINT "sync_change_run_id_sync_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."sync_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_conflict" ADD CONSTRAINT "sync_conflict_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "platform_event_waiting" ON "platform_event" USING btree ("status","next_attempt_at");--> statement-breakpoint
CREATE INDEX "sync_change_run" ON "sync_change" USING btree ("run_id","seq");--> statement-breakpoint
CREATE INDEX "sync_change_run_kind" ON "sync_change" USING btree ("run_id","kind","seq");--> statement-breakpoint
CREATE INDEX "sync_change_target" ON "sync_change" USING btree ("target_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sync_conflict_member" ON "sync_conflict" USING btree ("userid","unionid");