import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/ui/IconButton'
import { TextField } from '@/ui/TextField'
import { webhookWords, type Provider } from '../carriers'

/** The address a provider tells us by, to be copied into its pages. */
export function Webhook({ provider, addresses }: { provider: Provider; addresses: readonly string[] }) {
  return (
    <>
      {addresses.map((address) => (
        <OneAddress key={address} address={address} hint={webhookWords[provider]} />
      ))}
    </>
  )
}

function OneAddress({ address, hint }: { address: string; hint: string }) {
  const [copied, setCopied] = useState(false)
  const copy = () => {
    void navigator.clipboard.writeText(address).then(() => setCopied(true))
  }
  return (
    <TextField
      label="Webhook address"
      value={address}
      onChange={() => undefined}
      readOnly
      inputClassName="font-mono text-13"
      hint={hint}
      trailing={<IconButton icon={copied ? Check : Copy} label={copied ? 'Copied' : 'Copy the webhook address'} size="sm" onPress={copy} />}
    />
  )
}
