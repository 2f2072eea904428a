// grpc-js's resolver of host names: apart, since it loads node:dns, which an address in numbers has no use for.

import { setup } from '@grpc/grpc-js/build/src/resolver-dns.js';
import './grpc.ts';

setup();
