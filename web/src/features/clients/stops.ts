/** Why nothing is sent to a client's address, and what to do, where the address stands. mentalspace/notify/suppression.py */
import type { Schema } from '@/api/schema'

type Stopped = Schema<'ClientOut'>['stopped']
type Reason = NonNullable<Stopped['email']>

export const stopSentences: Record<keyof Stopped, Record<Reason, string>> = {
  email: {
    bounced: 'Mail to this address comes back, so nothing more is sent. Ask for the right one and change it here.',
    complained: 'Our mail was reported as unwanted, so nothing more is sent. Reach them another way.',
    stopped: 'No more mail is wanted here, so none is sent. Reach them another way.',
  },
  phone: {
    bounced: 'Texts to this number come back, so none are sent. Ask for the right one and change it here.',
    complained: 'Our texts were reported as unwanted, so none are sent. Reach them another way.',
    stopped: 'This number wrote STOP, so it gets no texts. It gets them again when it writes START; calling is fine.',
  },
}
