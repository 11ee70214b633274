import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { offerApp, type AppOffer } from '@/api/account'
import type { ApiError } from '@/api/errors'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { OneFieldForm } from '../forms/OneFieldForm'
import { CodeField } from './CodeField'
import { QrCode } from './QrCode'

type ScanAppProps = { adding: { run: (code: string) => void; isPending: boolean; error: ApiError | null }; action: string }

/** The square to scan, the key to type instead, and the first code as proof that it worked. */
export function ScanApp({ adding, action }: ScanAppProps) {
  const offer = useQuery<AppOffer>({ queryKey: ['app-offer'], queryFn: offerApp, staleTime: Infinity, gcTime: 0, retry: false })
  const [byHand, setByHand] = useState(false)
  if (offer.error) {
    return (
      <ErrorState title={offer.error.title} onRetry={() => void offer.refetch()} busy={offer.isFetching}>
        {offer.error.detail}
      </ErrorState>
    )
  }
  if (!offer.data) return <Skeleton className="h-80 w-full" />
  if (offer.data === 'already-on') return <Alert tone="success">Your authenticator app is set up already.</Alert>
  return (
    <div className="flex flex-col gap-4">
      <p className="text-14 text-muted">Scan this with an authenticator app on your phone, then enter the six digits it shows.</p>
      <QrCode text={offer.data.url} label="QR code for your authenticator app" />
      {byHand ? (
        <Alert title="Enter this key in the app">
          <code className="font-mono text-13 break-all select-all">{offer.data.secret.replace(/(.{4})/g, '$1 ')}</code>
        </Alert>
      ) : (
        <Button variant="quiet" size="sm" className="self-center text-accent-text" onPress={() => setByHand(true)}>
          I cannot scan it
        </Button>
      )}
      <OneFieldForm action={action} missing="Enter the six digits." mutation={{ mutate: adding.run, isPending: adding.isPending, error: adding.error }} field={(bound) => <CodeField {...bound} />} />
    </div>
  )
}
