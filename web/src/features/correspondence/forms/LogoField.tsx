import { useMutation } from '@tanstack/react-query'
import { ImageUp, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { http } from '@/api/client'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import type { MailLogo } from '../queries'

/** By which a form knows that a logo is on its way. */
export const addingLogo = ['mail-logo']

type Props = { logo: MailLogo | null; onChange: (logo: MailLogo | null) => void; error: string | undefined }

/** The logo above mails: checked and made small by the server at once, on mails once the form is saved. */
export function LogoField({ logo, onChange, error }: Props) {
  const chooser = useRef<HTMLInputElement>(null)
  const add = useMutation({ mutationKey: addingLogo, mutationFn: added, onSuccess: onChange })
  const problem = add.error ? (add.error.fields.file?.[0] ?? add.error.detail) : error
  return (
    <div role="group" aria-label="Logo" className="flex flex-col gap-2">
      <span className="text-13 font-medium">Logo</span>
      <div className="flex flex-wrap items-center gap-3">
        {logo && <img src={logo.data_url} alt="The logo above mails" className="max-h-16 max-w-40 rounded-control border border-line bg-white p-2" />}
        <Button size="sm" icon={ImageUp} busy={add.isPending} onPress={() => chooser.current?.click()}>
          {logo ? 'Choose another' : 'Choose a logo'}
        </Button>
        {logo && (
          <Button size="sm" icon={Trash2} onPress={() => onChange(null)}>
            No logo
          </Button>
        )}
      </div>
      {problem !== undefined && <Alert tone="danger">{problem}</Alert>}
      <p className="text-12 text-muted">{logo ? `${logo.width} by ${logo.height} points, ${Math.ceil(logo.size / 1024)} kB with every mail.` : 'PNG or JPEG, up to 5 MB; it is made small.'}</p>
      <input
        ref={chooser}
        type="file"
        hidden
        tabIndex={-1}
        aria-hidden
        data-testid="logo"
        accept=".png,.jpg,.jpeg"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file) add.mutate(file)
          currentTarget.value = ''
        }}
      />
    </div>
  )
}

async function added(file: File): Promise<MailLogo> {
  const form = new FormData()
  form.set('file', file)
  const { data } = await http.POST('/api/mail-settings/logos', { body: form as never })
  return data as MailLogo
}
