import type { StackClient } from '../../support/stack'

/**
 * Lets one in ten inserts into the outbox fail, wherever it comes from. What was to be told and what happened are
 * one transaction, or some of what happened is never told: a kill alone seldom hits the moment between the two.
 */
export async function outboxFails({ sql }: Pick<StackClient, 'sql'>): Promise<void> {
  await sql.unsafe(`
    create function outbox_hiccup() returns trigger language plpgsql as $$
    begin
      if random() < 0.1 then raise exception 'the outbox is away'; end if;
      return new;
    end $$;
    create trigger outbox_hiccup before insert on events for each row execute function outbox_hiccup();`)
}

export async function outboxWorks({ sql }: Pick<StackClient, 'sql'>): Promise<void> {
  await sql.unsafe('drop trigger outbox_hiccup on events; drop function outbox_hiccup()')
}
