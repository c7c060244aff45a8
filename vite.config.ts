import { VantResolver } from '@vant/auto-import-resolver'
import vue from '@vitejs/plugin-vue'
import components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vite'
import { compress } from './scripts/build/compress.ts'
import { preloadHome } from './scripts/build/preload-home.ts'
import { stripIconFont } from './scripts/build/strip-icon-font.ts'

const bff = 'http://127.0.0.1:3000'

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
    components({
      dirs: [],
      dts: 'src/components.d.ts',
      resolvers: [
        VantResolver(),
      ],
    }),
    stripIconFont(),
    preloadHome('src/pages/workbench/'),
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
        // Few, stable files: libraries change rarely and stay cached over releases; the small
        // parts most pages share come in one piece instead of twenty requests.
        codeSplitting: {
          groups: [
            { name: 'vendor', test: /node_modules\/(?:@vue|vue|vue-router|pinia|axios)\//, priority: 2 },
            { name: 'shared', test: /src\/(?:api|components\/(?:button|chip|feedback|icon|person|dates|dialog\/index)|container\/(?!sdk)|layouts|locales\/(?!zh-CN|en-US|vant)|support)/, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': bff,
      '/dingtalk': bff,
    },
  },
})
