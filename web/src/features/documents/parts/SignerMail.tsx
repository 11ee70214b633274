import { formatMoment } from '@/lib/dates'
import { mailWords, type Place, type SignatureMail, type SignatureRequest } from '../signing'

const advice = {
  link: { missing: 'No link was sent', then: 'then remind', moved: 'Remind sends the link there.' },
  copy: { missing: 'No copy was sent', then: 'then send the copy again', moved: 'Send the copy again to reach them there.' },
} as const

/** What became of the last mail to somebody who signs by a link, and whether their address is another one by now. */
export function SignerMail({ place, zone, request }: { place: Place; zone: string; request: SignatureRequest }) {
  const due = request.status === 'open' && place.state === 'asked' ? 'link' : request.gives_copy ? 'copy' : null
  const mail = place.mail?.what === (due ?? 'copy') ? place.mail : null
  if (place.email === '') return null
  const said = mail && mailWords(mail, request.gives_copy)
  const todo = due && wayTo(place, due, mail)
  return (
    <>
      {mail && said && (
        <p className={said.isTrouble ? 'text-danger-text [overflow-wrap:anywhere]' : 'text-muted [overflow-wrap:anywhere]'}>
          {said.words} {mail.state === 'sent' && <span className="whitespace-nowrap">({formatMoment(mail.at, zone)})</span>}
        </p>
      )}
      {todo !== null && <p className="text-warning-text [overflow-wrap:anywhere]">{todo}</p>}
    </>
  )
}

/** What to do where the chart has another address by now than the one that was written to, or none. */
function wayTo({ email, address_now: now }: Place, due: keyof typeof advice, mail: SignatureMail | null): string | null {
  const { missing, then, moved } = advice[due]
  if (now === '') return `${mail ? 'The chart has no e-mail address any more.' : `${missing}: the chart has no e-mail address.`} Add one, ${then}.`
  if (now === (mail ? mail.address : due === 'link' ? email : '')) return null
  return `${mail ? '' : `${missing}. `}The address in the chart is now ${now}. ${moved}`
}
