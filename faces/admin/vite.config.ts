import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/admin/',
  plugins: [react()],
  builder: {},
  html: { cspNonce: '__NONCE__' }, // replaced in each response by services/admin-portal
  build: {
    target: ['chrome123', 'firefox120', 'safari17.5'], // `light-dark()` in styles stays as it is
    outDir: '../../.cache/faces/admin',
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    // What the addresses of pages mean is needed at once: in one file, not in ten small ones.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'views', test: /routes.[a-z-]+.view\.ts$/ }] } },
    },
  },
});
