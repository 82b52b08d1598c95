import { defineConfig } from 'vite';

// top-level await, and wasm found by its URL: no plugin needed; two pages
export default defineConfig({
  build: { target: 'es2022', rolldownOptions: { input: ['index.html', 'keluarga.html'] } },
  server: { fs: { allow: ['../..'] } },
});
