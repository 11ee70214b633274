import { Copy, Printer } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'

/** Shown once, right after the authenticator is on. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const [kept, setKept] = useState(false)
  const [copied, setCopied] = useState(false)
  const copy = () => {
    void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true))
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-14 text-muted">Your authenticator is on. If you lose the phone, each of these codes lets you in once. They are not shown again.</p>
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-control border border-line bg-sunken px-4 py-3 font-mono text-14">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex gap-2 print:hidden">
        <Button icon={Copy} onPress={copy}>
          {copied ? 'Copied' : 'Copy codes'}
        </Button>
        <Button icon={Printer} onPress={() => window.print()}>
          Print codes
        </Button>
      </div>
      <Checkbox checked={kept} onChange={setKept}>
        I have kept the codes in a safe place
      </Checkbox>
      <Button variant="primary" size="lg" disabledReason={kept ? null : 'Keep the codes first, then tick the box above.'} onPress={onDone}>
        Go to MentalSpace
      </Button>
    </div>
  )
}
