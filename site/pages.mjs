/**
 * The pages of the site: title in the sidebar, source from the root of the repository, and the
 * name of the page, which is that of the source unless it is stated. A document in docs/ that
 * is in none of the groups fails the build.
 */
export const groups = [
  {
    title: 'Start',
    pages: [
      ['Overview', 'README.md', 'index'],
      ['Getting started', 'docs/getting-started.md'],
      ['Concepts', 'docs/concepts.md'],
      ['Sample API', 'sample-api/README.md', 'sample'],
    ],
  },
  {
    title: 'Tasks',
    pages: [
      ['Several issuers', 'docs/several-issuers.md'],
      ['Opaque tokens', 'docs/opaque-tokens.md'],
      ['Filter chains of your own', 'docs/filter-chains.md'],
      ['CORS', 'docs/cors.md'],
      ['Swagger UI', 'docs/swagger-ui.md'],
      ['Kubernetes', 'docs/kubernetes.md'],
      ['Docker Compose with Keycloak', 'docs/docker-compose.md'],
      ['Machine to machine', 'docs/machines.md'],
      ['Calling other APIs', 'docs/calling-other-apis.md'],
      ['Testing', 'auth-starter-test/README.md', 'testing'],
      ['Keycloak in integration tests', 'docs/testcontainers.md'],
      ['Roles per organization', 'docs/roles-per-organization.md'],
      ['Multi-tenancy with Hibernate', 'docs/rows.md'],
      ['WebFlux', 'docs/webflux.md'],
      ['Coming from another library', 'docs/coming-from.md'],
      ["Spring Boot's properties and beans", 'docs/migration.md'],
    ],
  },
  {
    title: 'Reference',
    pages: [
      ['Configuration', 'docs/configuration.md'],
      ['Refusals', 'docs/refusals.md'],
      ['Metrics', 'docs/metrics.md'],
      ['Providers', 'docs/providers.md'],
      ['Extending', 'docs/extending.md'],
      ['Entry points', 'docs/entry-points.md'],
      ['OpenAPI', 'docs/openapi.md'],
      ['Attack suite', 'docs/attacks.md'],
      ['Misconfigurations', 'docs/misconfigurations.md'],
      ['Compatibility', 'docs/compatibility.md'],
      ['Glossary', 'docs/glossary.md'],
    ],
  },
  {
    title: 'Operations',
    pages: [
      ['Operations', 'docs/operations.md'],
      ['Deployment', 'docs/deployment.md'],
      ['Benchmarks', 'auth-benchmarks/README.md', 'benchmarks'],
    ],
  },
  {
    title: 'Security',
    pages: [
      ['Threat model', 'docs/threat-model.md'],
      ['Reporting a vulnerability', 'SECURITY.md', 'security'],
    ],
  },
  {
    title: 'Project',
    pages: [
      ['Contributing', 'CONTRIBUTING.md', 'contributing'],
      ['Architecture', 'docs/architecture.md'],
      ['Decisions', 'docs/decisions.md'],
      ['Releasing', 'docs/releasing.md'],
      ['Changelog', 'CHANGELOG.md', 'changelog'],
    ],
  },
]

const pages = groups.flatMap((group) => group.pages)

/** Title in the sidebar for each source. */
export const titles = new Map(pages.map(([title, source]) => [source, title]))

/** Name of the page for each source. */
export const names = new Map(
  pages.map(([, source, name]) => [source, name ?? source.replace(/^.*\//, '').replace(/\.md$/, '')]),
)
