import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/admin/',
  plugins: [react()],
  builder: {},
  html: { cspNonce: '__NONCE__' }, // replaced in each response by services/admin-portal
  build: {
    outDir: '../../.cache/faces/admin',
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
  },
});
