import { useSuspenseQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import { useMe } from '@/api/me'
import { prefetch } from '@/api/queries'
import { paths } from '@/lib/paths'
import { DescriptionList } from '@/ui/DescriptionList'
import { Link } from '@/ui/Link'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { administersPeople } from '../can'
import { SignInRulesForm } from '../forms/SignInRulesForm'
import { signInRulesQuery } from '../queries'
import { NotYours } from './PeoplePage'

export const loader = () => prefetch(signInRulesQuery())

/** What is the same in every practice. docs/sign-in.md */
const always = [
  ['Second factor', 'An authenticator app or a passkey, for everybody. Nothing opens without it.'],
  ['Passwords', 'At least 12 characters, none that is common, leaked or made of one’s name.'],
  ['Wrong passwords', 'Five within 30 minutes lock the account for 30 minutes. You can unlock it on the person’s page.'],
  ['Away from the desk', 'Signed out after 15 minutes without work, and after 12 hours in any case.'],
] as const

export function Component() {
  return administersPeople(useMe()) ? <SignInRules /> : <NotYours />
}

function SignInRules() {
  const { practice } = useMe()
  const { data: rules } = useSuspenseQuery(signInRulesQuery())
  return (
    <>
      <p className="pb-3 text-13">
        <Link href={paths.people()} tone="quiet" className="inline-flex items-center gap-1 text-muted">
          <ChevronLeft aria-hidden className="size-4" />
          People
        </Link>
      </p>
      <PageHeader title="Sign-in rules" subtitle={`For everybody who works at ${practice.name}.`} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Section title="What your practice decides">
          <SignInRulesForm rules={rules} />
        </Section>
        <Section title="What always holds">
          <DescriptionList layout="stack" items={always.map(([term, value]) => ({ term, value: <span className="text-13">{value}</span> }))} />
        </Section>
      </div>
    </>
  )
}
