import { useSuspenseQuery } from '@tanstack/react-query'
import { factorsQuery } from '@/api/account'
import { useMe } from '@/api/me'
import { prefetch } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { AppRow } from '../parts/AppRow'
import { Passkeys } from '../parts/Passkeys'
import { PasswordRow } from '../parts/PasswordRow'
import { RecoveryCodesRow } from '../parts/RecoveryCodesRow'
import { SignedIn } from '../parts/SignedIn'
import { TrustedBrowsers } from '../parts/TrustedBrowsers'
import { UnconfirmedAddress } from '../parts/UnconfirmedAddress'
import { accountQuery, devicesQuery, sessionsQuery } from '../queries'

export const loader = () => prefetch(accountQuery(), factorsQuery(), sessionsQuery(), devicesQuery())

/** How one signs in, and where one is signed in. */
export function Component() {
  const me = useMe()
  const account = useSuspenseQuery(accountQuery()).data
  const factors = useSuspenseQuery(factorsQuery()).data
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title="Your account" subtitle={`${me.name}, ${account.email}`} />
      <div className="flex flex-col gap-5">
        {!account.is_email_verified && <UnconfirmedAddress email={account.email} />}
        {account.ended_elsewhere > 0 && (
          <Alert>
            When you signed in here, you were signed out at {account.ended_elsewhere === 1 ? 'the place' : `the ${account.ended_elsewhere} places`} you had used least lately: your practice allows {account.most_sessions} at a time.
          </Alert>
        )}
        <Section title="How you sign in" flush>
          <div className="divide-y divide-line">
            <PasswordRow account={account} />
            <AppRow factors={factors} />
            <RecoveryCodesRow codes={factors.codes} />
          </div>
        </Section>
        <Passkeys factors={factors} />
        <TrustedBrowsers />
        <SignedIn />
      </div>
    </div>
  )
}
