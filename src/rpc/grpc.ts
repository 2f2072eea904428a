// The client half of @grpc/grpc-js. Its index would also load the server, xDS metrics and more load balancers. These files
// import each other in cycles, so they are imported in the order of that index, the only one that works.

import '@grpc/grpc-js/build/src/call-credentials.js';
import { LogVerbosity } from '@grpc/grpc-js/build/src/constants.js';
import { setup as setupPickFirst } from '@grpc/grpc-js/build/src/load-balancer-pick-first.js';
import { setLoggerVerbosity } from '@grpc/grpc-js/build/src/logging.js';
import { setup as setupIp } from '@grpc/grpc-js/build/src/resolver-ip.js';

export type { Call, StatusObject } from '@grpc/grpc-js/build/src/call-interface.js';
export { ChannelImplementation as Channel } from '@grpc/grpc-js/build/src/channel.js';
export { ChannelCredentials } from '@grpc/grpc-js/build/src/channel-credentials.js';
export type { ChannelOptions } from '@grpc/grpc-js/build/src/channel-options.js';
export { ConnectivityState as state } from '@grpc/grpc-js/build/src/connectivity-state.js';
export { Metadata } from '@grpc/grpc-js/build/src/metadata.js';

setLoggerVerbosity(LogVerbosity.NONE); // it would write a master's data to standard error unescaped
setupIp();
setupPickFirst();
