/**
 * Opens each page of the built site in Chromium or Chrome, without a window: title, description, width on a
 * phone, charts, contrast and the keyboard. CHROME_BIN names a browser that is not on the path. Without a browser the
 * check fails.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'
import { preview } from 'vite'

const PHONE = { width: 360, height: 740 }
const DESKTOP = { width: 1440, height: 900 }

/** Pages of each kind of content for axe-core, which takes seconds for a page. */
const EXAMPLES = ['index.html', 'getting-started.html', 'refusals.html', 'architecture.html', '404.html']

/** The label of the theme's search button does not contain the keys that the button shows. */
const RULES = { 'label-content-name-mismatch': { enabled: false } }

const site = import.meta.dirname
const dist = join(site, '.vitepress/dist')
const executablePath =
  process.env.CHROME_BIN ?? onPath('chromium', 'chromium-browser', 'google-chrome', 'chrome')
if (!executablePath) {
  throw new Error('Pages are checked in Chromium or Chrome: install one, or name its program in CHROME_BIN')
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pages = readdirSync(dist).filter((name) => name.endsWith('.html'))
const charts = new Map(pages.map((name) => [name, count(name, /<pre class="mermaid">/g)]))

const server = await preview({
  root: site,
  configFile: false,
  base: process.env.SITE_BASE ?? '/',
  build: { outDir: dist },
  preview: { host: '127.0.0.1' },
  logLevel: 'warn',
})
const origin = server.resolvedUrls.local[0]
const browser = await chromium.launch({
  executablePath,
  chromiumSandbox: process.getuid?.() !== 0, // Chromium has no sandbox for root; the pages are the site's own
})
let passed = 0
let failed = 0
try {
  await checkPages()
  for (const viewport of [PHONE, DESKTOP]) {
    await checkKeyboard(viewport)
    for (const colorScheme of ['light', 'dark']) {
      await checkAccessibility(viewport, colorScheme)
    }
  }
} finally {
  await browser.close()
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** Each page has a title and a description of its own, fits a phone and draws its charts. */
async function checkPages() {
  const tab = await open(PHONE)
  const descriptions = new Map()
  const problems = []
  for (const name of pages) {
    await tab.goto(origin + name)
    if (charts.get(name) > 0) {
      await tab.locator('svg.flowchart').nth(charts.get(name) - 1).waitFor({ timeout: 60_000 }).catch(() => {})
    }
    const { title, description, width, drawn } = await tab.evaluate(() => ({
      title: document.title,
      description: document.querySelector('meta[name=description]')?.content ?? '',
      width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
      drawn: document.querySelectorAll('svg.flowchart').length,
    }))
    if (!title || (name !== 'index.html' && !/^.+ \| auth-starter$/.test(title))) {
      problems.push(`${name} has the title '${title}'`)
    }
    if (!description || descriptions.has(description)) {
      problems.push(`${name} has the description '${description}', as ${descriptions.get(description)}`)
    }
    descriptions.set(description, name)
    if (width > PHONE.width) {
      problems.push(`${name} is ${width} pixels wide where the window has ${PHONE.width}`)
    }
    if (drawn !== charts.get(name)) {
      problems.push(`${name} draws ${drawn} of ${charts.get(name)} charts`)
    }
  }
  report(problems, `${pages.length} pages have title and description and fit ${PHONE.width} pixels`)
  report(charts.get('architecture.html') > 0 ? [] : ['architecture.html has no chart'], 'architecture.html has a chart')
}

/** The first stop is the link to the content; the search opens, finds and leads to a page without a mouse. */
async function checkKeyboard(viewport) {
  const tab = await open(viewport)
  await tab.goto(origin)
  await tab.locator('.VPNavBarSearch button').waitFor()
  const problems = []
  let stops = 0
  let focused
  do {
    await tab.keyboard.press('Tab')
    focused = await tab.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement)
      const { left, right, top, bottom } = document.activeElement.getBoundingClientRect()
      return {
        text: document.activeElement.textContent.trim(),
        search: document.activeElement.matches('.VPNavBarSearch button'),
        outlined: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1,
        visible: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
      }
    })
    stops++
    if (stops === 1 && focused.text !== 'Skip to content') {
      problems.push(`the first stop is '${focused.text}'`)
    }
    if (!focused.outlined || !focused.visible) {
      problems.push(`the focus on '${focused.text}' cannot be seen`)
    }
  } while (!focused.search && stops < 10)
  await tab.keyboard.press('Enter')
  await tab.locator('.VPLocalSearchBox input:focus').waitFor()
  await tab.keyboard.type('cors')
  await tab.locator('.VPLocalSearchBox .result.selected[href*="/cors.html"]').waitFor({ timeout: 10_000 }).catch(() => {})
  await tab.keyboard.press('Enter')
  await tab.waitForURL(/cors\.html/, { timeout: 10_000 }).catch(() => {})
  if (!tab.url().includes('/cors.html')) {
    problems.push(`the search leads to ${tab.url()}`)
  }
  report(problems, `${viewport.width} pixels: the keyboard reaches the search in ${stops} stops and opens what it finds`)
}

async function checkAccessibility(viewport, colorScheme) {
  const tab = await open(viewport, colorScheme)
  const problems = []
  for (const name of EXAMPLES) {
    await tab.goto(origin + name)
    await tab.evaluate(axe)
    const { violations } = await tab.evaluate((rules) => globalThis.axe.run(document, { rules }), RULES)
    for (const { id, nodes } of violations) {
      problems.push(`${name}: ${id} at ${nodes[0].target}: ${nodes[0].failureSummary}`)
    }
  }
  report(problems, `${viewport.width} pixels, ${colorScheme}: axe-core finds nothing on ${EXAMPLES.length} pages`)
}

async function open(viewport, colorScheme = 'light') {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
  return context.newPage()
}

function onPath(...programs) {
  const folders = process.env.PATH.split(delimiter)
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(existsSync)
}

function count(name, pattern) {
  return [...readFileSync(join(dist, name), 'utf8').matchAll(pattern)].length
}

function report(problems, text) {
  passed += problems.length === 0 ? 1 : 0
  failed += problems.length === 0 ? 0 : 1
  console.log(`${problems.length === 0 ? 'ok' : 'FAILED'}: ${text}${problems.map((problem) => `\n  ${problem}`).join('')}`)
}
