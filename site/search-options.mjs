/** How the site searches; the check of the search uses the same. */
export const searchOptions = {
  searchOptions: {
    fuzzy: 0.2,
    prefix: true,
    boost: { title: 4, text: 2, titles: 1 },
    // Pages about the project itself come after those for its users. The browser gets the text of this function alone.
    boostDocument: (id) =>
      /\/(architecture|benchmarks|changelog|contributing|decisions|releasing)\.html/.test(id) ? 0.3 : 1,
  },
}
