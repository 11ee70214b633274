import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** react-aria ships its own words in 34 languages; this product speaks English, so the others are left out of the bundle. */
function englishOnly(): Plugin {
  const otherLanguage = /[\\/]react-(aria|stately)[\\/].*[\\/](?!en-US)[a-z]{2}-[A-Z]{2}\.(mjs|js)$/
  return {
    name: 'english-only',
    apply: 'build',
    enforce: 'pre',
    load: (id) => (otherLanguage.test(id) ? 'export default {}' : null),
  }
}

/** In development every page address is answered with its entry, as the Django server does. */
function staffEntry(): Plugin {
  return {
    name: 'staff-entry',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const isPage = request.headers.accept?.includes('text/html') && !/^\/(@|src\/|node_modules\/)/.test(request.url ?? '')
        if (isPage) request.url = request.url?.startsWith('/f/') ? '/fill.html' : '/staff.html'
        next()
      })
    },
  }
}

/** The Host header stays the browser's own, or the server would see a foreign origin and refuse to write. */
const backend = { target: process.env.MENTALSPACE_URL ?? 'http://127.0.0.1:8000', changeOrigin: false }

export default defineConfig({
  appType: 'mpa',
  plugins: [englishOnly(), staffEntry(), react(), tailwindcss()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    manifest: true,
    assetsInlineLimit: 0,
    rolldownOptions: { input: { staff: 'staff.html', fill: 'fill.html' } },
  },
  server: { proxy: { '/api': backend, '/_allauth': backend, '/functions': backend, '^/f/[^/]+/': backend } },
  test: {
    environment: 'jsdom',
    css: false,
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
})
