import { ClientAnswers } from '@/features/reminders/parts/ClientAnswers'
import { DaySessions } from '@/features/scheduling/parts/DaySessions'
import { todayLoader, TodayPage, type Sessions } from '@/features/today/pages/TodayPage'

export const loader = todayLoader

const sessions: Sessions = (shown) => <DaySessions {...shown} />

/** Today is where calendar, to-do list and clients' answers meet. */
export const Component = () => <TodayPage sessions={sessions} answers={<ClientAnswers />} />
