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
    // Engines of DingTalk's web views are not documented (dingtalk-jsapi §7). These are the oldest
    // that know <script type="module">, import() and import.meta, so old phones need no second,
    // polyfilled bundle: syntax is lowered to them, and src/support/polyfills.ts fills the few
    // functions they lack.
    target: ['chrome64', 'ios11.1', 'safari11.1'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      '/api': bff,
      '/dingtalk': bff,
    },
  },
})
