// The theme with fonts of the reader's system, and with charts.
import theme from 'vitepress/theme-without-fonts'
import MermaidChart from './MermaidChart.vue'

export default {
  extends: theme,
  enhanceApp: ({ app }) => app.component('MermaidChart', MermaidChart),
}
