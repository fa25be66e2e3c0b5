/**
 * Opens each page of the built site that has a chart in Chromium or Chrome, without a window, and
 * counts the drawn charts. CHROME_BIN names a browser that is not on the path. Without a browser
 * the check fails.
 */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { preview } from 'vite'

const site = import.meta.dirname
const dist = join(site, '.vitepress/dist')
const browser = process.env.CHROME_BIN ?? onPath('chromium', 'chromium-browser', 'google-chrome', 'chrome')
if (!browser) {
  throw new Error('Charts are checked in Chromium or Chrome: install one, or name its program in CHROME_BIN')
}

const pages = readdirSync(dist)
  .filter((name) => name.endsWith('.html'))
  .map((name) => [name, count(readFileSync(join(dist, name), 'utf8'), /<pre class="mermaid">/g)])
  .filter(([, charts]) => charts > 0)
const sources = count(readFileSync(join(site, '../docs/architecture.md'), 'utf8'), /^```mermaid$/gm)

const server = await preview({
  root: site,
  configFile: false,
  base: process.env.SITE_BASE ?? '/',
  build: { outDir: dist },
  preview: { host: '127.0.0.1' },
  logLevel: 'warn',
})
let failed = 0
report(sources > 0 && pages.some(([name]) => name === 'architecture.html'), 'architecture.html has a chart')
for (const [name, charts] of pages) {
  const drawn = count(await open(new URL(name, server.resolvedUrls.local[0])), /<svg[^>]* class="flowchart"/g)
  report(drawn === charts, `${name} draws ${drawn} of ${charts} charts`)
}
process.exit(failed === 0 ? 0 : 1)

/** The document after the scripts of the page have run. */
async function open(url) {
  const options = ['--headless', '--disable-gpu', '--virtual-time-budget=60000', '--dump-dom']
  if (process.getuid?.() === 0) {
    options.push('--no-sandbox') // Chromium has no sandbox for root; the page is the site's own
  }
  const { stdout } = await promisify(execFile)(browser, [...options, url.href], {
    maxBuffer: 64 * 1024 * 1024,
    timeout: 180_000,
  })
  return stdout
}

function onPath(...programs) {
  const folders = process.env.PATH.split(delimiter)
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(existsSync)
}

function count(text, pattern) {
  return [...text.matchAll(pattern)].length
}

function report(passed, text) {
  failed += passed ? 0 : 1
  console.log(`${passed ? 'ok' : 'FAILED'}: ${text}`)
}
