CREATE TABLE "checkout_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"livemode" boolean NOT NULL,
	"link_id" text NOT NULL,
	"link_version" integer NOT NULL,
	"buyer_hash" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"payment_status" text DEFAULT 'unpaid' NOT NULL,
	"idempotency_key" text NOT NULL,
	"request_params" jsonb NOT NULL,
	"snapshot" jsonb NOT NULL,
	"stripe_session_id" text,
	"client_secret" text,
	"first_touch" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_touch" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"client_reference_id" text,
	"prefilled_email" text,
	"locked_email" text,
	"prefilled_promo_code" text,
	"locale" text,
	"expires_at" timestamp with time zone NOT NULL,
	"checked_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"livemode" boolean NOT NULL,
	"type" text NOT NULL,
	"fact_key" text NOT NULL,
	"data" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "former_slugs" (
	"slug" text PRIMARY KEY NOT NULL,
	"link_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fulfillments" (
	"checkout_session_id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "merchant" (
	"id" text PRIMARY KEY DEFAULT 'merchant' NOT NULL,
	"name" text NOT NULL,
	"accent_color" text DEFAULT '#1f5eff' NOT NULL,
	"support_email" text,
	"terms_url" text,
	"privacy_url" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_facts" (
	"order_id" text NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_facts_order_id_kind_pk" PRIMARY KEY("order_id","kind")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"livemode" boolean NOT NULL,
	"checkout_session_id" text NOT NULL,
	"stripe_session_id" text NOT NULL,
	"payment_intent_id" text,
	"subscription_id" text,
	"customer_id" text,
	"link_id" text NOT NULL,
	"link_version" integer NOT NULL,
	"status" text NOT NULL,
	"review_reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"currency" text NOT NULL,
	"amount_subtotal" bigint NOT NULL,
	"amount_discount" bigint DEFAULT 0 NOT NULL,
	"amount_shipping" bigint DEFAULT 0 NOT NULL,
	"amount_tax" bigint DEFAULT 0 NOT NULL,
	"amount_total" bigint NOT NULL,
	"items" jsonb NOT NULL,
	"customer_email" text,
	"customer_name" text,
	"customer_phone" text,
	"payment_method" jsonb,
	"client_reference_id" text,
	"first_touch" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_touch" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"receipt_token" text NOT NULL,
	"fulfilled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_link_versions" (
	"link_id" text NOT NULL,
	"version" integer NOT NULL,
	"config" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payment_link_versions_link_id_version_pk" PRIMARY KEY("link_id","version")
);
--> statement-breakpoint
CREATE TABLE "payment_links" (
	"id" text PRIMARY KEY NOT NULL,
	"livemode" boolean NOT NULL,
	"slug" text NOT NULL,
	"name" text,
	"active" boolean DEFAULT true NOT NULL,
	"inactive_message" text,
	"version" integer DEFAULT 1 NOT NULL,
	"completed_sessions" integer DEFAULT 0 NOT NULL,
	"signing_secret" text NOT NULL,
	"created_via" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prices" (
	"id" text PRIMARY KEY NOT NULL,
	"livemode" boolean NOT NULL,
	"product_id" text NOT NULL,
	"currency" text NOT NULL,
	"unit_amount" bigint,
	"type" text NOT NULL,
	"recurring" jsonb,
	"custom_unit_amount" jsonb,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" text PRIMARY KEY NOT NULL,
	"livemode" boolean NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"images" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "stripe_events" (
	"id" text PRIMARY KEY NOT NULL,
	"livemode" boolean NOT NULL,
	"type" text NOT NULL,
	"api_version" text,
	"object_id" text,
	"payload" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"reason" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"id" text PRIMARY KEY NOT NULL,
	"livemode" boolean NOT NULL,
	"link_id" text NOT NULL,
	"buyer_hash" text NOT NULL,
	"tracking" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"dropped" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"referrer_host" text,
	"locale" text,
	"is_bot" boolean DEFAULT false NOT NULL,
	"checkout_session_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "checkout_sessions" ADD CONSTRAINT "checkout_sessions_link_id_link_version_payment_link_versions_link_id_version_fk" FOREIGN KEY ("link_id","link_version") REFERENCES "public"."payment_link_versions"("link_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_slugs" ADD CONSTRAINT "former_slugs_link_id_payment_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."payment_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fulfillments" ADD CONSTRAINT "fulfillments_checkout_session_id_checkout_sessions_id_fk" FOREIGN KEY ("checkout_session_id") REFERENCES "public"."checkout_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fulfillments" ADD CONSTRAINT "fulfillments_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_facts" ADD CONSTRAINT "order_facts_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_checkout_session_id_checkout_sessions_id_fk" FOREIGN KEY ("checkout_session_id") REFERENCES "public"."checkout_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_link_versions" ADD CONSTRAINT "payment_link_versions_link_id_payment_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."payment_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_link_id_payment_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."payment_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "checkout_sessions_stripe" ON "checkout_sessions" USING btree ("stripe_session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "checkout_sessions_key" ON "checkout_sessions" USING btree ("idempotency_key");--> statement-breakpoint
CREATE INDEX "checkout_sessions_resume" ON "checkout_sessions" USING btree ("buyer_hash","link_id","status");--> statement-breakpoint
CREATE INDEX "checkout_sessions_open" ON "checkout_sessions" USING btree ("checked_at","created_at") WHERE "checkout_sessions"."status" = 'open';--> statement-breakpoint
CREATE INDEX "checkout_sessions_unpaid" ON "checkout_sessions" USING btree ("checked_at") WHERE "checkout_sessions"."status" = 'complete' and "checkout_sessions"."payment_status" = 'unpaid';--> statement-breakpoint
CREATE INDEX "checkout_sessions_link" ON "checkout_sessions" USING btree ("link_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "events_fact" ON "events" USING btree ("fact_key");--> statement-breakpoint
CREATE INDEX "events_created" ON "events" USING btree ("livemode","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_number" ON "orders" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_session" ON "orders" USING btree ("checkout_session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_receipt" ON "orders" USING btree ("receipt_token");--> statement-breakpoint
CREATE INDEX "orders_created" ON "orders" USING btree ("livemode","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_link" ON "orders" USING btree ("link_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_links_slug" ON "payment_links" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "payment_links_created" ON "payment_links" USING btree ("livemode","created_at","id");--> statement-breakpoint
CREATE INDEX "prices_product" ON "prices" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "products_created" ON "products" USING btree ("livemode","created_at");--> statement-breakpoint
CREATE INDEX "stripe_events_due" ON "stripe_events" USING btree ("next_attempt_at") WHERE "stripe_events"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "visits_link" ON "visits" USING btree ("link_id","created_at");--> statement-breakpoint
CREATE INDEX "visits_buyer" ON "visits" USING btree ("buyer_hash","link_id","created_at");