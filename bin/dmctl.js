#!/usr/bin/env node
require('../dist/load.cjs').start(require('node:path').join(__dirname, '..', 'dist'));
