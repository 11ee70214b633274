import { useRef, type ReactNode } from 'react'

type Replacing<File> = { /** Choose the file that takes the place of this one. */ replace: (file: File) => void; /** Belongs anywhere in the page; not seen. */ chooser: ReactNode }

/** The next version of a file: chosen from the disk, and added below `at` of it. */
export function useReplacing<File>(endings: readonly string[] | undefined, at: (file: File) => string, add: (files: globalThis.File[], path: string) => void): Replacing<File> {
  const replacing = useRef<File | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const chooser = (
    <input
      ref={input}
      type="file"
      hidden
      tabIndex={-1}
      aria-hidden
      accept={endings?.join(',')}
      onChange={({ currentTarget }) => {
        if (replacing.current) add([...(currentTarget.files ?? [])], at(replacing.current))
        currentTarget.value = ''
      }}
    />
  )
  const replace = (file: File) => {
    replacing.current = file
    input.current?.click()
  }
  return { replace, chooser }
}
