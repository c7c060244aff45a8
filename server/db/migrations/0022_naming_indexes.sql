CREATE INDEX "crm_comment_author" ON "crm_comment" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "follow_up_owner" ON "follow_up" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "follow_up_created_by" ON "follow_up" USING btree ("created_by_id");--> statement-breakpoint
CREATE INDEX "follow_up_updated_by" ON "follow_up" USING btree ("updated_by_id") WHERE "updated_by_id" is not null;--> statement-breakpoint
CREATE INDEX "follow_up_deleted_by" ON "follow_up" USING btree ("deleted_by_id") WHERE "deleted_by_id" is not null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_owner" ON "follow_up_plan" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "follow_up_plan_created_by" ON "follow_up_plan" USING btree ("created_by_id");--> statement-breakpoint
CREATE INDEX "follow_up_plan_updated_by" ON "follow_up_plan" USING btree ("updated_by_id") WHERE "updated_by_id" is not null;--> statement-breakpoint
CREATE INDEX "follow_up_plan_deleted_by" ON "follow_up_plan" USING btree ("deleted_by_id") WHERE "deleted_by_id" is not null;--> statement-breakpoint
CREATE INDEX "collaborator_added_by" ON "collaborator" USING btree ("added_by_id");--> statement-breakpoint
CREATE INDEX "owner_history_owner" ON "owner_history" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "owner_history_by" ON "owner_history" USING btree ("by_id") WHERE "by_id" is not null;--> statement-breakpoint
CREATE INDEX "contact_owner" ON "contact" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "contact_created_by" ON "contact" USING btree ("created_by_id");--> statement-breakpoint
CREATE INDEX "contact_updated_by" ON "contact" USING btree ("updated_by_id") WHERE "updated_by_id" is not null;--> statement-breakpoint
CREATE INDEX "contact_deleted_by" ON "contact" USING btree ("deleted_by_id") WHERE "deleted_by_id" is not null;--> statement-breakpoint
CREATE INDEX "customer_owner" ON "customer" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "customer_created_by" ON "customer" USING btree ("created_by_id");--> statement-breakpoint
CREATE INDEX "customer_updated_by" ON "customer" USING btree ("updated_by_id") WHERE "updated_by_id" is not null;--> statement-breakpoint
CREATE INDEX "customer_deleted_by" ON "customer" USING btree ("deleted_by_id") WHERE "deleted_by_id" is not null;--> statement-breakpoint
CREATE INDEX "customer_followed_by" ON "customer" USING btree ("last_follow_up_by_id") WHERE "last_follow_up_by_id" is not null;--> statement-breakpoint
CREATE INDEX "lead_owner" ON "lead" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "lead_created_by" ON "lead" USING btree ("created_by_id");--> statement-breakpoint
CREATE INDEX "lead_updated_by" ON "lead" USING btree ("updated_by_id") WHERE "updated_by_id" is not null;--> statement-breakpoint
CREATE INDEX "lead_deleted_by" ON "lead" USING btree ("deleted_by_id") WHERE "deleted_by_id" is not null;--> statement-breakpoint
CREATE INDEX "lead_followed_by" ON "lead" USING btree ("last_follow_up_by_id") WHERE "last_follow_up_by_id" is not null;--> statement-breakpoint
CREATE INDEX "opportunity_owner" ON "opportunity" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "opportunity_created_by" ON "opportunity" USING btree ("created_by_id");--> statement-breakpoint
CREATE INDEX "opportunity_updated_by" ON "opportunity" USING btree ("updated_by_id") WHERE "updated_by_id" is not null;--> statement-breakpoint
CREATE INDEX "opportunity_deleted_by" ON "opportunity" USING btree ("deleted_by_id") WHERE "deleted_by_id" is not null;--> statement-breakpoint
CREATE INDEX "opportunity_followed_by" ON "opportunity" USING btree ("last_follow_up_by_id") WHERE "last_follow_up_by_id" is not null;--> statement-breakpoint
CREATE INDEX "opportunity_stage_by" ON "opportunity_stage" USING btree ("by_id");--> statement-breakpoint
CREATE INDEX "handover_to" ON "handover" USING btree ("to_id");--> statement-breakpoint
CREATE INDEX "plan_todo_account" ON "plan_todo" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "access_request_account" ON "access_request" USING btree ("account_id") WHERE "account_id" is not null;--> statement-breakpoint
CREATE INDEX "sync_conflict_account" ON "sync_conflict" USING btree ("account_id") WHERE "account_id" is not null;