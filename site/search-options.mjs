/** How the site searches; the check of the search uses the same. */
export const searchOptions = {
  searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 } },
}
