// The client half of @grpc/grpc-js. Its index would load the server, xDS metrics and more load balancers as well; these
// files import each other in circles, and are imported here in the order of that index, which is the one that works.

import '@grpc/grpc-js/build/src/call-credentials.js';
import '@grpc/grpc-js/build/src/channel.js';
import { setup as setupPickFirst } from '@grpc/grpc-js/build/src/load-balancer-pick-first.js';
import { setup as setupDns } from '@grpc/grpc-js/build/src/resolver-dns.js';
import { setup as setupIp } from '@grpc/grpc-js/build/src/resolver-ip.js';

export type { StatusObject } from '@grpc/grpc-js/build/src/call-interface.js';
export type { ClientReadableStream } from '@grpc/grpc-js/build/src/call.js';
export type { ChannelOptions } from '@grpc/grpc-js/build/src/channel-options.js';
export { ChannelCredentials } from '@grpc/grpc-js/build/src/channel-credentials.js';
export { Client } from '@grpc/grpc-js/build/src/client.js';
export { ConnectivityState as state } from '@grpc/grpc-js/build/src/connectivity-state.js';
export { Metadata } from '@grpc/grpc-js/build/src/metadata.js';

setupDns();
setupIp();
setupPickFirst();
