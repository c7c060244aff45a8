CREATE TABLE "doctor_confirmation" (
	"check" text NOT NULL,
	"app" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "doctor_confirmation_check_app_pk" PRIMARY KEY("check","app")
);
--> statement-breakpoint
CREATE TABLE "sighting" (
	"kind" text NOT NULL,
	"app" text NOT NULL,
	"ok_at" timestamp with time zone,
	"ok" jsonb,
	"failed_at" timestamp with time zone,
	"failed" jsonb,
	CONSTRAINT "sighting_kind_app_pk" PRIMARY KEY("kind","app")
);
