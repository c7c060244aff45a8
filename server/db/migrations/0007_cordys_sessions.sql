CREATE TABLE "cordys_request" (
	"account_id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"record_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cordys_request_account_id_key_pk" PRIMARY KEY("account_id","key")
);
--> statement-breakpoint
CREATE TABLE "cordys_session" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"sealed" text,
	"profile" jsonb NOT NULL,
	"profile_at" timestamp with time zone NOT NULL,
	"admits_dingtalk" boolean,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "cordys_request" ADD CONSTRAINT "cordys_request_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cordys_session" ADD CONSTRAINT "cordys_session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cordys_request_created" ON "cordys_request" USING btree ("created_at");