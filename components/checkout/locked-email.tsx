/** An address that came with the link and cannot be changed; told, not asked. */
export function LockedEmail({ email }: { email: string }) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor="locked-email" className="text-sm font-medium">
        Email
      </label>
      <input
        id="locked-email"
        readOnly
        value={email}
        className="h-11 w-full rounded-base border border-line bg-tint px-3 text-ink-2"
      />
    </div>
  )
}
