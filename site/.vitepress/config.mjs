import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, posix, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { checkOutput } from '../check-output.mjs'
import { groups, names, titles } from '../pages.mjs'
import { searchOptions } from '../search-options.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Where the sources can be read, for example https://git.example/auth-starter/blob/main/. */
const sources = process.env.SITE_SOURCES

for (const name of readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'))) {
  if (!names.has(`docs/${name}`)) {
    throw new Error(`docs/${name} is not in pages.mjs, so the sidebar would not show it`)
  }
}

/** The anchor that GitHub makes of a heading, so that links work in both places. */
function slugify(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}

/** Documents link to each other by file name, relative to the file; pages have other places. */
function rewriteLinks(markdown) {
  markdown.core.ruler.push('links-to-files', (state) => {
    const directory = posix.dirname(relative(root, state.env.realPath ?? state.env.path).replaceAll('\\', '/'))
    for (const block of state.tokens) {
      const links = []
      for (const [index, token] of (block.children ?? []).entries()) {
        if (token.type === 'link_open') {
          links.push(token)
          rewrite(token, block.children[index + 1], directory)
        } else if (token.type === 'link_close' && links.pop()?.tag === 'span') {
          token.tag = 'span'
        }
      }
    }
  })
}

function rewrite(link, text, directory) {
  const href = link.attrGet('href')
  if (/^([a-z]+:|#)/.test(href)) {
    return
  }
  const [path, anchor] = href.split('#')
  const file = posix.normalize(posix.join(directory, decodeURI(path)))
  if (!existsSync(join(root, file))) {
    throw new Error(`${directory}: the link to ${href} leads to no file`)
  }
  if (names.has(file)) {
    link.attrSet('href', `/${names.get(file)}.html${anchor ? `#${anchor}` : ''}`)
    if (/^[\w/-]+\.md$/.test(text.content)) {
      text.content = titles.get(file) // a page has a title, and readers of the site do not see file names
    }
  } else if (sources) {
    link.attrSet('href', new URL(file, sources).href)
  } else {
    // A file that is no page: without an address of the sources, the name of the file is shown.
    link.tag = 'span'
    link.type = 'source_open'
    link.attrs = [['title', file]]
  }
}

/** The first sentences of a page describe it to search engines. */
function describe(markdown) {
  markdown.core.ruler.push('description', (state) => {
    const paragraph = state.tokens.findIndex((token) => token.type === 'paragraph_open' && token.level === 0)
    const text = (state.tokens[paragraph + 1]?.children ?? [])
      .map((token) => (token.type === 'softbreak' ? ' ' : token.content))
      .join('')
    let description = ''
    for (const sentence of text.split(/(?<=\.) /)) {
      if (description && description.length + sentence.length > 160) {
        break
      }
      description += description ? ` ${sentence}` : sentence
    }
    state.env.frontmatter = { description: description.replace(/:$/, '.'), ...state.env.frontmatter }
  })
}

/** Code of the language `mermaid` becomes a chart in the browser; the page has the code until then. */
function drawCharts(markdown) {
  const code = markdown.renderer.rules.fence
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content } = tokens[index]
    return info.trim() === 'mermaid'
      ? `<MermaidChart><pre v-pre class="mermaid">${markdown.utils.escapeHtml(content)}</pre></MermaidChart>\n`
      : code(tokens, index, ...rest)
  }
}

export default defineConfig({
  title: 'auth-starter',
  description: 'Secures a Spring Boot API as an OAuth 2.0 resource server',
  lang: 'en',
  base: process.env.SITE_BASE ?? '/',
  srcDir: '..',
  ignoreDeadLinks: 'localhostLinks', // addresses of the sample on the reader's machine
  srcExclude: ['**/target/**', '**/src/**', ...unlisted()],
  rewrites: Object.fromEntries([...names].map(([source, name]) => [source, `${name}.md`])),
  markdown: {
    linkify: false,
    theme: { light: 'github-light-high-contrast', dark: 'github-dark' },
    anchor: { slugify },
    config: (markdown) => {
      rewriteLinks(markdown)
      describe(markdown)
      drawCharts(markdown)
    },
  },
  themeConfig: {
    sidebar: groups.map((group) => ({
      text: group.title,
      items: group.pages.map(([text, source]) => ({ text, link: `/${names.get(source)}.html` })),
    })),
    outline: [2, 3],
    search: { provider: 'local', options: { miniSearch: searchOptions } },
  },
  vite: { plugins: [packagesOfPages()] },
  buildEnd: (site) => checkOutput(site.outDir, site.site.base),
})

/** The pages are outside of this folder, so packages that they import are not found from them. */
function packagesOfPages() {
  return {
    name: 'packages-of-pages',
    enforce: 'pre',
    resolveId(id, importer, options) {
      if (/^vue($|\/)/.test(id) && importer?.endsWith('.md')) {
        return this.resolve(id, fileURLToPath(import.meta.url), { ...options, skipSelf: true })
      }
    },
  }
}

/** Markdown files beside the documents that are no pages. */
function unlisted() {
  return ['', 'sample-api', 'auth-starter', 'auth-starter-test', 'auth-benchmarks', 'config', '.ci']
    .filter((directory) => existsSync(join(root, directory)))
    .flatMap((directory) => readdirSync(join(root, directory)).map((file) => posix.join(directory, file)))
    .filter((file) => file.endsWith('.md') && !names.has(file))
}
