CREATE TABLE "payment_tries" (
	"id" text PRIMARY KEY NOT NULL,
	"checkout_session_id" text NOT NULL,
	"link_id" text NOT NULL,
	"address_hash" text,
	"outcome" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "place_counters" (
	"link_id" text NOT NULL,
	"scope" text NOT NULL,
	"taken" integer DEFAULT 0 NOT NULL,
	"sold" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "place_counters_link_id_scope_pk" PRIMARY KEY("link_id","scope"),
	CONSTRAINT "place_counters_sound" CHECK (0 <= "place_counters"."sold" and "place_counters"."sold" <= "place_counters"."taken")
);
--> statement-breakpoint
CREATE TABLE "place_holds" (
	"checkout_session_id" text PRIMARY KEY NOT NULL,
	"link_id" text NOT NULL,
	"state" text NOT NULL,
	"places" jsonb NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "place_refunds" (
	"checkout_session_id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"payment_intent_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"refund_id" text,
	"reason" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session_turns" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"link_id" text NOT NULL,
	"address_hash" text NOT NULL,
	"buyer_hash" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "checkout_sessions" ADD COLUMN "address_hash" text;--> statement-breakpoint
ALTER TABLE "place_counters" ADD CONSTRAINT "place_counters_link_id_payment_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."payment_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_holds" ADD CONSTRAINT "place_holds_checkout_session_id_checkout_sessions_id_fk" FOREIGN KEY ("checkout_session_id") REFERENCES "public"."checkout_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_refunds" ADD CONSTRAINT "place_refunds_checkout_session_id_checkout_sessions_id_fk" FOREIGN KEY ("checkout_session_id") REFERENCES "public"."checkout_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_refunds" ADD CONSTRAINT "place_refunds_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_tries_link" ON "payment_tries" USING btree ("link_id","created_at");--> statement-breakpoint
CREATE INDEX "payment_tries_session" ON "payment_tries" USING btree ("checkout_session_id");--> statement-breakpoint
CREATE INDEX "place_holds_lapsing" ON "place_holds" USING btree ("expires_at") WHERE "place_holds"."state" = 'held';--> statement-breakpoint
CREATE INDEX "place_holds_link" ON "place_holds" USING btree ("link_id","state");--> statement-breakpoint
CREATE INDEX "place_refunds_due" ON "place_refunds" USING btree ("next_attempt_at") WHERE "place_refunds"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "session_turns_address" ON "session_turns" USING btree ("link_id","address_hash","due_at");