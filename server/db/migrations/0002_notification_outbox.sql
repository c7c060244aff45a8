CREATE TABLE "dingtalk_usage" (
	"day" date NOT NULL,
	"api" text NOT NULL,
	"calls" integer NOT NULL,
	CONSTRAINT "dingtalk_usage_day_api_pk" PRIMARY KEY("day","api")
);
--> statement-breakpoint
CREATE TABLE "notification" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"sending_id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"priority" smallint NOT NULL,
	"account_id" uuid,
	"dept_ids" jsonb,
	"receivers" integer DEFAULT 1 NOT NULL,
	"content_hash" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"gather_key" text,
	"locale" text DEFAULT 'zh-CN' NOT NULL,
	"data" jsonb,
	"state" text NOT NULL,
	"reason" text,
	"detail" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"call_id" uuid,
	"merged_into" uuid,
	"userid" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"result_at" timestamp with time zone,
	CONSTRAINT "notification_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "notification_call" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"priority" smallint NOT NULL,
	"payload" text NOT NULL,
	"userids" jsonb NOT NULL,
	"dept_ids" jsonb,
	"receivers" integer NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"called_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"task_id" bigint,
	"reason" text,
	"detail" text,
	"answered_at" timestamp with time zone,
	"check_at" timestamp with time zone,
	"checks" integer DEFAULT 0 NOT NULL,
	"checked_at" timestamp with time zone,
	"recalled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notification_sending" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"payload" text NOT NULL,
	"by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_todo" (
	"plan_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"due_at" timestamp with time zone,
	"wanted" text NOT NULL,
	"told" text,
	"task_id" text,
	"unionid" text,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reason" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notification" ADD CONSTRAINT "notification_sending_id_notification_sending_id_fk" FOREIGN KEY ("sending_id") REFERENCES "public"."notification_sending"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification" ADD CONSTRAINT "notification_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_todo" ADD CONSTRAINT "plan_todo_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notification_queued" ON "notification" USING btree ("priority","due_at") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "notification_queued_content" ON "notification" USING btree ("content_hash") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "notification_sending_id" ON "notification" USING btree ("sending_id","id");--> statement-breakpoint
CREATE INDEX "notification_account_sent" ON "notification" USING btree ("account_id","sent_at");--> statement-breakpoint
CREATE INDEX "notification_call_id" ON "notification" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "notification_merged_into" ON "notification" USING btree ("merged_into");--> statement-breakpoint
CREATE INDEX "notification_call_called" ON "notification_call" USING btree ("called_at");--> statement-breakpoint
CREATE INDEX "notification_call_open" ON "notification_call" USING btree ("state","next_attempt_at") WHERE state in ('waiting', 'calling');--> statement-breakpoint
CREATE INDEX "notification_call_check" ON "notification_call" USING btree ("check_at") WHERE check_at is not null;--> statement-breakpoint
CREATE INDEX "notification_sending_created" ON "notification_sending" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "plan_todo_waiting" ON "plan_todo" USING btree ("next_attempt_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "plan_todo_task" ON "plan_todo" USING btree ("task_id");