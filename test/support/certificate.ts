import { generateKeyPair, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

export interface Certificate {
  /** PEM, PKCS #8. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
  /** Thumbprints as JWT headers carry them. */
  readonly x5t: string;
  readonly x5tS256: string;
}

/** A self-signed certificate for the hosts and 127.0.0.1, good for TLS on loopback and for signing assertions. */
export async function createCertificate(
  commonName = 'localhost',
  hosts: readonly string[] = ['localhost'],
): Promise<Certificate> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = '01';
  // Wide enough for every simulated date.
  certificate.validity.notBefore = new Date('2020-01-01T00:00:00Z');
  certificate.validity.notAfter = new Date('2049-01-01T00:00:00Z');
  const name = [{ name: 'commonName', value: commonName }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true },
    {
      name: 'subjectAltName',
      altNames: [...hosts.map(value => ({ type: 2, value })), { type: 7, ip: '127.0.0.1' }],
    },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  const cert = forge.pki.certificateToPem(certificate);
  const { fingerprint, fingerprint256 } = new X509Certificate(cert);
  return { key: privateKey, cert, x5t: base64url(fingerprint), x5tS256: base64url(fingerprint256) };
}

function base64url(fingerprint: string): string {
  return Buffer.from(fingerprint.replaceAll(':', ''), 'hex').toString('base64url');
}
