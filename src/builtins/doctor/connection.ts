// Checks the way to the DM-masters: the address, its names and ports, TLS and proxies.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { InputError } from '../../command/errors.ts';
import type { RunContext } from '../../invoke/context.ts';
import { tlsOptions } from '../../invoke/tls-options.ts';
import type { TlsOptions } from '../../rpc/channel.ts';
import { connectTo, lookUp, type Outcome, type StepOptions, shakeHands } from '../../rpc/reach.ts';
import { masterAddresses, splitHostPort } from '../../text/address.ts';
import { count } from '../../text/quantity.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';

/** The timeout of each step in milliseconds. */
const STEP_MS = 3000;
/** A certificate with fewer days left than this is reported. */
const FEW_DAYS = 30;
const DAY_MS = 86_400_000;

/** What the checks of the connection found. */
export interface ConnectionState {
  readonly checks: readonly Check[];
  /** The addresses whose port takes connections. */
  readonly reachable: readonly string[];
  /** TLS of the connections; undefined for clear text. */
  readonly tls: TlsOptions | undefined;
  /** Why no call can be made; undefined if one can be tried. */
  readonly obstacle: string | undefined;
}

const HOW_TO_SET = 'Use -master-addr host:port, set DM_MASTER_ADDR, or write master-addr into the configuration file';

/** Runs the checks. Throws Interrupted. */
export async function checkConnection(context: RunContext): Promise<ConnectionState> {
  const { address } = context.session;
  const found = address === '' ? 'no address is configured' : addressesIn(address);
  if (typeof found === 'string') {
    const why = 'there is no address';
    const rest = (['host name', 'port', 'certificates', 'TLS'] as const).map((name) => skipped(name, why));
    const checks = [failed('address', found, HOW_TO_SET), ...rest, checkProxy(context, true)];
    return { checks, reachable: [], tls: undefined, obstacle: why };
  }
  const options: StepOptions = { timeoutMs: STEP_MS, signal: context.signal };
  const [names, ports] = await Promise.all([lookUpAll(found, options), connectAll(found, options)]);
  const reachable = found.filter((_, i) => 'value' in (ports[i] as Outcome<undefined>));
  const { check: certificates, tls } = await checkCertificates(context);
  const handshakes = await checkTls(context, reachable, tls, options);
  const trusts = handshakes.status !== 'failed' && certificates.status !== 'failed';
  return {
    checks: [
      ok('address', found.join(', ')),
      checkNames(names),
      checkPorts(found, ports),
      certificates,
      handshakes,
      checkProxy(context, reachable.length === 0),
    ],
    reachable,
    tls,
    obstacle: reachable.length === 0 ? 'no DM-master can be reached' : trusts ? undefined : 'there is no trusted connection',
  };
}

/** The addresses, or why they cannot be used. */
function addressesIn(text: string): readonly string[] | string {
  try {
    return masterAddresses(text).addresses;
  } catch (error) {
    return (error as Error).message;
  }
}

interface Named {
  readonly host: string;
  readonly outcome: Outcome<readonly string[]>;
}

async function lookUpAll(addresses: readonly string[], options: StepOptions): Promise<readonly Named[]> {
  const hosts = [...new Set(addresses.map((address) => splitHostPort(address).host))].filter((host) => host !== '' && isIP(host) === 0);
  return await Promise.all(hosts.map(async (host) => ({ host, outcome: await lookUp(host, options) })));
}

const connectAll = (addresses: readonly string[], options: StepOptions): Promise<readonly Outcome<undefined>[]> =>
  Promise.all(addresses.map((address) => connectTo(address, options)));

function checkNames(names: readonly Named[]): Check {
  if (names.length === 0) return ok('host name', 'the address has no host name, so nothing must be resolved');
  const texts = names.map(({ host, outcome }) =>
    'value' in outcome ? `${host} is ${outcome.value.join(', ')}` : `${host}: ${outcome.problem}`,
  );
  const bad = names.filter(({ outcome }) => 'problem' in outcome).length;
  if (bad === 0) return ok('host name', texts.join('; '));
  const advice = 'Check the spelling, /etc/hosts and the DNS server of this machine';
  return (bad < names.length ? warning : failed)('host name', texts.join('; '), advice);
}

function checkPorts(addresses: readonly string[], outcomes: readonly Outcome<undefined>[]): Check {
  const problems = addresses.flatMap((address, i) => {
    const outcome = outcomes[i] as Outcome<undefined>;
    return 'problem' in outcome ? [`${address}: ${outcome.problem}`] : [];
  });
  if (problems.length === 0) return ok('port', addresses.length === 1 ? 'takes connections' : `all ${addresses.length} take connections`);
  const advice = 'Check that the DM-master runs, and that no firewall is between it and this machine';
  return (problems.length < addresses.length ? warning : failed)('port', problems.join('; '), advice);
}

