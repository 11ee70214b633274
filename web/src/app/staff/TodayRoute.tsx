import { Signatures } from '@/features/documents/parts/Signatures'
import { ClientAnswers } from '@/features/reminders/parts/ClientAnswers'
import { DaySessions } from '@/features/scheduling/parts/DaySessions'
import { todayLoader, TodayPage, type Sessions } from '@/features/today/pages/TodayPage'

export const loader = todayLoader

const sessions: Sessions = (shown) => <DaySessions {...shown} />

const waiting = (
  <>
    <ClientAnswers />
    <Signatures />
  </>
)

/** Today is where calendar, to-do list, clients' answers and what is to be signed meet. */
export const Component = () => <TodayPage sessions={sessions} answers={waiting} />
