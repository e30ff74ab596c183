ALTER TABLE "orders" ADD COLUMN "presentment_amount" bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "presentment_currency" text;