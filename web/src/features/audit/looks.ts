/** What severities and states of incidents look like: hue, icon and word together. */
import { CircleCheck, CircleDot, Eye, Flag, Info, OctagonAlert, ShieldAlert, TriangleAlert } from 'lucide-react'
import type { Look } from '@/lib/looks'
import type { LineSeverity } from './filter'
import type { Severity, Status } from './queries'

export const severityLooks: Readonly<Record<Severity, Look>> = {
  critical: { tone: 'red', icon: OctagonAlert, label: 'Critical' },
  high: { tone: 'pink', icon: ShieldAlert, label: 'High' },
  medium: { tone: 'amber', icon: TriangleAlert, label: 'Medium' },
  low: { tone: 'grey', icon: Flag, label: 'Low' },
}

export const statusLooks: Readonly<Record<Status, Look>> = {
  open: { tone: 'blue', icon: CircleDot, label: 'Open' },
  investigating: { tone: 'violet', icon: Eye, label: 'Being looked into' },
  resolved: { tone: 'green', icon: CircleCheck, label: 'Resolved' },
}

export const lineLooks: Readonly<Record<LineSeverity, Look>> = {
  info: { tone: 'grey', icon: Info, label: 'Usual' },
  warning: { tone: 'amber', icon: TriangleAlert, label: 'Warning' },
  critical: { tone: 'red', icon: OctagonAlert, label: 'Critical' },
}
