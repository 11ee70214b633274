/**
 * Fails when what the browser must load before sign-in, or before the frame, has outgrown its budget. Run after a build.
 * Sizes are gzip, in kB of 1,000 bytes, over an entry and everything it imports at once (lazy pages are counted for themselves).
 */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const budgets = [
  { name: 'sign-in, JavaScript', from: ['staff.html'], kind: 'js', most: 150 },
  { name: 'frame, JavaScript', from: ['staff.html', 'src/app/staff/pages.tsx', 'src/app/staff/Frame.tsx'], kind: 'js', most: 205 },
  { name: 'a form by a link, JavaScript', from: ['fill.html'], kind: 'js', most: 150 },
  { name: 'styles', from: ['staff.html', 'src/app/staff/Frame.tsx'], kind: 'css', most: 15 },
]
const mostOfOnePage = 140

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist))).length / 1000

/** Files of an entry and of its static imports, each once. */
function filesOf(keys, kind) {
  const seen = new Set()
  const files = new Set()
  const visit = (key) => {
    const chunk = manifest[key]
    if (!chunk) throw new Error(`${key} is not in the build: has it moved?`)
    if (seen.has(key)) return
    seen.add(key)
    if (kind === 'js') files.add(chunk.file)
    for (const style of kind === 'css' ? (chunk.css ?? []) : []) files.add(style)
    for (const imported of chunk.imports ?? []) visit(imported)
  }
  keys.forEach(visit)
  return files
}

const sum = (files) => [...files].reduce((total, file) => total + gzipped(file), 0)
const base = filesOf(budgets[1].from, 'js')
const pages = Object.entries(manifest)
  .filter(([, chunk]) => chunk.isDynamicEntry)
  .map(([key]) => ({ name: key, size: sum([...filesOf([key], 'js')].filter((file) => !base.has(file))), most: mostOfOnePage }))
const rows = [...budgets.map(({ name, from, kind, most }) => ({ name, size: sum(filesOf(from, kind)), most })), ...pages]

for (const { name, size, most } of rows) console.log(`${size > most ? 'TOO LARGE' : 'ok       '} ${size.toFixed(1).padStart(7)} kB of ${most}  ${name}`)
process.exitCode = rows.some(({ size, most }) => size > most) ? 1 : 0
