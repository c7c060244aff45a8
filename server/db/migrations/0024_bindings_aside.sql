CREATE TABLE "binding_aside" (
	"corp_id" text NOT NULL,
	"userid" text NOT NULL,
	"unionid" text NOT NULL,
	"account_id" uuid NOT NULL,
	"source" text NOT NULL,
	"activated" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "binding_aside_corp_id_userid_pk" PRIMARY KEY("corp_id","userid")
);
--> statement-breakpoint
ALTER TABLE "binding_aside" ADD CONSTRAINT "binding_aside_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "binding_aside_account" ON "binding_aside" USING btree ("account_id");