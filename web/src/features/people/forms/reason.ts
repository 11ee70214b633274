import { z } from '@/lib/validation'

/** As the server asks for it: mentalspace/people/administration_schemas.py, Reason. */
export const reasonRule = z.string().trim().min(10, 'Say why, in ten characters or more.').max(500, 'At most 500 characters.')
