import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach } from 'vitest'

// What a test waits for comes within moments; a machine that is busy with other work must not fail it.
configure({ asyncUtilTimeout: 5_000 })

afterEach(cleanup)

// What is still to be announced when a file is over finds nobody: its timer would look for a document that is gone.
afterAll(() => document.querySelector('[data-live-announcer]')?.remove())
