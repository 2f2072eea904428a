#!/usr/bin/env node
const path = require('node:path');
const dist = path.join(__dirname, '..', 'dist');
let start;
try {
  ({ start } = require('../dist/load.cjs'));
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  console.error(`dmctl is not built: ${dist} is missing. Run "npm run build" in ${path.dirname(dist)}.`);
  process.exit(1);
}
start(dist);
