import { useEffect } from 'react'

/** The document's title on pages outside the frame, which names its own. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – MentalSpace`
  }, [title])
}
