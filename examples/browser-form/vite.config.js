import { defineConfig } from 'vite';

// top-level await, and wasm found by its URL: no plugin needed
export default defineConfig({ build: { target: 'es2022' }, server: { fs: { allow: ['../..'] } } });
