import { pagedQuery, query } from '@/api/queries'
import type { Schema } from '@/api/schema'
import type { OutboxFilter } from './filter'

export type Message = Schema<'MessageOut'>
export type MessageRow = Schema<'MessageRow'>
export type Carrier = Schema<'CarrierOut'>
export type Channel = MessageRow['channel']
export type Stop = Schema<'StopOut'>

export const outboxQuery = ({ state, channel }: OutboxFilter) => pagedQuery('/api/messages', { params: { query: { state, channel } } })
export const messageQuery = (message_id: string) => query('/api/messages/{message_id}', { params: { path: { message_id } } })
export const carriersQuery = () => query('/api/carriers')
export const stopsQuery = () => pagedQuery('/api/stopped-addresses')

export type Rule = Schema<'NotificationRuleOut'>
export type RuleTrigger = Schema<'TriggerOut'>

export const rulesQuery = () => query('/api/notification-rules')
export const triggersQuery = () => ({ ...query('/api/notification-triggers'), staleTime: 60 * 60_000 })
export const staffQuery = () => ({ ...query('/api/staff'), staleTime: 5 * 60_000 })

export type Wording = Schema<'MessageWordingOut'>
export type MailSettings = Schema<'MailSettingsOut'>
export type MailLogo = Schema<'MailLogoOut'>

export const wordingsQuery = () => query('/api/message-wordings')
export const mailSettingsQuery = () => query('/api/mail-settings')

/** What shows how messages fare. */
export const outboxReads = ['/api/messages', '/api/messages/{message_id}', '/api/carriers'] as const
