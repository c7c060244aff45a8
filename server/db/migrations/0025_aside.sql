DROP INDEX "access_request_open";--> statement-breakpoint
ALTER TABLE "access_request" ADD COLUMN "corp_id" text;--> statement-breakpoint
ALTER TABLE "binding_aside" ADD COLUMN "state" text DEFAULT 'present' NOT NULL;--> statement-breakpoint
ALTER TABLE "binding_aside" ADD COLUMN "seen_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "binding_aside" ADD COLUMN "missing_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "binding_aside" ADD COLUMN "missing_runs" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "access_request_open" ON "access_request" USING btree ("userid") WHERE status = 'open' and corp_id is null;