/** Reads the certificate files and checks their dates. */
async function checkCertificates(context: RunContext): Promise<{ check: Check; tls: TlsOptions | undefined }> {
  const { session, io } = context;
  if (!session.encrypted) return { check: ok('certificates', 'TLS is off, so no certificates are used'), tls: undefined };
  try {
    const tls = (await tlsOptions(session.began, true, io)) ?? {};
    return { check: checkFiles(tls), tls };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const text = error.message.replace(/\. Nothing was sent$/, '');
    return { check: failed('certificates', text, 'Fix ssl-ca, ssl-cert and ssl-key. config show lists the settings'), tls: undefined };
  }
}

function checkFiles({ ca, cert, key }: TlsOptions): Check {
  const files = [
    { name: 'ssl-ca', pem: ca },
    { name: 'ssl-cert', pem: cert },
  ];
  const dates: string[] = [];
  const late: string[] = [];
  for (const { name, pem } of files) {
    if (!pem) continue;
    const certificate = certificateIn(pem);
    if (!certificate) return failed('certificates', `${name} has no certificate that can be read`, `Check the file of ${name}`);
    const left = daysLeft(new Date(certificate.validTo));
    if (left < 0) return failed('certificates', `${name} has expired`, 'Replace the file by a new certificate');
    (left < FEW_DAYS ? late : dates).push(`${name} is valid for ${count(left, 'more day', 'more days')}`);
  }
  if (cert && key && !belongs(cert, key)) {
    return failed('certificates', 'ssl-key is not the key of ssl-cert', 'Set ssl-key to the key of this certificate');
  }
  if (late.length > 0) return warning('certificates', [...late, ...dates].join('; '), 'Replace it before it expires');
  return ok('certificates', dates.join('; ') || 'the certificate authorities of the system are used');
}

function certificateIn(pem: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function belongs(cert: Buffer, key: Buffer): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

const daysLeft = (end: Date): number => Math.floor((end.getTime() - Date.now()) / DAY_MS);

/** Makes a handshake with each address that takes connections. */
async function checkTls(
  { session }: RunContext,
  reachable: readonly string[],
  tls: TlsOptions | undefined,
  options: StepOptions,
): Promise<Check> {
  if (!session.encrypted) return ok('TLS', 'off: what is sent can be read on the network');
  if (!tls) return skipped('TLS', 'the certificate files cannot be used');
  if (reachable.length === 0) return skipped('TLS', 'no DM-master can be reached');
  const problems: string[] = [];
  const late: string[] = [];
  for (const [i, outcome] of (await Promise.all(reachable.map((address) => shakeHands(address, tls, options)))).entries()) {
    const address = reachable[i] as string;
    if ('problem' in outcome) problems.push(`${address}: the TLS handshake failed: ${outcome.problem}`);
    else if (outcome.value.distrust !== undefined) problems.push(`${address}: ${outcome.value.distrust}`);
    else if (outcome.value.validTo && daysLeft(outcome.value.validTo) < FEW_DAYS) {
      late.push(`${address}: its certificate is valid for ${count(daysLeft(outcome.value.validTo), 'more day', 'more days')}`);
    }
  }
  if (problems.length > 0) {
    const advice = 'Check that the DM-master has TLS on, and that ssl-ca and the host name of the address fit its certificate';
    return (problems.length < reachable.length ? warning : failed)('TLS', problems.join('; '), advice);
  }
  if (late.length > 0) return warning('TLS', late.join('; '), 'Replace the certificate before it expires');
  return ok('TLS', 'on: the certificate of the DM-master is trusted');
}

const PROXIES = ['http_proxy', 'https_proxy', 'grpc_proxy', 'all_proxy'];

/** Proxies are never used. That is worth knowing when nothing can be reached. */
function checkProxy({ io }: RunContext, isCutOff: boolean): Check {
  const names = PROXIES.flatMap((name) => [name, name.toUpperCase()]).filter((name) => (io.env[name] ?? '') !== '');
  if (names.length === 0) return ok('proxy', 'no proxy is set');
  const text = `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} set. dmctl does not use a proxy and connects directly`;
  return isCutOff ? warning('proxy', text, 'Run dmctl on a machine that reaches the DM-master without a proxy') : ok('proxy', text);
}
