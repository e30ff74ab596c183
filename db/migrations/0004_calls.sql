CREATE TABLE "stripe_calls" (
	"subject" text NOT NULL,
	"operation" text NOT NULL,
	"n" integer NOT NULL,
	"livemode" boolean NOT NULL,
	"idempotency_key" text NOT NULL,
	"params" text NOT NULL,
	"params_hash" text NOT NULL,
	"state" text DEFAULT 'prepared' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"result_id" text,
	"error" text,
	"first_sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stripe_calls_subject_operation_n_pk" PRIMARY KEY("subject","operation","n")
);
--> statement-breakpoint
CREATE TABLE "sweep_cursors" (
	"name" text PRIMARY KEY NOT NULL,
	"position" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "checkout_sessions_key";--> statement-breakpoint
CREATE UNIQUE INDEX "stripe_calls_key" ON "stripe_calls" USING btree ("idempotency_key");--> statement-breakpoint
CREATE INDEX "stripe_calls_open" ON "stripe_calls" USING btree ("updated_at") WHERE "stripe_calls"."state" in ('prepared', 'sent', 'failed');--> statement-breakpoint
INSERT INTO "stripe_calls" ("subject", "operation", "n", "livemode", "idempotency_key", "params", "params_hash", "state", "attempts", "result_id", "first_sent_at", "created_at")
SELECT "id", 'checkout.sessions.create', 1, "livemode", "idempotency_key", "request_params"::text, encode(sha256(convert_to("request_params"::text, 'UTF8')), 'hex'),
	CASE WHEN "stripe_session_id" IS NULL THEN 'sent' ELSE 'done' END, 1, "stripe_session_id", "created_at", "created_at"
FROM "checkout_sessions";--> statement-breakpoint
ALTER TABLE "checkout_sessions" DROP COLUMN "idempotency_key";--> statement-breakpoint
ALTER TABLE "checkout_sessions" DROP COLUMN "request_params";