/** Operations that openapi.json does not have yet, as agreed. Goes when it has them: the generated types then say the same. */
import type {} from './__generated__/schema'

export type SignInRules = { password_max_age_days: number; sessions_per_person: number; version: number }
type Json<Body> = { content: { 'application/json': Body } }
type Bare = { parameters: { query?: never; header?: never; path?: never; cookie?: never } }

declare module './__generated__/schema' {
  interface paths {
    '/api/practice/sign-in-rules': Bare & {
      get: Bare & { requestBody?: never; responses: { 200: { headers: Record<string, unknown> } & Json<SignInRules> } }
      put: Bare & { requestBody: Json<SignInRules>; responses: { 200: { headers: Record<string, unknown> } & Json<SignInRules> } }
      post?: never
      delete?: never
      options?: never
      head?: never
      patch?: never
      trace?: never
    }
    '/api/account/verification': Bare & {
      get?: never
      put?: never
      post: Bare & { requestBody?: never; responses: { 204: { headers: Record<string, unknown>; content?: never } } }
      delete?: never
      options?: never
      head?: never
      patch?: never
      trace?: never
    }
  }
}
