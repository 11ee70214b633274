import { z } from '@/lib/validation'

/** Why something is done to an account or to the product; as the server asks for it (people/administration_schemas.py, ops/repairs/schemas.py). */
export const reasonRule = z.string().trim().min(10, 'Say why, in ten characters or more.').max(500, 'At most 500 characters.')
