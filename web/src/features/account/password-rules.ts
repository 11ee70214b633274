/** What the server asks of a password (people/passwords.py), said before it is asked. */
export const SHORTEST = 12

const common = 'Nothing many people use: a few words that do not belong together work well'
const personal = 'Not made of your name, your address or your practice’s name'
const used = 'None of your last ten passwords'

export const passwordRules = (isFirst: boolean): string[] => (isFirst ? [common, personal] : [common, personal, used])
