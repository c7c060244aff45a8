-- Customers of the first version: their next step becomes a plan, their region and address one location, and
-- their industries the options of the form.
INSERT INTO "follow_up_plan" ("customer_id", "content", "method", "due_at", "owner_id", "created_by_id", "owned_since", "created_at", "updated_at")
SELECT "id", CASE WHEN "next_step" = '' THEN '跟进' ELSE "next_step" END, 'phone', "next_step_at", "owner_id", "created_by_id", "updated_at", "updated_at", "updated_at"
FROM "customer" WHERE "next_step_at" IS NOT NULL AND "deleted_at" IS NULL;--> statement-breakpoint
UPDATE "customer" SET "next_plan_at" = "next_step_at" WHERE "next_step_at" IS NOT NULL AND "deleted_at" IS NULL;--> statement-breakpoint
UPDATE "customer" SET "remark" = left(concat_ws(E'\n', nullif("remark", ''), '下一步：' || "next_step"), 3000) WHERE "next_step_at" IS NULL AND "next_step" <> '';--> statement-breakpoint
UPDATE "customer" SET "location" = jsonb_build_object('code', '', 'detail', "region" || "address") WHERE "location" IS NULL AND "region" || "address" <> '';--> statement-breakpoint
UPDATE "customer" SET "industry" = m.code FROM (VALUES
  ('智能制造', 'manufacturing'), ('新能源', 'energy'), ('医疗健康', 'health'), ('软件与信息服务', 'software'), ('物流运输', 'logistics'), ('电子商务', 'ecommerce'),
  ('食品饮料', 'food'), ('建筑工程', 'construction'), ('教育培训', 'education'), ('化工材料', 'chemistry'), ('零售连锁', 'retail')) AS m(label, code)
WHERE "customer"."industry" = m.label;
