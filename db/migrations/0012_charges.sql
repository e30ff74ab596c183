CREATE TABLE "saved_charges" (
	"id" text PRIMARY KEY NOT NULL,
	"livemode" boolean NOT NULL,
	"idempotency_key" text NOT NULL,
	"customer_id" text NOT NULL,
	"payment_method_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"description" text,
	"status" text DEFAULT 'new' NOT NULL,
	"failure_code" text,
	"failure_message" text,
	"payment_method" jsonb,
	"payment_intent_id" text,
	"client_secret" text,
	"token_hash" text,
	"token_expires_at" timestamp with time zone,
	"checked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "saved_charges_wish" ON "saved_charges" USING btree ("livemode","idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_charges_token" ON "saved_charges" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "saved_charges_open" ON "saved_charges" USING btree ("checked_at") WHERE "saved_charges"."status" in ('processing', 'requires_action');