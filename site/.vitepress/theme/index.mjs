// The theme with fonts of the reader's system, and with charts.
import theme from 'vitepress/theme-without-fonts'
import { h } from 'vue'
import MermaidChart from './MermaidChart.vue'
import PageNotFound from './PageNotFound.vue'
import './style.css'

export default {
  extends: theme,
  Layout: () => h(theme.Layout, null, { 'not-found': () => h(PageNotFound) }),
  enhanceApp: ({ app }) => app.component('MermaidChart', MermaidChart),
}
