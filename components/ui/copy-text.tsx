import { CopyButton } from './copy-button'

/** A value to be taken elsewhere: readable, selectable, and with a button that copies it. */
export function CopyText({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <code className="min-w-0 rounded-md border border-line bg-tint px-3 py-2 text-[13px] wrap-anywhere select-all">
        {text}
      </code>
      <CopyButton text={text} label={label} />
    </div>
  )
}
