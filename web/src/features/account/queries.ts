import { query } from '@/api/queries'

export const accountQuery = () => query('/api/account')
export const sessionsQuery = () => query('/api/account/sessions')
export const devicesQuery = () => query('/api/account/devices')
