import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Fails if a page links to a page or an anchor that does not exist, or if a file makes a browser
 * load anything from another host.
 */
export function checkOutput(directory, base) {
  const files = readdirSync(directory, { recursive: true }).map((file) => file.replaceAll('\\', '/'))
  const pages = new Map(
    files.filter((file) => file.endsWith('.html')).map((file) => [file, readFileSync(join(directory, file), 'utf8')]),
  )
  const anchors = new Map([...pages].map(([file, html]) => [file, new Set(values(html, 'id'))]))
  const problems = []
  let links = 0
  for (const [file, html] of pages) {
    for (const link of values(html, 'href')) {
      const { origin, pathname, hash } = new URL(link, `http://site.invalid${base}${file}`)
      if (origin !== 'http://site.invalid') {
        continue
      }
      links++
      const target = pathname.slice(base.length) || 'index.html'
      if (!pathname.startsWith(base) || !files.includes(target)) {
        problems.push(`${file}: ${link} leads to no file of the site`)
      } else if (hash && !anchors.get(target)?.has(decodeURIComponent(hash.slice(1)))) {
        problems.push(`${file}: ${link} leads to no anchor`)
      }
    }
    for (const resource of html.matchAll(/<(?:script|img|iframe|source|link)\b[^>]*?\b(?:src|href)="(?:https?:)?\/\/[^"]*"/g)) {
      problems.push(`${file}: loads from another host: ${resource[0]}`)
    }
  }
  for (const file of files.filter((name) => name.endsWith('.css'))) {
    for (const resource of readFileSync(join(directory, file), 'utf8').matchAll(/(?:url\(|@import)\s*["']?(?:https?:)?\/\/[^)"']*/g)) {
      problems.push(`${file}: loads from another host: ${resource[0]}`)
    }
  }
  if (problems.length > 0) {
    throw new Error(`The site has ${problems.length} bad links:\n${problems.join('\n')}`)
  }
  console.log(`${pages.size} pages, ${links} links and anchors checked`)
}

function values(html, attribute) {
  return [...html.matchAll(new RegExp(`<[a-z][^>]*?\\s${attribute}="([^"]*)"`, 'g'))].map((match) =>
    match[1].replaceAll('&amp;', '&'),
  )
}
