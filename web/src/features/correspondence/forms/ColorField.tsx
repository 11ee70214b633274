import { Undo2 } from 'lucide-react'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'

type Props = { value: string; standard: string; onChange: (value: string) => void; error: string | undefined }

/** A colour to write or to pick; empty is the product's own. The server says which ones words can be read on. */
export function ColorField({ value, standard, onChange, error }: Props) {
  return (
    <div className="flex flex-wrap items-start gap-2">
      <TextField label="Color" className="w-56" value={value} maxLength={7} placeholder={standard} onChange={onChange} error={error} hint="Of buttons and the line above. White words stand on it." inputClassName="tabular" />
      <input
        type="color"
        aria-label="Pick the color"
        className="mt-6 h-9 w-12 cursor-pointer rounded-control border border-line-strong bg-raised p-1 coarse:h-11"
        value={/^#[0-9a-f]{6}$/i.test(value) ? value.toLowerCase() : standard}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {value !== '' && (
        <Button size="sm" icon={Undo2} className="mt-6 phone:mt-0" onPress={() => onChange('')}>
          Standard color
        </Button>
      )}
    </div>
  )
}
