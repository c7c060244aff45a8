ALTER TABLE "customer" DROP COLUMN "region";--> statement-breakpoint
ALTER TABLE "customer" DROP COLUMN "address";--> statement-breakpoint
ALTER TABLE "customer" DROP COLUMN "next_step";--> statement-breakpoint
ALTER TABLE "customer" DROP COLUMN "next_step_at";--> statement-breakpoint
ALTER TABLE "customer" DROP COLUMN "won_at";