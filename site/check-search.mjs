/**
 * Searches the built site as its search box does, without a browser and without a network. Each
 * query must find its page among the first three results.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import MiniSearch from 'minisearch'
import { names } from './pages.mjs'
import { searchOptions } from './search-options.mjs'

const expectations = [
  ['public endpoint without token', 'entry-points'],
  ['logout revoke token', 'opaque-tokens'],
  ['custom claim roles', 'providers'],
  ['disable in tests', 'testing'],
  ['keycloak docker', 'docker-compose'],
  ['role per organization', 'roles-per-organization'],
  ['401 wrong_audience', 'refusals'],
  ['cors', 'cors'],
  ['swagger ui', 'swagger-ui'],
  ['kubernetes', 'kubernetes'],
  ['rotate keys', 'operations'],
  ['opaque token introspection', 'opaque-tokens'],
  ['webflux', 'webflux'],
  ['actuator', 'operations'],
  ['service to service', 'machines'],
  ['okta groups', 'providers'],
  ['entra app roles', 'providers'],
  ['virtual threads', 'deployment'],
  ['native image', 'deployment'],
  ['mockmvc', 'testing'],
  ['test without keycloak', 'testing'],
  ['supported java versions', 'compatibility'],
  ['spring boot version', 'compatibility'],
  ['multi tenant hibernate', 'rows'],
  ['health of the actuator', 'operations'],
]

const chunks = join(import.meta.dirname, '.vitepress/dist/assets/chunks')
const chunk = readdirSync(chunks).find((name) => name.startsWith('@localSearchIndexroot'))
const { default: json } = await import(pathToFileURL(join(chunks, chunk)))
const index = MiniSearch.loadJSON(json, {
  fields: ['title', 'titles', 'text'],
  storeFields: ['title', 'titles'],
  ...searchOptions,
})

let failed = 0
const found = (query) => index.search(query).map((result) => result.id)
const page = (id) => id.replace(/#.*$/, '').replace(/^.*\//, '').replace(/\.html$/, '') || 'index'

for (const [query, expected] of expectations) {
  const first = found(query).slice(0, 3)
  report(first.some((id) => page(id) === expected), `'${query}' finds ${expected}: ${first.join(', ')}`)
}
const indexed = new Set(Object.values(JSON.parse(json).documentIds).map(page))
const missing = [...names.values()].filter((name) => !indexed.has(name))
report(missing.length === 0, `the index has all ${names.size} pages${missing.map((name) => `, but for ${name}`).join('')}`)
console.log(`${expectations.length + 1 - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function report(passed, text) {
  failed += passed ? 0 : 1
  console.log(`${passed ? 'ok' : 'FAILED'}: ${text}`)
}
