import { Copy, Download, Printer } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'

type RecoveryCodesProps = { codes: readonly string[]; /** The button that leaves. */ action: string; onDone: () => void }

/** In groups of five, as one reads them off paper; spaces and dashes do not matter where they are entered. */
const grouped = (code: string): string => code.replace(/[\s-]/g, '').replace(/(.{5})(?=.)/g, '$1-')

/** Shown once, right after they were made. */
export function RecoveryCodes({ codes, action, onDone }: RecoveryCodesProps) {
  const [kept, setKept] = useState(false)
  const [copied, setCopied] = useState(false)
  const text = codes.map(grouped).join('\n')
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true))
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-14 text-muted">If you lose your phone or passkey, each of these codes stands in for it once. Keep them where only you get at them: they are not shown again.</p>
      <ul aria-label="Recovery codes" className="grid grid-cols-1 gap-x-6 gap-y-1.5 rounded-control border border-line bg-sunken px-4 py-3 font-mono text-13 tabular sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="whitespace-nowrap">
            {grouped(code)}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2 print:hidden">
        <Button icon={Copy} onPress={copy}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
        <Button icon={Download} onPress={() => download(text)}>
          Download
        </Button>
        <Button icon={Printer} onPress={() => window.print()}>
          Print
        </Button>
      </div>
      <Checkbox checked={kept} onChange={setKept} className="print:hidden">
        I have kept the codes in a safe place
      </Checkbox>
      <Button variant="primary" size="lg" className="print:hidden" disabledReason={kept ? null : 'Keep the codes first, then tick the box above.'} onPress={onDone}>
        {action}
      </Button>
    </div>
  )
}

/** Made here, so that the codes pass through nobody else. */
function download(text: string): void {
  const address = URL.createObjectURL(new Blob([`MentalSpace recovery codes\n${location.origin}\nEach works once.\n\n${text}\n`], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'mentalspace-recovery-codes.txt'
  link.click()
  URL.revokeObjectURL(address)
}
