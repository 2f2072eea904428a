// Addresses of the form host:port, split as Go's net.SplitHostPort does and with its texts.

/** Host (without brackets) and port. Throws Error with Go's text. */
export function splitHostPort(address: string): { host: string; port: string } {
  const wrong = (why: string): Error => new Error(`address ${address}: ${why}`);
  const colon = address.lastIndexOf(':');
  if (colon < 0) throw wrong('missing port in address');
  if (!address.startsWith('[')) {
    const host = address.slice(0, colon);
    if (host.includes(':')) throw wrong('too many colons in address');
    if (/[[\]]/.test(address)) throw wrong(`unexpected '${address.includes('[') ? '[' : ']'}' in address`);
    return { host, port: address.slice(colon + 1) };
  }
  const end = address.indexOf(']');
  if (end < 0) throw wrong("missing ']' in address");
  if (end + 1 === address.length) throw wrong('missing port in address');
  if (end + 1 !== colon) throw wrong(address[end + 1] === ':' ? 'too many colons in address' : 'missing port in address');
  if (/[[\]]/.test(address.slice(1, end) + address.slice(end + 1))) throw wrong("unexpected '[' in address");
  return { host: address.slice(1, end), port: address.slice(colon + 1) };
}
