import { domainEntries } from '../carriers'

/** How to keep the practice's mail out of spam folders, for somebody who has never seen a DNS entry. */
export function DomainHints({ domain }: { domain: string }) {
  return (
    <details className="group rounded-control border border-line px-3.5 py-2.5">
      <summary className="cursor-pointer font-medium">Does it land in spam folders?</summary>
      <div className="flex flex-col gap-2 pt-2 text-13">
        <p>
          Mailboxes trust mail from <span className="break-all">{domain}</span> only when the domain itself says who may write for it. That takes three entries, made once where the domain was bought (its “DNS settings”); whoever looks after your website can do it in a quarter of an hour.
        </p>
        <dl className="flex flex-col gap-1.5">
          {domainEntries(domain).map(({ name, what, how }) => (
            <div key={name}>
              <dt className="inline font-medium">{name} </dt>
              <dd className="inline">
                {what} <span className="break-words text-muted">{how}</span>
              </dd>
            </div>
          ))}
        </dl>
        <p>It takes up to a day until every mailbox knows. Until then, ask people to look into their spam folder and to mark our mail as wanted.</p>
      </div>
    </details>
  )
}
