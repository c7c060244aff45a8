import { VantResolver } from '@vant/auto-import-resolver'
import vue from '@vitejs/plugin-vue'
import components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vite'
import { compress } from './scripts/build/compress.ts'
import { nameSdk } from './scripts/build/name-sdk.ts'
import { stripIconFont } from './scripts/build/strip-icon-font.ts'

const bff = 'http://127.0.0.1:3000'

/** What login and workbench need, and the small parts most pages share. */
const firstScreen = new RegExp(
  `/src/(?:${[
    'main|App|api/(?!uploads)|layouts|router|stores/(?!outbox/(?!anything-kept))|styles|support/(?!blobs|new-key)',
    'components/(?:button|chip|crm/(?:kinds|use-capabilities)|dates|dialog/index|feedback|icon|person|record-list/(?:use-near-viewport|scroll-parent)|record/(?:NextPlan|PlanItem|RecordItem|plan-time)|record-detail/use-field-text|record-form/(?:options|values)|figure/(?:amounts|whole))',
    'container/(?!sdk|phone)',
    'locales/(?!zh-CN|en-US|vant)',
    'pages/(?:entry/(?:EntryPage|LoginProgress|problem-query|return-to)|workbench/(?:WorkbenchPage|WorkbenchTop|GreetingLine|QuickCreate|RecentCard|TodayCard|today-ahead|use-today|part-of-day)|records/follow/warm)',
  ].join('|')})`,
)

/** Where the parts are that pages share. */
const shared = /\/src\/(?:api|components|container\/phone|pages\/(?:crm-login|entry|records)|stores|support)\/|node_modules\/(?:@vant|vant)\//

export default defineConfig({
  // Relative, resolved against <base href> in index.html: the BFF rewrites that one tag when
  // PUBLIC_URL carries a path, and the same build works under any path.
  base: './',
  define: {
    // The whole H5 uses <script setup>; 3 kB less of Vue.
    __VUE_OPTIONS_API__: false,
  },
  plugins: [
    vue(),
    components({ dirs: [], dts: 'src/components.d.ts', resolvers: [VantResolver()] }),
    stripIconFont(),
    nameSdk('src/container/sdk.ts'),
    compress(),
  ],
  build: {
    outDir: 'dist',
    // Engines of DingTalk's web views are not documented (dingtalk-jsapi §7), so the floor is low:
    // the first that know <script type="module">, import(), import.meta and AbortController.
    // Syntax is lowered to them and src/support/polyfills.ts fills half a kilobyte of missing
    // functions; a second, legacy build would cost every phone more than it gives to so few.
    target: ['chrome66', 'ios11.3', 'safari11.1'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: {
        // Two files for the first screen: libraries, which change rarely and stay cached over
        // releases, and our own. On a slow network each further request costs more than its bytes, so
        // what several pages share comes in one file, too, and what forms need now and then in another.
        codeSplitting: {
          groups: [
            { name: 'vendor', test: /node_modules\/(?:@vue|vue|vue-router|pinia|axios)\//, priority: 5 },
            { name: 'app', test: firstScreen, priority: 4 },
            { name: 'parts', test: shared, minShareCount: 2, priority: 3 },
            { name: 'admin-parts', test: /\/src\/pages\/admin\//, minShareCount: 2, priority: 2 },
            { name: 'fields', test: /\/src\/components\/record-form\/fields\//, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': bff, '/dingtalk': bff } },
})
