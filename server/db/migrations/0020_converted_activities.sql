-- What was written to a lead before it was converted goes on at its customer alone; once conversions named both.
UPDATE "follow_up" SET "lead_id" = NULL WHERE "lead_id" IS NOT NULL AND "customer_id" IS NOT NULL;--> statement-breakpoint
UPDATE "follow_up_plan" SET "lead_id" = NULL WHERE "lead_id" IS NOT NULL AND "customer_id" IS NOT NULL;--> statement-breakpoint
-- The leads' own moments went with it.
UPDATE "lead" SET
  "last_follow_up_at" = (SELECT max("at") FROM "follow_up" WHERE "follow_up"."lead_id" = "lead"."id" AND "follow_up"."deleted_at" IS NULL),
  "last_follow_up_by_id" = (SELECT "owner_id" FROM "follow_up" WHERE "follow_up"."lead_id" = "lead"."id" AND "follow_up"."deleted_at" IS NULL ORDER BY "at" DESC, "id" DESC LIMIT 1),
  "next_plan_at" = (SELECT min("due_at") FROM "follow_up_plan" WHERE "follow_up_plan"."lead_id" = "lead"."id" AND "follow_up_plan"."status" = 'open' AND "follow_up_plan"."deleted_at" IS NULL)
WHERE "converted_at" IS NOT NULL AND ("last_follow_up_at" IS NOT NULL OR "next_plan_at" IS NOT NULL);
