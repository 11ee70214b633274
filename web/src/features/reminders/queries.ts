import { pagedQuery, query } from '@/api/queries'
import type { Schema } from '@/api/schema'

export type Reminder = Schema<'ReminderOut'>
export type Settings = Schema<'ReminderSettingsOut'>
export type Filter = { status: Reminder['status'] | ''; channel: Reminder['reminder_type'] | '' }

export const remindersQuery = ({ status, channel }: Filter) => pagedQuery('/api/reminders', { params: { query: { status, channel } } })
export const settingsQuery = () => query('/api/reminder-settings')
export const answersQuery = () => query('/api/link-answers')
