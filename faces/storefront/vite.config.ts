import { defineConfig } from 'vite';

const OUT = '../../.cache/faces/storefront';

/** Two builds: the pages, which the server renders, and the islands and styles for the browser. */
export default defineConfig({
  base: '/assets/',
  builder: {
    buildApp: async (builder) => {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  environments: {
    client: {
      build: {
        outDir: `${OUT}/client`,
        emptyOutDir: true,
        assetsDir: '',
        assetsInlineLimit: 0,
        manifest: true,
        modulePreload: false,
        rolldownOptions: { input: ['islands/main.ts', 'styles/icon.svg'] },
      },
    },
    ssr: {
      build: { outDir: `${OUT}/pages`, emptyOutDir: true, ssr: 'pages/render.tsx' },
    },
  },
});
