// grpc-js's resolver of host names, in a file of its own: it loads node:dns, which numeric addresses do not need.

import { setup } from '@grpc/grpc-js/build/src/resolver-dns.js';
import './grpc.ts';

setup();
