import { formatMoment } from '@/lib/dates'
import { mailWords, type Place } from '../signing'

/** What became of the last mail to somebody who signs by a link, and whether their address is another one by now. */
export function SignerMail({ place, zone, isOpen }: { place: Place; zone: string; isOpen: boolean }) {
  const { mail, address_now: now, email } = place
  const waits = isOpen && place.state === 'asked'
  if (email === '' || (!waits && mail?.what !== 'copy')) return null
  const said = mail && mailWords(mail)
  return (
    <>
      {mail && said && (
        <p className={said.isTrouble ? 'text-danger-text [overflow-wrap:anywhere]' : 'text-muted [overflow-wrap:anywhere]'}>
          {said.words} {mail.state === 'sent' && <span className="whitespace-nowrap">({formatMoment(mail.at, zone)})</span>}
        </p>
      )}
      {waits && now !== (mail?.address ?? email) && (
        <p className="text-warning-text [overflow-wrap:anywhere]">
          {now !== '' ? `The address in the chart is now ${now}. Remind sends the link there.` : mail ? 'The chart has no e-mail address any more. Add one, then remind.' : 'No link was sent: the chart has no e-mail address. Add one, then remind.'}
        </p>
      )}
    </>
  )
}
