import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'

// What a test waits for comes within moments; a machine that is busy with other work must not fail it.
configure({ asyncUtilTimeout: 5_000 })

afterEach(cleanup)
