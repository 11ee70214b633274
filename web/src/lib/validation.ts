import { z } from 'zod'

// zod probes `new Function()` unless told not to, which the page's Content-Security-Policy would report on every visit.
z.config({ jitless: true })

export { z }
