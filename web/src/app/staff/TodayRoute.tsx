import { RescheduleRequests } from '@/features/reminders/parts/RescheduleRequests'
import { DaySessions } from '@/features/scheduling/parts/DaySessions'
import { todayLoader, TodayPage, type Sessions } from '@/features/today/pages/TodayPage'

export const loader = todayLoader

const sessions: Sessions = (shown) => <DaySessions {...shown} />

/** Today is where calendar, to-do list and clients' requests meet. */
export const Component = () => <TodayPage sessions={sessions} requests={<RescheduleRequests />} />
