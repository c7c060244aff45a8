CREATE TABLE "notification_attempt" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"call_id" uuid NOT NULL,
	"receivers" integer NOT NULL,
	"called_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"checked" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notification" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notification" ADD COLUMN "maybe_sent_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notification_call" ADD COLUMN "recall_wanted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "plan_todo" ADD COLUMN "detail" text;--> statement-breakpoint
ALTER TABLE "plan_todo" ADD COLUMN "look_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "notification_attempt_called" ON "notification_attempt" USING btree ("called_at");--> statement-breakpoint
CREATE INDEX "notification_attempt_call" ON "notification_attempt" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "notification_call_recall" ON "notification_call" USING btree ("recall_wanted_at") WHERE recall_wanted_at is not null and recalled_at is null;--> statement-breakpoint
CREATE INDEX "plan_todo_look" ON "plan_todo" USING btree ("look_at") WHERE look_at is not null;