// The lower bound of any client on Node: sequential calls on bare node:http2. Each answer is written to standard output
// unchanged, without checks or conversion to JSON.
//   node bench/floor.mjs ADDRESS COUNT

import http2 from 'node:http2';

const [, , address, count] = process.argv;
const session = http2.connect(`http://${address}`);
const request = Buffer.from([0, 0, 0, 0, 6, 0x0a, 4, 0x74, 0x69, 0x6e, 0x79]); // {name: 'tiny'}

for (let i = 0; i < Number(count); i += 1) {
  await new Promise((resolve) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': '/pb.Master/QueryStatus',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    stream.on('data', (d) => process.stdout.write(d));
    stream.on('close', resolve);
    stream.end(request);
  });
}
session.destroy();
